"""A bank of training sentences with their features, encoded once and kept on disk."""
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from vla_ros.core.goals import Goal
from vla_ros.inference.sentence_encoder import SentenceEncoder
from vla_ros.language.phrases import say
from vla_ros.learning.goal_sets import sentences_of, training_goals

_BATCH = 64


@dataclass(frozen=True)
class SentenceBank:
    """Sentences for every goal that is trained."""

    of_goal: dict[Goal, np.ndarray]
    """Row numbers of each goal's sentences."""
    words: torch.Tensor
    """(sentences, L, D) features in half precision."""
    keep: torch.Tensor
    """(sentences, L) bool: true for words, false for padding."""

    def draw(self, goal: Goal, rng: np.random.Generator) -> int:
        """Return the row of a random sentence for a goal."""
        rows = self.of_goal[goal]
        return int(rows[rng.integers(len(rows))])


def sentence_bank(cache: Path, seed: int) -> SentenceBank:
    """Return the bank for a seed, from the cache file if it holds the same sentences."""
    rng = np.random.default_rng([0x5A9, seed])
    of_goal, sentences = {}, []
    for goal in training_goals():
        own = sorted({say(goal, rng) for _ in range(sentences_of(goal))})
        of_goal[goal] = np.arange(len(sentences), len(sentences) + len(own))
        sentences += own
    words, keep = sentence_features(sentences, cache)
    return SentenceBank(of_goal, words, keep)


def sentence_features(sentences: list[str],
                      cache: Path) -> tuple[torch.Tensor, torch.Tensor]:
    """Return features (S, L, D) in half precision and which are words, (S, L), of sentences."""
    if cache.is_file():
        stored = torch.load(cache, weights_only=True)
        if stored['sentences'] == sentences:
            return stored['words'], stored['keep']
    encoder, parts = SentenceEncoder(), []
    for start in range(0, len(sentences), _BATCH):
        parts.append(encoder.encode_batch(sentences[start:start + _BATCH]))
    length = max(words.shape[1] for words, _ in parts)
    words = torch.cat([torch.nn.functional.pad(w.half(), (0, 0, 0, length - w.shape[1]))
                       for w, _ in parts])
    keep = torch.cat([torch.nn.functional.pad(k, (0, length - k.shape[1])) for _, k in parts])
    cache.parent.mkdir(parents=True, exist_ok=True)
    torch.save({'sentences': sentences, 'words': words, 'keep': keep}, cache)
    return words, keep
