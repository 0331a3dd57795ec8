"""
More ways to ask for ways: training draws them beside those that episodes are told in.

Who learned few verbs takes a new one for the next best thing. None of these has a verb of
`Split.UNSEEN`, whose figure says how verbs are understood that nobody trained.
"""
from types import MappingProxyType

from vla_ros.core.goals import Direction

_SIDEWAYS = (
    'crab to the {side}', 'slip over to the {side}', 'dodge {side}', 'skip to the {side}',
    'make room to the {side}', 'budge to the {side}', 'lunge sideways to the {side}',
    'a step {side}', 'a few steps to the {side}', 'take two steps to your {side}',
    'get over to the {side}', 'creep {side}', 'hustle to the {side}', 'dance to the {side}',
    'shimmy to the {side}', 'sashay {side}', 'go a bit to the {side}', 'more to the {side}',
    'further {side}', 'stay facing this way and go {side}', 'come over to the {side}',
    'bump over to the {side}', 'waddle {side}', 'scuttle to the {side}', 'scramble {side}',
    'do a side step to the {side}', 'move over {side}', 'nudge yourself to the {side}')
_TURNING = (
    'whirl around to the {side}', 'curve round to the {side} where you are',
    'spin around to the {side}', 'turn around to your {side}', 'hang a {side}',
    'yaw {side}', 'yaw to the {side}', 'pirouette to the {side}', 'slew round to the {side}',
    'circle to the {side} on the spot', 'come about to the {side}', 'twirl {side}',
    'go round to the {side}', 'turn your body to the {side}', 'turn yourself {side}',
    'change your heading to the {side}', 'look over to the {side}', 'bend round to the {side}',
    'roll around to the {side}', 'face the {side} side', 'heading to the {side}',
    'turn in place to the {side}', 'turn on the spot to the {side}', 'crank round to the {side}')


def _of(frames: tuple[str, ...], side: str) -> tuple[str, ...]:
    return tuple(frame.format(side=side) for frame in frames)


WIDER = MappingProxyType({
    'goto': (
        'run to the {name}', 'hike over to the {name}', 'trot to the {name}',
        'hurry to the {name}', 'amble over to the {name}', 'stride to the {name}',
        'journey to the {name}', 'trek over to the {name}', 'saunter to the {name}',
        'drive to the {name}', 'steer for the {name}', 'aim for the {name}',
        'carry yourself over to the {name}', 'pop over to the {name}', 'step over to the {name}',
        'dash to the {name}', 'roam to the {name}', 'pace to the {name}', 'jog to the {name}',
        'get yourself to the {name}', 'join the {name}', 'meet me at the {name}',
        'close in on the {name}', 'be at the {name}',
        'you should go to the {name}', 'i need you by the {name}', 'the {name} please, go there',
        'next stop the {name}', 'over to the {name}', 'how about going to the {name}',
        'look out for the {name} and join it', 'can you see the {name}? walk up to it',
        'seek out the {name}', 'locate the {name} and go there', 'track down the {name}',
        'drop by at the {name}', 'come over by the {name}', 'your goal is the {name}'),
    Direction.FORWARD: (
        'push on', 'walk on', 'press on', 'keep on', 'stride ahead', 'keep moving', 'onwards',
        'carry on', 'forge ahead', 'continue forward', 'continue on ahead', 'step out ahead',
        'keep walking', 'come closer', 'move up', 'move on', 'run forward', 'trot ahead',
        'plough ahead', 'drive forward', 'get going forward', 'go on straight ahead',
        'a bit further ahead', 'straight on', 'nose forward', 'some way forward please',
        'a step forward', 'make headway', 'go on walking', 'hike forward', 'pace ahead'),
    Direction.BACK: (
        'shuffle backwards', 'edge backwards', 'backpedal', 'backtrack a little',
        'go into reverse', 'shrink back', 'give ground', 'give way backwards', 'move rearward',
        'stand back', 'back out', 'backward march', 'put yourself in reverse',
        'walk away from there backwards', 'run backwards', 'hop back', 'creep back',
        'go rearwards', 'a step back', 'a step backwards', 'move away backwards', 'ease back',
        'get further back', 'more to the back', 'increase the gap',
        'return a few steps', 'bounce back', 'retire a few steps'),
    Direction.LEFT: _of(_SIDEWAYS, 'left'),
    Direction.RIGHT: _of(_SIDEWAYS, 'right'),
    Direction.TURN_LEFT: _of(_TURNING, 'left'),
    Direction.TURN_RIGHT: _of(_TURNING, 'right'),
    'walk by': (
        'run {way} {amount}', 'stride {way} for {amount}', 'shuffle {amount} {way}',
        'pace {amount} {way}', 'hike {way} by {amount}', 'drive {amount} {way}',
        'creep {way} {amount}', 'continue {way} for {amount}', 'roll {amount} {way}',
        'trot {way} {amount}', 'edge {amount} {way}', 'push {way} by {amount}',
        'you should go {amount} {way}', 'put {amount} behind you going {way}'),
    'turn by': (
        'whirl {amount} to the {side}', 'yaw {side} by {amount}', 'spin {side} {amount}',
        'veer {amount} to the {side}', 'circle {amount} {side} on the spot',
        'turn yourself {side} by {amount}', 'roll round {amount} to the {side}',
        'turn your body {amount} to the {side}', 'wheel {side} by {amount}',
        'change your heading by {amount} to the {side}', 'look {amount} further to the {side}'),
    'stop': (
        'hold on a moment', 'linger here', 'take a break', 'no movement please',
        'stick to your spot', 'keep standing there', 'just stand', 'idle', 'relax there',
        "don't budge", "don't go", 'leave everything as it is', 'nothing for now', 'sit tight'),
})
