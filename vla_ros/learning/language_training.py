"""Training of what understands commands, and its calibration."""
from collections.abc import Callable
from dataclasses import asdict
import math
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from vla_ros.inference.sentence_encoder import pretrained_encoder, pretrained_tokenizer
from vla_ros.inference.understander import PIECES_MAX
from vla_ros.language.bio import LABELS
from vla_ros.language.corpus.sentences import Split
from vla_ros.language.meaning import CLAUSE_INTENTS, ENTITY_TYPES
from vla_ros.learning.language_data import ACTIONS, batch_of, Example, LanguageBatch, NOTHING
from vla_ros.learning.language_trainer import (
    cross_entropy, encoded, LanguageRecipe, LanguageTrainer, Report)
from vla_ros.models.bert import BertEncoder
from vla_ros.models.checkpoint import save_checkpoint
from vla_ros.models.language import Judged, LanguageConfig, LanguageHeads, sizes_of


def train_language(folder: Path, recipe: LanguageRecipe, report: Report) -> Path:
    """
    Train, or go on where it was stopped; calibrate, and return the checkpoint's folder.

    Minutes on one core.
    """
    torch.set_num_threads(recipe.threads)
    torch.manual_seed(recipe.seed)
    config = LanguageConfig(len(CLAUSE_INTENTS), LABELS, len(ACTIONS))
    encoder, heads = beginning(config)
    tokenizer = pretrained_tokenizer(PIECES_MAX)
    heads = LanguageTrainer(heads, encoder, tokenizer, recipe, folder.parent).run(report)
    held = encoded(Split.DEV, recipe, 0.12, recipe.seed, encoder, tokenizer)
    report(f'{len(held[0])} sentences to calibrate on')
    facts = calibration(heads, *held, recipe.false_rejection)
    report(', '.join(f'{name} {value}' for name, value in facts.items()))
    save_checkpoint(folder, heads.state_dict(), {
        'name': 'language', 'trained': True, 'sizes': sizes_of(heads),
        'intents': [i.value for i in CLAUSE_INTENTS],
        'entities': [e.value for e in ENTITY_TYPES], 'actions': [a.value for a in ACTIONS],
        **facts, 'recipe': asdict(recipe)}, in_bytes='tuned.')
    return folder


def beginning(config: LanguageConfig) -> tuple[BertEncoder, LanguageHeads]:
    """Return the first layers of the encoder, and new heads with copies of the next."""
    whole = pretrained_encoder(config.encoder_layers + config.tuned_layers)
    heads = LanguageHeads(config)
    for own, published in zip(heads.tuned, whole.encoder['layer'][config.encoder_layers:],
                              strict=True):
        own.load_state_dict(published.state_dict())
    return pretrained_encoder(config.encoder_layers), heads


def calibration(heads: LanguageHeads, examples: list[Example], words: list[torch.Tensor],
                false_rejection: float) -> dict:
    """Return a temperature for each head, and the least probability of a command."""
    labels, judged, batch = _answers(heads, examples, words)
    command = judged.command[batch.is_clause]
    is_command = (batch.intents != NOTHING)[batch.is_clause]
    temperatures = {
        'labels': _temperature(lambda t: cross_entropy(labels / t, batch.labels)),
        'intents': _temperature(lambda t: cross_entropy(judged.intents / t, batch.intents)),
        'actions': _temperature(lambda t: cross_entropy(judged.actions / t, batch.actions)),
        'command': _temperature(lambda t: functional.binary_cross_entropy_with_logits(
            command / t, is_command.float())),
        'whole': _temperature(lambda t: functional.binary_cross_entropy_with_logits(
            judged.whole[batch.is_stretch] / t, batch.wholes[batch.is_stretch].float()))}
    least = _weakest(judged.command, batch)
    all_commands = (batch.intents != NOTHING).eq(batch.is_clause).all(1)
    score = float(np.quantile(least[all_commands].numpy(), false_rejection))
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
