"""What the robot is asked to do in the simulator, and who judges whether it was done."""
