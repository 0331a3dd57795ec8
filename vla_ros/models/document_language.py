"""
The source document's language understanding: a BERT, with intent, action and entities upon it.

Repaired: entities, declared but never asked for, are said of each word; padding is left out of
attention by a mask of booleans; the layers are in BERT's order, so that published weights of
these sizes load into `encoder`.

Dimensions: B batch, L words (word pieces), D text width.
"""
from typing import NamedTuple

import torch
from torch import nn

from vla_ros.models.bert import BertConfig, BertEncoder
from vla_ros.models.document_config import DocumentConfig


class Said(NamedTuple):
    """What a sentence says: computed once per command."""

    words: torch.Tensor
    """(B, L, D), the first of them for the sentence as a whole; zero where padding is."""
    keep: torch.Tensor
    """(B, L) bool, false for padding."""
    intents: torch.Tensor
    """(B, intents) logits."""
    entities: torch.Tensor
    """(B, L, entities) logits of each word."""
    actions: torch.Tensor
    """(B, robot actions) logits."""


class DocumentLanguage(nn.Module):
    """Word pieces in; their vectors, and what the heads read in them."""

    def __init__(self, config: DocumentConfig):
        super().__init__()
        width = config.text_width
        self.encoder = BertEncoder(BertConfig(
            config.vocabulary, config.positions, hidden_size=width,
            num_hidden_layers=config.text_layers, num_attention_heads=config.text_heads,
            intermediate_size=config.text_feedforward))
        self.intents = nn.Linear(width, config.intents)
        self.entities = nn.Linear(width, config.entities)
        self.actions = nn.Linear(width, config.robot_actions)

    def forward(self, ids: torch.Tensor, keep: torch.Tensor | None = None) -> Said:
        """
        Return what sentences say; a sentence of nothing but padding says the same whatever it is.

        :param ids: (B, L) int64, the first of each for the sentence as a whole.
        :param keep: (B, L) bool, false for padding; None: there is none.
        """
        keep = torch.ones_like(ids, dtype=torch.bool) if keep is None else keep.bool()
        attended = keep | ~keep.any(dim=-1, keepdim=True)     # before PyTorch 2.5: NaN
        words = self.encoder(ids, attended) * keep[..., None]
        whole = words[:, 0]
        return Said(words, keep, self.intents(whole), self.entities(words), self.actions(whole))
