"""
The training loop of language.

Each epoch draws sentences of its own and depends on the seed and its number alone; the rest is in
the saved state: training that was killed goes on at the epoch it was in.
"""
from collections.abc import Callable
import copy
from dataclasses import asdict, dataclass
import hashlib
import math
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer
import torch
from torch.nn import functional
from torch.nn.attention import sdpa_kernel, SDPBackend

from vla_ros.inference.precision import training_precision
from vla_ros.language.corpus.sentences import Split, TEMPLATES, USUAL
from vla_ros.learning.language_data import (
    batches, draw, Example, example_of, features, LanguageBatch, NOTHING)
from vla_ros.models.bert import BertEncoder
from vla_ros.models.language import LanguageHeads

STATE = 'state.pt'
Report = Callable[[str], None]
Encoded = tuple[list[Example], list[torch.Tensor]]
_BATCH = 64


@dataclass(frozen=True)
class LanguageRecipe:
    """How the heads, and the layers of the encoder that belong to them, are trained."""

    commands: int = 23000
    """Sentences of an epoch; each has its own."""
    several: float = 0.4
    """Share of the commands of an epoch that have several steps."""
    others: int = 11000
    mixed: int = 1500
    """Sentences of which one clause is a command and the other none."""
    usual: int = 9000
    """Commands as they are said every day."""
    epochs: int = 5
    learning_rate: float = 1e-3
    tuned_rate: float = 4e-4
    """Learning rate of the encoder's layers."""
    weight_decay: float = 0.02
    warmup_steps: int = 200
    smoothing: float = 0.0
    """Share of an intent's target that all intents have in common."""
    ema_decay: float = 0.998
    false_rejection: float = 0.006
    """Share of commands that the threshold may refuse, on the templates of calibration."""
    seed: int = 0
    threads: int = 1


class LanguageTrainer:
    """Trains heads upon the first layers of an encoder."""

    def __init__(self, heads: LanguageHeads, encoder: BertEncoder, tokenizer: Tokenizer,
                 recipe: LanguageRecipe, folder: Path):
        self._heads, self._encoder, self._tokenizer = heads, encoder, tokenizer
        self._recipe, self._state = recipe, folder / STATE
        self.averaged = copy.deepcopy(heads).eval().requires_grad_(False)
        self._optimizer = torch.optim.AdamW(
            [{'params': [p for name, p in heads.named_parameters()
                         if not name.startswith('tuned.')], 'most': recipe.learning_rate},
             {'params': list(heads.tuned.parameters()), 'most': recipe.tuned_rate}],
            betas=(0.9, 0.98), weight_decay=recipe.weight_decay, fused=True)
        self._epoch = self._step = 0
        if self._state.is_file():
            self._resume()

    def run(self, report: Report) -> LanguageHeads:
        """Train to the last epoch and return the averaged heads."""
        while self._epoch < self._recipe.epochs:
            loss = self._train_epoch()
            self._epoch += 1
            self._save()
            report(f'epoch {self._epoch}: loss {loss:.4f}')
        return self.averaged

    def _train_epoch(self) -> float:
        recipe, total = self._recipe, 0.0
        torch.manual_seed(1000 * recipe.seed + self._epoch)
        rng = np.random.default_rng([0x7E, recipe.seed, self._epoch])
        with training_precision():
            learned = encoded(Split.TRAIN, recipe, 1.0, 1000 * recipe.seed + self._epoch,
                              self._encoder, self._tokenizer)
        count = math.ceil(len(learned[0]) / _BATCH)
        self._heads.train()
        for done, batch in enumerate(batches(*learned, _BATCH, rng)):
            share = rate_share((self._epoch + done / count) / recipe.epochs, self._step,
                               recipe.warmup_steps)
            for group in self._optimizer.param_groups:
                group['lr'] = group['most'] * share
            with training_precision(), sdpa_kernel(SDPBackend.MATH):
                loss = language_loss(self._heads, batch, recipe.smoothing)
            self._optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self._heads.parameters(), 1.0)
            self._optimizer.step()
            self._step += 1
            self._average()
            total += float(loss.detach())
        return total / count

    @torch.no_grad()
    def _average(self) -> None:
        """Follow the heads with an exponential moving average, faster in the beginning."""
        decay = min(self._recipe.ema_decay, self._step / (self._step + 9))
        torch._foreach_lerp_(list(self.averaged.parameters()), list(self._heads.parameters()),
                             1 - decay)

    def _save(self) -> None:
        partial_file = self._state.with_suffix('.partial')
        partial_file.parent.mkdir(parents=True, exist_ok=True)
        torch.save({'epoch': self._epoch, 'step': self._step, 'of': self._purpose(),
                    'heads': self._heads.state_dict(), 'averaged': self.averaged.state_dict(),
                    'optimizer': self._optimizer.state_dict()}, partial_file)
        partial_file.rename(self._state)

    def _purpose(self) -> dict:
        """Return the recipe and the templates, which a saved state must have in common."""
        templates = repr((TEMPLATES[Split.TRAIN], USUAL[Split.TRAIN])).encode()
        return {**asdict(self._recipe), 'templates': hashlib.sha256(templates).hexdigest()}

    def _resume(self) -> None:
        state = torch.load(self._state, weights_only=True)
        if state['of'] != self._purpose():              # another training's
            return
        self._heads.load_state_dict(state['heads'])
        self.averaged.load_state_dict(state['averaged'])
        self._optimizer.load_state_dict(state['optimizer'])
        self._epoch, self._step = state['epoch'], state['step']


