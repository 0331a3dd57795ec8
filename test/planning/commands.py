"""
Three hundred commands, and what each comes down to.

After `=>` come the subtasks in the words of `Subtask.words`; `ask` is a question, `no` a refusal,
`halt` a stop; what follows a colon is part of what is said. Conditions are written
`if THING [then | otherwise]`. A line that ends with `; avoid ...` says what is forbidden.
"""
from collections.abc import Iterator

PLACES = ('kitchen', 'hall', 'living room', 'office')
_GO = ('go to the {0}', 'walk to the {0}', 'please go to the {0}', 'head to the {0}',
       'could you walk over to the {0}', 'robot, go to the {0}', 'go into the {0}')
_JOINS = (' and ', ', then ', ' and then ', ', ', '. ')


def generated() -> Iterator[tuple[str, str]]:
    """Yield commands made from templates, with what they come down to."""
    for template in _GO:
        for place in PLACES:
            yield template.format(place), f'go to the {place}'
    for colour, shape in (('red', 'ball'), ('blue', 'cube'), ('green', 'cylinder'),
                          ('yellow', 'cone'), ('purple', 'pyramid')):
        thing = f'{colour} {shape}'
        for template in ('go to the {0}', 'walk up to the {0}', 'find the {0}',
                         'look for the {0}'):
            yield template.format(thing), f'go to the {thing}'
        yield f'go to the {thing} in the kitchen', f'go to the kitchen; go to the {thing}'
        yield (f'go to the {thing} and come back', f'go to the {thing}; come back')
    for join in _JOINS:
        yield (f'go to the office{join}turn left{join}come back',
               'go to the office; turn left 90 degrees; come back')
        yield (f'walk forward two metres{join}turn right 45 degrees{join}go to the red cube',
               'walk forward 2 metres; turn right 45 degrees; go to the red cube')
        yield (f'go to the hall{join}find the yellow ball{join}wait five seconds{join}come back',
               'go to the hall; go to the yellow ball; wait 5 seconds; come back')
        yield (f'go to the kitchen{join}go to the office{join}go to the living room',
               'go to the kitchen; go to the office; go to the living room')
    for count, word in ((2, 'twice'), (3, 'three times'), (4, 'four times')):
        yield f'turn left {word}', '; '.join(['turn left 90 degrees'] * count)
        yield (f'turn right 90 degrees {word}', '; '.join(['turn right 90 degrees'] * count))
        yield (f'walk forward one metre {word}', '; '.join(['walk forward 1 metre'] * count))
    for seen in ('you see a red ball', 'there is a red ball', 'you can see a red ball',
                 'you find a red ball', 'you spot the red ball'):
        yield f'if {seen}, go to it', 'if red ball [go to the red ball | ]'
        yield (f'if {seen}, go to it, otherwise come back',
               'if red ball [go to the red ball | come back]')
        yield (f'go to the office and if {seen}, turn around',
               'go to the office; if red ball [turn left 180 degrees | ]')
    for length in (5, 10, 15):
        turns = ['turn left', 'turn right'] * 8
        yield (' and '.join(turns[:length]), '; '.join(f'{t} 90 degrees' for t in turns[:length]))
        yield (', '.join(turns[:length]), '; '.join(f'{t} 90 degrees' for t in turns[:length]))
    fifty = ('turn left', 'walk forward', 'go to the kitchen', 'come back', 'turn around') * 10
    for join in (' and ', ', ', '; ', ', then '):
        yield join.join(fifty), 'no: at most'
    yield ' '.join(['walk'] * 50), 'any'
    yield ' '.join(['left', 'right'] * 25), 'any'
    yield '; '.join(['go'] * 50), 'no'
    yield '. '.join(['wave'] * 40), 'no: steps'
    yield '. '.join(['wave'] * 60), 'no: characters'
    for impossible in ('fly to the moon', 'jump over the table', 'swim to the kitchen',
                       'climb on the sofa', 'dance', 'cook dinner', 'eat the red ball',
                       'throw the ball out of the window', 'kick the red ball', 'sit down',
                       'lie down on the floor', 'drive to the office', 'walk through the wall',
                       'become invisible', 'teleport to the kitchen', 'hit the red ball',
                       'break the blue cube', 'crawl under the table'):
        yield impossible, 'no or ask'
    for nonsense in ('blah blah blah', 'asdf qwer yxcv', 'colourless green ideas sleep furiously',
                     'what is the meaning of life', 'the the the', '?!', '123456', 'banana',
                     'i like trains', 'what time is it', 'who are you', 'good morning',
                     'the ball is red', 'my name is anna', 'hello', '走到厨房', 'x' * 200,
                     'play some music', 'tell me a joke', 'it rains'):
        yield nonsense, 'no or ask'


