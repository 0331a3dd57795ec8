"""
What the words of an entity mean: every way to say a value, and its one name.

Words that are none of them, misheard or misspelt, mean what they are nearest to.
"""
from difflib import SequenceMatcher
import re
from types import MappingProxyType

from vla_ros.language.meaning import EntityType
from vla_ros.language.other_names import OTHER_COLOUR_NAMES, OTHER_SHAPE_NAMES
from vla_ros.language.quantities import angle_rad, count_of, duration_s, length_m
from vla_ros.language.thesaurus import RARE_COLOUR_NAMES, RARE_SHAPE_NAMES
from vla_ros.language.vocabulary import COLOUR_NAMES, SHAPE_NAMES

ANY = 'thing'
"""The kind of a thing that is not named: "the red one"."""
SPEAKER = 'speaker'
Value = str | float | int | None

OBJECTS = MappingProxyType({
    **{kind: (*names, *(f'{n}s' for n in names)) for kind, names in SHAPE_NAMES.items()},
    ANY: ('thing', 'object', 'one', 'item', 'ones', 'things', 'something'),
    'tube': ('tube',), 'table': ('table', 'desk', 'tabel'), 'chair': ('chair', 'stool', 'seat'),
    'door': ('door', 'doorway', 'exit'), 'bottle': ('bottle', 'flask'),
    'cup': ('cup', 'mug', 'glass'), 'book': ('book',), 'bag': ('bag', 'backpack'),
    'bin': ('bin', 'bucket', 'basket'), 'sofa': ('sofa', 'couch'), 'shelf': ('shelf', 'rack'),
    'wall': ('wall',), 'window': ('window',), 'lamp': ('lamp',), 'plant': ('plant', 'flower'),
    'toy': ('toy', 'teddy bear'), 'can': ('can', 'tin'), 'tray': ('tray', 'plate'),
    'screen': ('screen', 'monitor'), 'cart': ('cart', 'trolley')})
COLOURS_SAID = MappingProxyType({
    **COLOUR_NAMES, 'black': ('black',), 'white': ('white',), 'grey': ('grey', 'gray'),
    'brown': ('brown',)})
SIZES = MappingProxyType({
    'big': ('big', 'large', 'huge', 'giant'), 'small': ('small', 'little', 'tiny', 'mini'),
    'tall': ('tall', 'high'), 'short': ('short', 'low'), 'medium': ('medium', 'middle sized'),
    'wide': ('wide', 'broad'), 'narrow': ('narrow', 'thin')})
SELECTORS = MappingProxyType({
    'nearest': ('nearest', 'closest', 'nearer', 'closer'),
    'furthest': ('furthest', 'farthest', 'most distant'),
    'leftmost': ('leftmost', 'left most'), 'rightmost': ('rightmost', 'right most'),
    'other': ('other', 'another', 'different'), 'same': ('same',), 'next': ('next',),
    'first': ('first',), 'second': ('second',), 'third': ('third',), 'last': ('last',),
    'middle': ('middle', 'central'), 'biggest': ('biggest', 'largest', 'bigger', 'larger'),
    'smallest': ('smallest', 'tiniest', 'smaller'), 'tallest': ('tallest', 'highest')})
RELATIONS = MappingProxyType({
    'left_of': ('left of', 'to the left of', 'on the left of', 'on the left side of'),
    'right_of': ('right of', 'to the right of', 'on the right of', 'on the right side of'),
    'behind': ('behind', 'in back of', 'at the back of', 'beyond'),
    'in_front_of': ('in front of', 'before', 'ahead of'),
    'next_to': ('next to', 'beside', 'near', 'by', 'close to', 'alongside', 'near to', 'at'),
    'on': ('on', 'on top of', 'onto', 'upon'),
    'under': ('under', 'below', 'beneath', 'underneath'), 'above': ('above', 'over'),
    'in': ('in', 'inside', 'into'), 'opposite': ('opposite', 'across from', 'facing')})
PEOPLE = MappingProxyType({
    SPEAKER: ('me', 'my', 'myself', 'my hand', 'us', 'here'),
    'man': ('man', 'guy', 'him', 'boy', 'gentleman'), 'woman': ('woman', 'lady', 'girl', 'her'),
    'person': ('person', 'people', 'somebody', 'someone', 'human', 'visitor', 'operator',
               'visitors', 'them', 'everyone', 'everybody', 'child', 'kid', 'guest', 'guests',
               'audience', 'crowd')})
PLACES = MappingProxyType({
    **{name: (name,) for name in (
        'kitchen', 'hallway', 'bedroom', 'office', 'garage', 'corner', 'bathroom', 'lab',
        'entrance', 'charging station', 'living room')},
    'home': ('home', 'home position', 'base'), 'start': (
        'start', 'starting point', 'where you started', 'where you were', 'where you came from',
        'starting position', 'where you began', 'beginning', 'initial position')})
