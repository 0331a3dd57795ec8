"""
Episodes one after another: begun, ended and thrown away by whoever asks, ended for want of space.

Threads: one puts messages, one calls `work` a few times a second, one begins and ends episodes.
Whoever puts never waits for the disk.
"""
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
import shutil
import threading
from typing import TypeVar

from vla_ros.core.errors import VlaError
from vla_ros.core.recorded import Episode, Outcome
from vla_ros.language.stop_words import is_stop
from vla_ros.recording.backlog import Backlog, Sample
from vla_ros.recording.bag import Bag, Schemas, TEXT, text_of
from vla_ros.recording.channels import Channel
from vla_ros.recording.settings import RecorderSettings
from vla_ros.recording.steering import steers
from vla_ros.recording.take import Take

T = TypeVar('T')
FLUSH_S = 0.5
"""Time after which what came is in the file [s]: a kill takes that much and the rest of a tick."""
MEGABYTE = 1_000_000


class RecordingError(VlaError, RuntimeError):
    """An episode can't be begun, or ended, now."""


@dataclass(frozen=True)
class Topics:
    """The topics that mean something to the recorder, and the one that it writes itself."""

    spoken: tuple[str, ...]
    """What the robot is told."""
    gate_state: str
    """Which input the gate forwards."""
    episode: str


@dataclass(frozen=True)
class Saved:
    """An episode that has ended."""

    path: Path
    episode: Episode
    length_s: float

    def __str__(self) -> str:
        """Return what the person who ended it wants to know."""
        episode = self.episode
        return (f'{self.path}: {self.length_s:.1f} s, {episode.outcome.value}, '
                + (f'{episode.instruction!r}' if episode.instruction else
                   'without an instruction (nothing was said: set the parameter `instruction`)')
                + (f', {len(episode.corrections)} corrections' if episode.corrections else '')
                + (f', {episode.dropped} messages dropped' if episode.dropped else ''))


