"""A node that speaks to the robot and watches it, for the demo and for tests of the whole."""
import json
import threading
from typing import Any

from nav_msgs.msg import Odometry, Path
import numpy as np
from rclpy.node import Node
from sensor_msgs.msg import Image
from std_msgs.msg import String
from std_srvs.srv import SetBool, Trigger

from vla_ros.core.errors import VlaError
from vla_ros.ros.conversions import odometry_from_msg
from vla_ros.ros.images import image_from_msg
from vla_ros.ros.qos import NEWEST, SPOKEN, STATE
from vla_ros.sim.scene import Scene, scene_from_dict
from vla_ros.sim.tasks.body import Body, body_from_dict


_ANSWER_S = 20.0
_STEP_M = 0.05


class DemoObserver(Node):
    """Keeps the newest of everything; read from another thread than the executor's."""

    def __init__(self, with_pictures: bool = True, listeners: int = 1, **kwargs):
        """
        Listen to everything.

        :param listeners: nodes that have to hear commands before it is ready.
        """
        super().__init__('demo_observer', **kwargs)
        self._listeners = listeners
        self.scene: Scene | None = None
        self.pose: np.ndarray | None = None
        self.velocity = np.zeros(3)
        self.body: Body | None = None
        """What a judge looks at."""
        self.height_m = 0.0
        self.mode = ''
        self.pictures: dict[str, np.ndarray] = {}
        """By 'robot' and 'bystander': the newest image, (H, W, 3) uint8 RGB."""
        self.plan: dict = {}
        """What the planner does, as it publishes it; empty: nobody plans."""
        self.paths: list[np.ndarray] = []
        """Ways that were planned, each (N, 2) [m]."""
        self.way: list[np.ndarray] = []
        """Where the robot was, each (3,)."""
        self._voice = self.create_publisher(String, 'voice_command', SPOKEN)
        self.create_subscription(String, 'sim_node/scene', self._put_scene, STATE)
        self.create_subscription(String, 'sim_node/truth', self._put_truth, NEWEST)
        self.create_subscription(String, 'fusion_node/mode', self._put_mode, STATE)
        self.create_subscription(String, 'planner_node/plan', self._put_plan, STATE)
        self.create_subscription(Path, 'planner_node/path', self._put_path, STATE)
        self.create_subscription(Odometry, 'odom', self._put_odometry, NEWEST)
        self._recorder_start = self.create_client(Trigger, 'recorder_node/start')
        self._recorder_stop = self.create_client(SetBool, 'recorder_node/stop')
        if with_pictures:
            self.create_subscription(Image, 'camera/image_raw',
                                     lambda msg: self._put_picture('robot', msg), NEWEST)
            self.create_subscription(Image, 'third_person/image_raw',
                                     lambda msg: self._put_picture('bystander', msg), NEWEST)

    def say(self, text: str) -> None:
        """Give a command."""
        self._voice.publish(String(data=text))

    def begin_recording(self) -> None:
        """
        Have the recorder begin an episode; not in the executor's thread.

        :raises VlaError: if it does not.
        """
        self._ask(self._recorder_start, Trigger.Request())

    def end_recording(self, is_success: bool) -> None:
        """
        Have the recorder save the episode; not in the executor's thread.

        :raises VlaError: if it does not.
        """
        self._ask(self._recorder_stop, SetBool.Request(data=is_success))

    def _ask(self, client: Any, request: Any) -> None:
        if not client.wait_for_service(_ANSWER_S):
            raise VlaError(f'{client.srv_name}: not there within {_ANSWER_S:g} s')
        answered, future = threading.Event(), client.call_async(request)
        future.add_done_callback(lambda done: answered.set())
        if not answered.wait(_ANSWER_S):
            raise VlaError(f'{client.srv_name}: no answer within {_ANSWER_S:g} s')
        if not future.result().success:
            raise VlaError(f'{client.srv_name}: {future.result().message}')

    @property
    def is_ready(self) -> bool:
        """Return whether the scene is known and the robot waits for a command."""
        return (self.scene is not None and self.pose is not None and self.body is not None
                and self.mode.startswith(('READY', 'ACTIVE'))
                and self._voice.get_subscription_count() >= self._listeners)

    def _put_scene(self, msg: String) -> None:
        self.scene = scene_from_dict(json.loads(msg.data))

    def _put_truth(self, msg: String) -> None:
        self.body = body_from_dict(json.loads(msg.data))

    def _put_plan(self, msg: String) -> None:
        self.plan = json.loads(msg.data)

    def _put_path(self, msg: Path) -> None:
        self.paths.append(np.array([(p.pose.position.x, p.pose.position.y) for p in msg.poses]))

    def _put_mode(self, msg: String) -> None:
        self.mode = msg.data

    def _put_odometry(self, msg: Odometry) -> None:
        self.pose, self.velocity = odometry_from_msg(msg)
        if not self.way or np.linalg.norm(self.pose[:2] - self.way[-1][:2]) > _STEP_M:
            self.way.append(self.pose)
        self.height_m = msg.pose.pose.position.z

    def _put_picture(self, name: str, msg: Image) -> None:
        self.pictures[name] = image_from_msg(msg)
