"""
What the reader of sentences was never taught: conditions, speech, bans, and where lists are cut.

A command is cut into pieces here; each piece is read by the language model, and only there.
"""
from collections.abc import Sequence
from dataclasses import dataclass
import re

from vla_ros.language.lexicon import PLACES
from vla_ros.language.quantities import count_of

_VERBS = (
    'approach|bring|carry|climb|come|dance|describe|do (?:it|that|this)|drop|face|find|follow|get'
    '|give|go|grab|greet|halt|hand|head|lift|look|lower|move|pick|point|push|put|raise|repeat'
    '|return|rotate|run|say|search|show|spin|stand|stay|step|take|tell|touch|turn|visit|wait|walk'
    '|wave')
_NOT = r"(?:please\s+)?(?:don'?t|do\s+not|never)\s+"
_FORBIDS = re.compile(rf'^(?:but\s+|and\s+)?{_NOT}(?P<what>.+)$', re.IGNORECASE)
_JOINTS = re.compile(
    r'\s*(?:[.;!]+(?=\s|$)|\?+)\s*(?:(?:and|then|next|finally|lastly)\b,?\s*)*'
    rf'|\s*,\s*next\b,?\s+(?=(?:{_VERBS})\b)'
    r'|\s*,?\s*(?:\band\s+)?\b(?:then|after\s+that|afterwards|finally)\b,?\s*(?:and\s+)?'
    rf'|\s*,\s*(?:(?:and|but)\s+)?(?=(?:{_NOT})?(?:please\s+)?(?:{_VERBS})\b)'
    rf'|\s+(?:and|but)\s+(?=(?:{_NOT})?(?:please\s+)?(?:{_VERBS})\b)', re.IGNORECASE)
_FIRST = re.compile(
    r'^(?:(?:(?:(?:hey|hi)\s+)?robot|first(?: of all)?|to begin with|ok(?:ay)?|well|now)\b,?\s+)+'
    r'(?!one\b)', re.IGNORECASE)
_COURTESY = re.compile(
    r',?\s*\b(?:when(?:ever)? (?:you are ready|you like|you can)|as soon as you can|would you'
    r'|if you (?:can|please|like|would|want|have time)(?!\s+(?:see|find|spot|notice)\b)|thanks'
    r'|thank you)\b,?', re.IGNORECASE)
_SPEECH = re.compile(r'^(?:please\s+)?say\s*:?\s*["\u201c\'](?P<quote>.+?)["\u201d\'](?:\s+(?:'
                     r'to|at)\s.*)?$|^(?:please\s+)?say\s+(?P<plain>(?!hello\b|hi\b|what\b).+)$',
                     re.IGNORECASE)
_QUOTED = re.compile(r'(["\u201c])(.+?)(["\u201d])')
_SIGHT = (r'(?:you\s+(?P<no1>don\'?t\s+|do\s+not\s+|cannot\s+|can\'?t\s+)?(?:can\s+)?'
          r'(?:see|find|spot|notice)|there\s+(?:is|are)(?P<no2>\s+no(?:t|ne)?\b)?|there\'?s'
          r'(?P<no3>\s+no\b)?)\s+')
_ALTERNATIVE = r'(?:[,;.]?\s*\b(?:otherwise|or else|else|if not)\b,?\s*(?P<otherwise>.+))?$'
_CONDITION = re.compile(
    rf'^(?:if|in case)\s+{_SIGHT}(?P<seen>.+?)(?:\s*,\s*(?:then\s+)?|\s+then\s+'
    rf'|\s+(?=(?:{_VERBS})\b))(?P<then>.+?){_ALTERNATIVE}', re.IGNORECASE)
_CONDITION_AFTER = re.compile(
    rf'^(?P<then>.+?),?\s+(?:if|in case)\s+{_SIGHT}(?P<seen>.+?){_ALTERNATIVE}', re.IGNORECASE)
_BEFORE_IF = re.compile(r'^(?P<before>.+?)[,;.]?\s+(?:and(?:\s+then)?\s+|then\s+|[;.]\s*|,\s*)?'
                        r'(?=(?:if|in case)\s+(?:you|there).*?(?:,|\bthen\b))', re.IGNORECASE)
_IN_PLACE = re.compile(r'^(?P<what>.+?)\s+(?:in|inside|at)\s+the\s+(?P<place>.+)$',
                       re.IGNORECASE)
_SEEKS = re.compile(r'^(?:please\s+)?(?:find|look for|search for|locate|visit)\s+(?!out\b)',
                    re.IGNORECASE)
_LIST = re.compile(r'^(?P<verb>.+?\s(?:to|at)\s)(?P<things>the\s.+?,\s*the\s.+)$', re.IGNORECASE)
_AND = re.compile(r'\s*,\s*(?:and\s+)?(?=the\b)|\s+and\s+(?=the\b)', re.IGNORECASE)
_ANY = re.compile(r'\b(?:any|some|every)(?:thing|body|one)\b', re.IGNORECASE)
_TIMES = re.compile(r'^(?P<what>.+?)\s+(?P<times>twice|thrice|[\w-]+\s+times)$', re.IGNORECASE)
_UNLED = re.compile(
    r'\b(?:until|unless|while|whenever|when|every time|as soon as|as long as|at the same time'
    r'|before|without|via|except|between|back and forth|if|only|instead|forever|once (?:you|i|it)'
    r'|after (?:you|i|it|the))\b', re.IGNORECASE)
