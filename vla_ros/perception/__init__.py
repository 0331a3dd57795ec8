"""From an image to what models take, and from what they give to objects; no ROS, no torch."""
