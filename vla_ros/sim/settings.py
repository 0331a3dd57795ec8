"""Every knob of the simulator's node, with its default and its range."""
from dataclasses import dataclass

from vla_ros.core.settings import setting


@dataclass(frozen=True)
class SimSettings:
    """Settings of the simulator's node."""

    world: str = setting(
        'room', 'Where the robot is: one room, or an apartment with kitchen, hall, living room '
        'and office.', choices=('room', 'apartment'), is_fixed=True)
    scene_kinds: tuple[str, ...] = setting(
        ('red cube', 'blue ball', 'green cylinder', 'yellow ball'),
        'Solids in the room, each as "<colour> <shape>".', is_fixed=True)
    solids: str = setting(
        'fixed', 'How solids stand in the room: fixed, movable ("push the red cube"), on_stands '
        '("touch the red cube"), or one_moves ("follow the red cube").',
        choices=('fixed', 'movable', 'on_stands', 'one_moves'), is_fixed=True)
    randomise: str = setting(
        '', 'What is drawn at random by the seed, with commas between: lights, colours, '
        'textures, camera, exposure, friction, latency, frames, slip, pushes; or all.',
        is_fixed=True)
    strength: float = setting(0.5, 'How strongly that is done: 1 is as far as it goes.', 0.0,
                              1.0, is_fixed=True)
    seed: int = setting(3, 'Where the solids stand and how the room looks.', 0, 2 ** 31 - 1,
                        is_fixed=True)
    kinematic: bool = setting(
        False, "A base without legs; used by itself where the G1's wheels are missing.",
        is_fixed=True)
    view: bool = setting(False, 'Open a window on the simulator.', is_fixed=True)
    mesh_cell: float = setting(
        0.005, "Detail of the robot's meshes [m]: coarser renders faster.", 0.001, 0.05,
        is_fixed=True)
    image_width: int = setting(320, 'Width of the camera image [pixels].', 32, 1280,
                               is_fixed=True)
    image_height: int = setting(240, 'Height of the camera image [pixels].', 24, 960,
                                is_fixed=True)
    enable_stamped_cmd_vel: bool = setting(
        False, 'Take TwistStamped instead of Twist on cmd_vel.', is_fixed=True)
    publish_clock: bool = setting(False, 'Publish the simulated time on /clock.', is_fixed=True)
    image_noise: int = setting(
        2, 'Noise of the camera [grey levels]: no two pictures are the same.', 0, 60)
    camera_enabled: bool = setting(True, 'Whether the camera works: a fault to try out.')
    camera_frozen: bool = setting(
        False, 'Whether the camera repeats its last picture: a fault to try out.')
    joints_enabled: bool = setting(
        True, 'Whether joint states are sent: a fault to try out.')
    dropped_joint: str = setting(
        '', 'A joint that is missing from the joint states: a fault to try out.')
    slip: float = setting(
        0.0, 'Part of its commanded velocity that the base loses: a fault to try out.', 0.0, 0.9)
    blocked_joint: str = setting(
        '', 'A commanded joint that stays where it is: a fault to try out.')
    blocked_doorway: str = setting(
        '', 'A doorway of the apartment that is shut, such as "kitchen_hall": a fault to try '
        'out.')
    moved_solid: str = setting(
        '', 'A solid that was put elsewhere, as "<colour> <shape> <x> <y>" [m]: a fault to try '
        'out.')
    image_rate: float = setting(15.0, 'Camera images a second [Hz].', 1.0, 60.0)
    third_person_rate: float = setting(
        8.0, 'Images a second of a bystander [Hz], while somebody looks.', 1.0, 30.0)
    cmd_vel_timeout: float = setting(
        0.5, 'Time after which a silent cmd_vel stops the base [s].', 0.05, 5.0)
    real_time_factor: float = setting(1.0, 'Simulated seconds in a second.', 0.1, 20.0)
