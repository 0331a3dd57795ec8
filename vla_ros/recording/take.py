"""One episode while it is recorded."""
from collections.abc import Callable, Iterable
from dataclasses import replace
import shutil

from vla_ros.core.recorded import Episode, Outcome
from vla_ros.recording.backlog import Sample
from vla_ros.recording.bag import Bag, text_message
from vla_ros.recording.steering import Corrections

EPISODE = 'episode'
"""Key of the episode among the custom data of metadata.yaml, and the name of its topic."""


class Take:
    """
    A bag, and what is known of its episode so far.

    The bag says it again whenever it changes, in a message of a topic of its own, so that one
    that was interrupted knows it too. The last such message holds.
    """

    def __init__(self, bag: Bag, topic: str, start_ns: int, instruction: str, is_steered: bool,
                 dropped: Callable[[], int]):
        """
        Begin with an instruction that was given before, if there is one.

        :param topic: of the episode's messages.
        :param dropped: asked for the messages that were dropped since the start.
        """
        self.bag, self.start_ns = bag, start_ns
        self._topic, self._instruction, self._dropped = topic, instruction, dropped
        self._is_told = False
        self._corrections = Corrections(start_ns, is_steered)
        self._last_ns, self._said = start_ns, Episode()
        self._say(self._episode())
        bag.flush()

    @property
    def length_s(self) -> float:
        """Return the time from the start to the newest message."""
        return (self._last_ns - self.start_ns) / 1e9

    def tell(self, instruction: str) -> None:
        """Take what was said: the first that is said in an episode is its instruction."""
        if not self._is_told:
            self._is_told, self._instruction = True, instruction

    def steer(self, is_steered: bool, stamp_ns: int) -> None:
        """Take whether a person steers."""
        self._corrections.note(is_steered, stamp_ns)

    def write(self, samples: Iterable[Sample]) -> None:
        """
        Write messages.

        :raises OSError: if the disk is full.
        """
        for sample in samples:
            self._last_ns = max(self._last_ns, sample.stamp_ns)
            self.bag.write(sample)

    def flush(self) -> None:
        """
        Put everything into the file, where no kill takes it.

        :raises OSError: if the disk is full.
        """
        if (episode := self._episode()) != self._said:
            self._say(episode)
        self.bag.flush()

    def finish(self, outcome: Outcome, instruction: str) -> Episode:
        """
        End the bag and return the episode.

        :param instruction: counts instead of what was said, if it is not empty.
        :raises OSError: if the disk is full.
        """
        episode = self._episode()
        episode = replace(episode, outcome=outcome, instruction=instruction or episode.instruction)
        self._say(episode)
        self.bag.close({EPISODE: episode.to_json()})
        return episode

    def discard(self) -> None:
        """Remove everything."""
        self.bag.abort()
        shutil.rmtree(self.bag.path, ignore_errors=True)

    def _episode(self) -> Episode:
        return Episode(self._instruction, corrections=self._corrections.spans(self._last_ns),
                       dropped=self._dropped())

    def _say(self, episode: Episode) -> None:
        self._said = episode
        self.bag.write(Sample(self._topic, self._last_ns, text_message(episode.to_json())))
