"""The words for colours and shapes, what they look like, and their other names."""
from types import MappingProxyType

import numpy as np

COLOURS = MappingProxyType({name: np.array(rgb) for name, rgb in {
    'red': (0.85, 0.10, 0.10),
    'green': (0.12, 0.62, 0.16),
    'blue': (0.10, 0.22, 0.85),
    'yellow': (0.92, 0.84, 0.10),
    'purple': (0.50, 0.12, 0.66),
    'orange': (0.95, 0.48, 0.06),
    'cyan': (0.08, 0.76, 0.80),
    'pink': (0.96, 0.50, 0.68),
}.items()})
"""Colours by name, each as (red, green, blue) from 0 to 1."""

SHAPES = ('cube', 'ball', 'cylinder', 'cone', 'pyramid', 'pill')
"""Shapes of solids by name."""

CORE_COLOURS = ('red', 'green', 'blue', 'yellow', 'purple')
CORE_SHAPES = ('cube', 'ball', 'cylinder', 'cone')
"""What the `goto` suite asks for; the others are there so that a model learns what a colour is."""

HELD_OUT_PAIRS = frozenset({
    ('yellow', 'cone'), ('blue', 'cylinder'), ('green', 'ball'), ('purple', 'cube')})
"""Pairs (colour, shape) that no training scene holds and no training sentence names."""

SHAPE_NAMES = MappingProxyType({
    'cube': ('cube', 'box', 'block'),
    'ball': ('ball', 'sphere'),
    'cylinder': ('cylinder', 'drum'),
    'cone': ('cone',),
    'pyramid': ('pyramid',),
    'pill': ('pill', 'capsule'),
})
"""What people call a shape; the first name is its own."""

COLOUR_NAMES = MappingProxyType({
    'red': ('red',), 'green': ('green',), 'blue': ('blue',), 'yellow': ('yellow',),
    'purple': ('purple', 'violet'), 'orange': ('orange',), 'cyan': ('cyan', 'turquoise'),
    'pink': ('pink',),
})
"""What people call a colour; the first name is its own."""

UNSEEN_SHAPE_NAMES = MappingProxyType({
    'cube': ('crate', 'carton'), 'ball': ('orb', 'globe'),
    'cylinder': ('barrel', 'tube'), 'cone': ('traffic cone', 'funnel'),
})
"""What people call shapes, too, and no training sentence does; for the suite `names`."""

UNSEEN_COLOUR_NAMES = MappingProxyType({
    'red': ('crimson', 'scarlet'), 'green': ('emerald', 'grass green'),
    'blue': ('navy', 'azure'), 'yellow': ('golden', 'lemon yellow'),
    'purple': ('mauve', 'lilac'),
})
"""As `UNSEEN_SHAPE_NAMES`, of colours."""
