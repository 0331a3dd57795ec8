"""
Other names of colours and shapes, which training draws besides the usual ones.

None of those that the suite `names` asks by (`vocabulary.UNSEEN_COLOUR_NAMES`,
`UNSEEN_SHAPE_NAMES`) is here. What a policy makes of names that it never had is left to chance all
the same: `thesaurus` reads these.
"""
import re
from types import MappingProxyType

import numpy as np

from vla_ros.language.vocabulary import COLOUR_NAMES, SHAPE_NAMES

OTHER_COLOUR_NAMES = MappingProxyType({
    'red': ('ruby', 'ruby red', 'cherry', 'cherry red', 'blood red', 'brick red', 'bright red',
            'dark red', 'vermilion', 'cardinal', 'reddish', 'tomato red', 'fire engine red',
            'strawberry', 'wine red', 'deep red', 'red coloured', 'rose red', 'carmine'),
    'green': ('jade', 'jade green', 'forest green', 'olive', 'olive green', 'moss green', 'mossy',
              'bright green', 'dark green', 'leaf green', 'bottle green', 'apple green',
              'pea green', 'shamrock', 'greenish', 'viridian', 'green coloured', 'fern',
              'racing green'),
    'blue': ('cobalt', 'cobalt blue', 'sapphire', 'royal blue', 'bright blue', 'dark blue',
             'deep blue', 'ultramarine', 'ocean blue', 'midnight blue', 'cornflower blue',
             'denim blue', 'bluish', 'cerulean', 'electric blue', 'blue coloured', 'bluebell',
             'marine blue'),
    'yellow': ('sunny', 'sunny yellow', 'sunflower', 'canary', 'canary yellow', 'mustard',
               'bright yellow', 'banana yellow', 'buttery', 'butter yellow', 'honey',
               'yellowish', 'saffron', 'corn yellow', 'yellow coloured', 'daffodil',
               'straw coloured', 'custard'),
    'purple': ('plum', 'plum coloured', 'lavender', 'grape', 'aubergine', 'amethyst',
               'deep purple', 'dark purple', 'bright purple', 'purplish', 'orchid',
               'royal purple', 'wisteria', 'heather', 'purple coloured', 'eggplant', 'mulberry'),
    'orange': ('tangerine', 'amber', 'carrot', 'pumpkin', 'apricot', 'bright orange', 'copper',
               'orange coloured', 'peach', 'rusty'),
    'cyan': ('aqua', 'teal', 'aquamarine', 'light blue', 'ice blue', 'sky blue',
             'greenish blue', 'cyan coloured'),
    'pink': ('rose', 'salmon', 'rosy', 'fuchsia', 'blush', 'hot pink', 'coral', 'flamingo',
             'pale pink', 'pink coloured', 'bubblegum'),
})
"""By `vocabulary.COLOURS`."""

OTHER_SHAPE_NAMES = MappingProxyType({
    'cube': ('parcel', 'package', 'brick', 'dice', 'die', 'cuboid', 'square block',
             'building block', 'chest', 'square thing', 'cubic thing', 'case', 'cardboard box',
             'square box', 'container', 'packet', 'cubical thing', 'toy block'),
    'ball': ('bead', 'bubble', 'marble', 'round thing', 'bowling ball', 'football', 'soccer ball',
             'beach ball', 'bauble', 'round object', 'balloon', 'pearl', 'spherical thing',
             'round ball', 'ping pong ball', 'spheroid', 'rubber ball', 'planet'),
    'cylinder': ('can', 'tin', 'pipe', 'column', 'pillar', 'canister', 'roll', 'keg', 'post',
                 'cylindrical thing', 'tin can', 'jar', 'oil drum', 'churn', 'cask',
                 'round post', 'vat', 'tank', 'cylindrical object'),
    'cone': ('party hat', 'pylon', 'conical thing', 'spike', 'cone shaped thing', "witch's hat",
             'ice cream cone', 'safety cone', 'teepee', 'pointed hat', 'conical object',
             'road cone', 'cone shape', 'steeple'),
    'pyramid': ('pyramid shaped thing', 'four sided pyramid', 'tent', 'egyptian pyramid',
                'little pyramid', 'pyramidal thing'),
    'pill': ('tablet', 'lozenge', 'pill shaped thing', 'medicine capsule', 'big pill',
             'capsule shaped thing'),
})
"""By `vocabulary.SHAPES`."""

_SHARE = 0.7
"""Of the names in a sentence, how many are replaced."""
_OTHERS = {known: others
           for names, more in ((COLOUR_NAMES, OTHER_COLOUR_NAMES),
                               (SHAPE_NAMES, OTHER_SHAPE_NAMES))
           for own, others in more.items() for known in names[own]}
_KNOWN = re.compile(rf'\b({"|".join(_OTHERS)})\b')


def with_other_names(sentence: str, rng: np.random.Generator) -> str:
    """Return the sentence with most of its colours and shapes called by other names."""
    def other(found: re.Match) -> str:
        names = _OTHERS[found[0]]
        return names[rng.integers(len(names))] if rng.random() < _SHARE else found[0]
    return _KNOWN.sub(other, sentence)
