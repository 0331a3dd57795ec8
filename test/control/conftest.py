"""A controller that has everything it needs, and a clock that only moves when told."""
import numpy as np
import pytest

from vla_ros.control.controller import Controller
from vla_ros.control.settings import FusionSettings
from vla_ros.core.values import ActionChunk

IMAGE = np.zeros((24, 32, 3), np.uint8)


class Bench:
    """Drives a controller tick by tick, with inputs that are fresh unless they are cut."""

    def __init__(self, robot, settings=FusionSettings()):
        self.robot, self.now_s, self.cut = robot, 100.0, set()
        self.controller = Controller(robot, settings)
        self.controller.warmed_up()
        self.rest = np.array(robot.neutral_position)
        self.wish = np.array([0.4, 0, 0, 0, 0, 0.2])
        self.picture = None                                 # None: another one every time

    def chunk(self, twist=None, joints=None, steps=10):
        """Return a chunk that wishes the same for a second."""
        rest = self.robot.of_commanded('neutral_position')
        return ActionChunk(self.now_s, 0.1, np.tile(self.wish if twist is None else twist,
                                                    (steps, 1)),
                           np.tile(rest if joints is None else joints, (steps, 1)))

    def tick(self, count=1, infer=True):
        """Go on by command periods of 50 ms and return the last command."""
        for _ in range(count):
            self.now_s += 0.05
            if 'image' not in self.cut:
                self.controller.image.put(IMAGE, self.now_s)
                self.controller.picture.see(self.picture or repr(self.now_s).encode(),
                                            self.now_s)
            if 'joints' not in self.cut:
                self.controller.joints.put((self.rest, np.zeros_like(self.rest)), self.now_s)
            if infer and 'policy' not in self.cut:
                self.controller.accept(self.chunk(), self.controller.instruction.number)
            command = self.controller.tick(self.now_s)
        return command

    def start(self):
        """Get going."""
        self.tick(7)
        self.controller.instruct('go to the red cube', self.now_s)
        command = self.tick(30)
        assert command.twist[0] > 0.3
        return command


@pytest.fixture
def bench(g1):
    """Return a bench for the G1."""
    return Bench(g1)
