"""
The words that stop the robot: matched on the raw text, without any model.

A command that asks to stop in any way stops; being wrong in that direction costs little. Only
what plainly means something else ("the stop sign", "don't stop", "raise your arm and hold it for
two seconds") is let through.
"""
import re
import unicodedata

_EXAMINED_MAX = 1024
_STOPS = re.compile(
    r'\b(?:e[ -]?stop|emergency stop|stop(?:ped|ping)?|halt|freeze|whoa+|abort|hold still'
    r'|hold it|hold on|stand still|cease|do ?n[o\']?t move|do not move|stay still'
    r'|enough|cancel that|cut it out|knock it off)\b')
_OTHERWISE = re.compile(
    r"(?:do ?n['o]?t|do not|never|without) stop(?:ping)?\b|\b(?:bus |the )stop (?:sign|light)"
    r'|\bstop sign\b|\bbus stop\b'
    r'|\b(?:and|then) hold it (?:up |out |there |like that )?for [\w.]+ seconds?\b')


def is_stop(text: str) -> bool:
    """Return whether a text, raw as it came, asks the robot to stop."""
    folded = unicodedata.normalize('NFKC', text[:_EXAMINED_MAX]).lower().replace('\u2019', "'")
    visible = ''.join(c if unicodedata.category(c)[0] not in 'C' or c.isspace() else ''
                      for c in folded)
    words = ' '.join(visible.split())
    return bool(_STOPS.search(_OTHERWISE.sub(' ', words)))
