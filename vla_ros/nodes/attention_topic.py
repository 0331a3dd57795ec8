"""
What the policy attends, as pictures for whoever listens.

The policy's thread leaves the map of a decision, a few hundred numbers, beside the image that it
was made from; a thread of its own draws and publishes. Nothing is computed or kept for nobody, and
what goes wrong here is reported and stops nothing.
"""
from collections import deque
from collections.abc import Callable

import numpy as np
from rclpy.node import Node
from sensor_msgs.msg import Image
from std_msgs.msg import Header

from vla_ros.core.policy import Attentive, Policy
from vla_ros.core.values import Attention
from vla_ros.nodes.wiring import Callbacks
from vla_ros.perception.pictures import with_attention
from vla_ros.ros.images import image_to_msg
from vla_ros.ros.pacing import Pacer
from vla_ros.ros.qos import NEWEST
from vla_ros.ros.reports import Reports


class AttentionTopic:
    """~/attention, an overlay on the camera image; absent if the policy can't show any."""

    def __init__(self, node: Node, reports: Reports, policy: Policy,
                 rate_hz: Callable[[], float]):
        self._policy = policy
        self._guarded = Callbacks(node, reports, lambda reason: None).guarded
        self._publisher = (node.create_publisher(Image, '~/attention', NEWEST)
                           if isinstance(policy, Attentive) else None)
        # The policy's thread puts in, the pacer's takes out: a deque needs no lock for that.
        self._newest: deque[tuple[np.ndarray, Header, Attention]] = deque(maxlen=1)
        self.drawn = 0
        """Pictures that were made."""
        self._pacer = Pacer('attention', rate_hz, self._show)
        self._pacer.start()

    def offer(self, image: np.ndarray, header: Header) -> None:
        """Keep what the last decision attended in its image; in the policy's thread."""
        if self._is_heard():
            self._guarded('attention', lambda: self._keep(image, header))

    def close(self) -> None:
        """Stop drawing."""
        self._pacer.stop()

    def _keep(self, image: np.ndarray, header: Header) -> None:
        if (attention := self._policy.attention()) is not None:
            self._newest.append((image, header, attention))

    def _show(self, now_s: float) -> None:
        if self._newest:
            newest = self._newest.pop()
            if self._is_heard():
                self._guarded('attention picture', lambda: self._publish(*newest))

    def _publish(self, image: np.ndarray, header: Header, attention: Attention) -> None:
        msg = image_to_msg(with_attention(image, attention))
        msg.header = header
        self._publisher.publish(msg)
        self.drawn += 1

    def _is_heard(self) -> bool:
        return self._publisher is not None and self._publisher.get_subscription_count() > 0
