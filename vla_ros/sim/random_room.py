"""
A room in which everything is drawn anew for every look: what perception is trained with.

The model is compiled once; solids, furniture, paint, light, robot and camera are then changed
in it, which costs a thousandth of compiling it again.
"""
from dataclasses import replace

import mujoco
import numpy as np

from vla_ros.core.robot import RobotDescription
from vla_ros.language.vocabulary import COLOURS, SHAPES
from vla_ros.sim.assets import are_installed
from vla_ros.sim.furniture import FURNITURE
from vla_ros.sim.g1_model import CAMERA, model_spec, Servos
from vla_ros.sim.kinematic import kinematic_spec, TORSO_HEIGHT_M
from vla_ros.sim.random_pose import random_joints, random_place, random_place_before, random_tilt
from vla_ros.sim.random_surfaces import decorate, mat_colour, Surfaces
from vla_ros.sim.room import place_at_wall
from vla_ros.sim.scene import paint, random_look, ROOM_HALF_M, Scene, Solid
from vla_ros.sim.solids import height_of, SOLID_PREFIX

SLOTS = 12
"""Solids that are built; each look shows some of them."""
REACH_M = 3.3
"""Solids and robot keep within this of the room's middle [m]: furniture begins beyond it."""
_HIDDEN_GROUP, _SHOWN_GROUP = 5, 0
_MESH_CELL_M = 0.02
_STANDING_HEIGHT_M = 0.775
_NAMELESS_SHARE = 0.12
_BEFORE_FURNITURE_SHARE = 0.35
_NAMELESS_DISTANCE = 0.38
"""Least distance in RGB between a colour without a name and those with one."""


