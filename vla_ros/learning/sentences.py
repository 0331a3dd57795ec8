"""A bank of training sentences with their features, encoded once and kept on disk."""
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from vla_ros.core.goals import Goal, GoTo, Move, Stop
from vla_ros.inference.sentence_encoder import SentenceEncoder
from vla_ros.language.other_names import with_other_names
from vla_ros.language.phrases import say, Split
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
        own = {say(goal, rng, split) for split in _splits(goal) for _ in range(sentences_of(goal))}
        own = sorted(own | {with_other_names(s, rng) for s in sorted(own)})
        of_goal[goal] = np.arange(len(sentences), len(sentences) + len(own))
        sentences += own
    words, keep = sentence_features(sentences, cache)
    return SentenceBank(of_goal, words, keep)


def _splits(goal: Goal) -> tuple[Split, ...]:
    """Return which forms of words a goal is told in: there are more of ways than of the rest."""
    is_way = isinstance(goal, (GoTo, Move, Stop))
    return (Split.TRAIN, Split.WIDER) if is_way else (Split.TRAIN,)


def sentence_features(sentences: list[str],
                      cache: Path) -> tuple[torch.Tensor, torch.Tensor]:
    """Return features (S, L, D) in half precision and which are words, (S, L), of sentences."""
    if cache.is_file():
        stored = torch.load(cache, weights_only=True)
        if stored['sentences'] == sentences:
            return stored['words'], stored['keep']
    encoder, parts = SentenceEncoder(), []
    rising = np.argsort([len(s) for s in sentences], kind='stable')     # little padding so
    for start in range(0, len(rising), _BATCH):
        rows = rising[start:start + _BATCH]
        words, keep = encoder.encode_batch([sentences[row] for row in rows])
        parts.append((rows, words.half(), keep))
    length = max(words.shape[1] for _, words, _ in parts)
    words = torch.zeros(len(sentences), length, parts[0][1].shape[-1], dtype=torch.float16)
    keep = torch.zeros(len(sentences), length, dtype=torch.bool)
    for rows, part, is_word in parts:
        words[rows, :part.shape[1]], keep[rows, :part.shape[1]] = part, is_word
    cache.parent.mkdir(parents=True, exist_ok=True)
    torch.save({'sentences': sentences, 'words': words, 'keep': keep}, cache)
    return words, keep
