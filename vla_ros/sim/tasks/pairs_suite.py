"""The suite `pairs`: solids whose colour and shape training never had together."""
import numpy as np

from vla_ros.core.goals import GoTo
from vla_ros.language.vocabulary import HELD_OUT_PAIRS
from vla_ros.sim.tasks.episode import Episode, Suite
from vla_ros.sim.tasks.goto_suite import going
from vla_ros.sim.tasks.scenes import core_kinds


def make(index: int, rng: np.random.Generator) -> Episode:
    """Return an episode; others have the same colour or the same shape."""
    colour, shape = sorted(HELD_OUT_PAIRS)[index % len(HELD_OUT_PAIRS)]
    others = [k for k in core_kinds(rng, 8) if k != (colour, shape)]
    same = [k for k in others if (k[0] == colour) != (k[1] == shape)]
    kinds = [(colour, shape), *dict.fromkeys(same[:2] + others)][:rng.integers(3, 5)]
    return going(Suite.PAIRS, index, kinds, GoTo(shape, colour), rng)
