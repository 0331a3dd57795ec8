"""
A BERT encoder, with the parameter names of published checkpoints so that they load as they are.

Devlin et al., 2019, section 3; all-MiniLM-L6-v2 has the same shape with 6 layers of 384.
Dimensions: B batch, L words (word pieces), D width.
"""
from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional


@dataclass(frozen=True)
class BertConfig:
    """Sizes of a BERT; the defaults are BERT base."""

    vocab_size: int = 30522
    max_position_embeddings: int = 512
    type_vocab_size: int = 2
    hidden_size: int = 768
    num_hidden_layers: int = 12
    num_attention_heads: int = 12
    intermediate_size: int = 3072
    layer_norm_eps: float = 1e-12


class BertEncoder(nn.Module):
    """Turns word pieces into one contextual vector each."""

    def __init__(self, config: BertConfig):
        super().__init__()
        self.config = config
        self.embeddings = _Embeddings(config)
        self.encoder = nn.ModuleDict(
            {'layer': nn.ModuleList(BertLayer(config) for _ in range(config.num_hidden_layers))})

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor | None = None,
                token_type_ids: torch.Tensor | None = None) -> torch.Tensor:
        """
        Return contextual vectors (B, L, D).

        :param input_ids: (B, L) int64.
        :param attention_mask: (B, L), true or 1 for words, false or 0 for padding.
        :param token_type_ids: (B, L) int64, zeros if absent.
        """
        if attention_mask is None:
            attention_mask = torch.ones_like(input_ids)
        hidden = self.embeddings(input_ids, token_type_ids)
        for layer in self.encoder['layer']:
            hidden = layer(hidden, attention_mask.bool()[:, None, None])
        return hidden


class _Embeddings(nn.Module):

    def __init__(self, config: BertConfig):
        super().__init__()
        self.word_embeddings = nn.Embedding(config.vocab_size, config.hidden_size)
        self.position_embeddings = nn.Embedding(
            config.max_position_embeddings, config.hidden_size)
        self.token_type_embeddings = nn.Embedding(config.type_vocab_size, config.hidden_size)
        self.LayerNorm = nn.LayerNorm(config.hidden_size, config.layer_norm_eps)

    def forward(self, input_ids, token_type_ids):
        if token_type_ids is None:
            token_type_ids = torch.zeros_like(input_ids)
        positions = torch.arange(input_ids.shape[1], device=input_ids.device)
        return self.LayerNorm(self.word_embeddings(input_ids)
                              + self.position_embeddings(positions)
                              + self.token_type_embeddings(token_type_ids))


class BertLayer(nn.Module):
    """Attention among words, then a step for each word alone; normalised after each."""

    def __init__(self, config: BertConfig):
        super().__init__()
        width = config.hidden_size
        self.heads = config.num_attention_heads
        self.attention = nn.ModuleDict({
            'self': nn.ModuleDict(
                {name: nn.Linear(width, width) for name in ('query', 'key', 'value')}),
            'output': _output(width, config)})
        self.intermediate = nn.ModuleDict({'dense': nn.Linear(width, config.intermediate_size)})
        self.output = _output(config.intermediate_size, config)

    def forward(self, hidden: torch.Tensor, keep: torch.Tensor) -> torch.Tensor:
        """Return (B, L, D) for (B, L, D); `keep` (B, 1, 1, L) is false for padding."""
        own = self.attention['self']
        query, key, value = (own[name](hidden).unflatten(-1, (self.heads, -1)).transpose(1, 2)
                             for name in ('query', 'key', 'value'))
        attended = functional.scaled_dot_product_attention(query, key, value, attn_mask=keep)
        hidden = self._add(self.attention['output'], attended.transpose(1, 2).flatten(2), hidden)
        return self._add(self.output, functional.gelu(self.intermediate['dense'](hidden)), hidden)

    @staticmethod
    def _add(output: nn.ModuleDict, change, hidden):
        return output['LayerNorm'](output['dense'](change) + hidden)


def _output(width_in: int, config: BertConfig) -> nn.ModuleDict:
    return nn.ModuleDict({
        'dense': nn.Linear(width_in, config.hidden_size),
        'LayerNorm': nn.LayerNorm(config.hidden_size, config.layer_norm_eps)})
