"""
Names of colours and shapes that no policy was trained on, and what they mean.

A sentence encoder knows that crimson is a colour and not which: of "crimson", its nearest trained
names are purple, and of "emerald" amber. A thesaurus knows. Sorted by hand, with the names that
CSS and the colour survey of xkcd have for these colours.
"""
from collections.abc import Iterable, Mapping
import re
from types import MappingProxyType

from vla_ros.language.other_names import OTHER_COLOUR_NAMES, OTHER_SHAPE_NAMES
from vla_ros.language.vocabulary import COLOUR_NAMES, SHAPE_NAMES

RARE_COLOUR_NAMES = MappingProxyType({
    'red': (
        'crimson', 'scarlet', 'maroon', 'burgundy', 'claret', 'garnet', 'poppy', 'chilli red',
        'chili red', 'lipstick red', 'candy red', 'post box red', 'signal red', 'flame red',
        'apple red', 'oxblood', 'sangria', 'ruddy', 'cranberry', 'merlot', 'bordeaux', 'paprika',
        'vermillion', 'crimson red', 'scarlet red', 'lava red', 'cochineal',
        'light red', 'pure red', 'rust red', 'indian red', 'firebrick', 'raspberry red'),
    'green': (
        'emerald', 'emerald green', 'grass green', 'grassy', 'lime', 'lime green', 'mint',
        'mint green', 'sage', 'sage green', 'pine', 'pine green', 'hunter green', 'kelly green',
        'malachite', 'basil', 'clover', 'ivy', 'ivy green', 'avocado', 'avocado green',
        'pistachio', 'chartreuse', 'verdant', 'spring green', 'army green', 'cactus green',
        'neon green', 'sap green', 'celadon', 'asparagus', 'lawn green', 'light green',
        'pure green', 'pale green', 'fern green', 'myrtle', 'harlequin', 'leafy'),
    'blue': (
        'navy', 'navy blue', 'azure', 'indigo', 'steel blue', 'slate blue', 'prussian blue',
        'persian blue', 'lapis', 'lapis lazuli', 'lapis blue', 'cornflower', 'denim',
        'periwinkle', 'peacock blue', 'ink blue', 'inky', 'blueberry', 'sea blue', 'zaffre',
        'oxford blue', 'azure blue', 'sapphire blue', 'admiral blue', 'pure blue', 'medium blue',
        'dodger blue', 'marine', 'deep sea blue', 'ultramarine blue'),
    'yellow': (
        'golden', 'gold', 'golden yellow', 'lemon', 'lemon yellow', 'lemony', 'maize', 'flaxen',
        'blonde', 'straw yellow', 'dandelion', 'primrose', 'buttercup', 'banana coloured',
        'citrine', 'ochre', 'daisy yellow', 'neon yellow', 'egg yolk', 'taxi yellow', 'jonquil',
        'topaz', 'sulphur', 'goldenrod', 'light yellow', 'pure yellow', 'pale yellow',
        'dark yellow', 'sunflower yellow', 'mustard yellow', 'saffron yellow', 'xanthic'),
    'purple': (
        'mauve', 'lilac', 'iris', 'boysenberry', 'byzantium', 'damson', 'blackcurrant',
        'beetroot', 'prune', 'tyrian purple', 'pansy', 'imperial purple', 'ube', 'violaceous',
        'lavender purple', 'light purple', 'pure purple', 'pale purple', 'dark violet',
        'deep violet', 'plum purple', 'grape purple', 'lilac coloured', 'medium purple',
        'rebecca purple', 'indigo violet'),
    'orange': (
        'clementine', 'mandarin', 'satsuma', 'papaya', 'mango', 'persimmon', 'burnt orange',
        'marmalade', 'terracotta', 'ginger', 'sunset orange', 'cantaloupe', 'orangey',
        'marigold', 'traffic orange', 'safety orange', 'kumquat', 'dark orange', 'light orange',
        'pure orange', 'neon orange', 'pumpkin orange', 'carrot coloured'),
    'cyan': (
        "robin's egg blue", 'robin egg blue', 'powder blue', 'baby blue', 'pale blue',
        'arctic blue', 'aqua blue', 'tiffany blue', 'celeste', 'caribbean blue', 'lagoon blue',
        'sea green', 'seafoam', 'bluish green', 'blue green', 'glacier blue', 'turquoise blue',
        'dark cyan', 'bright cyan', 'light cyan', 'electric cyan', 'bright turquoise'),
    'pink': (
        'magenta', 'carnation', 'cerise', 'candy pink', 'watermelon pink', 'peony',
        'cherry blossom', 'cotton candy', 'baby pink', 'dusty pink', 'neon pink', 'pinkish',
        'shocking pink', 'blush pink', 'ballet pink', 'shrimp pink', 'tea rose', 'azalea',
        'light pink', 'bright pink', 'dark pink', 'deep pink', 'salmon pink', 'rose pink',
        'coral pink', 'flamingo pink'),
})
"""By `vocabulary.COLOURS`."""

