"""Training of the language heads upon the frozen encoder, and their calibration."""
from collections.abc import Callable
import copy
from dataclasses import asdict, dataclass
import math
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer
import torch
from torch.nn import functional

from vla_ros.inference.sentence_encoder import pretrained_encoder, pretrained_tokenizer
from vla_ros.inference.understander import PIECES_MAX
from vla_ros.language.bio import LABELS
from vla_ros.language.corpus.sentences import Split
from vla_ros.language.meaning import CLAUSE_INTENTS, ENTITY_TYPES
from vla_ros.learning.language_data import (
    ACTIONS, batch_of, batches, draw, Example, example_of, features, LanguageBatch, NOTHING)
from vla_ros.models.bert import BertEncoder
from vla_ros.models.checkpoint import save_checkpoint
from vla_ros.models.language import Judged, LanguageConfig, LanguageHeads, sizes_of

Report = Callable[[str], None]
_BATCH = 64


@dataclass(frozen=True)
class LanguageRecipe:
    """How the heads are trained."""

    commands: int = 26000
    others: int = 10000
    mixed: int = 1500
    """Sentences of which one clause is a command and the other none."""
    epochs: int = 6
    learning_rate: float = 1e-3
    weight_decay: float = 0.02
    warmup_steps: int = 200
    ema_decay: float = 0.998
    false_rejection: float = 0.008
    """Share of commands that the threshold may refuse, on the templates of calibration."""
    seed: int = 0
    threads: int = 1


def train_language(folder: Path, recipe: LanguageRecipe, report: Report) -> Path:
    """Train, calibrate, write a checkpoint and return its folder; minutes on one core."""
    torch.set_num_threads(recipe.threads)
    torch.manual_seed(recipe.seed)
    config = LanguageConfig(len(CLAUSE_INTENTS), LABELS, len(ACTIONS))
    encoder = pretrained_encoder(config.encoder_layers)
    tokenizer = pretrained_tokenizer(PIECES_MAX)
    learned = _encoded(Split.TRAIN, recipe, 1.0, encoder, tokenizer)
    held = _encoded(Split.DEV, recipe, 0.12, encoder, tokenizer)
    report(f'{len(learned[0])} sentences to learn from, {len(held[0])} to calibrate on')
    heads = _trained(LanguageHeads(config), learned, recipe, report)
    facts = calibration(heads, *held, recipe.false_rejection)
    report(', '.join(f'{name} {value}' for name, value in facts.items()))
    save_checkpoint(folder, heads.state_dict(), {
        'name': 'language', 'trained': True, 'sizes': sizes_of(heads),
        'intents': [i.value for i in CLAUSE_INTENTS],
        'entities': [e.value for e in ENTITY_TYPES], 'actions': [a.value for a in ACTIONS],
        **facts, 'recipe': asdict(recipe)})
    return folder


Encoded = tuple[list[Example], list[torch.Tensor]]


def _encoded(split: Split, recipe: LanguageRecipe, share: float, encoder: BertEncoder,
             tokenizer: Tokenizer) -> Encoded:
    counts = (round(share * n) for n in (recipe.commands, recipe.others, recipe.mixed))
    examples = [example_of(s, tokenizer) for s in draw(split, *counts, recipe.seed)]
    return examples, features(encoder, examples)


def _trained(heads: LanguageHeads, learned: Encoded, recipe: LanguageRecipe,
             report: Report) -> LanguageHeads:
    """Return the averaged heads after all epochs."""
    rng = np.random.default_rng([0x7E, recipe.seed])
    average = copy.deepcopy(heads).eval()
    optimiser = torch.optim.AdamW(heads.parameters(), recipe.learning_rate, (0.9, 0.98),
                                  weight_decay=recipe.weight_decay)
    step, steps = 0, recipe.epochs * math.ceil(len(learned[0]) / _BATCH)
    for epoch in range(recipe.epochs):
        heads.train()
        total = 0.0
        for batch in batches(*learned, _BATCH, rng):
            for group in optimiser.param_groups:
                group['lr'] = recipe.learning_rate * _rate(step, steps, recipe.warmup_steps)
            loss = language_loss(heads, batch)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(heads.parameters(), 1.0)
            optimiser.step()
            _follow(average, heads, min(recipe.ema_decay, (step + 1) / (step + 10)))
            total, step = total + float(loss.detach()), step + 1
        report(f'epoch {epoch + 1}: loss {total * recipe.epochs / steps:.4f}')
    return average


