"""Forms of words for what arms and hands do; `phrases.py` draws from them."""
from types import MappingProxyType

from vla_ros.core.goals import Posture, Side

ARMS = MappingProxyType({
    Side.LEFT: ('your left arm', 'the left arm', 'your left hand', 'the left hand'),
    Side.RIGHT: ('your right arm', 'the right arm', 'your right hand', 'the right hand'),
    Side.BOTH: ('both arms', 'your arms', 'both your arms', 'both hands', 'your hands')})
"""What an arm is called."""
HOLDS_S = (2, 3, 4, 5)
"""How long arms are asked to stay [s]."""
SECONDS = MappingProxyType({
    2: ('two seconds', '2 seconds'), 3: ('three seconds', '3 seconds'),
    4: ('four seconds', '4 seconds'), 5: ('five seconds', '5 seconds')})

TRAIN = MappingProxyType({
    Posture.WAVE: (
        'wave {arm}', 'wave with {arm}', 'wave at me with {arm}', 'give a wave with {arm}',
        'wave {arm} at me', 'start waving {arm}', 'wave hello with {arm}',
        'wave goodbye with {arm}', 'say hello by waving {arm}', 'keep waving {arm}',
        'greet me by waving {arm}', 'give me a wave with {arm}', 'wave {arm} in the air'),
    'wave': (
        'wave', 'wave at me', 'wave to me', 'give me a wave', 'wave hello', 'wave goodbye',
        'start waving', 'wave your hand', 'wave to the people', 'greet me with a wave'),
    Posture.RAISE: (
        'raise {arm}', 'lift {arm}', 'put {arm} up', 'lift {arm} up', 'hold {arm} up',
        'raise {arm} above your head', 'put up {arm}', 'stretch {arm} up', 'raise {arm} high',
        'bring {arm} up', 'get {arm} up in the air', '{arm} up', 'hold up {arm}',
        'point {arm} at the ceiling'),
    Posture.SPREAD: (
        'spread {arm}', 'stretch {arm} out to the side', 'spread {arm} out',
        'hold {arm} out sideways', 'put {arm} out to the side', 'extend {arm} sideways',
        'raise {arm} to the side', 'lift {arm} out to the side', 'bring {arm} out to the side',
        'stretch {arm} out sideways', '{arm} out to the side'),
    Posture.LOWER: (
        'lower {arm}', 'put {arm} down', 'take {arm} down', 'drop {arm}', '{arm} down',
        'let {arm} down', 'bring {arm} down', 'relax {arm}', 'let {arm} hang', 'put down {arm}',
        'rest {arm}', 'bring {arm} back down'),
    'hold': (
        ' for {seconds}', ' and hold it for {seconds}', ' and keep it there for {seconds}',
        ', and stay like that for {seconds}', ' and keep it for {seconds}'),
    'bow': (
        'bow', 'take a bow', 'make a bow', 'bow to me', 'bow down', 'give a bow',
        'bend forward at the waist', 'lean forward from the waist', 'do a bow'),
    'point': (
        'point at the {name}', 'point to the {name}', 'point towards the {name}',
        'point out the {name}', 'point your finger at the {name}', 'show me the {name} by '
        'pointing at it', 'point at that {name}', 'turn and point at the {name}',
        'where is the {name}? point at it'),
    'point with': (
        'point at the {name} with {arm}', 'point to the {name} with {arm}',
        'point {arm} at the {name}', 'point {arm} towards the {name}',
        'use {arm} to point at the {name}', 'with {arm} point at the {name}'),
    'touch': (
        'touch the {name}', 'put your hand on the {name}', 'walk to the {name} and touch it',
        'go and touch the {name}', 'tap the {name}', 'lay a hand on the {name}',
        'reach out and touch the {name}', 'feel the {name}'),
    'touch with': (
        'touch the {name} with {arm}', 'put {arm} on the {name}', 'tap the {name} with {arm}',
        'go and touch the {name} with {arm}', 'lay {arm} on the {name}'),
    'while': {
        Posture.WAVE: (' while waving {arm}', ' while waving with {arm}', ', waving {arm}',
                       ' and wave {arm} while you walk', ' while you wave {arm}'),
        Posture.RAISE: (' with {arm} raised', ' while holding {arm} up', ' with {arm} up',
                        ' while raising {arm}', ' while you hold {arm} up'),
        Posture.SPREAD: (' with {arm} spread', ' with {arm} out to the side',
                         ' while holding {arm} out sideways', ' while spreading {arm}')},
    'then': (' and ', ', then ', ' and then ', ', and then ', '. then '),
    'point at it': ('point at it', 'point to it', 'point your finger at it'),
})

UNSEEN = MappingProxyType({
    Posture.WAVE: ('do a wave using {arm}', 'let me see you wave {arm}', 'swing {arm} in a wave'),
    'wave': ('let me see you wave', 'do a friendly wave', 'wave hi'),
    Posture.RAISE: ('reach up with {arm}', 'lift {arm} all the way up', 'let me see {arm} up'),
    Posture.SPREAD: ('open {arm} wide to the side', 'reach out sideways with {arm}'),
    Posture.LOWER: ('let {arm} fall', 'get {arm} back down', 'leave {arm} down'),
    'hold': (' and hold that for {seconds}', ' and wait like that for {seconds}'),
    'bow': ('give us a bow', 'bow politely'),
    'point': ('point over at the {name}', 'now point straight at the {name}',
              'let me see you point at the {name}'),
    'point with': ('have {arm} point at the {name}', 'point over at the {name} with {arm}'),
    'touch': ('make contact with the {name}', 'get your hand on the {name}'),
    'touch with': ('make contact with the {name} with {arm}', 'get {arm} on the {name}'),
    'while': {
        Posture.WAVE: (' and keep waving {arm} meanwhile', ' as you wave {arm}'),
        Posture.RAISE: (' keeping {arm} up', ' and keep {arm} up meanwhile'),
        Posture.SPREAD: (' keeping {arm} out to the side',)},
    'then': (', after that ', ' and afterwards '),
    'point at it': ('point straight at it', 'point over at it'),
})