RARE_SHAPE_NAMES = MappingProxyType({
    'cube': ('crate', 'carton', 'hexahedron', 'trunk', 'wooden block', 'wooden box', 'casket',
             'shipping box', 'square crate', 'boxy thing', 'boxy object', 'cubic object',
             'cubic block', 'gift box', 'moving box', 'square object'),
    'ball': ('orb', 'globe', 'globule', 'pellet', 'tennis ball', 'basketball', 'volleyball',
             'snowball', 'bouncy ball', 'toy ball', 'handball', 'spherical object', 'ball shape',
             'gym ball', 'cricket ball', 'baseball'),
    'cylinder': ('barrel', 'tube', 'silo', 'tumbler', 'beaker', 'bobbin', 'spool', 'reel',
                 'pipe piece', 'log', 'cylinder shape', 'steel drum', 'metal drum', 'soda can',
                 'soup can', 'cardboard tube', 'gas cylinder', 'bollard'),
    'cone': ('traffic cone', 'funnel', 'traffic marker', 'dunce cap', 'wizard hat', "wizard's hat",
             'cornet', 'tepee', 'tipi', 'conical one', 'warning cone', 'parking cone'),
    'pyramid': ('tetrahedron', 'ziggurat', 'pyramidal object', 'pyramid shape',
                'square pyramid'),
    'pill': ('caplet', 'gel cap', 'capsule pill', 'pill shape', 'pastille'),
})
"""By `vocabulary.SHAPES`."""


def _meant(rare: Mapping[str, Iterable[str]],
           trained: Iterable[Mapping[str, Iterable[str]]]) -> dict[str, str]:
    """Return what each name is called in training; trained names mean themselves."""
    meant = {name: own for own, names in rare.items() for name in names}
    return meant | {name: name for names in trained for of_one in names.values()
                    for name in of_one}


_COLOURS = _meant(RARE_COLOUR_NAMES, (COLOUR_NAMES, OTHER_COLOUR_NAMES))
_SHAPES = _meant(RARE_SHAPE_NAMES, (SHAPE_NAMES, OTHER_SHAPE_NAMES))
_NAMED = ('one', 'ones', 'thing', 'object', 'solid', 'item', 'shape')
"""What a colour may be said of besides a shape."""


def _any_of(names: Iterable[str]) -> str:
    return '|'.join(map(re.escape, sorted(names, key=len, reverse=True)))


_THING = re.compile(
    rf'\b(?:(?P<colour>{_any_of(_COLOURS)})\s+(?=(?:{_any_of((*_SHAPES, *_NAMED))})\b)|'
    rf'(?P<shape>{_any_of(_SHAPES)})\b)', re.IGNORECASE)


def rare_names(sentence: str) -> set[str]:
    """Return the names in a sentence that no simulated demonstration is told by."""
    return {name for found in _THING.finditer(sentence)
            for name, meant in [_meaning(found)] if name != meant}


def with_trained_names(sentence: str, kept: frozenset[str] = frozenset()) -> str:
    """
    Return the sentence with rare names replaced by those that policies were trained on.

    A colour is one where it is said of a shape or of "one", "thing" and the like: an orange
    may be a fruit.

    :param kept: names that stay, for a policy that was trained on them.
    """
    def known(found: re.Match) -> str:
        name, meant = _meaning(found)
        if name in kept or name == meant:
            return found[0]
        return found[0].lower().replace(name, meant)
    return _THING.sub(known, sentence)


def _meaning(found: re.Match) -> tuple[str, str]:
    """Return a name, and what training calls it."""
    if found['colour']:
        return (name := found['colour'].lower()), _COLOURS[name]
    return (name := found['shape'].lower()), _SHAPES[name]
