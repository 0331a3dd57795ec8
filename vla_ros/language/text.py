"""Clean-up of whatever arrives as a voice command, before anything else looks at it."""
import unicodedata

from vla_ros.core.errors import InvalidValueError

LENGTH_MAX = 256
"""Characters of a command; longer ones are refused."""
_EXAMINED_MAX = 4 * LENGTH_MAX


def normalise(text: str) -> str:
    """
    Return the text in normal form (NFKC), without control characters, spaces folded.

    Only the first characters are looked at, so that a megabyte costs no more than a line.

    :raises InvalidValueError: if nothing is left, or more than a command can hold.
    """
    folded = unicodedata.normalize('NFKC', text[:_EXAMINED_MAX])
    kept = ''.join(' ' if c.isspace() else c for c in folded
                   if c.isspace() or unicodedata.category(c)[0] != 'C')
    clean = ' '.join(kept.split())
    if not clean:
        raise InvalidValueError('the command is empty')
    if len(text) > _EXAMINED_MAX or len(clean) > LENGTH_MAX:
        raise InvalidValueError(
            f'the command has {len(text)} characters, at most {LENGTH_MAX} are allowed')
    return clean
