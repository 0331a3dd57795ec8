"""
What is sent: the newest chunk, and how far from it, at bounded rates.

A chunk that joins would make the output step. So what is sent is the newest chunk plus a
deviation that begins where the output was and changes no faster than `rates`: whatever chunks
come, between two instants the output changes by the newest chunk's own motion and at most the
rate times the time. The deviation has two parts: a leaning towards older chunks, which blending
wishes, and what is left of the step, which shrinks to nothing. Both are functions of time that
are laid down when a chunk comes and joins, so that every instant ahead is known, and ticks may
come when they like.

Chunks that contradict each other, each moving on from where the last was not, could drive such
an output anywhere. It stops where it is far beyond all rows of the newest chunk: there it does
less than the chunk's own motion, never more.

Dimensions: M knots, T instants, n columns as in `curves`.
"""
from dataclasses import dataclass

import numpy as np

from vla_ros.control.curves import Curve

_LEANING_SHARE = 0.5
"""Part of the rates that leaning may use; the step always has the rest."""
_REST_MIN_S = 0.01
"""Shortest way of a leaning from its last knot to zero [s]."""


class Leaning:
    """How far blending draws the output from the newest chunk, at bounded rates."""

    def __init__(self, knots_s: np.ndarray, wished: np.ndarray, rates: np.ndarray):
        """
        Follow what is wished as fast as the rates allow; after the last knot, go to zero.

        :param knots_s: (M,) rising [s].
        :param wished: (M, n) at the knots.
        :param rates: (n,) most change per second.
        """
        steps_s = knots_s[1:] - knots_s[:-1]
        values = _followed(wished, steps_s[:, None] * rates)
        rest_s = max(float((np.abs(values[-1]) / rates).max()), _REST_MIN_S)
        self._knots_s = np.append(knots_s, knots_s[-1] + rest_s)
        self._values = np.concatenate([values, np.zeros_like(values[:1])])
        self._slopes = np.zeros_like(self._values)
        self._slopes[:-1] = (self._values[1:] - values) / np.append(steps_s, rest_s)[:, None]
        self.steepest = np.abs(self._slopes).max(axis=0)
        """(n,) greatest change per second."""

    def at(self, times_s: np.ndarray) -> np.ndarray:
        """Return the leaning at instants (T,), shape (T, n)."""
        times_s = np.maximum(times_s, self._knots_s[0])
        knot = self._knots_s.searchsorted(times_s, side='right') - 1
        after_s = times_s - self._knots_s[knot]
        return self._values[knot] + after_s[:, None] * self._slopes[knot]


@dataclass(frozen=True)
class Plan:
    """What is sent from one joining of a chunk to the next."""

    curve: Curve
    """The newest chunk."""
    leaning: Leaning | None
    """What blending adds; None: nothing."""
    since_s: float
    """When the step began to shrink [s]."""
    step: np.ndarray
    """(n,) what is left between the output before and this plan."""
    rates: np.ndarray
    """(n,) how fast the step shrinks, per second."""
    low: np.ndarray
    """(n,) least that is sent."""
    high: np.ndarray
    """(n,) most that is sent."""

    def at(self, times_s: np.ndarray) -> np.ndarray:
        """Return what is sent at instants (T,), shape (T, n)."""
        passed_s = np.maximum(times_s - self.since_s, 0.0)
        left = np.maximum(np.abs(self.step) - passed_s[:, None] * self.rates, 0.0)
        values = self.curve.at(times_s) + np.copysign(left, self.step)
        if self.leaning is not None:
            values += self.leaning.at(times_s)
        return np.minimum(np.maximum(values, self.low), self.high)


def leaning_to(knots_s: np.ndarray, wished: np.ndarray, rates: np.ndarray) -> Leaning | None:
    """
    Return how to lean as wished, (M, n), at knots; None where nothing is wished.

    :param rates: (n,) most change per second beyond the chunk's own motion.
    """
    return Leaning(knots_s, wished, _LEANING_SHARE * rates) if wished.any() else None


def joined(curve: Curve, leaning: Leaning | None, rates: np.ndarray, since_s: float,
           sent: np.ndarray | None) -> Plan:
    """
    Return the plan of a chunk that joins.

    :param leaning: of that chunk.
    :param rates: (n,) most change per second beyond the chunk's own motion.
    :param since_s: when it joins: the last instant that was sent [s].
    :param sent: (n,) output then; None: nothing was sent.
    """
    at_s = np.array([since_s])
    wished = curve.at(at_s)[0]
    if leaning is not None:
        wished, rates = wished + leaning.at(at_s)[0], rates - leaning.steepest
    sent = wished if sent is None else sent
    return Plan(curve, leaning, since_s, sent - wished, rates,
                np.minimum(sent, curve.low), np.maximum(sent, curve.high))


def _followed(wished: np.ndarray, most: np.ndarray) -> np.ndarray:
    """Return values (M, n) that begin as wished and change by at most `most` (M - 1, n)."""
    if (np.abs(wished[1:] - wished[:-1]) <= most).all():
        return wished
    values, least = wished.copy(), -most
    for before, after, low, high in zip(values[:-1], values[1:], least, most):
        after -= before
        np.maximum(after, low, out=after)
        np.minimum(after, high, out=after)
        after += before
    return values
