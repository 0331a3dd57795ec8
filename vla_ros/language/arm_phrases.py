"""Forms of words for what arms and hands do; `phrases.py` draws from them."""
from types import MappingProxyType

from vla_ros.core.goals import Posture, Side

ARMS = MappingProxyType({
    Side.LEFT: ('your left arm', 'the left arm', 'your left hand', 'the left hand'),
    Side.RIGHT: ('your right arm', 'the right arm', 'your right hand', 'the right hand'),
    Side.BOTH: ('both arms', 'your arms', 'both your arms', 'both hands', 'your hands')})
"""What an arm is called."""
WIDER_ARMS = MappingProxyType({
    Side.LEFT: (*ARMS[Side.LEFT], 'your left', 'left arm', 'left hand', 'that left arm of yours'),
    Side.RIGHT: (*ARMS[Side.RIGHT], 'your right', 'right arm', 'right hand',
                 'that right arm of yours'),
    Side.BOTH: (*ARMS[Side.BOTH], 'arms', 'hands', 'the arms', 'your two arms', 'your two hands',
                'both of your arms', 'both of your hands', 'the two arms')})
"""More of them, for `WIDER`."""
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
        Posture.WAVE: ('{walk} while waving {arm}', '{walk} while waving with {arm}',
                       '{walk}, waving {arm}', '{walk} and wave {arm} while you walk',
                       '{walk} while you wave {arm}'),
        Posture.RAISE: ('{walk} with {arm} raised', '{walk} while holding {arm} up',
                        '{walk} with {arm} up', '{walk} while raising {arm}',
                        '{walk} while you hold {arm} up'),
        Posture.SPREAD: ('{walk} with {arm} spread', '{walk} with {arm} out to the side',
                         '{walk} while holding {arm} out sideways',
                         '{walk} while spreading {arm}')},
    'then': ('{first} and {then}', '{first}, then {then}', '{first} and then {then}',
             '{first}, and then {then}', '{first}. then {then}'),
    'point at it': ('point at it', 'point to it', 'point your finger at it'),
})

