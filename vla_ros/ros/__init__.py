"""Where ROS messages, parameters and processes meet the rest of the package."""