def _rate(step: int, steps: int, warmup: int) -> float:
    """Return the share of the learning rate: a linear rise, then half a cosine."""
    if step < warmup:
        return (step + 1) / warmup
    return 0.5 * (1 + math.cos(math.pi * (step - warmup) / max(1, steps - warmup)))


@torch.no_grad()
def _follow(average: LanguageHeads, heads: LanguageHeads, decay: float) -> None:
    for slow, fast in zip(average.parameters(), heads.parameters(), strict=True):
        slow.lerp_(fast, 1 - decay)


def language_loss(heads: LanguageHeads, batch: LanguageBatch) -> torch.Tensor:
    """Return the sum of the four losses; what is no command teaches neither intent nor action."""
    hidden, labels = heads.read(batch.words, batch.keep)
    judged = heads.judge(hidden, batch.clauses)
    command = functional.binary_cross_entropy_with_logits(
        judged.command[batch.is_clause], (batch.intents != NOTHING)[batch.is_clause].float())
    return (_cross_entropy(labels, batch.labels) + _cross_entropy(judged.intents, batch.intents)
            + 0.5 * _cross_entropy(judged.actions, batch.actions) + command)


def _cross_entropy(scores: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """Return the mean loss over what is wanted; zero where nothing is."""
    total = functional.cross_entropy(scores.flatten(0, -2), wanted.flatten(),
                                     ignore_index=NOTHING, reduction='sum')
    return total / (wanted != NOTHING).sum().clamp(min=1)


def calibration(heads: LanguageHeads, examples: list[Example], words: list[torch.Tensor],
                false_rejection: float) -> dict:
    """Return a temperature for each head, and the least probability of a command."""
    labels, judged, batch = _answers(heads, examples, words)
    command = judged.command[batch.is_clause]
    is_command = (batch.intents != NOTHING)[batch.is_clause]
    temperatures = {
        'labels': _temperature(lambda t: _cross_entropy(labels / t, batch.labels)),
        'intents': _temperature(lambda t: _cross_entropy(judged.intents / t, batch.intents)),
        'actions': _temperature(lambda t: _cross_entropy(judged.actions / t, batch.actions)),
        'command': _temperature(lambda t: functional.binary_cross_entropy_with_logits(
            command / t, is_command.float()))}
    least = _weakest(judged.command, batch)
    whole = (batch.intents != NOTHING).eq(batch.is_clause).all(1)
    score = float(np.quantile(least[whole].numpy(), false_rejection))
    chance = 1 / (1 + math.exp(-score / temperatures['command']))
    return {'temperatures': temperatures,
            'command_least': round(min(0.95, max(0.02, chance)), 4)}


def _weakest(command: torch.Tensor, batch: LanguageBatch) -> torch.Tensor:
    """Return the score (B,) of each sentence's clause that is least a command."""
    return command.masked_fill(~batch.is_clause, math.inf).amin(1)


@torch.no_grad()
def _answers(heads: LanguageHeads, examples: list[Example],
             words: list[torch.Tensor]) -> tuple[torch.Tensor, Judged, LanguageBatch]:
    """Return labels' scores, clauses' scores and the batch of everything at once."""
    batch = batch_of(examples, words)
    hidden, labels = heads.read(batch.words, batch.keep)
    return labels, heads.judge(hidden, batch.clauses), batch


def _temperature(loss: Callable[[float], torch.Tensor]) -> float:
    """Return the temperature of least loss, of a fine grid."""
    grid = np.geomspace(0.2, 8.0, 75)
    return round(float(grid[np.argmin([float(loss(t)) for t in grid])]), 3)
