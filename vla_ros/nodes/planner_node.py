"""
The planner node: long commands in, one short instruction at a time out, and the way by the map.

Threads: the executor's hears, sees, ticks and sends; another one reads commands, because reading
takes as long as a tick and a language model far longer. Stop words wait for neither.
"""
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
import json
import time

from geometry_msgs.msg import PoseStamped
from nav_msgs.msg import OccupancyGrid, Odometry, Path
import numpy as np
from rclpy.node import Node
from sensor_msgs.msg import CameraInfo, Image
from std_msgs.msg import Float32, String
from std_srvs.srv import Trigger
from visualization_msgs.msg import MarkerArray

from vla_ros.core.errors import VlaError
from vla_ros.core.intrinsics import Intrinsics
from vla_ros.nodes.nav2_client import Nav2Client
from vla_ros.nodes.wiring import Callbacks, TwistTopic
from vla_ros.planning.behaviours import Orders
from vla_ros.planning.decompose import Decomposer
from vla_ros.planning.executive import PlanState
from vla_ros.planning.model_decomposer import ModelDecomposer
from vla_ros.planning.places import load_places
from vla_ros.planning.planner import Planner
from vla_ros.planning.route import Route
from vla_ros.planning.settings import NAV2, PlannerSettings
from vla_ros.planning.sightings import CameraMount
from vla_ros.ros.conversions import grid_map_from_msg, odometry_from_msg, places_from_text
from vla_ros.ros.diagnostics import Diagnostics
from vla_ros.ros.images import depth_from_msg
from vla_ros.ros.objects import intrinsics_from_msg, objects_from_markers
from vla_ros.ros.parameters import declare_robot, refuse_unknown, SettingsParameters
from vla_ros.ros.process import run_node
from vla_ros.ros.qos import COMMAND, NEWEST, SPOKEN, STATE
from vla_ros.ros.reports import Reports

DecomposerFactory = Callable[[PlannerSettings], Decomposer | ModelDecomposer]


def shipped_decomposer(settings: PlannerSettings) -> Decomposer | ModelDecomposer:
    """Return what reads commands: the shipped rules and language model, and a server if asked."""
    from vla_ros.inference.understander import Understander  # torch: seconds, and only here
    rules = Decomposer(Understander(settings.language))
    if not settings.model_url:
        return rules
    return ModelDecomposer(rules, settings.model_url, settings.model_name, settings.model_timeout)


