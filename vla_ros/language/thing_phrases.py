"""Forms of words for which thing is meant, and for pushing and following it."""
from types import MappingProxyType

from vla_ros.core.goals import Which

TRAIN = MappingProxyType({
    Which.LEFTMOST: ('leftmost {name}', '{name} on the left', '{name} furthest to the left',
                     '{name} on the far left', '{name} that is furthest left'),
    Which.RIGHTMOST: ('rightmost {name}', '{name} on the right', '{name} furthest to the right',
                      '{name} on the far right', '{name} that is furthest right'),
    Which.NEAREST: ('nearest {name}', 'closest {name}', '{name} nearest to you',
                    '{name} closest to you', '{name} that is nearest'),
    Which.FARTHEST: ('farthest {name}', 'most distant {name}', '{name} farthest from you',
                     '{name} that is farthest away', 'furthest {name}'),
    Which.LEFT_OF: ('{name} left of the {other}', '{name} to the left of the {other}',
                    '{name} on the left of the {other}', '{name} that is left of the {other}'),
    Which.RIGHT_OF: ('{name} right of the {other}', '{name} to the right of the {other}',
                     '{name} on the right of the {other}',
                     '{name} that is right of the {other}'),
    Which.NOT: ('{name} that is not {other}', '{name} which is not {other}',
                "{name} that isn't {other}", '{name}, not the {other} one',
                '{name} but not the {other} one'),
    'push': ('push the {name}', 'push the {name} away', 'shove the {name}', 'push that {name}',
             'go and push the {name}', 'give the {name} a push', 'move the {name} by pushing it',
             'walk into the {name} and push it'),
    'follow': ('follow the {name}', 'go after the {name}', 'keep up with the {name}',
               'stay behind the {name}', 'walk after the {name}', 'follow that {name}',
               'keep following the {name}', 'chase the {name}'),
})

WIDER = MappingProxyType({
    'push': ('nudge the {name}', 'bump into the {name}', 'bump the {name}', 'move the {name}',
             'move the {name} forward', 'shift the {name}', 'drive the {name} away',
             'bulldoze the {name}', 'knock the {name} away', 'run into the {name}',
             'push the {name} out of the way', 'shove the {name} away', 'give the {name} a shove',
             'displace the {name}', 'move the {name} away', 'budge the {name}',
             'push the {name} forward', 'walk to the {name} and push it'),
    'follow': ('trail the {name}', 'pursue the {name}', 'stay with the {name}',
               'stay close to the {name}', 'shadow the {name}', 'keep close to the {name}',
               'run after the {name}', 'accompany the {name}', 'keep behind the {name}',
               'stick with the {name}', 'tail the {name}', 'move with the {name}',
               'keep pace with the {name}', 'do not lose the {name}', 'hunt the {name}',
               'keep chasing the {name}', 'walk behind the {name}'),
})
"""Drawn beside `TRAIN` in training."""

UNSEEN = MappingProxyType({
    Which.LEFTMOST: ('{name} at the left end', '{name} most to the left'),
    Which.RIGHTMOST: ('{name} at the right end', '{name} most to the right'),
    Which.NEAREST: ('{name} which is the closest', '{name} you are nearest to'),
    Which.FARTHEST: ('{name} which is the farthest off', '{name} you are farthest from'),
    Which.LEFT_OF: ('{name} on the left hand side of the {other}',
                    '{name} standing left of the {other}'),
    Which.RIGHT_OF: ('{name} on the right hand side of the {other}',
                     '{name} standing right of the {other}'),
    Which.NOT: ('{name} of a colour that is not {other}', '{name}, and not the {other} one'),
    'push': ('get the {name} to move with a push', 'push against the {name}'),
    'follow': ('follow wherever the {name} goes', 'tag along after the {name}'),
})
