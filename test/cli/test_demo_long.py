"""The demo's long command is judged by where the robot is, and its plan is shown."""
import numpy as np
import pytest

from vla_ros.cli import demo_long
from vla_ros.cli.demo_long import LONG, LongStage, nodes_of, SEED
from vla_ros.cli.film import Film
from vla_ros.sim.floor_plan import APARTMENT
from vla_ros.sim.scene import Dwelling
from vla_ros.sim.settings import SimSettings
from vla_ros.sim.tasks.body import Body
from vla_ros.sim.worlds import scene_of

WORDS = ('go to the office', 'go to the red cube', 'come back')


class Robot:
    """An observer of a robot that is where its script says; children; and a clock."""

    def __init__(self, *places, fails_after=None):
        self.scene = scene_of(SimSettings().scene_kinds, SEED, Dwelling.APARTMENT)
        self.now_s, self._places, self._fails_after = 0.0, places, fails_after
        self.pose, self.velocity, self.height_m = np.array(places[0], float), np.zeros(3), 0.77
        self.way, self.paths, self.said = [self.pose], [], []
        self.pictures = {'robot': np.zeros((240, 320, 3), np.uint8),
                         'bystander': np.zeros((360, 480, 3), np.uint8)}
        self.plan = {}
        self.say = self.said.append

    @property
    def body(self):
        """Return what a judge looks at."""
        return Body(self.pose, self.velocity)

    def check(self):
        """Say that all children run."""

    def sleep(self, seconds):
        """Let time go by: two seconds for each place."""
        self.now_s += seconds
        at = min(int(self.now_s / 2), len(self._places) - 1)
        self.pose = np.array(self._places[at], float)
        states = ['done'] * at + ['running'] + ['waiting'] * 3
        self.plan = {'state': 'running', 'reason': '', 'subtasks': [
            {'words': w, 'state': s} for w, s in zip(WORDS, states, strict=False)]}
        if self._fails_after is not None and self.now_s > self._fails_after:
            self.plan.update(state='failed', reason='Every way there is blocked.')

    def perform(self):
        """Return what the stage says of it."""
        self.film = Film(None)
        return LongStage(self, self, self.film, lambda: self.now_s, self.sleep).perform()


def _before_the_cube():
    scene = scene_of(SimSettings().scene_kinds, SEED, Dwelling.APARTMENT)
    x, y = scene.find('cube', 'red').position
    return x, y - 0.65, np.pi / 2


def test_what_it_asks_for_can_be_done_where_it_is_asked():
    assert nodes_of('base', False)['sim_node']['seed'] == SEED
    robot = Robot((0.4, 0.0, 0.3), APARTMENT.place('office').pose, _before_the_cube(),
                  (0.4, 0.0, 0.0))
    is_done, seconds, walked_m, why = robot.perform()
    assert is_done and not why and robot.said == [LONG.command]
    assert 6.0 < seconds < 12.0 and walked_m > 5.0
    assert robot.film.scenes[0].is_done and len(robot.film.scenes[0].frames) > 10


@pytest.mark.parametrize('fails_after, why', [(3.0, 'Every way there is blocked.'),
                                              (None, 'not within 5 s.')])
def test_what_is_not_done_is_shown_with_its_reason(fails_after, why, monkeypatch):
    monkeypatch.setattr(demo_long, 'LIMIT_S', 5.0)
    robot = Robot((0.4, 0.0, 0.3), fails_after=fails_after)
    is_done, _, _, reason = robot.perform()
    assert not is_done and reason.endswith(why)
    assert robot.film.scenes[0].result == reason


def test_subtasks_are_told_as_they_begin_and_end(capsys):
    Robot((0.4, 0.0, 0.3), APARTMENT.place('office').pose, _before_the_cube(),
          (0.4, 0.0, 0.0)).perform()
    told = [line.split()[2:] for line in capsys.readouterr().out.splitlines()]
    assert told[:3] == [['running', *WORDS[0].split()], ['done', *WORDS[0].split()],
                        ['running', *WORDS[1].split()]]
