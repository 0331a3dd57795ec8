"""
The loop that all training by steps has in common.

What a step does depends on its number and the recipe alone, and everything else is in the saved
state: training that was killed goes on as if it had not been, bit for bit.
"""
from collections.abc import Callable
import copy
import math
from pathlib import Path
from typing import Protocol

import torch
from torch import nn

from vla_ros.learning import processes
from vla_ros.models.posture import HOLD, POSTURE
from vla_ros.models.straight import STRAIGHT
from vla_ros.models.swing import SWING

_OF_JOINTS = POSTURE, STRAIGHT, SWING
_TIMES_HELD, _TIMES_FELT = 10.0, 4.0
"""How many times as fast what joints do by themselves is learned; see `decayed`."""
Parts = dict[str, torch.Tensor]
Report = Callable[[int, dict[str, float]], None]


class Course(Protocol):
    """What a recipe tells the loop."""

    gradient_norm: float
    ema_decay: float
    save_every: int

    @property
    def all_steps(self) -> int:
        """Return the number of steps."""
        ...

    def rate_at(self, step: int) -> float:
        """Return the learning rate of a step."""
        ...


class Loop:
    """Trains a model step by step, averages it, and keeps its state on disk."""

    def __init__(self, model: nn.Module, optimizer: torch.optim.Optimizer, course: Course,
                 state: Path):
        self.model, self._optimizer, self._course, self._state = model, optimizer, course, state
        self.averaged = copy.deepcopy(model).eval().requires_grad_(False)
        self.step = 0
        processes.share_statistics(model)
        self._resume()

    def run(self, losses_at: Callable[[int], Parts], report: Report) -> nn.Module:
        """
        Train to the last step and return the averaged model.

        :param losses_at: returns the parts of the loss of a step.
        :param report: called after each step with (step, parts of the loss), by the first process
            and before the state is saved: what a state holds has been reported.
        """
        course = self._course
        while self.step < course.all_steps:
            parts = self._advance(losses_at)
            if not processes.is_first():
                continue
            report(self.step, parts)
            if self.step % course.save_every == 0 or self.step == course.all_steps:
                self._save()
        return self.averaged

    def _advance(self, losses_at: Callable[[int], Parts]) -> dict[str, float]:
        for group in self._optimizer.param_groups:
            group['lr'] = group.get('times', 1.0) * self._course.rate_at(self.step)
        self._optimizer.zero_grad(set_to_none=True)
        parts = losses_at(self.step)
        sum(parts.values()).backward()
        processes.average_gradients(self.model)
        nn.utils.clip_grad_norm_(self.model.parameters(), self._course.gradient_norm)
        self._optimizer.step()
        self._average()
        self.step += 1
        means = processes.mean_over_all(torch.stack([v.detach() for v in parts.values()]))
        return dict(zip(parts, means.tolist(), strict=True))

    @torch.no_grad()
    def _average(self) -> None:
        """Follow the model with an exponential moving average, faster in the beginning."""
        decay = min(self._course.ema_decay, (1 + self.step) / (10 + self.step))
        own = self.model.state_dict()
        for name, value in self.averaged.state_dict().items():
            if value.is_floating_point():
                value.lerp_(own[name], 1 - decay)
            else:
                value.copy_(own[name])

    def _save(self) -> None:
        partial_file = self._state.with_suffix('.partial')
        partial_file.parent.mkdir(parents=True, exist_ok=True)
        torch.save({'step': self.step, 'model': self.model.state_dict(),
                    'averaged': self.averaged.state_dict(),
                    'optimizer': self._optimizer.state_dict()}, partial_file)
        partial_file.rename(self._state)

    def _resume(self) -> None:
        is_there = processes.is_first() and self._state.is_file()
        state = processes.of_first(
            torch.load(self._state, weights_only=True) if is_there else None)
        if state is None:
            return
        self.model.load_state_dict(state['model'])
        self.averaged.load_state_dict(state['averaged'])
        self._optimizer.load_state_dict(state['optimizer'])
        self.step = state['step']


def decayed(model: nn.Module, weight_decay: float) -> list[dict]:
    """
    Return an optimiser's groups of parameters: matrices decay, everything else does not.

    What joints do by themselves learns `times` as fast, and does not decay: some of its weights
    stand for a unit, a radian to a radian, and few frames show where a wave turns. Where joints
    swing has the furthest to go.
    """
    named = list(model.named_parameters())
    of_joints = {name for name, p in named if name.startswith(SWING)
                 or (p.ndim > 1 and name.startswith(_OF_JOINTS))}
    others = [p for name, p in named if name not in of_joints]
    groups = [{'params': [p for p in others if p.ndim > 1], 'weight_decay': weight_decay},
              {'params': [p for p in others if p.ndim <= 1], 'weight_decay': 0.0}]
    far = {name for name, p in named if name == HOLD or (name.startswith(SWING) and p.ndim == 1)}
    for times, names in ((_TIMES_HELD, of_joints & far), (_TIMES_FELT, of_joints - far)):
        if some := [p for name, p in named if name in names]:
            groups.append({'params': some, 'weight_decay': 0.0, 'times': times})
    return groups


def risen_and_fallen(step: int, steps: int, warmup_steps: int) -> float:
    """Return the share of the learning rate: a linear rise, then half a cosine to zero."""
    if step < warmup_steps:
        return (step + 1) / warmup_steps
    share = (step - warmup_steps) / max(1, steps - warmup_steps)
    return 0.5 * (1 + math.cos(math.pi * share))
