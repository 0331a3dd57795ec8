"""What language understanding reaches on templates that it never saw."""
from dataclasses import dataclass, field
import time

import numpy as np

from vla_ros.inference.understander import Understander
from vla_ros.language.corpus.sentences import Sentence, Split
from vla_ros.language.meaning import Intent
from vla_ros.language.stop_words import is_stop
from vla_ros.language.understanding import Understanding
from vla_ros.learning.figures import Figure
from vla_ros.learning.language_data import draw

COMMANDS, OTHERS = 3000, 1500
_BINS = 10


@dataclass
class Tally:
    """Counts over the sentences of one evaluation."""

    commands: int = 0
    refused: int = 0
    """Commands that were not understood."""
    intents_right: int = 0
    """Commands of which every step has the right intent; refused ones are wrong."""
    steps: int = 0
    """Steps of all commands that were not refused."""
    steps_right: int = 0
    """Those whose intent is right; all steps are wrong where their number is."""
    actions_right: int = 0
    spans: dict[str, int] = field(default_factory=lambda: dict.fromkeys(
        ('found', 'wanted', 'both'), 0))
    others: int = 0
    others_refused: int = 0
    sure: list[tuple[float, bool]] = field(default_factory=list)
    """Confidence of each step, and whether its intent is right."""

    def add(self, sentence: Sentence, understood: Understanding) -> None:
        """Count one answer."""
        is_refused = understood.intent is Intent.NOT_UNDERSTOOD
        if not sentence.is_command:
            self.others += 1
            self.others_refused += is_refused
            return
        self.commands += 1
        self.refused += is_refused
        intents = [(s.intent, c.intent) for s, c in zip(understood.steps, sentence.clauses)]
        is_whole = len(understood.steps) == len(sentence.clauses)
        self.intents_right += is_whole and all(a is b for a, b in intents)
        self.actions_right += is_whole and all(
            s.action is c.action for s, c in zip(understood.steps, sentence.clauses))
        if is_whole:
            self.sure += [(s.confidence, a is b)
                          for s, (a, b) in zip(understood.steps, intents, strict=True)]
        if not is_refused:
            self.steps += len(sentence.clauses)
            self.steps_right += is_whole and sum(a is b for a, b in intents)
        self._add_spans(sentence, understood)

    def _add_spans(self, sentence: Sentence, understood: Understanding) -> None:
        if is_stop(sentence.text):                      # stop words win before words are read
            return
        found, wanted = {e.span for e in understood.entities}, set(sentence.spans)
        for name, spans in (('found', found), ('wanted', wanted), ('both', found & wanted)):
            self.spans[name] += len(spans)

    @property
    def f1(self) -> float:
        """Return F1 of exact spans of the right type."""
        return 2 * self.spans['both'] / max(1, self.spans['found'] + self.spans['wanted'])

    @property
    def calibration_error(self) -> float:
        """Return the expected calibration error of the steps' confidence."""
        chances, right = np.array(self.sure, float).T
        bins = np.minimum((chances * _BINS).astype(int), _BINS - 1)
        return sum(abs(chances[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean()
                   for b in set(bins.tolist()))


def language_figures(seed: int, checkpoint: str = 'language') -> list[Figure]:
    """Return all figures of language, on sentences drawn with a seed."""
    understander = Understander(checkpoint, remembered=COMMANDS + OTHERS)
    sentences = draw(Split.UNSEEN, COMMANDS, OTHERS, 0, seed)
    tally, new_s = Tally(), []
    understander.understand('walk to the table')        # the first call allocates
    for sentence in sentences:
        start_s = time.perf_counter()
        understood = understander.understand(sentence.text)
        new_s.append(time.perf_counter() - start_s)
        tally.add(sentence, understood)
    return [*_quality(tally), *_speed(understander, sentences, new_s)]


def _quality(tally: Tally) -> list[Figure]:
    commands, others = max(1, tally.commands), max(1, tally.others)
    return [
        Figure('language', f'intent accuracy of {tally.steps} steps that were not refused',
               tally.steps_right / max(1, tally.steps), 0.97),
        Figure('language', f'{commands} whole commands: every intent right, none refused',
               tally.intents_right / commands, 0.97),
        Figure('language', 'entity F1, exact spans', tally.f1, 0.95),
        Figure('language', f'rejected of {others} sentences that are no command',
               tally.others_refused / others, 0.95),
        Figure('language', 'rejected of the commands', tally.refused / commands, 0.03, False),
        Figure('language', 'robot action accuracy, every step right',
               tally.actions_right / commands, 0.95),
        Figure('language', 'calibration error of the confidence', tally.calibration_error, 0.05,
               False)]


def _speed(understander: Understander, sentences: list[Sentence],
           new_s: list[float]) -> list[Figure]:
    again_s = []
    for sentence in sentences:
        start_s = time.perf_counter()
        understander.understand(sentence.text)
        again_s.append(time.perf_counter() - start_s)
    return [Figure('language', f'{what} command, p99 [ms]',
                   1000 * float(np.percentile(seconds, 99)), bar_ms, False)
            for what, seconds, bar_ms in (('new', new_s, 30.0), ('cached', again_s, 2.0))]
