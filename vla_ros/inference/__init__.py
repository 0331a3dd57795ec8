"""Policies on checkpoints: what runs on the robot between a model and a controller."""
