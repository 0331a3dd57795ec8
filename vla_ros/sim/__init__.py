"""The simulated Unitree G1: world, camera, walking, tasks and experts."""
import os

# Rendering without a screen; MuJoCo reads it when it is first imported, by whichever module of
# this layer. Somebody who wants another backend has set it already.
os.environ.setdefault('MUJOCO_GL', 'egl')
