"""What the fusion node says of itself, read once: its mode, its finding, its progress."""
from dataclasses import dataclass
from enum import Enum
import re

_SAID = re.compile(r'^(?P<mode>[A-Z]+): (?P<what>[a-z ]+?): (?P<instruction>.*?)'
                   r'(?: \((?P<word>[^()]*)\))?$')


class PolicyWord(Enum):
    """What has become of an instruction, in the words of the fusion node's `~/mode`."""

    UNKNOWN = 'unknown'
    """It speaks of something else: it stands, or does what nobody here has asked for."""
    THINKING = 'thinking'
    DOING = 'doing'
    DONE = 'done'
    SLIPPING = 'slipping'
    BLOCKED = 'blocked'
    STUCK = 'stuck'
    LOST = 'lost'
    OVER = 'command is over'


_WORDS = {word.value: word for word in PolicyWord}


@dataclass(frozen=True)
class PolicyState:
    """What the fusion node said last."""

    mode: str = ''
    """'ACTIVE', 'HOLD'; empty: it has not said anything yet."""
    word: PolicyWord = PolicyWord.UNKNOWN
    instruction: str = ''
    """What it speaks of."""
    reason: str = ''
    """What it says besides, or why it stands."""
    progress: float = 0.0
    """How far it is, from 0 to 1."""

    @property
    def is_broken(self) -> bool:
        """Return whether it stands until somebody resets it."""
        return self.mode == 'FAULT'


SILENT = PolicyState()
"""Of a fusion node that has not said anything yet."""


def policy_state(said: str, progress: float) -> PolicyState:
    """Return what a message of `~/mode` means; what is not understood is kept as a reason."""
    found = _SAID.match(said)
    if not found or found['what'] not in _WORDS:
        mode, _, reason = said.partition(': ')
        return PolicyState(mode, reason=reason, progress=progress)
    return PolicyState(found['mode'], _WORDS[found['what']], found['instruction'],
                       found['word'] or '', progress)