class PlannerNode(Node):
    """Carries messages between ROS and a `Planner`."""

    def __init__(self, decomposer_factory: DecomposerFactory = shipped_decomposer, **kwargs):
        super().__init__('planner_node', **kwargs)
        self.robot = declare_robot(self)
        self._settings = SettingsParameters(self, PlannerSettings, self._apply)
        refuse_unknown(self)
        settings = self._settings.settings
        self._reports = Reports(self)
        self._diagnostics = Diagnostics(self, self.robot.name)
        self.planner, self._decomposer = self._made(decomposer_factory, settings)
        self._mind, self._thought = ThreadPoolExecutor(1, 'reading'), None
        self._depth_camera: Intrinsics | None = None
        self._published, self._frame = None, 'map'
        self._connect(settings)

    def _made(self, factory: DecomposerFactory, settings: PlannerSettings):
        """Return planner and decomposer; if one can't be, say so before the node ends."""
        mount = CameraMount(self.robot.camera_position[0], settings.camera_height,
                            self.robot.camera_pitch)
        try:
            return (Planner(mount, settings, load_places(settings.places_file)),
                    factory(settings))
        except VlaError as error:
            self._diagnostics.publish_last('error', str(error))
            raise

    def _connect(self, settings: PlannerSettings) -> None:
        topics = self._callbacks = Callbacks(self, self._reports, self._fault)
        topics.listen(String, 'voice_command', SPOKEN, self._put_command)
        topics.listen(Odometry, 'odom', NEWEST, lambda msg: self.planner.put_pose(
            odometry_from_msg(msg)[0], time.monotonic()))
        topics.listen(OccupancyGrid, 'map', STATE, self._put_map)
        topics.listen(String, 'places', STATE, lambda msg: self.planner.put_places(
            places_from_text(msg.data)))
        topics.listen(String, 'fusion_node/mode', STATE,
                      lambda msg: self.planner.put_mode(msg.data))
        topics.listen(Float32, 'fusion_node/progress', COMMAND,
                      lambda msg: self.planner.put_progress(msg.data))
        topics.listen(MarkerArray, 'perception_node/objects', COMMAND,
                      lambda msg: self.planner.see(objects_from_markers(msg), time.monotonic()))
        if settings.depth_obstacles:
            topics.listen(CameraInfo, 'perception_node/depth/camera_info', NEWEST,
                          self._put_depth_camera)
            topics.listen(Image, 'perception_node/depth/image_raw', NEWEST, self._put_depth)
        self._publish_twist = TwistTopic(self, settings.enable_stamped_cmd_vel,
                                         self.robot.base_frame).publisher('navigation/cmd_vel')
        self._instruction = self.create_publisher(String, 'instruction', SPOKEN)
        self._say = self.create_publisher(String, '~/say', SPOKEN)
        self._plan = self.create_publisher(String, '~/plan', STATE)
        self._tree = self.create_publisher(String, '~/tree', STATE)
        self._path = self.create_publisher(Path, '~/path', STATE)
        self._nav2 = Nav2Client(self, self._reports) if settings.navigator == NAV2 else None
        topics.serve(Trigger, '~/cancel', self._cancel)
        topics.serve(Trigger, '~/pause', self._pause)
        topics.serve(Trigger, '~/resume', self._resume)
        topics.on_backward_jump(self.planner.forget)
        topics.every(1.0 / settings.rate, 'tick', self._tick)
        topics.every(1.0, 'diagnostics', self._diagnose)

    def _put_command(self, msg: String) -> None:
        """Obey a stop word now; have everything else read, and forget what was being read."""
        self._thought = None
        self.get_logger().info(f'told: {msg.data[:80]!r}')
        if (orders := self.planner.hear(msg.data)) is not None:
            self._send(orders)
        else:
            self._thought = self._mind.submit(self._decomposer.decompose, msg.data,
                                              self.planner.knowledge())

    def _put_map(self, msg: OccupancyGrid) -> None:
        self._frame = msg.header.frame_id or 'map'
        self.planner.put_map(grid_map_from_msg(msg))

    def _put_depth_camera(self, msg: CameraInfo) -> None:
        self._depth_camera = intrinsics_from_msg(msg)

    def _put_depth(self, msg: Image) -> None:
        depth, camera = depth_from_msg(msg), self._depth_camera
        if camera is not None:
            self.planner.see_depth(depth, camera.scaled_to(msg.width, msg.height),
                                   time.monotonic())

    def _tick(self) -> None:
        now_s = time.monotonic()
        if self._nav2 is not None:
            self.planner.put_navigator(*self._nav2.look())
        if (thought := self._taken_thought()) is not None:
            outcome = thought.result()
            self.get_logger().info(f'that is: {outcome}')
            self._send(self.planner.begin(outcome, now_s))
        self._send(self.planner.tick(now_s))

    def _taken_thought(self) -> Future | None:
        """Return what was read, once it is."""
        if self._thought is None or not self._thought.done():
            return None
        thought, self._thought = self._thought, None
        return thought

    def _send(self, orders: Orders) -> None:
        """Send what is ordered: what stops comes first."""
        if orders.twist is not None:
            self._publish_twist(np.array([orders.twist[0], orders.twist[1], 0.0, 0.0, 0.0,
                                          orders.twist[2]]))
        for text in orders.instructions:
            self._instruction.publish(String(data=text))
        if self._nav2 is not None:
            self._nav2.obey(orders, self._frame)
        for text in orders.says:
            self._say.publish(String(data=text))
        if orders.route is not None:
            self._path.publish(self._path_msg(orders.route))
        self._tell_plan()

    def _tell_plan(self) -> None:
        """Publish the plan where a state in it has changed."""
        report = self.planner.executive.report()
        states = report.command, report.state, report.subtasks, report.reason
        if states != self._published:
            self._published = states
            self._plan.publish(String(data=json.dumps(report.document())))
            self._tree.publish(String(data=report.tree))

    def _path_msg(self, route: Route) -> Path:
        msg = Path()
        msg.header.stamp, msg.header.frame_id = self.get_clock().now().to_msg(), self._frame
        for x, y in route.points:
            pose = PoseStamped(header=msg.header)
            pose.pose.position.x, pose.pose.position.y = float(x), float(y)
            pose.pose.orientation.w = 1.0
            msg.poses.append(pose)
        return msg

    def _cancel(self, request: Trigger.Request) -> tuple[bool, str]:
        self._thought = None
        self._send(self.planner.executive.halt('cancelled'))
        return True, 'cancelled'

    def _pause(self, request: Trigger.Request) -> tuple[bool, str]:
        self._send(self.planner.executive.pause())
        paused = self.planner.executive.state is PlanState.PAUSED
        return paused, 'paused: call resume' if paused else 'there is nothing to pause'

    def _resume(self, request: Trigger.Request) -> tuple[bool, str]:
        resumed = self.planner.executive.resume()
        self._tell_plan()
        return resumed, 'goes on' if resumed else 'nothing is paused'

    def _fault(self, reason: str) -> None:
        """Stop: something is broken here, and nobody knows what."""
        self._send(self.planner.executive.halt(reason))
        self._say.publish(String(data='Something in my planner is broken, so I stand still.'))

    def _diagnose(self) -> None:
        report = self.planner.executive.report()
        wrong = {f'wrong: {what}': reason for what, reason in self._reports.reasons().items()}
        level = 'warn' if wrong or report.state is PlanState.FAILED else 'ok'
        self._diagnostics.publish(level, f'{report.state.value}: {report.command}', {
            'current': report.current, 'reason': report.reason,
            'places': ', '.join(self.planner.knowledge().capabilities.places),
            **{f'received {k}': v for k, v in self._callbacks.received.items()}, **wrong})

    def _apply(self, settings: PlannerSettings) -> None:
        self.planner.settings = settings

    def close(self) -> None:
        """Stop: a halt is the last that is sent."""
        self._send(self.planner.executive.halt('the planner ends'))
        self._mind.shutdown(wait=False, cancel_futures=True)


def main(args: list[str] | None = None) -> int:
    """Run the node until it is told to end."""
    return run_node(PlannerNode, args)


if __name__ == '__main__':
    raise SystemExit(main())
