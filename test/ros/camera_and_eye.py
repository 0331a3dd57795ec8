"""A camera and whoever looks at it, each in a process of its own: `send N`, `listen` or `poll`."""
import json
import sys
import time

import numpy as np
import rclpy
from sensor_msgs.msg import Image
from std_msgs.msg import String

from vla_ros.nodes.wiring import Callbacks
from vla_ros.ros.images import image_to_msg
from vla_ros.ros.pacing import Pacer
from vla_ros.ros.qos import NEWEST, SPOKEN
from vla_ros.ros.reports import Reports

RATE_HZ = 30.0


def send(node, count):
    """Send images of 640x480 at 30 Hz to whoever looks, then say that this was all."""
    images = node.create_publisher(Image, 'camera/image_raw', NEWEST)
    end = node.create_publisher(String, 'end', SPOKEN)
    while not (images.get_subscription_count() and end.get_subscription_count()):
        time.sleep(0.05)
    msg, left = image_to_msg(np.zeros((480, 640, 3), np.uint8)), iter(range(count))

    def tick(now_s):
        if next(left, None) is None:
            pacer.stop()
        else:
            images.publish(msg)

    pacer = Pacer('camera', lambda: RATE_HZ, tick)
    pacer.start()
    pacer._thread.join()
    end.publish(String(data=str(count)))
    end.wait_for_all_acked(rclpy.duration.Duration(seconds=5.0))


def look(node, polls):
    """Look until all was sent, and print what became of it."""
    reports, ends = Reports(node), []
    topics = Callbacks(node, reports, ends.append)
    glance = (topics.poll(Image, 'camera/image_raw', NEWEST, lambda msg, found_s: None)
              if polls else lambda: None)
    if not polls:
        topics.listen(Image, 'camera/image_raw', NEWEST, lambda msg: None)
    topics.listen(String, 'end', SPOKEN, ends.append)
    while not ends:
        rclpy.spin_once(node, timeout_sec=0.02)
        glance()
    figures = topics.traffic()
    print(json.dumps({'figures': figures, 'wrong': reports.reasons()}))


if __name__ == '__main__':
    rclpy.init()
    made = rclpy.create_node(sys.argv[1])
    if sys.argv[1] == 'send':
        send(made, int(sys.argv[2]))
    else:
        look(made, sys.argv[1] == 'poll')
    made.destroy_node()
    rclpy.shutdown()
