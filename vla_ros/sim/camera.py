"""Pictures of a world: what the robot sees, and what a bystander sees."""
from typing import Protocol

import mujoco
import numpy as np

from vla_ros.sim.g1_model import CAMERA
from vla_ros.sim.scene import Dwelling, Scene


_WATCHED_FROM = {Dwelling.ROOM: (4.2, -28.0), Dwelling.APARTMENT: (4.8, -58.0)}
"""Distance [m] and elevation [degrees] of a bystander: high enough to look over the walls."""


class Seen(Protocol):
    """A world that can be rendered, with or without physics."""

    model: mujoco.MjModel
    data: mujoco.MjData
    scene: Scene
    base_pose: np.ndarray


class Eye:
    """The robot's camera. Belongs to the thread that made it, as its rendering context does."""

    def __init__(self, world: Seen, width: int = 320, height: int = 240):
        self._world = world
        self._renderer = mujoco.Renderer(world.model, height, width)

    def look(self) -> np.ndarray:
        """Return what the camera sees, (H, W, 3) uint8 RGB."""
        self._renderer.update_scene(self._world.data, CAMERA)
        return self._renderer.render()

    def close(self) -> None:
        """Free the rendering context."""
        self._renderer.close()


class Bystander:
    """A camera that follows the robot from behind and above."""

    def __init__(self, world: Seen, width: int = 640, height: int = 480):
        self._world = world
        self._renderer = mujoco.Renderer(world.model, height, width)
        self._camera = mujoco.MjvCamera()
        self._camera.distance, self._camera.elevation = _WATCHED_FROM[world.scene.dwelling]

    def look(self) -> np.ndarray:
        """Return what a bystander sees, (H, W, 3) uint8 RGB."""
        x, y, yaw = self._world.base_pose
        self._camera.lookat[:] = x + 0.8 * np.cos(yaw), y + 0.8 * np.sin(yaw), 0.5
        self._camera.azimuth = np.degrees(self._world.scene.start[2]) + 35.0
        self._renderer.update_scene(self._world.data, self._camera)
        return self._renderer.render()

    def close(self) -> None:
        """Free the rendering context."""
        self._renderer.close()


def open_window(world: Seen):
    """Return MuJoCo's own window on a world; needs a screen. Call its `sync` now and then."""
    import mujoco.viewer
    return mujoco.viewer.launch_passive(world.model, world.data)