CLAUSES_MAX = 20
"""Steps of a command; so many are read well within the time that a command may take."""


@dataclass(frozen=True)
class Condition:
    """One thing to do where something is seen, and another where not."""

    before: str
    """What is done first; may be empty, as may be what follows."""
    seen: str
    place: str
    """Where it is looked for."""
    then: str
    otherwise: str


@dataclass(frozen=True)
class Pieces:
    """A command without conditions, cut."""

    wanted: tuple[str, ...]
    """Sentences of what is to be done, in order."""
    forbidden: tuple[str, ...]
    """What is not to be done, without the "don't"."""
    forbids_all: bool
    """Whether it is said of anything: "don't touch anything"."""


def condition_of(text: str, places: Sequence[str] = ()) -> Condition | None:
    """
    Return the condition of a command: "if you see ..., do ..., otherwise ..."; None: none.

    :param places: names of places; what is looked for in one is looked for there.
    """
    text = text.strip(' ,.;!?')
    before = ''
    if not re.match(r'(?:if|in case)\b', text, re.IGNORECASE) and (
            found := _BEFORE_IF.match(text)):
        before, text = found['before'], text[found.end():]
    found = _CONDITION.match(text) or _CONDITION_AFTER.match(text)
    if not found:
        return None
    then, otherwise = found['then'], found['otherwise'] or ''
    if any(found[name] for name in ('no1', 'no2', 'no3')):
        then, otherwise = otherwise, then
    where = _IN_PLACE.match(found['seen'])
    if where and where['place'].lower() in places:
        return Condition(before, where['what'], where['place'].lower(), then, otherwise)
    return Condition(before, found['seen'], '', then, otherwise)


def without_courtesy(text: str) -> str:
    """Return a command without what is only polite."""
    return _FIRST.sub('', _COURTESY.sub('', text).strip(' ,')).strip(' ,')


def pieces_of(text: str) -> Pieces:
    """Return what a command wants and what it forbids, sentence by sentence."""
    quotes = [m[2] for m in _QUOTED.finditer(text)]
    hidden = _QUOTED.sub('"\u2063"', text)              # what is quoted is not cut
    wanted, forbidden = [], []
    for piece in (p.strip(' ,') for p in _JOINTS.split(hidden)):
        while '\u2063' in piece:
            piece = piece.replace('\u2063', quotes.pop(0), 1)
        if found := _FORBIDS.match(piece):
            forbidden.append(found['what'])
        elif any(c.isalnum() for c in piece):
            wanted += _each(_SEEKS.sub('go to ', _FIRST.sub('', piece)))
    return Pieces(tuple(wanted), tuple(_ANY.sub('it', f) for f in forbidden),
                  any(_ANY.search(f) for f in forbidden))


def _each(piece: str) -> list[str]:
    """Return a sentence for each thing of a list: "go to the cube, the ball and the cone"."""
    found = _LIST.match(piece)
    return [found['verb'] + t for t in _AND.split(found['things'])] if found else [piece]


def speech_of(sentence: str) -> str | None:
    """Return what a sentence asks to say, None if it asks for something else."""
    found = _SPEECH.match(sentence)
    return found and (found['quote'] or found['plain'])


def split_count(sentence: str) -> tuple[str, int]:
    """Return a sentence without "three times" at its end, and how often that is."""
    found = _TIMES.match(sentence)
    count = count_of(found['times']) if found else None
    return (sentence, 1) if count is None else (found['what'], count)


def unled_word(text: str) -> str:
    """Return the first word that orders things in a way that no plan here can; empty if none."""
    found = _UNLED.search(_QUOTED.sub('', text))
    return found[0].lower() if found else ''


@dataclass(frozen=True)
class PlaceNames:
    """
    Names of places, told to the reader of sentences as names that it was trained on.

    A map may call a place what no corpus has: each such name is replaced while a sentence is
    read.
    """

    known: tuple[str, ...]

    def told(self, text: str) -> tuple[str, dict[str, str]]:
        """Return a text with the names replaced, and what each stand-in stands for."""
        meant: dict[str, str] = {}
        spare = [p for p in _STAND_INS if p not in text.lower() and p not in self.known]
        for name in sorted(self.known, key=len, reverse=True):
            pattern = rf'\b{re.escape(name)}\b'
            if name not in PLACES and spare and re.search(pattern, text, re.IGNORECASE):
                meant[spare[0]] = name
                text = re.sub(pattern, spare.pop(0), text, flags=re.IGNORECASE)
        return text, meant


_STAND_INS = ('bedroom', 'bathroom', 'garage', 'office', 'kitchen', 'lab')
