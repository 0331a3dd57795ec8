"""Validation in closed loop: while a policy is trained, it drives the simulated robot at times."""
from collections.abc import Callable
from dataclasses import dataclass

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.robot import RobotDescription
from vla_ros.learning.evaluate import evaluate, Plan, summary
from vla_ros.sim.tasks.suites import Suite

SEED = 7001
"""Episodes of validation are none of those that a finished policy is measured on."""


@dataclass(frozen=True)
class ClosedLoop:
    """When it is done, and on what."""

    every: int
    """Steps from one validation to the next."""
    suites: tuple[Suite, ...] = (Suite.GOTO, Suite.MOVE)
    episodes: int = 5
    """Of each suite."""
    report: Callable[[int, dict[str, float]], None] = lambda step, rates: None
    """Called with (step, share of successes by suite)."""

    def __post_init__(self):
        if self.every < 1 or self.episodes < 1 or not self.suites:
            raise ConfigurationError(
                f'validation every {self.every} steps, {self.episodes} episodes, '
                f'{len(self.suites)} suites: expected 1 or more of each')

    def is_due(self, step: int) -> bool:
        """Return whether a step ends with a validation."""
        return step % self.every == 0

    def rates(self, robot: RobotDescription, checkpoint: str) -> dict[str, float]:
        """Return the share of successes of a checkpoint by suite."""
        return {suite.value: summary(evaluate(Plan(robot, suite, SEED, checkpoint),
                                              self.episodes))['rate'] for suite in self.suites}
