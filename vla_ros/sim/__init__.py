"""The simulated Unitree G1: world, camera, walking, tasks and experts."""
