"""
The Unitree G1 in a scene as a MuJoCo model.

The source MJCF has neither actuators nor armature: position servos with the walking policy's
gains and the motors' rotor inertia are added here.
"""
from dataclasses import dataclass
import re

import mujoco
import numpy as np

from vla_ros.core.robot import RobotDescription
from vla_ros.sim.assets import g1_model_file
from vla_ros.sim.meshes import simplified_mesh
from vla_ros.sim.scene import Scene
from vla_ros.sim.surroundings import add_surroundings

CAMERA = 'torso_camera'
WATCHER = 'watcher'
TIMESTEP_S = 0.005
PERIOD_S = 0.02
"""Time between two decisions of the walking controller [s]."""
TICK_S = 0.01
"""Time that a world goes on at once [s]."""
ARM_STIFFNESS, ARM_DAMPING = 60.0, 3.0
"""Servo gains of the arms [N m/rad, N m s/rad]: stiffer than the walking policy's own."""


@dataclass(frozen=True)
class Servos:
    """Gains of the position servos, one per joint of the robot."""

    stiffness: np.ndarray
    """(J,) [N m/rad]."""
    damping: np.ndarray
    """(J,) [N m s/rad]."""


def model_spec(robot: RobotDescription, scene: Scene, servos: Servos,
               mesh_cell_m: float = 0.005) -> mujoco.MjSpec:
    """
    Return the specification of the robot in the scene, which more can be added to.

    :param mesh_cell_m: vertices of the robot's meshes closer than this are merged [m]; at
        5 mm it looks the same and renders four times faster, at 2 cm faster still.
    """
    spec = mujoco.MjSpec.from_file(str(g1_model_file()))
    set_options(spec)
    _simplify_meshes(spec, mesh_cell_m)
    _set_collisions(spec)
    _add_servos(spec, robot, servos)
    add_camera(spec, robot, scene.look.camera_tilt_rad)
    add_surroundings(spec, scene)
    return spec


def add_camera(spec: mujoco.MjSpec, robot: RobotDescription, tilt_rad: float) -> None:
    """Add the robot's camera where its description says."""
    pitch = robot.camera_pitch + tilt_rad
    spec.body(robot.camera_parent).add_camera(
        name=CAMERA, pos=robot.camera_position, fovy=np.degrees(robot.camera_vertical_fov),
        xyaxes=[0, -1, 0, np.sin(pitch), 0, np.cos(pitch)])


def set_options(spec: mujoco.MjSpec) -> None:
    """Set time step, solver and what keeps rendering in software fast."""
    spec.option.timestep = TIMESTEP_S
    spec.option.integrator = mujoco.mjtIntegrator.mjINT_IMPLICITFAST
    spec.option.cone = mujoco.mjtCone.mjCONE_PYRAMIDAL
    spec.stat.extent = 1.0                      # else the near plane cuts the arms off
    spec.visual.map.znear = 0.02
    spec.visual.map.zfar = 30.0
    spec.visual.quality.offsamples = 0          # rendering in software: twenty times faster
    spec.visual.quality.shadowsize = 0
    size = spec.visual.global_
    size.offwidth, size.offheight = 1280, 960


def _simplify_meshes(spec: mujoco.MjSpec, cell_m: float) -> None:
    folder = g1_model_file().parent / spec.meshdir
    for mesh in spec.meshes:
        vertices, faces = simplified_mesh(folder / mesh.file, cell_m)
        mesh.file = ''
        mesh.inertia = mujoco.mjtMeshInertia.mjMESH_INERTIA_SHELL  # bodies bring their own
        mesh.uservert, mesh.userface = vertices.ravel(), faces.ravel()


def _set_collisions(spec: mujoco.MjSpec) -> None:
    """Let the feet and the collision shapes meet the world, and the meshes nothing."""
    for body in spec.bodies:
        for geom in body.geoms:
            is_foot = re.match('(left|right)_foot[1-7]', geom.name)
            if geom.name.endswith('_collision'):
                geom.contype, geom.conaffinity, geom.condim = 0, 1, 3 if is_foot else 1
                if is_foot:
                    geom.priority, geom.friction = 1, [0.8, 0.005, 0.0001]
            else:
                geom.contype = geom.conaffinity = 0


def _add_servos(spec: mujoco.MjSpec, robot: RobotDescription, servos: Servos) -> None:
    for index, name in enumerate(robot.joint_names):
        armature, effort = _motor(name)
        joint = spec.joint(name)
        joint.armature, joint.frictionloss = armature, 0
        servo = spec.add_actuator(name=name, target=name, trntype=mujoco.mjtTrn.mjTRN_JOINT)
        servo.biastype = mujoco.mjtBias.mjBIAS_AFFINE
        servo.gainprm[0] = servos.stiffness[index]
        servo.biasprm[1], servo.biasprm[2] = -servos.stiffness[index], -servos.damping[index]
        servo.forcerange, servo.forcelimited = [-effort, effort], 1


def _motor(joint: str) -> tuple[float, float]:
    """Return rotor inertia [kg m^2] and effort limit [N m] of a joint's motor."""
    for pattern, inertia, effort in _MOTORS:
        if re.search(pattern, joint):
            return inertia, effort
    return 2 * 0.003609725, 50.0                # two small motors drive ankles and waist


_MOTORS = (('elbow|shoulder|wrist_roll', 0.003609725, 25.0),
           ('hip_pitch|hip_yaw|waist_yaw', 0.010177520, 88.0),
           ('hip_roll|knee', 0.025101925, 139.0),
           ('wrist_pitch|wrist_yaw', 0.00425, 5.0))