class RandomRoom:
    """A world (`Seen`) that is drawn anew by `shuffle`; the robot is posed and does not walk."""

    def __init__(self, robot: RobotDescription, rng: np.random.Generator):
        self._robot, self._rng = robot, rng
        shapes = [SHAPES[i] for i in rng.permutation(SLOTS) % len(SHAPES)]
        solids = tuple(Solid(shape, 'red', (1.0, 0.0, 0.0), (0.0, 0.0),
                             round(rng.uniform(0.13, 0.25), 3)) for shape in shapes)
        self.scene = Scene(solids, random_look(rng))
        self._has_legs = are_installed()
        self.model = self._compiled()
        self.data = mujoco.MjData(self.model)
        self.base_pose = np.zeros(3)
        self._surfaces = Surfaces(self.model)
        self._camera = self.model.camera(CAMERA).id
        self._camera_before = [a[self._camera].copy() for a in (
            self.model.cam_pos, self.model.cam_quat, self.model.cam_fovy)]
        self._bodies = [self.model.body(f'{SOLID_PREFIX}{i}').id for i in range(SLOTS)]

    def _compiled(self) -> mujoco.MjModel:
        ones = np.ones(len(self._robot.joint_names))
        spec = (model_spec(self._robot, self.scene, Servos(ones, ones), _MESH_CELL_M)
                if self._has_legs else kinematic_spec(self._robot, self.scene))
        decorate(spec, self._rng)
        return spec.compile()

    def shuffle(self) -> None:
        """Draw everything anew."""
        self._surfaces.shuffle(self._rng)
        self._place_furniture()
        self.base_pose = self._place()
        self._paint_solids()
        self._place_solids()
        self._pose_robot()
        self._shake_camera()
        mujoco.mj_kinematics(self.model, self.data)
        mujoco.mj_comPos(self.model, self.data)         # cameras and lights follow from it
        mujoco.mj_camlight(self.model, self.data)

    def _place_furniture(self) -> None:
        for wall, index in enumerate(self._rng.permutation(len(FURNITURE))):
            along = self._rng.uniform(-0.55, 0.55) * ROOM_HALF_M
            position, quaternion = place_at_wall(wall * np.pi / 2, along)
            body = self.model.body(FURNITURE[index]).id
            self.model.body_pos[body], self.model.body_quat[body] = position, quaternion

    def _place(self) -> np.ndarray:
        """Return where the robot stands, (3,): anywhere, or before a piece of furniture."""
        if self._rng.random() > _BEFORE_FURNITURE_SHARE:
            return random_place(self._rng, REACH_M)
        names = (*FURNITURE, 'bench')
        piece = self.model.body(names[self._rng.integers(len(names))]).pos[:2]
        return random_place_before(self._rng, piece, REACH_M)

    def _paint_solids(self) -> None:
        taken, painted = set(), []
        for solid, body in zip(self.scene.solids, self._bodies, strict=True):
            colour, rgb = self._colour()
            while colour and (colour, solid.shape) in taken:
                colour, rgb = self._colour()
            taken.add((colour, solid.shape))
            painted.append(replace(solid, colour=colour, rgb=rgb))
            self.model.geom_rgba[self.model.body_geomadr[body], :3] = rgb
        self.scene = replace(self.scene, solids=tuple(painted))

    def _colour(self) -> tuple[str | None, tuple[float, float, float]]:
        rng = self._rng
        if rng.random() > _NAMELESS_SHARE:
            colour = list(COLOURS)[rng.integers(len(COLOURS))]
            return colour, paint(colour, rng)
        while True:
            rgb = mat_colour(rng)
            if all(np.linalg.norm(rgb - c) > _NAMELESS_DISTANCE for c in COLOURS.values()):
                return None, tuple(rgb)

    def _place_solids(self) -> None:
        """Put some solids down, most of them before the robot, and hide the others."""
        rng, model = self._rng, self.model
        count, spots = rng.integers(1, 9), [(self.base_pose[:2], 0.3)]
        for place, index in enumerate(rng.permutation(SLOTS)):
            solid, body = self.scene.solids[index], self._bodies[index]
            spot = self._spot(spots, solid.size_m) if place < count else None
            geom = model.body_geomadr[body]
            model.geom_group[geom] = _HIDDEN_GROUP if spot is None else _SHOWN_GROUP
            if spot is not None:
                spots.append((spot, solid.size_m))
                yaw = rng.uniform(-np.pi, np.pi)
                model.body_pos[body] = *spot, height_of(solid)
                model.body_quat[body] = np.cos(yaw / 2), 0, 0, np.sin(yaw / 2)

    def _spot(self, taken: list, size_m: float, tries: int = 30) -> np.ndarray | None:
        rng = self._rng
        for _ in range(tries):
            if len(taken) > 1 and rng.random() < 0.35:          # close to another
                near, its_size_m = taken[rng.integers(1, len(taken))]
                angle = rng.uniform(-np.pi, np.pi)
                away = (size_m + its_size_m) * rng.uniform(1.15, 1.8)
            else:
                near, away = self.base_pose[:2], rng.uniform(0.5, 5.0)
                angle = self.base_pose[2] + rng.uniform(-0.8, 0.8)
            spot = near + away * np.array([np.cos(angle), np.sin(angle)])
            free = all(np.hypot(*(spot - other)) > 1.1 * (size_m + other_m)
                       for other, other_m in taken)
            if free and np.abs(spot).max() < REACH_M:
                return spot
        return None

    def _pose_robot(self) -> None:
        x, y, yaw = self.base_pose
        pitch, roll, up = random_tilt(self._rng)
        turn = np.zeros(4)
        mujoco.mju_euler2Quat(turn, np.array([yaw, pitch, roll]), 'zyx')
        if not self._has_legs:
            self.data.mocap_pos[0] = x, y, TORSO_HEIGHT_M + up
            self.data.mocap_quat[0] = turn
            return
        self.data.qpos[:3] = x, y, _STANDING_HEIGHT_M + up
        self.data.qpos[3:7] = turn
        for name, angle in zip(self._robot.joint_names, random_joints(self._rng, self._robot),
                               strict=True):
            self.data.qpos[self.model.joint(name).qposadr[0]] = angle

    def _shake_camera(self) -> None:
        """Mount the camera a little otherwise than described."""
        rng, at = self._rng, self._camera
        position, turn, fov = self._camera_before
        small, total = np.zeros(4), np.zeros(4)
        mujoco.mju_euler2Quat(small, rng.normal(0, (0.02, 0.012, 0.012)), 'xyz')
        mujoco.mju_mulQuat(total, turn, small)
        self.model.cam_pos[at] = position + rng.normal(0, 0.012, 3)
        self.model.cam_quat[at] = total
        self.model.cam_fovy[at] = fov * rng.uniform(0.95, 1.05)
