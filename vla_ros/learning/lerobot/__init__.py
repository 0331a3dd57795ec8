"""LeRobotDataset v3.0 on disk: written and read without the `lerobot` package."""
