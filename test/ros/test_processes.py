"""What happens to the robot when a process ends, however it ends."""
import os
from pathlib import Path
import signal
import subprocess
import sys
import time

from geometry_msgs.msg import Twist
import numpy as np
import pytest
from sensor_msgs.msg import Image, JointState
from std_msgs.msg import String

from vla_ros.core.package_files import robot_file
from vla_ros.core.robot import load_robot
from vla_ros.ros.images import image_to_msg
from vla_ros.ros.qos import NEWEST, STATE

HERE = Path(__file__).parent
BEHIND_GATE = ['--ros-args', '-r', 'cmd_vel:=policy/cmd_vel', '-r',
               'joint_trajectory:=policy/joint_trajectory']


class Processes:
    """Nodes as processes in the bench's domain, and a robot's inputs for them."""

    def __init__(self, bench):
        self.bench, self.running = bench, []
        robot = load_robot(robot_file('unitree_g1'))
        self._image = bench.node.create_publisher(Image, 'camera/image_raw', NEWEST)
        self._joints = bench.node.create_publisher(JointState, 'joint_states', NEWEST)
        self._voice = bench.node.create_publisher(String, 'voice_command', 10)
        self._picture = image_to_msg(np.zeros((24, 32, 3), np.uint8))
        self._state = JointState(name=list(robot.joint_names),
                                 position=list(robot.neutral_position))
        self.twists = bench.listen(Twist, 'cmd_vel')
        self.modes = bench.listen(String, 'fusion_node/mode', STATE)
        self._fed_s = self._told_s = 0.0

    def start(self, *command):
        path = f'{HERE}:{HERE.parents[1]}:{os.environ.get("PYTHONPATH", "")}'
        environment = {**self.bench.environment, 'PYTHONPATH': path}
        process = subprocess.Popen([sys.executable, *command], env=environment,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.running.append(process)
        return process

    def feed(self):
        if time.monotonic() - self._fed_s > 0.03:
            self._fed_s = time.monotonic()
            self._picture.data[0] = (self._picture.data[0] + 1) % 256   # a camera that lives
            self._image.publish(self._picture)
            self._joints.publish(self._state)

    def until(self, is_true, limit_s=20.0):
        return self.bench.until(is_true, limit_s, self.feed)

    def walk(self):
        self.until(lambda: self.modes and self.modes[-1][1].data.startswith('READY'))
        self.bench.until(lambda: self.speed > 0.2, 20.0, self._tell)

    def _tell(self):
        self.feed()
        if time.monotonic() - self._told_s > 0.5:           # a killed node is listed for a while
            self._told_s = time.monotonic()
            self._voice.publish(String(data='go to the red cube'))

    @property
    def speed(self):
        return self.twists[-1][1].linear.x if self.twists else 0.0

    def close(self):
        for process in self.running:
            if process.poll() is None:
                process.kill()
            process.communicate()


@pytest.fixture
def processes(bench):
    processes = Processes(bench)
    yield processes
    processes.close()


@pytest.mark.parametrize('number', [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize('slow', [[], ['--slow']])
def test_zeros_are_the_last_messages_of_a_node_that_is_told_to_end(processes, number, slow):
    fusion = processes.start(str(HERE / 'walking_fusion.py'), *slow, '--ros-args', '-p',
                             'inference_max_age:=1.5')
    processes.walk()
    fusion.send_signal(number)
    took_s = processes.until(lambda: fusion.poll() is not None)
    assert took_s < 3.5
    assert fusion.returncode == 0
    processes.bench.until(lambda: processes.speed == 0.0, 1.0)


@pytest.mark.slow
def test_a_fusion_node_that_is_killed_leaves_a_robot_that_stands(processes):
    processes.start('-m', 'vla_ros.nodes.command_gate', '--ros-args', '-p',
                    'armed_at_start:=true')
    for _ in range(3):
        fusion = processes.start(str(HERE / 'walking_fusion.py'), *BEHIND_GATE)
        processes.modes.clear()
        processes.walk()
        fusion.kill()
        took_s = processes.until(lambda: processes.speed == 0.0, 3.0)
        print(f'killed: zeros after {took_s:.3f} s')
        assert took_s <= 2 * 0.4
        fusion.wait()
        processes.until(lambda: processes.bench.node.count_publishers('policy/cmd_vel') == 0
                        or time.monotonic() - processes.twists[-1][0] > 1.0)


@pytest.mark.slow
def test_a_gate_that_is_told_to_end_says_zero_last(processes):
    gate = processes.start('-m', 'vla_ros.nodes.command_gate', '--ros-args', '-p',
                           'armed_at_start:=true')
    processes.start(str(HERE / 'walking_fusion.py'), *BEHIND_GATE)
    processes.walk()
    gate.send_signal(signal.SIGINT)
    processes.until(lambda: gate.poll() is not None, 4.0)
    assert gate.returncode == 0
    processes.bench.until(lambda: processes.speed == 0.0, 1.0)


@pytest.mark.parametrize('arguments, said', [
    (['-p', 'tiemout:=1.0'], 'did you mean timeout'), (['-p', 'rate:=1.0e9'], 'rate'),
    (['-p', 'robot:=c3po'], 'humanoid_24dof')])
def test_a_wrong_parameter_is_one_clear_line(processes, arguments, said):
    gate = processes.start('-m', 'vla_ros.nodes.command_gate', '--ros-args', *arguments)
    output, _ = gate.communicate(timeout=20)
    assert gate.returncode == 2
    assert said in output and 'Traceback' not in output


def test_a_misspelt_node_in_a_file_is_an_error(processes, tmp_path):
    path = tmp_path / 'params.yaml'
    path.write_text('command_gat:\n  ros__parameters:\n    timeout: 0.2\n')
    gate = processes.start('-m', 'vla_ros.nodes.command_gate', '--ros-args', '--params-file',
                           str(path))
    output, _ = gate.communicate(timeout=20)
    assert gate.returncode == 2 and "did you mean 'command_gate'" in output


WIRE = """
import numpy as np, rclpy
from geometry_msgs.msg import Twist
from vla_ros.ros.conversions import twist_from_msg, twist_to_msg
rclpy.init()
node, heard = rclpy.create_node('wire'), []
node.create_subscription(Twist, 'a', heard.append, 10)
publisher = node.create_publisher(Twist, 'a', 10)
meant = np.array([1, 0, 0, 0, 0, -2])
for kind in (np.int64, np.float32, np.float64):
    heard.clear()
    while not heard:
        publisher.publish(twist_to_msg(meant.astype(kind)))
        rclpy.spin_once(node, timeout_sec=0.1)
    assert twist_from_msg(heard[0]).tolist() == meant.tolist(), (kind, heard[0])
print('equal')
"""


def test_the_value_on_the_wire_is_the_value_meant_without_field_checks(processes):
    environment = {k: v for k, v in processes.bench.environment.items()
                   if k != 'ROS_PYTHON_CHECK_FIELDS'}
    environment['PYTHONPATH'] = str(HERE.parents[1])
    result = subprocess.run([sys.executable, '-c', WIRE], env=environment, capture_output=True,
                            text=True, timeout=60)
    assert result.stdout.strip().endswith('equal'), result.stderr
