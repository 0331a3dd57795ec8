"""
What a sentence means, from a BERT: the kind of each word, and intent and action of each clause.

The encoder is a `BertEncoder` of any size, so that published weights load into it. Its first
layers stay as they are; copies of the next few belong to the heads and are trained with them.
Devlin et al., 2019; joint intents and slots as in Chen et al., 2019 ("BERT for Joint Intent
Classification and Slot Filling"), one clause at a time.
Dimensions: B batch, L words (word pieces), C clauses, D width.
"""
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

import torch
from torch import nn

from vla_ros.core.errors import CheckpointError, InvalidValueError
from vla_ros.models.bert import BertConfig, BertEncoder, BertLayer
from vla_ros.models.checkpoint import Kind

INTENTS_MAX, ENTITIES_MAX, ACTIONS_MAX = 50, 30, 100
_FAR = -1e4
"""Score of a word that does not count: finite, so that a clause without words is finite too."""


@dataclass(frozen=True)
class LanguageConfig:
    """Sizes of the heads."""

    intents: int
    labels: int
    """Two for each kind of entity, and one for none."""
    actions: int
    features: int = 384
    """Width of the encoder."""
    encoder_layers: int = 2
    """First layers of the encoder, used as they were published."""
    tuned_layers: int = 2
    """Those after them, trained with the heads; full layers of the encoder's own shape."""
    tuned_heads: int = 12
    width: int = 192
    layers: int = 1
    heads: int = 4

    def __post_init__(self):
        for name, most in (('intents', INTENTS_MAX), ('labels', 2 * ENTITIES_MAX + 1),
                           ('actions', ACTIONS_MAX)):
            if not 0 < getattr(self, name) <= most:
                raise InvalidValueError(f'{name}: {getattr(self, name)}, expected 1 to {most}')
        for width, heads in ((self.width, self.heads), (self.features, self.tuned_heads)):
            if width % heads:
                raise InvalidValueError(f'width {width} is no multiple of heads {heads}')


class Judged(NamedTuple):
    """Scores of clauses, before any softmax."""

    intents: torch.Tensor
    """(B, C, intents)."""
    actions: torch.Tensor
    """(B, C, actions)."""
    command: torch.Tensor
    """(B, C): whether it is a command at all."""
    whole: torch.Tensor
    """(B, C): whether it is one clause, no more and no less."""


class LanguageHeads(nn.Module):
    """Reads the encoder's vectors: labels for words, then intent and action for clauses."""

    def __init__(self, config: LanguageConfig):
        super().__init__()
        self.config = config
        width = config.width
        sizes = BertConfig(hidden_size=width, num_attention_heads=config.heads,
                           intermediate_size=2 * width)
        own = BertConfig(hidden_size=config.features, num_attention_heads=config.tuned_heads,
                         intermediate_size=4 * config.features)
        self.tuned = nn.ModuleList(BertLayer(own) for _ in range(config.tuned_layers))
        self.enter = nn.Linear(config.features, width)
        self.layers = nn.ModuleList(BertLayer(sizes) for _ in range(config.layers))
        self.labels = nn.Linear(width, config.labels)
        self.attend = nn.Linear(width, 1)
        self.join = nn.Linear(2 * width, width)
        self.intents = nn.Linear(width, config.intents)
        self.actions = nn.Linear(width, config.actions)
        self.command, self.whole = nn.Linear(width, 1), nn.Linear(width, 1)
        self.dropout, self.deaf = nn.Dropout(0.2), nn.Dropout1d(0.06)   # numbers; whole words

    def read(self, words: torch.Tensor, keep: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """
        Return what the heads see (B, L, D) and the scores of each word's labels (B, L, labels).

        :param words: (B, L, features).
        :param keep: (B, L) bool, false for padding.
        """
        hidden, seen = self.deaf(words), keep[:, None, None]
        for layer in self.tuned:
            hidden = layer(hidden, seen)
        hidden = self.enter(self.dropout(hidden))
        for layer in self.layers:
            hidden = layer(hidden, seen)
        return hidden, self.labels(self.dropout(hidden))

    def judge(self, hidden: torch.Tensor, clauses: torch.Tensor) -> Judged:
        """
        Return the scores of clauses.

        :param hidden: (B, L, D) of `read`.
        :param clauses: (B, C, L) bool: which words belong to each.
        """
        scores = self.attend(hidden)[:, None, :, 0].masked_fill(~clauses, _FAR)
        attended = scores.softmax(-1) @ hidden                                  # (B, C, D)
        most = hidden[:, None].masked_fill(~clauses[..., None], _FAR).amax(2)   # (B, C, D)
        most = most.masked_fill(~clauses.any(-1, keepdim=True), 0.0)
        joined = self.dropout(nn.functional.gelu(self.join(torch.cat([attended, most], -1))))
        return Judged(self.intents(joined), self.actions(joined), self.command(joined)[..., 0],
                      self.whole(joined)[..., 0])


class LanguageModel(nn.Module):
    """An encoder and the heads upon it."""

    def __init__(self, encoder: BertEncoder, heads: LanguageHeads):
        super().__init__()
        if encoder.config.hidden_size != heads.config.features:
            raise InvalidValueError(f'encoder of width {encoder.config.hidden_size}, heads for '
                                    f'{heads.config.features}')
        self.encoder, self.heads = encoder, heads

    def read(self, input_ids: torch.Tensor,
             keep: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return hidden vectors (B, L, D) and labels' scores of word pieces (B, L)."""
        return self.heads.read(self.encoder(input_ids, keep), keep)

    def judge(self, hidden: torch.Tensor, clauses: torch.Tensor) -> Judged:
        """Return the scores of clauses (B, C, L) of what was read."""
        return self.heads.judge(hidden, clauses)


def _check(path: Path, manifest: dict) -> None:
    """Refuse temperatures and thresholds that make no probability."""
    temperatures, least = manifest['temperatures'], manifest['command_least']
    if not isinstance(temperatures, dict) or temperatures.keys() != set(CALIBRATED) or any(
            type(t) not in (int, float) or not 0.01 <= t <= 100 for t in temperatures.values()):
        raise CheckpointError(f'{path}: temperatures {temperatures!r}, expected one from 0.01 '
                              f'to 100 for each of {list(CALIBRATED)}')
    if type(least) not in (int, float) or not 0 < least < 1:
        raise CheckpointError(f'{path}: command_least {least!r}, expected 0 to 1')


CALIBRATED = ('labels', 'intents', 'actions', 'command', 'whole')
"""Heads with a temperature of their own (Guo et al., 2017)."""
LANGUAGE = Kind(('sizes', 'intents', 'entities', 'actions', 'temperatures', 'command_least'),
                _check)
"""A checkpoint of `LanguageHeads`."""


def sizes_of(heads: LanguageHeads) -> dict:
    """Return the sizes for a manifest."""
    return asdict(heads.config)


def restored_heads(manifest: dict, weights: dict[str, torch.Tensor]) -> LanguageHeads:
    """
    Return the heads of a checkpoint.

    :raises CheckpointError: if sizes and weights don't fit each other.
    """
    try:
        heads = LanguageHeads(LanguageConfig(**manifest['sizes']))
        heads.load_state_dict(weights)
    except (TypeError, RuntimeError, InvalidValueError) as error:
        raise CheckpointError(f'checkpoint {manifest["name"]!r}: {error}') from error
    return heads.eval()
