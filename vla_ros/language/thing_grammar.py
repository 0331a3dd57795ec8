"""Which thing a sentence names, by rules; texts as `grammar.parse` has cleaned them."""
from collections.abc import Mapping, Sequence
import re

from vla_ros.core.goals import Relation, Which
from vla_ros.language.vocabulary import COLOUR_NAMES, SHAPE_NAMES

_BESIDE = re.compile(r'\b(left|right)(?: hand)?(?: side)? of\b')
_NOT = re.compile(r"\b(?:not|isn't|but)\b")
_ALONE = (
    (re.compile(r'\bleftmost\b|\bon the (?:far )?left\b|\b(?:furthest|farthest|most) (?:to the )?'
                r'left\b|\bleft end\b'), Which.LEFTMOST),
    (re.compile(r'\brightmost\b|\bon the (?:far )?right\b|\b(?:furthest|farthest|most) '
                r'(?:to the )?right\b|\bright end\b'), Which.RIGHTMOST),
    (re.compile(r'\bnearest\b|\bclosest\b'), Which.NEAREST),
    (re.compile(r'\bfarthest\b|\bfurthest\b|\bmost distant\b'), Which.FARTHEST))


def thing_of(text: str) -> tuple[str, str | None, Relation | None] | None:
    """Return shape, colour and what tells it from others; None where no thing is named."""
    if found := _BESIDE.search(text):
        before, after = text[:found.start()], text[found.end():]
        if (other := _only(after, SHAPE_NAMES)) and (shape := _only(before, SHAPE_NAMES)):
            which = Which.LEFT_OF if found[1] == 'left' else Which.RIGHT_OF
            return shape, _only(before, COLOUR_NAMES), Relation(
                which, other, _only(after, COLOUR_NAMES))
    if (shape := _only(text, SHAPE_NAMES)) is None:
        return None
    if (found := _NOT.search(text)) and (not_this := _only(text[found.end():], COLOUR_NAMES)):
        return shape, _only(text[:found.start()], COLOUR_NAMES), Relation(
            Which.NOT, colour=not_this)
    return shape, _only(text, COLOUR_NAMES), next(
        (Relation(which) for pattern, which in _ALONE if pattern.search(text)), None)


def _only(text: str, names: Mapping[str, Sequence[str]]) -> str | None:
    """Return the one name that a text has, None where it has none or several."""
    found = [own for own, others in names.items()
             if any(re.search(rf'\b{other}s?\b', text) for other in others)]
    return found[0] if len(found) == 1 else None
