"""Every knob of the planner node, with its default and its range."""
from dataclasses import dataclass

from vla_ros.core.settings import setting
from vla_ros.planning.capabilities import TODAY

OWN, NAV2 = 'own', 'nav2'


@dataclass(frozen=True)
class PlannerSettings:
    """Settings of the planner node."""

    skills: tuple[str, ...] = setting(
        tuple(skill.value for skill in TODAY),
        'What the robot can do; everything else is refused with a reason.', is_fixed=True)
    places_file: str = setting(
        '', 'YAML file of places, each "name: [x, y, yaw]" [m, rad]; empty: none.',
        is_fixed=True)
    navigator: str = setting(
        OWN, 'Who walks by the map: this node, or Nav2 through its NavigateToPose action.',
        choices=(OWN, NAV2), is_fixed=True)
    language: str = setting(
        'language', 'Reader of sentences: name of a shipped checkpoint, or a folder.',
        is_fixed=True)
    enable_stamped_cmd_vel: bool = setting(
        False, 'Publish TwistStamped instead of Twist on navigation/cmd_vel.', is_fixed=True)
    depth_obstacles: bool = setting(
        True, "Walk around what perception's depth shows to stand where the map has nothing.",
        is_fixed=True)
    rate: float = setting(20.0, 'Decisions, and commands while walking, a second [Hz].', 5.0,
                          100.0, is_fixed=True)
    speed_max: float = setting(0.5, 'Speed of walking by the map [m/s].', 0.05, 2.0)
    turn_max: float = setting(0.7, 'Speed of turning on the way [rad/s].', 0.1, 3.0)
    robot_radius: float = setting(
        0.28, 'The centre of the robot comes no nearer to obstacles [m].', 0.05, 2.0)
    robot_margin: float = setting(
        0.5, 'The centre of the robot prefers to stay that far from obstacles [m].', 0.05, 3.0)
    camera_height: float = setting(
        1.25, 'Height of the camera above the floor [m].', 0.1, 3.0, is_fixed=True)
    odometry_max_age: float = setting(0.5, 'Oldest odometry to walk by [s].', 0.05, 5.0)
    stall_time: float = setting(
        8.0, 'Time in which nothing gets any further before something else is tried [s].', 1.0,
        120.0)
    subtask_time: float = setting(
        90.0, 'Longest time for one attempt at one subtask [s].', 5.0, 3600.0)
    blocked_time: float = setting(
        1.5, 'How long a way that is blocked may take to become free [s].', 0.0, 60.0)
    model_url: str = setting(
        '', 'OpenAI-compatible server that proposes subtasks for what is not understood, as in '
        'http://localhost:8080/v1; empty: none.', is_fixed=True)
    model_name: str = setting('local', 'Name of the model on that server.', is_fixed=True)
    model_timeout: float = setting(
        20.0, 'Longest time to wait for its answer [s].', 0.5, 300.0, is_fixed=True)