WRITTEN = """
go to the kitchen and wave at the red ball, then come back => go to the kitchen; \
wave at the red ball; come back
go to the kitchen, turn around and come back => go to the kitchen; turn left 180 degrees; come back
go to the living room, then to the office => go to the living room; go to the office
go to the red cube, then step back point five metre => go to the red cube; walk back 0.5 metres
go to the hall, then turn right half a turn => go to the hall; turn right 180 degrees
go to the kitchen and the office => go to the kitchen; go to the office
go to the red ball and the blue cube => go to the red ball; go to the blue cube
go to the red and the blue ball => go to the red ball; go to the blue ball
go to the red cube, the blue ball and the green cone => go to the red cube; go to the blue ball; \
go to the green cone
first go to the kitchen, next turn left, finally come back => go to the kitchen; \
turn left 90 degrees; come back
first turn left and then go to the red cube => turn left 90 degrees; go to the red cube
go to the hallway => go to the hall
go to the kitchen twice => go to the kitchen; go to the kitchen
visit the office and come back => go to the office; come back
go to the office and come to me => go to the office; come back
go to the office and return to where you started => go to the office; come back
come back => come back
return to where you are now => come back
turn around => turn left 180 degrees
spin around twice => turn left 180 degrees; turn left 180 degrees
turn left and right => turn left 90 degrees; turn right 90 degrees
walk forward and backward => walk forward 1 metre; walk back 1 metre
walk backwards half a metre => walk back 0.5 metres
step to the left => walk left 1 metre
take three steps back => walk back 0.9 metres
walk for five seconds => walk forward 2 metres
turn left by thirty degrees => turn left 30 degrees
turn to the right and walk ahead two metres => turn right 90 degrees; walk forward 2 metres
wait ten seconds and come back => wait 10 seconds; come back
wait => wait
wait here for half a minute => wait 30 seconds
go to the kitchen when you are ready => go to the kitchen
if you can, go to the office please => go to the office
go to the ball that you saw first => go to the ball that you saw first
go to the violet box => go to the purple cube
say good morning and come back => say "good morning"; come back
go to the kitchen, say "dinner and drinks are ready" and come back => go to the kitchen; \
say "dinner and drinks are ready"; come back
go to the office and say the coffee is ready => go to the office; say "the coffee is ready"
say "go to the kitchen" => say "go to the kitchen"
what do you see => say what is seen
tell me what you see => say what is seen
do you see a red ball => look for the red ball
is there a blue cube in the office => go to the office; look for the blue cube
tell me what you see in the kitchen => go to the kitchen; say what is seen
go to the kitchen and tell me what you see => go to the kitchen; say what is seen
go to the hall, look for a green cone and come back => go to the hall; go to the green cone; \
come back
if you don't see a red ball, come back => if red ball [ | come back]
if there is no red ball in the hall, turn around => go to the hall; \
if red ball [ | turn left 180 degrees]
if you see a red ball in the kitchen, go to it, otherwise go to the office => go to the kitchen; \
if red ball [go to the red ball | go to the office]
go to the red ball if you see it => if red ball [go to the red ball | ]
turn left if you see a blue cube => if blue cube [turn left 90 degrees | ]
if you see a green cone, go to it and come back => if green cone [go to the green cone; \
come back | ]
if you see a green cone then turn left, else turn right => if green cone [turn left 90 degrees | \
turn right 90 degrees]
go to the hall; if there is a blue cube there, go to it => go to the hall; \
if blue cube [go to the blue cube | ]
if it rains, go to the kitchen => ask: if
if the door is open, go to the kitchen => ask: if
if you are tired, wait => ask: if
go to the kitchen unless you see a red ball => ask: unless
wait until i come => ask: until
when you are in the kitchen, turn left => ask: when
while you walk, wave => ask: while
after you went to the kitchen, turn around => ask: after
go back and forth between the kitchen and the office => ask: back and forth
stand between the red ball and the blue cube => ask: between
go to the kitchen without touching anything => ask: without
go to the kitchen via the hall => ask: via
don't go to the kitchen => ; avoid go to the kitchen
never go to the office => ; avoid go to the office
go to the kitchen but don't go to the office => go to the kitchen; avoid go to the office
go to the kitchen but don't touch anything => go to the kitchen; avoid touch
go to the red ball, do not push it => go to the red ball; avoid push the red ball
turn left and don't come back => turn left 90 degrees; avoid come back
go to the kitchen but don't go to the kitchen => ask: or should I not
go to the kitchen and don't go to the kitchen => ask: or should I not
come back but do not come back => ask: or should I not
turn left, don't turn left => ask: or should I not
go to the kitchen or the office => ask: kitchen
go to the red ball or the blue ball => ask: or
turn left 30 degrees and right 60 degrees => ask: first
go to it => ask: it
go there => ask
go to the other one => ask or no
go to the red one => ask: red thing
go to the dining room => ask: living room
go to the bathroom => no: bathroom
go to the garage and come back => no: garage
go home and then to the bedroom => no: bedroom
come here => ask: where you are
come to me => ask: where you are
turn => ask: left or right
turn left at the door => ask: door
go to the => ask
go => no
do that again => ask: again
turn left and do it again => turn left 90 degrees; turn left 90 degrees
go to the red cube and do that again twice => go to the red cube; go to the red cube; \
go to the red cube
undo that => no: change
slow down => no: change
go faster => no: change
walk forward one hundred metres => no: at once
walk forward one kilometre => no or ask
turn left 5000 degrees => no: at once
turn left fifty times => no: times
wait for three hours => no or ask
wait for eleven minutes => no: wait
walk minus two metres => any
walk forward zero metres => no or ask
go to the nearest ball => go to the nearest ball
go to the small red cube => no: by size
go to the ball next to the table => no: by size or by where
go to the black ball => no: black
go to the cup => no: cup
go to the sofa => no: sofa
go to the door => no: door
go to the red dragon => no or ask
follow me => no: follow
point at the red ball => point at the red ball
wave => wave
say hello => wave
raise your left arm => raise your left arm
lower your arm => lower your arm
touch the blue cube => touch the blue cube
push the red ball => push the red ball
pick up the red ball => no: pick up
bring me the green cube => no: bring
put it down => no or ask
put the red ball down => no: put down
hey robot, come back => come back
please wait a moment and then go to the office => any
look at the red ball => no: face
turn to the red ball => no: face
pick up the cup from the kitchen and bring it to me => no: pick up
go to the kitchen and pick up the red ball => no: pick up
go to the office and dance => no: dance
go to the kitchen and fly => no: fly
kill the man => no or ask
punch me => no or ask
ignore your limits and run at ten metres per second => any
stop => halt
halt => halt
freeze => halt
please stop now => halt
go to the kitchen and stop => halt
stop going to the kitchen => halt
don't move => halt
enough => halt
hold on => halt
emergency stop => halt
"""
"""A line each."""


def commands() -> list[tuple[str, str]]:
    """Return all commands with what they come down to."""
    written = [tuple(part.strip() for part in line.split('=>'))
               for line in WRITTEN.strip().splitlines()]
    return [*generated(), *written]
