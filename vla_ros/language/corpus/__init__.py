"""Sentences made from templates, to teach the model and to measure it; no ROS, no torch."""
