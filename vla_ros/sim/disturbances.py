"""
Domain randomisation while a world runs: late and weak commands, lost pictures, pushes.

All of it is drawn once at the start or from one generator per kind: the same calls, the same
disturbances.
"""
from collections import deque
from collections.abc import Callable

import numpy as np

from vla_ros.sim.g1_model import PERIOD_S
from vla_ros.sim.randomisation import Kind, Randomisation

_LATENCY_S = 0.2
_SLIP_SHARE, _DRIFT_RAD_S = 0.4, 0.08
_FRAMES_LOST = 0.5
_PUSH_M_S, _PUSH_EVERY_S = 0.7, (2.0, 5.0)
_GAIN, _BALANCE, _NOISE = 0.4, 0.12, 10.0


class Disturbances:
    """What comes between a policy and one world. Belongs to the thread that steps the world."""

    def __init__(self, randomisation: Randomisation, period_s: float = PERIOD_S):
        """
        Draw what stays as it is in one world.

        :param period_s: time between two commands [s].
        """
        self._of = randomisation.of
        self._rng = {kind: randomisation.generator(kind) for kind in Kind}
        slip, late = self._rng[Kind.SLIP], self._rng[Kind.LATENCY]
        self._slip = self._of(Kind.SLIP) * slip.uniform(0, _SLIP_SHARE)
        self._drift = self._of(Kind.SLIP) * slip.uniform(-_DRIFT_RAD_S, _DRIFT_RAD_S)
        self.latency_s = self._of(Kind.LATENCY) * late.uniform(0, _LATENCY_S)
        """How late commands act [s]."""
        self._commands: deque = deque(maxlen=1 + round(self.latency_s / period_s))
        self._picture: np.ndarray | None = None
        self._draw_exposure(self._rng[Kind.EXPOSURE])
        self._pushed_at_s = self._next_push_s(0.0)

    def _draw_exposure(self, rng: np.random.Generator) -> None:
        strength = self._of(Kind.EXPOSURE)
        self._gain = 1 + strength * (rng.uniform(-_GAIN, _GAIN)
                                     + rng.uniform(-_BALANCE, _BALANCE, 3))
        self._noise = strength * rng.uniform(0, _NOISE)

    def command(self, twist: np.ndarray, arms: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return what acts now of commands (3,), (C,) that are given every period."""
        self._commands.append((twist, arms))
        twist, arms = self._commands[0]
        if not np.any(twist):                       # who stands does not drift
            return twist, arms
        return (1 - self._slip) * twist + (0.0, 0.0, self._drift), arms

    def picture(self, look: Callable[[], np.ndarray]) -> np.ndarray:
        """Return what is seen, (H, W, 3) uint8: a new picture, or, if it is lost, the last."""
        lost = self._rng[Kind.FRAMES].random() < _FRAMES_LOST * self._of(Kind.FRAMES)
        if self._picture is None or not lost:
            self._picture = self._exposed(look())
        return self._picture

    def _exposed(self, image: np.ndarray) -> np.ndarray:
        if not self._of(Kind.EXPOSURE):
            return image
        noise = self._rng[Kind.EXPOSURE].normal(0, 1, image.shape).astype(np.float32)
        changed = image * self._gain.astype(np.float32) + np.float32(self._noise) * noise
        return np.clip(changed, 0, 255).astype(np.uint8)

    def push(self, now_s: float) -> np.ndarray | None:
        """Return the velocity (2,) [m/s], world frame, that the robot is given now, if any."""
        strength = self._of(Kind.PUSHES)
        if not strength or now_s < self._pushed_at_s:
            return None
        rng, self._pushed_at_s = self._rng[Kind.PUSHES], self._next_push_s(now_s)
        angle, speed = rng.uniform(-np.pi, np.pi), strength * rng.uniform(0, _PUSH_M_S)
        return speed * np.array([np.cos(angle), np.sin(angle)])

    def _next_push_s(self, now_s: float) -> float:
        return now_s + self._rng[Kind.PUSHES].uniform(*_PUSH_EVERY_S)
