"""Understanding a sentence: stop words first, then the model, then steps and questions."""
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
import itertools
import re

from tokenizers import Encoding
import torch

from vla_ros.core.errors import CheckpointError, InvalidValueError
from vla_ros.inference.sentence_encoder import pretrained_encoder, pretrained_tokenizer
from vla_ros.language.bio import OUTSIDE, Span, spans_of, whole_words
from vla_ros.language.cutting import best_cut, Bounds, Cut, cuts_of
from vla_ros.language.lexicon import SLIPS, value_of
from vla_ros.language.meaning import Action, CLAUSE_INTENTS, ENTITY_TYPES, EntityType, Intent
from vla_ros.language.steps import Judgement, question_of, step_of
from vla_ros.language.stop_words import is_stop
from vla_ros.language.text import LENGTH_MAX, normalise
from vla_ros.language.understanding import Entity, Step, Understanding
from vla_ros.models.checkpoint import load_checkpoint
from vla_ros.models.language import Judged, LANGUAGE, LanguageModel, restored_heads

PIECES_MAX = 96
"""Word pieces of a command; of a longer one the end would be lost, so it is refused."""
_ACTIONS = tuple(Action)
_CONNECTING = [2 * ENTITY_TYPES.index(EntityType.CONNECTOR) + 1 + i for i in range(2)]
"""Labels of a connector's words: the first, the others."""
_MAYBE = 0.03
"""Words whose probability to connect is higher are tried as a cut."""
_UNMARKED = 0.5
"""Confidence of an entity that the labels alone did not say."""
_LAST_WORD = re.compile(r'(\w+)\s+$')
_JOINT = '; '
_SHARE_BEFORE = re.compile(
    r'\b((?:zero\s+)?point|half|(?:three\s+)?quarters?(?:\s+of)?)\s+$', re.IGNORECASE)
_MEASURES = EntityType.DISTANCE, EntityType.ANGLE
_CONSIDERED = 3
"""Intents of a clause that are kept, best first."""


class Understander:
    """Says what a sentence means; remembers the latest sentences. One thread at a time."""

    def __init__(self, checkpoint: str = 'language', question_margin: float = 0.25,
                 remembered: int = 256):
        """
        Load encoder and heads.

        :param question_margin: two readings whose probabilities differ by less raise a question.
        :raises CheckpointError: if the checkpoint is damaged, or made for other words.
        :raises MissingDependencyError: if the encoder is not installed.
        """
        torch.set_num_threads(1)
        loaded = load_checkpoint(checkpoint, LANGUAGE)
        _check_words(loaded.manifest)
        self._temperatures = loaded.manifest['temperatures']
        self._least = loaded.manifest['command_least']
        heads = restored_heads(loaded.manifest, loaded.weights)
        self._model = LanguageModel(
            pretrained_encoder(heads.config.encoder_layers), heads).eval()
        self._tokenizer = pretrained_tokenizer(PIECES_MAX)
        self.question_margin, self._remembered = question_margin, remembered
        self._cache: OrderedDict[tuple[str, Bounds | None, float], Understanding] = OrderedDict()

    def understand(self, text: str) -> Understanding:
        """Return what a text means; whatever it is, there is an answer."""
        return self._answer(text, None)

    def understand_pieces(self, pieces: Sequence[str]) -> Understanding:
        """Return what a command means that has been cut already: one step for each piece."""
        ends = list(itertools.accumulate(len(piece) + len(_JOINT) for piece in pieces))
        bounds = tuple((end - len(_JOINT) - len(piece), end - len(_JOINT))
                       for piece, end in zip(pieces, ends, strict=True))
        return self._answer(_JOINT.join(pieces), bounds)

    def _answer(self, text: str, bounds: Bounds | None) -> Understanding:
        if is_stop(text):
            return _stop(text)
        try:
            clean = normalise(text)
        except InvalidValueError as error:
            return _refused('', str(error))
        key = clean, bounds, self.question_margin
        if key not in self._cache:
            self._cache[key] = self._read(clean, bounds if clean == text else None)
            while len(self._cache) > self._remembered:
                self._cache.popitem(last=False)
        self._cache.move_to_end(key)
        return self._cache[key]

    @torch.inference_mode()
    def _read(self, text: str, bounds: Bounds | None) -> Understanding:
        encoded = self._tokenizer.encode(text)
        if encoded.overflowing:
            return _refused(text, 'the command has too many words to be followed')
        ids = torch.tensor([encoded.ids])
        hidden, labels = self._model.read(ids, torch.ones_like(ids, dtype=torch.bool))
        chances = (labels[0] / self._temperatures['labels']).softmax(-1)
        entities = _entities(text, encoded, chances)
        cuts = [Cut((), bounds, 1.0)] if bounds else cuts_of(
            text, _connectors(encoded, chances, entities))
        stretches = sorted({b for cut in cuts for b in cut.bounds})
        words = torch.tensor([[[start <= a < b <= end for a, b in encoded.offsets]
                               for start, end in stretches]])
        if not stretches or not words.any():
            return _refused(text, 'the command has no words', entities)
        scores = self._model.judge(hidden, words)
        whole = (scores.whole[0] / self._temperatures['whole']).sigmoid().tolist()
        cut = best_cut(cuts, dict(zip(stretches, whole, strict=True)).__getitem__)
        judgements = dict(zip(stretches, self._judged(scores), strict=True))
        return self._told(text, _settled(text, entities, cut.connectors), cut.bounds,
                          [judgements[b] for b in cut.bounds])

    def _judged(self, scores: Judged) -> list[Judgement]:
        warm = self._temperatures
        intents = (scores.intents[0] / warm['intents']).softmax(-1)
        actions = (scores.actions[0] / warm['actions']).softmax(-1).max(-1)
        command = (scores.command[0] / warm['command']).sigmoid()
        judgements = []
        for i, (chances, numbers) in enumerate(zip(*intents.topk(_CONSIDERED), strict=True)):
            judgements.append(Judgement(
                tuple((CLAUSE_INTENTS[n], p) for n, p in zip(
                    numbers.tolist(), chances.tolist(), strict=True)),
                _ACTIONS[int(actions.indices[i])], float(actions.values[i]), float(command[i])))
        return judgements

    def _told(self, text: str, entities: Sequence[Entity], bounds: Sequence[tuple[int, int]],
              judgements: Sequence[Judgement]) -> Understanding:
        least = min(j.is_command for j in judgements)
        if least < self._least:
            return _refused(text, 'this is nothing that a robot can do', entities, 1 - least)
        steps: list[Step] = []
        questions, known = [], None
        for (start, end), judged in zip(bounds, judgements, strict=True):
            own = [e for e in entities if start <= e.span.start < end]
            step = step_of(text[start:end], own, judged, known)
            questions.append(question_of(step, own, judged, self.question_margin))
            known = step.target or known
            steps.append(step)
        return Understanding(
            text, steps[0].intent if len(steps) == 1 else Intent.SEQUENCE,
            min(step.confidence for step in steps), tuple(entities), tuple(steps),
            next((q for q in questions if q), ''))


