"""Policies on checkpoints: what runs on the robot between a model and a controller."""
import os

# Before torch is imported: threads that wait for work must not keep a processor busy.
os.environ.setdefault('OMP_WAIT_POLICY', 'PASSIVE')