DIRECTIONS = MappingProxyType({
    'forward': ('forward', 'forwards', 'ahead', 'straight', 'straight ahead', 'straight on',
                'foreward', 'forword', 'onward', 'front'),
    'back': ('back', 'backward', 'backwards', 'reverse', 'retreat',
             'behind', 'bak'),
    'left': ('left', 'leftwards', 'leftward', 'counterclockwise', 'anticlockwise', 'lefft',
             'anti clockwise', 'counter clockwise'),
    'right': ('right', 'rightwards', 'rightward', 'clockwise', 'write', 'rite', 'wright'),
    'around': ('around', 'round', 'about', 'all around', 'a round',
               'the other way', 'the opposite way', 'the opposite direction'),
    'up': ('up', 'upwards', 'upward', 'ceiling', 'sky'),
    'down': ('down', 'downwards', 'downward', 'floor', 'ground')})
SIDES = MappingProxyType({
    'left': ('left', 'lefft'), 'right': ('right', 'write', 'rite', 'wright'),
    'both': ('both', 'two', 'all')})
LIMBS = MappingProxyType({
    'arm': ('arm', 'limb'), 'arms': ('arms', 'limbs'), 'hand': ('hand', 'palm', 'fist'),
    'hands': ('hands', 'palms', 'fists'),
    'head': ('head',), 'finger': ('finger',), 'elbow': ('elbow', 'elbows')})
SPEEDS = MappingProxyType({
    'slow': ('slowly', 'slow', 'carefully', 'gently', 'gradually', 'at a slow pace', 'softly'),
    'fast': ('quickly', 'fast', 'quick', 'rapidly', 'at full speed', 'briskly', 'hastily')})
_LEXICA = MappingProxyType({
    EntityType.OBJECT: OBJECTS, EntityType.COLOUR: COLOURS_SAID, EntityType.SIZE: SIZES,
    EntityType.SELECTOR: SELECTORS, EntityType.RELATION: RELATIONS, EntityType.PERSON: PEOPLE,
    EntityType.PLACE: PLACES, EntityType.DIRECTION: DIRECTIONS, EntityType.SIDE: SIDES,
    EntityType.LIMB: LIMBS, EntityType.SPEED: SPEEDS})
_READERS = MappingProxyType({
    EntityType.DISTANCE: length_m, EntityType.ANGLE: angle_rad,
    EntityType.DURATION: duration_s, EntityType.COUNT: count_of, EntityType.STEPS: count_of})
SLIPS = MappingProxyType({
    EntityType.COLOUR: {'read': 'red', 'rad': 'red', 'bread': 'red', 'blew': 'blue',
                        'bleu': 'blue', 'grain': 'green', 'greene': 'green', 'greed': 'green',
                        'yell': 'yellow', 'yellowed': 'yellow', 'purpose': 'purple',
                        'purpel': 'purple', 'pinked': 'pink', 'think': 'pink', 'sigh an': 'cyan',
                        'brow': 'brown', 'wide': 'white', 'whyte': 'white', 'gray': 'grey'},
    EntityType.OBJECT: {'queue': 'cube', 'cubed': 'cube', 'cue': 'cube', 'cub': 'cube',
                        'tube': 'tube', 'bawl': 'ball', 'bowl': 'ball', 'bald': 'ball',
                        'call': 'ball', 'boll': 'ball', 'phone': 'cone', 'con': 'cone',
                        'comb': 'cone', 'cohen': 'cone', 'silly under': 'cylinder',
                        'cylinda': 'cylinder', 'pier amid': 'pyramid', 'peel': 'pill',
                        'pil': 'pill', 'bill': 'pill', 'blog': 'cube', 'blocked': 'cube',
                        'fear': 'ball', 'won': 'thing'}})
"""What speech recognition hears instead of a value's name."""
OTHERS = MappingProxyType({
    kind: {name: own for names in vocabularies for own, more in names.items() for name in more}
    for kind, vocabularies in (
        (EntityType.COLOUR, (OTHER_COLOUR_NAMES, RARE_COLOUR_NAMES)),
        (EntityType.OBJECT, (OTHER_SHAPE_NAMES, RARE_SHAPE_NAMES)))})
"""Less common names of colours and shapes, where the word has no meaning of its own above."""
_NEAR = 0.6
"""Words less alike than this mean nothing to each other."""


def value_of(kind: EntityType, text: str) -> Value:
    """
    Return what an entity's words mean: a name, [m], [rad], [s], a count; None if nothing.

    Words of a pronoun, negation, connector or alternative mean themselves.
    """
    if reader := _READERS.get(kind):
        return reader(text)
    words = _plain(text)
    if kind not in _LEXICA:
        return words
    return readings(kind, text)[0][0] if readings(kind, text) else None


def readings(kind: EntityType, text: str) -> list[tuple[str, float]]:
    """Return the values that words may mean and how alike they are (1: said so), best first."""
    words, lexicon = _plain(text), _LEXICA[kind]
    for value, names in lexicon.items():
        if words in names:
            return [(value, 1.0)]
    for known in (SLIPS, OTHERS):
        if meant := known.get(kind, {}).get(words):
            return [(meant, 1.0)]
    alike = ((value, max(SequenceMatcher(None, words, n).ratio() for n in names))
             for value, names in lexicon.items() if value != ANY)
    return sorted((found for found in alike if found[1] >= _NEAR), key=lambda found: -found[1])


def _plain(text: str) -> str:
    return ' '.join(re.sub(r"[^\w\s']", ' ', text.lower()).split())