def _entities(text: str, encoded: Encoding, chances: torch.Tensor) -> list[Entity]:
    """Return the entities that the labels' probabilities (L, labels) say."""
    best = chances.max(-1)
    labels = whole_words(best.indices.tolist(), encoded.word_ids)
    sure, found = best.values.tolist(), []
    for span, at in spans_of(labels, encoded.offsets):
        span = _with_share(text, span)
        words = text[span.start:span.end]
        found.append(Entity(span, words, value_of(span.kind, words), min(sure[i] for i in at)))
    return sorted(found + _misheard_colours(text, found), key=lambda e: e.span)


def _with_share(text: str, span: Span) -> Span:
    """Return a measure with the part of its number that was left out: "point", "half"."""
    before = _SHARE_BEFORE.search(text[:span.start])
    return replace(span, start=before.start(1)) if before and span.kind in _MEASURES else span


def _misheard_colours(text: str, entities: Sequence[Entity]) -> list[Entity]:
    """Return colours that were heard as another word and not marked: "the read cube"."""
    found = []
    for entity in entities:
        before = _LAST_WORD.search(text[:entity.span.start])
        if entity.span.kind is not EntityType.OBJECT or not before:
            continue
        span = Span(*before.span(1), EntityType.COLOUR)
        colour = SLIPS[EntityType.COLOUR].get(before[1].lower())
        if colour and not any(_overlap(span, e.span) for e in entities):
            found.append(Entity(span, before[1], colour, _UNMARKED))
    return found


def _connectors(encoded: Encoding, chances: torch.Tensor,
                entities: Sequence[Entity]) -> list[tuple[Span, float]]:
    """Return what is or may be a connector, each with its probability."""
    connecting = chances[:, _CONNECTING]
    sure, likelier = connecting.sum(-1), connecting.argmax(-1) + _CONNECTING[0]
    own = [e.span for e in entities if e.span.kind is EntityType.CONNECTOR]
    maybe = torch.where(sure > _MAYBE, likelier, OUTSIDE)
    found = spans_of(whole_words(maybe.tolist(), encoded.word_ids), encoded.offsets)
    inside = [[i for i, (a, b) in enumerate(encoded.offsets) if span.start <= a < b <= span.end]
              for span in own]
    found = [*zip(own, inside, strict=True),
             *((span, at) for span, at in found if not any(_overlap(span, o) for o in own))]
    return [(span, float(sure[list(at)].mean())) for span, at in found]


def _settled(text: str, entities: Sequence[Entity], connectors: Sequence[Span]) -> list[Entity]:
    """Return entities with those connectors that the sentence is cut at, and no others."""
    known = {e.span: e for e in entities}
    kept = [e for e in entities if e.span.kind is not EntityType.CONNECTOR
            and not any(_overlap(e.span, c) for c in connectors)]
    own = [known.get(c) or Entity(c, text[c.start:c.end], value_of(c.kind, text[c.start:c.end]),
                                  _UNMARKED) for c in connectors]
    return sorted(kept + own, key=lambda e: e.span)


def _overlap(one: Span, two: Span) -> bool:
    return one.start < two.end and two.start < one.end


def _stop(text: str) -> Understanding:
    clean = ' '.join(text[:LENGTH_MAX].split())
    step = Step(clean, Intent.STOP, Action.STAND, False, 1.0, 1.0)
    return Understanding(clean, Intent.STOP, 1.0, (), (step,))


def _refused(text: str, reason: str, entities: Sequence[Entity] = (),
             confidence: float = 1.0) -> Understanding:
    return Understanding(text, Intent.NOT_UNDERSTOOD, confidence, tuple(entities), (), '', reason)


def _check_words(manifest: dict) -> None:
    """Refuse heads whose outputs mean something else than this version's words."""
    for name, ours in (('intents', CLAUSE_INTENTS), ('entities', ENTITY_TYPES),
                       ('actions', _ACTIONS)):
        if manifest[name] != [word.value for word in ours]:
            raise CheckpointError(
                f'checkpoint {manifest["name"]!r} was trained for other {name}: {manifest[name]}')
