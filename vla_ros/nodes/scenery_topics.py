"""What a simulated world is like: scene, map, places and contacts, and what is changed in it."""
from dataclasses import asdict
import json

from nav_msgs.msg import OccupancyGrid
from rclpy.node import Node
from std_msgs.msg import String

from vla_ros.core.errors import VlaError
from vla_ros.ros.conversions import grid_map_to_msg, places_to_text
from vla_ros.ros.qos import NEWEST, STATE
from vla_ros.ros.reports import Reports
from vla_ros.sim.mapping import map_of_scene
from vla_ros.sim.settings import SimSettings
from vla_ros.sim.tasks.body import body_to_dict, judged_body
from vla_ros.sim.worlds import parse_moved

MAP_FRAME = 'map'
"""Odometry is exact in the simulator: this frame and that of odometry are one."""
_UNCHANGED = '', ''
_TRUTH_PERIOD_S = 0.05


class SceneryTopics:
    """Topics of a world's surroundings. All but the constructor runs in the world's thread."""

    def __init__(self, node: Node, reports: Reports):
        self._node, self._reports = node, reports
        self._scene = node.create_publisher(String, '~/scene', STATE)
        self._truth = node.create_publisher(String, '~/truth', NEWEST)
        self._contacts = node.create_publisher(String, '~/contacts', STATE)
        self._map = node.create_publisher(OccupancyGrid, 'map', STATE)
        self._places = node.create_publisher(String, 'places', STATE)

    def begin(self, world) -> None:
        """Take a new world (`make_world`) and publish what it is like."""
        self._world, self._changes, self._count = world, _UNCHANGED, -1
        self._truth_due_s = 0.0
        self._publish_scene()
        self._publish_map()
        self.note_contacts()

    def change(self, settings: SimSettings) -> None:
        """Shut a doorway and move a solid where settings have come to say so."""
        wished = settings.blocked_doorway, settings.moved_solid
        if wished == self._changes:
            return
        (doorway, moved), self._changes = wished, wished
        scenery = self._world.scenery
        try:
            scenery.block(*filter(None, [doorway]))
            if moved:
                scenery.move_solid(*parse_moved(moved))
        except VlaError as error:
            self._reports.wrong('scenery', str(error))
        else:
            self._reports.right('scenery')
        self._publish_scene()

    def note_contacts(self) -> None:
        """Publish what the robot touches when it has begun to touch something."""
        scenery = self._world.scenery
        if scenery.contacts != self._count:
            self._count = scenery.contacts
            self._contacts.publish(String(data=json.dumps(
                {'count': scenery.contacts, 'touched': sorted(scenery.touched)})))

    def publish_truth(self) -> None:
        """Publish what a judge looks at, while somebody listens."""
        now_s = self._world.time_s
        if now_s < self._truth_due_s or not self._truth.get_subscription_count():
            return
        self._truth_due_s = now_s + _TRUTH_PERIOD_S
        self._truth.publish(String(data=json.dumps(body_to_dict(judged_body(self._world)))))

    def _publish_scene(self) -> None:
        self._scene.publish(String(data=json.dumps(asdict(self._world.scene))))

    def _publish_map(self) -> None:
        grid = map_of_scene(self._world.scene)
        msg = grid_map_to_msg(grid)
        msg.header.stamp, msg.header.frame_id = self._node.get_clock().now().to_msg(), MAP_FRAME
        self._map.publish(msg)
        self._places.publish(String(data=places_to_text(grid.places)))
