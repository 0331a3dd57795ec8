"""Episodes for an instruction of one's own: a scene in which it can be done, and its goal."""
import numpy as np

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.goals import aim_of, Follow, Goal, Push, Touch, Visit
from vla_ros.language.grammar import parse
from vla_ros.language.vocabulary import CORE_COLOURS
from vla_ros.sim.scene import random_scene, Scene
from vla_ros.sim.tasks import absent_suite, goto_suite, memory_suite, move_suite
from vla_ros.sim.tasks.episode import Episode, Suite
from vla_ros.sim.tasks.follow_suite import moving
from vla_ros.sim.tasks.push_suite import movable
from vla_ros.sim.tasks.scenes import core_kinds, scene_to_move_in
from vla_ros.sim.tasks.touch_suite import on_stands

_CHANGES = {Touch: on_stands, Push: movable, Follow: moving}
"""What a scene needs for a goal."""


def asked(suite: Suite, index: int, instruction: str, rng: np.random.Generator) -> Episode:
    """
    Return an episode for an instruction.

    :raises ConfigurationError: if the grammar can't read it.
    """
    goal = parse(instruction)
    if goal is None:
        raise ConfigurationError(
            f'{instruction!r} can\'t be judged: expected "go to the <colour> <shape>" '
            '(and come back), "point at the <colour> <shape>", a movement such as "turn left '
            '90 degrees", a gesture such as "wave with your left hand", or "stay"')
    aim = aim_of(goal)
    if aim is None:
        return Episode(suite, index, scene_to_move_in(rng), goal, instruction,
                       move_suite.LIMIT_S)
    colour = aim.colour or CORE_COLOURS[rng.integers(len(CORE_COLOURS))]
    others = [k for k in core_kinds(rng, 12) if k[1] != aim.shape or aim.colour]
    others = [k for k in others if k != (colour, aim.shape)]
    kinds = [(colour, aim.shape), *others[:rng.integers(2, 4)]]
    if suite is Suite.ABSENT:
        kinds.pop(0)
    change = _CHANGES.get(type(goal), _left_as_it_is)
    return Episode(suite, index, change(random_scene(rng, kinds), rng), goal, instruction,
                   _limit_s(suite, goal))


def _left_as_it_is(scene: Scene, rng: np.random.Generator) -> Scene:
    return scene


def _limit_s(suite: Suite, goal: Goal) -> float:
    if suite is Suite.ABSENT:
        return absent_suite.LIMIT_S
    return memory_suite.VISIT_LIMIT_S if isinstance(goal, Visit) else goto_suite.LIMIT_S
