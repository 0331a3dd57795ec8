"""
What must be true for a goal to count as reached: one file per kind of goal.

`of_goal.py` knows all of them.
"""
