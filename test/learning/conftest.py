"""A small dataset that was really collected, and an empty bank of sentences for it."""
import pytest

from vla_ros.sim.assets import are_installed

if not are_installed():
    pytest.skip('the wheels of the walking G1 are not installed', allow_module_level=True)


@pytest.fixture(scope='session')
def frames(g1):
    """Return the frames of two short episodes."""
    import numpy as np

    from vla_ros.learning import collect
    collect.EPISODE_S = 4.0
    parts = []
    for number in range(2):
        parts += collect.EpisodeRecorder(g1, number, np.random.default_rng(number)).run()
    return collect._stacked(parts)


@pytest.fixture(scope='session')
def bank():
    """Return a bank with two random sentences for each goal."""
    import numpy as np
    import torch

    from vla_ros.learning.goal_sets import training_goals
    from vla_ros.learning.sentences import SentenceBank
    goals = training_goals()
    generator = torch.Generator().manual_seed(0)
    return SentenceBank({goal: np.array([2 * i, 2 * i + 1]) for i, goal in enumerate(goals)},
                        torch.randn(2 * len(goals), 8, 384, generator=generator).half(),
                        torch.ones(2 * len(goals), 8, dtype=torch.bool))
