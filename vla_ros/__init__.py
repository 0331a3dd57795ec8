"""Talk to a humanoid and have it do what you say: a vision-language-action package for ROS 2."""
