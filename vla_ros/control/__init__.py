"""What leaves for the robot, and when: freshness, chunks, limits, modes; no ROS, no torch."""
