"""Episodes on disk: what a robot saw, what it was told, what it did, as rosbag2 in MCAP."""