class Recorder:
    """Writes what is put while an episode runs."""

    def __init__(self, channels: Sequence[Channel], topics: Topics, settings: RecorderSettings):
        """
        Prepare.

        :raises ConfigurationError: if a channel's type is not known.
        """
        self.settings, self._topics = settings, topics
        self._types = {c.topic: c.type_name for c in channels} | {topics.episode: TEXT}
        self._schemas = Schemas(self._types.values())
        self._latched: dict[str, Sample | None] = {c.topic: None for c in channels if c.is_latched}
        self.backlog = Backlog(int(settings.queue_mb * MEGABYTE))
        self._lock, self._take = threading.Lock(), None
        self._told, self._is_steered, self._flushed_s = '', False, 0.0
        self.trouble = ''
        """Why the last episode ended by itself, or none could begin; empty if all is well."""
        self.slowest_s = 0.0
        """Longest that the disk took [s]."""

    @property
    def state(self) -> str:
        """Return what it does, in a few words."""
        take: Take | None = self._take
        return f'recording {take.bag.path.name}' if take else (
            f'idle: {self.trouble}' if self.trouble else 'idle')

    @property
    def written_bytes(self) -> int:
        """Return how much of the running episode is written."""
        take: Take | None = self._take
        return take.bag.size_bytes if take else 0

    def start(self, name: str, stamp_ns: int) -> Path:
        """
        Begin an episode in a folder of this name, or nearly, and return the folder.

        :raises RecordingError: if one runs, or the disk has no space, or can't be written to.
        """
        with self._lock:
            if self._take is not None:
                raise RecordingError(f'{self._take.bag.path} is being recorded: call stop or '
                                     'discard first')
            self._drain()
            self.backlog.forget_dropped()
            try:
                self._take = self._begin(self._free_path(name), stamp_ns)
            except OSError as error:
                self.trouble = f'nothing can be written to {self._folder}: {error}'
            if self._take is None:
                raise RecordingError(self.trouble)
            self.trouble, self.slowest_s = '', 0.0
            return self._take.bag.path

    def stop(self, outcome: Outcome) -> Saved:
        """
        End the episode and return what was saved.

        :raises RecordingError: if none runs, or the disk is full.
        """
        with self._lock:
            self._need_take()
            self._drain()
            saved = self._end(outcome) if self._take is not None else None
            if saved is None:
                raise RecordingError(self.trouble)
            return saved

    def discard(self) -> Path:
        """
        Throw the running episode away and return where it was.

        :raises RecordingError: if none runs.
        """
        with self._lock:
            take, self._take = self._need_take(), None
            take.discard()
            return take.bag.path

    def work(self, now_s: float) -> None:
        """Write what waits, at the steady time [s]; a disk that is full ends the episode."""
        with self._lock:
            self._drain()
            if self._take is None or now_s - self._flushed_s < FLUSH_S:
                return
            self._flushed_s = now_s
            if lacking := self._guard(self._flush):
                self._end(Outcome.UNKNOWN)
                self.trouble = self.trouble or f'episode ended: {lacking}'

    def note_disk(self, took_s: float) -> None:
        """Take how long a call of `work` took [s]."""
        self.slowest_s = max(self.slowest_s, took_s)

    @property
    def _folder(self) -> Path:
        return Path(self.settings.folder).expanduser()

    def _free_path(self, name: str) -> Path:
        paths = (self._folder / f'{name}{ending}' for ending in (
            '', *(f'_{i}' for i in range(2, 1000))))
        return next(path for path in paths if not path.exists())

    def _begin(self, path: Path, stamp_ns: int) -> Take | None:
        path.parent.mkdir(parents=True, exist_ok=True)
        if lacking := self._lack_of_space(path):
            self.trouble = lacking
            return None
        bag = Bag(path, self._types, self._schemas, self.settings.compression)
        take = Take(bag, self._topics.episode, stamp_ns, self._told, self._is_steered,
                    lambda: sum(self.backlog.dropped().values()))
        take.write(s._replace(stamp_ns=stamp_ns) for s in self._latched.values() if s)
        return take

    def _flush(self) -> str:
        """Put everything into the file and return what the disk lacks, if it does."""
        self._take.flush()
        return self._lack_of_space(self._take.bag.path)

    def _drain(self) -> None:
        samples = self.backlog.take_all()
        for sample in samples:
            self._notice(sample)
        if self._take is not None:
            self._guard(lambda: self._take.write(samples))

    def _notice(self, sample: Sample) -> None:
        """See what was said and who steers; whether or not an episode runs."""
        if sample.topic in self._latched:
            self._latched[sample.topic] = sample
        if sample.topic in self._topics.spoken:
            self._hear(text_of(sample.data).strip())
        elif sample.topic == self._topics.gate_state:
            self._is_steered = steers(text_of(sample.data), self.settings.correcting_inputs)
            if self._take is not None:
                self._take.steer(self._is_steered, sample.stamp_ns)

    def _hear(self, text: str) -> None:
        """Keep a command; one to stop is none, and takes the last one back."""
        if is_stop(text):
            self._told = ''
        elif text:
            self._told = text
            if self._take is not None:
                self._take.tell(text)

    def _end(self, outcome: Outcome) -> Saved | None:
        """End the episode; None if the disk would not take it."""
        take = self._take
        episode = self._guard(lambda: take.finish(outcome, self.settings.instruction.strip()))
        self._take = None
        return episode and Saved(take.bag.path, episode, take.length_s)

    def _guard(self, write: Callable[[], T]) -> T | None:
        """Write; what can't be written ends the episode, and the part on the disk stays."""
        take = self._take
        try:
            return write()
        except OSError as error:
            self._take = None
            take.bag.abort()
            self.trouble = f'episode broken off: {take.bag.path}: {error.strerror or error}'
            return None

    def _lack_of_space(self, path: Path) -> str:
        free_mb = shutil.disk_usage(path.parent).free / MEGABYTE
        least_mb = self.settings.disk_reserve_mb
        return '' if free_mb >= least_mb else (
            f'{free_mb:,.0f} MB are free on the disk of {path.parent}, and {least_mb:,.0f} MB '
            'are to be left (disk_reserve_mb)')

    def _need_take(self) -> Take:
        if self._take is None:
            raise RecordingError('nothing is being recorded: call start first')
        return self._take
