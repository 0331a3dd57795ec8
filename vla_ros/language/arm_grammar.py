"""What a sentence asks of arms and hands, by rules; texts as `grammar.parse` has cleaned them."""
import re

from vla_ros.core.goals import Bow, Gesture, Posture, Side
from vla_ros.language.quantities import number_at_end

_LIMB = r'(?:arm|hand|finger)'
_SECONDS = re.compile(r'\b(.+?)\s*\b(?:seconds?|secs?)\b')
_BOW = re.compile(r'\bbow(?:ing)?\b|\b(?:bend|lean)\b.*\bwaist\b')
_POSTURES = (
    (re.compile(r'\bwav(?:e|es|ing)\b'), Posture.WAVE),
    (re.compile(r'\bspread(?:ing)?\b|\bside(?:s|ways)?\b|\bout to the side\b|\bapart\b'),
     Posture.SPREAD),
    (re.compile(r'\b(?:lower|lowering|down|drop|relax|hang|rest|fall)\b'), Posture.LOWER),
    (re.compile(r'\b(?:rais(?:e|ed|ing)|lift(?:ed|ing)?|up|ceiling)\b'), Posture.RAISE))


def gesture_of(text: str) -> Gesture | Bow | None:
    """Return the gesture that a text asks for, None where it asks for none."""
    if _BOW.search(text):
        return Bow()
    for pattern, posture in _POSTURES:
        if pattern.search(text) and (posture is Posture.WAVE
                                     or re.search(rf'\b{_LIMB}s?\b', text)):
            return Gesture(posture, side_of(text) or Side.RIGHT, _hold_s(text))
    return None


def side_of(text: str) -> Side | None:
    """Return which arm a text names; both where there are several: "your arms"."""
    if re.search(r'\bboth\b|\b(?:arms|hands)\b', text):
        return Side.BOTH
    named = re.search(rf'\b(left|right) {_LIMB}\b', text)
    return Side(named[1]) if named else None


def _hold_s(text: str) -> float | None:
    match = _SECONDS.search(text)
    return number_at_end(match[1]) if match else None
