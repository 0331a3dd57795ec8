"""The suite `phrasings`: going and moving in forms of words that training never had."""
import numpy as np

from vla_ros.language.phrases import Split
from vla_ros.sim.tasks import goto_suite, move_suite
from vla_ros.sim.tasks.episode import Episode, Suite


def make(index: int, rng: np.random.Generator) -> Episode:
    """Return an episode; every third is a movement."""
    suite = move_suite if index % 3 == 2 else goto_suite
    return suite.make(index, rng, Suite.PHRASINGS, Split.UNSEEN)