def encoded(split: Split, recipe: LanguageRecipe, share: float, seed: int, encoder: BertEncoder,
            tokenizer: Tokenizer) -> Encoded:
    """Return a share of an epoch's sentences of a split, with the encoder's vectors (L, D)."""
    counts = (round(share * n) for n in (recipe.commands, recipe.others, recipe.mixed))
    several = {'several': recipe.several} if split is Split.TRAIN else {}
    drawn = draw(split, *counts, seed, **several, usual=round(share * recipe.usual))
    examples = [example_of(s, tokenizer) for s in drawn]
    return examples, features(encoder, examples)


def rate_share(progress: float, step: int, warmup_steps: int) -> float:
    """Return the share of the learning rate: a linear rise within half a cosine to zero."""
    return min(1.0, (step + 1) / warmup_steps) * 0.5 * (1 + math.cos(math.pi * progress))


def language_loss(heads: LanguageHeads, batch: LanguageBatch,
                  smoothing: float = 0.0) -> torch.Tensor:
    """Return the sum of the five losses; what is no command teaches neither intent nor action."""
    hidden, labels = heads.read(batch.words, batch.keep)
    judged = heads.judge(hidden, batch.clauses)
    command = functional.binary_cross_entropy_with_logits(
        judged.command[batch.is_clause], (batch.intents != NOTHING)[batch.is_clause].float())
    whole = functional.binary_cross_entropy_with_logits(
        judged.whole[batch.is_stretch], batch.wholes[batch.is_stretch].float())
    return (cross_entropy(labels, batch.labels)
            + cross_entropy(judged.intents, batch.intents, smoothing)
            + 0.5 * cross_entropy(judged.actions, batch.actions) + command + whole)


def cross_entropy(scores: torch.Tensor, wanted: torch.Tensor,
                  smoothing: float = 0.0) -> torch.Tensor:
    """Return the mean loss over what is wanted; zero where nothing is."""
    total = functional.cross_entropy(scores.float().flatten(0, -2), wanted.flatten(),
                                     ignore_index=NOTHING, reduction='sum',
                                     label_smoothing=smoothing)
    return total / (wanted != NOTHING).sum().clamp(min=1)
