"""The last command of `vla demo`: a long one, in the apartment, through the planner's nodes."""
from collections.abc import Callable
import sys
import time

import numpy as np

from vla_ros.cli.film import Film, plan_panel, VIDEO_HZ
from vla_ros.core.goals import GoTo
from vla_ros.sim.tasks.long_task import AtPlace, Home, LongTask

LONG = LongTask('go to the office, walk up to the red cube, then come back',
                (AtPlace('office'), GoTo('cube', 'red'), Home()))
SEED = 59
"""Of the apartment: the red cube stands in the office."""
LISTENERS = 2
"""Nodes that hear a command: fusion and planner."""
LIMIT_S = 120.0
_ENDED = ('failed', 'cancelled')
_PERCEPTION_HZ = 5.0
"""Enough to walk by, and leaves two cores something for the simulator."""
_TICK_S, _PICTURE_S, _PANEL_S = 1 / 16, 1 / VIDEO_HZ, 0.5
_MARKS = {'done': '+', 'running': '>', 'failed': 'x'}


def nodes_of(checkpoint: str, is_viewed: bool) -> dict[str, dict[str, object]]:
    """Return the parameters of each node that has to be started."""
    return {'sim_node': {'world': 'apartment', 'seed': SEED, 'view': str(is_viewed).lower(),
                         'mesh_cell': 0.02},
            'command_gate': {'armed_at_start': 'true'},
            'fusion_node': {'checkpoint': checkpoint, 'has_planner': 'true'},
            'perception_node': {'rate': _PERCEPTION_HZ},
            'planner_node': {}}


class LongStage:
    """Says the long command, watches, and asks the judge."""

    def __init__(self, observer, children, film: Film,
                 clock: Callable[[], float] = time.monotonic,
                 sleep: Callable[[float], None] = time.sleep):
        self._observer, self._children, self._film = observer, children, film
        self._clock, self._sleep = clock, sleep
        self._told: list[dict] = []
        self._pictured_s, self._drawn_s, self._drawn = 0.0, 0.0, None

    def perform(self) -> tuple[bool, float, float, str]:
        """Return whether it was carried out, in what time [s], on what way [m], and why not."""
        from vla_ros.sim.shortest_way import shortest_way
        from vla_ros.sim.tasks.long_task import LongJudge
        observer = self._observer
        self._film.begin(LONG.command)
        started_s = self._clock()
        judge = LongJudge(LONG, observer.pose, started_s, shortest_way(observer.scene))
        observer.say(LONG.command)
        is_done, why = self._watch(judge, started_s)
        seconds = self._clock() - started_s
        self._take_picture(seconds)
        self._film.end_with(self._panel())
        verdict = judge.verdict(self._clock(), is_fallen=False, contacts=0, given_up=why)
        walked_m = sum(leg.walked_m for leg in verdict.legs)
        self._film.end(f'{seconds:.1f} s, {walked_m:.1f} m' if is_done else verdict.reason,
                       is_done)
        return is_done, seconds, walked_m, '' if is_done else verdict.reason

    def _watch(self, judge, started_s: float) -> tuple[bool, str]:
        """Return whether everything was done, and why the planner gave up."""
        observer = self._observer
        while (elapsed_s := self._clock() - started_s) < LIMIT_S:
            self._children.check()
            if judge.update(observer.body, observer.scene, self._clock()):
                return True, ''
            if 0 < observer.height_m < 0.45:
                return False, 'the robot fell.'
            if observer.plan.get('state') in _ENDED:
                return False, observer.plan['reason']
            if elapsed_s - self._pictured_s >= _PICTURE_S:
                self._take_picture(elapsed_s)
            self._tell_progress(elapsed_s)
            self._sleep(_TICK_S)
        return False, f'not within {LIMIT_S:.0f} s.'

    def _take_picture(self, elapsed_s: float) -> None:
        self._pictured_s, observer = elapsed_s, self._observer
        if self._drawn is None or elapsed_s - self._drawn_s >= _PANEL_S:
            self._drawn, self._drawn_s = self._panel(), elapsed_s
        self._film.take({**observer.pictures, 'plan': self._drawn}, f'{elapsed_s:.1f} s')

    def _panel(self) -> np.ndarray:
        lines = [f'{_MARKS.get(s["state"], " ")} {s["words"]}'
                 for s in self._observer.plan.get('subtasks', [])]
        return plan_panel(self._seen_from_above(), lines)

    def _seen_from_above(self) -> np.ndarray:
        """Return the map with the way planned and the way walked, (H, W, 3)."""
        from vla_ros.perception.map_pictures import map_picture, Mark
        from vla_ros.sim.apartment_scenes import apartment_map
        observer = self._observer
        marks = [Mark(s.name, s.position, s.size_m, tuple(round(255 * c) for c in s.rgb))
                 for s in observer.scene.solids]
        return map_picture(apartment_map(), np.array([*observer.way, observer.pose]),
                           planned=observer.paths[-1:], marks=marks)

    def _tell_progress(self, elapsed_s: float) -> None:
        """Print a line for every subtask that begins or ends."""
        subtasks = self._observer.plan.get('subtasks', [])
        for now, before in zip(subtasks, self._told or [{}] * len(subtasks), strict=False):
            if now != before and now['state'] != 'waiting':
                clear = '\r\033[K' if sys.stdout.isatty() else ''
                print(f'{clear}  {elapsed_s:5.1f} s  {now["state"]:8s} {now["words"]}', flush=True)
        self._told = subtasks