WIDER = MappingProxyType({
    Posture.WAVE: (
        'do some waving with {arm}', 'shake {arm} in the air', 'wave {arm} around',
        'wave {arm} from side to side', 'move {arm} from side to side', 'wave bye with {arm}',
        'make a waving motion with {arm}', 'say goodbye with {arm}', 'say hello with {arm}',
        'greet them with {arm}', 'wave {arm} about', 'go on waving {arm}', 'signal with {arm}',
        'wave {arm} to say hello', 'send them a wave with {arm}', 'flap {arm} at me',
        'i want to see {arm} waving', 'wave at everybody with {arm}', 'wag {arm} in the air',
        'wave {arm} to the people', 'a wave with {arm}', 'wave to them with {arm}'),
    'wave': (
        'say hello', 'say goodbye', 'hello there', 'greet me', 'greet the guests',
        'give them a wave', 'wave bye bye', 'wave at them', 'wave at everybody',
        'wave back at me', 'make a waving motion', 'wave to the crowd', 'a wave please',
        'say hello to the visitors', 'wave to the camera', 'how about a wave', 'show me a wave',
        'welcome the people', 'say bye', 'wave at the children', 'wave once more'),
    Posture.RAISE: (
        'elevate {arm}', 'throw {arm} up', 'throw {arm} in the air', 'stick {arm} up',
        'hoist {arm}', 'put {arm} in the air', '{arm} in the air', '{arm} up high',
        'move {arm} up', 'raise {arm} as high as you can', 'lift {arm} over your head',
        'put {arm} over your head', 'extend {arm} upwards', 'extend {arm} to the ceiling',
        'straighten {arm} upwards', 'pull {arm} up', 'push {arm} up', 'hold {arm} high',
        'hold {arm} above your head', 'send {arm} up', 'point {arm} upwards',
        'stretch {arm} to the sky', 'up with {arm}', 'take {arm} up', 'lift {arm} high',
        'bring {arm} up high', 'i want {arm} up', '{arm} to the ceiling', '{arm} raised'),
    Posture.SPREAD: (
        'put {arm} out sideways', 'push {arm} out to the side', 'move {arm} out to the side',
        'hold {arm} straight out to the side', 'stick {arm} out to the side',
        'stick {arm} out sideways', 'lift {arm} sideways', 'raise {arm} sideways',
        'extend {arm} to the side', 'extend {arm} out to the side', '{arm} out sideways',
        'straighten {arm} to the side', 'fling {arm} wide', 'spread {arm} wide', '{arm} wide',
        'unfold {arm} to the side', 'fan {arm} out', 'take {arm} out to the side',
        'stretch {arm} wide', 'move {arm} sideways', '{arm} spread', 'hold {arm} wide'),
    Posture.LOWER: (
        'drop {arm} to your side', 'put {arm} at your side', 'return {arm} to your side',
        'lower {arm} again', 'move {arm} down', 'pull {arm} down', 'put {arm} back',
        'put {arm} away', 'let {arm} sink', 'let {arm} dangle', '{arm} down please',
        'down with {arm}', '{arm} by your side', '{arm} at rest', 'hang {arm} down',
        'take {arm} back down', 'you can lower {arm}', 'you can put {arm} down now',
        'bring {arm} to your side', 'sink {arm}', 'lay {arm} down', 'loosen {arm}',
        'put {arm} back down', 'rest {arm} at your side', '{arm} back down'),
    'hold': (
        ' and stay so for {seconds}', ' and remain so for {seconds}', ', {seconds} long',
        ' and keep the pose for {seconds}', ' and keep that for {seconds}',
        ' and stay there for {seconds}', ' during {seconds}', ' and freeze for {seconds}',
        ', for {seconds} please', ' and hold the pose for {seconds}'),
    'bow': (
        'take a deep bow', 'bow before me', 'do me a bow', 'bow to the audience',
        'bow to the people', 'show me a bow', 'incline your body', 'bend at the waist',
        'bend over', 'lean over', 'bow forward', 'lean forward', 'bow your upper body',
        'make a deep bow', 'a bow please', 'bow as a greeting', 'take your bow',
        'bend your back', 'bend forward', 'bow low', 'greet me with a bow', 'bend down'),
    'point': (
        'indicate the {name}', 'aim your arm at the {name}', 'aim your finger at the {name}',
        'gesture at the {name}', 'gesture towards the {name}', 'show me the {name}',
        'show me where the {name} is', 'show where the {name} is',
        'direct your arm at the {name}', 'direct your hand towards the {name}',
        'point in the direction of the {name}', 'turn to the {name} and point at it',
        'pick out the {name} with your finger', 'your arm towards the {name}',
        'which one is the {name}? point at it', 'stretch your arm towards the {name}'),
    'point with': (
        'aim {arm} at the {name}', 'direct {arm} at the {name}',
        'indicate the {name} with {arm}', 'gesture at the {name} with {arm}',
        'show me the {name} with {arm}', 'stretch {arm} towards the {name}',
        'extend {arm} towards the {name}', 'hold {arm} towards the {name}',
        'raise {arm} towards the {name}', 'point with {arm} at the {name}'),
    'touch': (
        'pat the {name}', 'poke the {name}', 'tap on the {name}', 'put a hand on the {name}',
        'place a hand on the {name}', 'place your palm on the {name}', 'touch that {name}',
        'go to the {name} and put your hand on it', 'walk up to the {name} and touch it',
        'rest your hand on the {name}', 'stroke the {name}', 'lay your hand on the {name}',
        'place your hand on the {name}', 'go up to the {name} and tap it'),
    'touch with': (
        'pat the {name} with {arm}', 'poke the {name} with {arm}', 'place {arm} on the {name}',
        'rest {arm} on the {name}', 'tap on the {name} with {arm}',
        'walk to the {name} and touch it with {arm}', 'with {arm} touch the {name}',
        'go to the {name} and put {arm} on it', 'feel the {name} with {arm}'),
    'while': {
        Posture.WAVE: (
            '{walk} and wave {arm} at the same time', '{walk} and wave {arm} on the way',
            '{walk}, all the while waving {arm}', '{walk}, waving with {arm}',
            '{walk} waving {arm}', '{walk} and wave with {arm} while doing it',
            '{walk} with {arm} waving', '{walk} and wave {arm} simultaneously',
            '{walk} while you are waving {arm}', '{walk} whilst waving {arm}',
            '{walk} while {arm} waves', '{walk} but wave {arm} while doing so',
            'while waving {arm}, {walk}', 'wave {arm} and {walk} at the same time',
            'wave {arm} while you {walk}', 'waving {arm}, {walk}', 'keep waving {arm} and {walk}'),
        Posture.RAISE: (
            '{walk} with {arm} in the air', '{walk} with {arm} up high',
            '{walk} with {arm} above your head', '{walk} holding {arm} up',
            '{walk} and hold {arm} up at the same time', '{walk}, {arm} up',
            '{walk} and hold {arm} up on the way', '{walk} and raise {arm} at the same time',
            '{walk} while {arm} is up', '{walk} lifting {arm}', '{walk} while lifting {arm}',
            '{walk} with {arm} held high', '{walk} and hold {arm} up the whole time',
            '{walk} whilst holding {arm} up', 'with {arm} raised, {walk}',
            'with {arm} up, {walk}', 'hold {arm} up and {walk} at the same time',
            'hold {arm} up while you {walk}'),
        Posture.SPREAD: (
            '{walk} with {arm} stretched out sideways', '{walk} holding {arm} out to the side',
            '{walk} and hold {arm} out to the side on the way', '{walk} with {arm} sideways',
            '{walk} spreading {arm}', '{walk} and spread {arm} at the same time',
            '{walk} stretching {arm} out to the side', '{walk} with {arm} wide',
            '{walk} with {arm} extended to the side', '{walk} while {arm} is out to the side',
            '{walk} while stretching {arm} to the side', '{walk} whilst spreading {arm}',
            'with {arm} spread, {walk}', 'with {arm} out to the side, {walk}',
            'spread {arm} while you {walk}')},
    'then': (
        '{first} and when you are there {then}', '{first}, when you get there {then}',
        '{first} and once there {then}', '{first} and finally {then}', '{first}, next {then}',
        '{first}, and when you arrive {then}', '{first} and there {then}',
        'first {first}, then {then}', 'first {first} and then {then}', '{first}; {then}',
        '{first}, and once you are there {then}', '{first} and at the end {then}'),
    'point at it': (
        'indicate it', 'aim your arm at it', 'gesture at it', 'point in its direction',
        'point towards it', 'point to it with your finger', 'point it out',
        'aim your finger at it', 'stretch your arm towards it', 'direct your hand at it'),
})
"""More of everything, drawn beside `TRAIN` in training; no word of `UNSEEN` for what is done."""

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
        Posture.WAVE: ('{walk} and keep waving {arm} meanwhile', '{walk} as you wave {arm}'),
        Posture.RAISE: ('{walk} keeping {arm} up', '{walk} and keep {arm} up meanwhile'),
        Posture.SPREAD: ('{walk} keeping {arm} out to the side',)},
    'then': ('{first}, after that {then}', '{first} and afterwards {then}'),
    'point at it': ('point straight at it', 'point over at it'),
})
