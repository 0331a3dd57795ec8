"""A bank of training sentences with their features, encoded once and kept on disk."""
from dataclasses import dataclass
from pathlib import Path
from pickle import UnpicklingError

import numpy as np
import torch

from vla_ros.core.goals import Goal
from vla_ros.inference.precision import training_precision
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
        own = {say(goal, rng, split) for split in (Split.TRAIN, Split.WIDER)
               for _ in range(sentences_of(goal))}
        own = sorted(own | {with_other_names(s, rng) for s in sorted(own)})
        of_goal[goal] = np.arange(len(sentences), len(sentences) + len(own))
        sentences += own
    words, keep = sentence_features(sentences, cache)
    return SentenceBank(of_goal, words, keep)


def sentence_features(sentences: list[str],
                      cache: Path) -> tuple[torch.Tensor, torch.Tensor]:
    """
    Return features (S, L, D) in half precision and which are words, (S, L), of sentences.

    They are read from the cache file, or from a file of its name in a folder beside its own: runs
    with one seed have the same sentences, and encoding them takes minutes.
    """
    for file in (cache, *sorted(cache.parent.parent.glob(f'*/{cache.name}'))):
        if file.is_file() and _sentences_in(file) == sentences:
            stored = torch.load(file, weights_only=True)
            return stored['words'], stored['keep']
    words, keep = _encoded(sentences)
    cache.parent.mkdir(parents=True, exist_ok=True)
    partial = cache.with_suffix('.partial')
    torch.save({'sentences': sentences, 'words': words, 'keep': keep}, partial)
    partial.rename(cache)
    return words, keep


def _sentences_in(file: Path) -> list[str] | None:
    """Return the sentences of a cache file, None of a damaged one; features stay on disk."""
    try:
        return torch.load(file, weights_only=True, mmap=True)['sentences']
    except (EOFError, KeyError, OSError, RuntimeError, UnpicklingError):
        return None


def _encoded(sentences: list[str]) -> tuple[torch.Tensor, torch.Tensor]:
    encoder, parts = SentenceEncoder(), []
    rising = np.argsort([len(s) for s in sentences], kind='stable')     # little padding so
    for start in range(0, len(rising), _BATCH):
        rows = rising[start:start + _BATCH]
        with training_precision():
            words, keep = encoder.encode_batch([sentences[row] for row in rows])
        parts.append((rows, words.half(), keep))
    length = max(words.shape[1] for _, words, _ in parts)
    words = torch.zeros(len(sentences), length, parts[0][1].shape[-1], dtype=torch.float16)
    keep = torch.zeros(len(sentences), length, dtype=torch.bool)
    for rows, part, is_word in parts:
        words[rows, :part.shape[1]], keep[rows, :part.shape[1]] = part, is_word
    return words, keep
