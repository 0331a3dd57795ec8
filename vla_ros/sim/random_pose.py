"""Where a robot stands and how it holds itself, at random: as a walking one does."""
import numpy as np

from vla_ros.core.robot import RobotDescription

_LEGS_SIGMA_RAD = 0.16
_ARMS_SIGMA_RAD = 0.15
# The camera of the walking G1 pitches by 0.016 rad, rolls by 0.024 rad and rises by 0.013 m
# (standard deviations over a minute of random velocities). With the waist and the mounting of
# the camera this makes twice as much of the first and half again as much of the second.
_PITCH_SIGMA_RAD, _ROLL_SIGMA_RAD, _RISE_SIGMA_M = 0.02, 0.028, 0.012
_WAIST_SIGMA_RAD = 0.015


def random_place(rng: np.random.Generator, reach_m: float) -> np.ndarray:
    """Return x, y [m], yaw [rad], (3,); half of the places look into the room."""
    x, y = rng.uniform(-reach_m, reach_m, 2)
    yaw = rng.uniform(-np.pi, np.pi)
    if rng.random() < 0.5:
        yaw = np.arctan2(-y, -x) + rng.normal(0, 0.6)
    return np.array([x, y, yaw])


def random_place_before(rng: np.random.Generator, target: np.ndarray,
                        reach_m: float) -> np.ndarray:
    """Return x, y [m], yaw [rad], (3,), from where a target (2,) [m] at a wall is looked at."""
    inwards = np.arctan2(-target[1], -target[0]) + rng.normal(0, 0.4)
    place = target + rng.uniform(1.2, 4.0) * np.array([np.cos(inwards), np.sin(inwards)])
    x, y = np.clip(place, -reach_m, reach_m)
    yaw = np.arctan2(target[1] - y, target[0] - x) + rng.normal(0, 0.35)
    return np.array([x, y, yaw])


def random_tilt(rng: np.random.Generator) -> tuple[float, float, float]:
    """Return pitch [rad], roll [rad] and rise [m] of the pelvis in the middle of a step."""
    pitch, roll, rise = rng.normal(0, (_PITCH_SIGMA_RAD, _ROLL_SIGMA_RAD, _RISE_SIGMA_M))
    return float(pitch), float(roll), float(rise)


def random_joints(rng: np.random.Generator, robot: RobotDescription) -> np.ndarray:
    """Return joint positions [rad], (J,): legs in a step, arms at rest or anywhere."""
    low, high = np.array(robot.position_min), np.array(robot.position_max)
    joints = np.array(robot.neutral_position) + rng.normal(0, _LEGS_SIGMA_RAD, len(low))
    waist = [i for i, name in enumerate(robot.joint_names) if name.startswith('waist')]
    joints[waist] = rng.normal(0, _WAIST_SIGMA_RAD, len(waist))
    arms = np.setdiff1d(robot.commanded_index, waist)
    joints[arms] = np.array(robot.neutral_position)[arms] + rng.normal(
        0, _ARMS_SIGMA_RAD, len(arms))
    if rng.random() < 0.4:                                  # pointing, waving, reaching
        anywhere = rng.uniform(low[arms], high[arms])
        raised = rng.random(len(arms)) < 0.6
        joints[arms] = np.where(raised, anywhere, joints[arms])
    return np.clip(joints, low, high)
