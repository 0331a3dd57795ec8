"""The suite `names`: going to solids by names of colours and shapes that training never had."""
import numpy as np

from vla_ros.core.goals import GoTo
from vla_ros.language.phrases import say_go_to
from vla_ros.language.vocabulary import UNSEEN_COLOUR_NAMES, UNSEEN_SHAPE_NAMES
from vla_ros.sim.scene import random_scene
from vla_ros.sim.tasks.episode import Episode, Suite
from vla_ros.sim.tasks.goto_suite import LIMIT_S
from vla_ros.sim.tasks.scenes import core_kinds


def make(index: int, rng: np.random.Generator) -> Episode:
    """Return an episode; colour and shape in turn, or both, have such a name."""
    kinds = core_kinds(rng, rng.integers(3, 5))
    colour, shape = kinds[0]
    other_colour = rng.choice(UNSEEN_COLOUR_NAMES[colour])
    other_shape = rng.choice(UNSEEN_SHAPE_NAMES[shape])
    name = (f'{other_colour} {shape}', f'{colour} {other_shape}',
            f'{other_colour} {other_shape}')[index % 3]
    return Episode(Suite.NAMES, index, random_scene(rng, kinds), GoTo(shape, colour),
                   say_go_to(name, rng), LIMIT_S)
