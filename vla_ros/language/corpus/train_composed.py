"""Templates for training, composed: every frame with every verb, opposites with every degree."""
from types import MappingProxyType

from vla_ros.language.meaning import Intent

_THING, _SMALL, _PERSON = '{thing}', '{small_thing}', '{person}'
_VERBS = {
    Intent.GO_TO: (_THING, 'go to|walk to|head to|move to|approach|run to|step up to|march to',
                   'going to|walking to|heading to|moving to|approaching|running to',
                   'approached|visited|reached'),
    Intent.FOLLOW: (_PERSON, 'follow|walk behind|accompany|shadow|trail|run after|go with',
                    'following|walking behind|accompanying|shadowing|trailing|running after',
                    'followed|accompanied|shadowed'),
    Intent.LOOK_AT: (_THING, 'look at|watch|inspect|observe|examine|face|stare at|check',
                     'looking at|watching|inspecting|observing|examining|facing',
                     'looked at|watched|inspected|observed|examined'),
    Intent.POINT_AT: (_THING, 'point at|point to|indicate|gesture at|point towards',
                      'pointing at|pointing to|indicating|gesturing at|pointing towards',
                      'pointed at|pointed to|indicated|gestured at'),
    Intent.TOUCH: (_THING, 'touch|tap|pat|feel|stroke|rub|brush|lay a hand on|put a hand on',
                   'touching|tapping|patting|feeling|stroking|rubbing|laying a hand on',
                   'touched|tapped|patted|felt|stroked|rubbed'),
    Intent.PUSH: (_THING, 'push|shove|nudge|bump|push against|knock over|push away|press against',
                  'pushing|shoving|nudging|bumping|pushing against|pushing away',
                  'pushed|shoved|nudged|bumped|knocked over|pushed away'),
    Intent.PICK_UP: (_SMALL, 'pick up|grab|take|lift|grasp|seize|collect|get hold of|hold',
                     'picking up|grabbing|taking|lifting|grasping|seizing|collecting|holding',
                     'picked up|grabbed|taken|lifted|grasped|collected|held'),
    Intent.PUT_DOWN: (_SMALL, 'put down|set down|lay down|drop|release|let go of|put away',
                      'putting down|setting down|laying down|dropping|releasing|letting go of',
                      'put down|set down|laid down|dropped|released|let go|put away'),
    Intent.BRING: (f'<person:me> {_SMALL}', 'bring|fetch|hand|get|give|pass',
                   'bringing|fetching|handing|getting|giving|passing', ''),
    Intent.RAISE_ARM: ('{anyarm}', 'raise|lift|put up|hold up|stretch up|elevate',
                       'raising|lifting|putting up|holding up|stretching up',
                       'raised|lifted|put up|held up|stretched up'),
    Intent.LOWER_ARM: ('{anyarm}', 'lower|drop|put down|take down|let down|relax',
                       'lowering|dropping|putting down|taking down|letting down|relaxing',
                       'lowered|dropped|put down|taken down|let down|relaxed'),
    Intent.MOVE: ('{way}', 'walk|go|move|step|march|roll', 'walking|going|moving|stepping', ''),
    Intent.TURN: ('{turn_way}', 'turn|rotate|spin|pivot|swivel',
                  'turning|rotating|spinning|pivoting', 'turned|rotated|spun'),
    Intent.WAVE: ('[at|to] {person}', 'wave|wave back', 'waving|waving back', ''),
}
"""What is done with what: plain verbs, those in -ing, and what is then done to it."""
_PLAIN = (
    '[let me watch you|i would love to see you|we want to see you|now you|go and|do] [{0}] {1}',
    "[won't you|aren't you going to|can't you|couldn't you|shouldn't you|why not] [{0}] {1}",
    "[what if you|suppose you|if only you would|if you'd just|if you could just] [{0}] {1}",
    '[what you should do is|what i would do is|what remains is to|all i ask is to] [{0}] {1}',
    '[all right|very well|so|and now|then|next], [{0}] {1}',
    '[may we see you|might i see you|can i watch you|will i see you] [{0}] {1}',
    '[when you are able|once you can|if you are ready|as you are here], [{0}] {1}',
    'you [may|must|should|can] <negation:not> [|ever |just ][{0}] {1}',
    "i <negation:[don't|do not|never]> want you to [{0}] {1}",
    '[so|now|well|but|and|okay] {no} [ever |just |simply |even |][{0}] {1}')
_DOING = (
    '[begin|consider|think about|get busy|go about|set about|have a go at|practise] [{0}] {1}',
    'i [suggest|recommend|propose|was thinking of|insist on|would appreciate you] [{0}] {1}',
    '[{0}] {1} [is what you should do|is your job|comes next|would be great|is the plan]',
    '[now for|time for|what do you say to|any objection to|next comes] [{0}] {1}',
    '<negation:no> [{0}] [of |]{1} [please|now|for now|today|]')
_DONE = (
    '{1} [ought to|is to|needs to|has to|will|should now] be [{0}]',
    '[can|could|may|will|might] {1} be [{0}]',
    '[make sure|take care|see] that {1} [is|gets] [{0}]',
    "[i'd like to see|i want to see|let me have|we want] {1} [{0}]")
_FAST = 'fast|quick|quickly|speedy|swift|swiftly|rapid|rapidly|hasty|brisk|hurried'
_SLOW = 'slow|slowly|sluggish|leisurely|unhurried|sleepy|lazy|tardy|plodding'
_SPEED = 'speed|pace|tempo|velocity|rate|rhythm|walking speed'
_UP = ('increase|raise|lift|boost|push up|turn up|double|ramp up|step up|scale up|crank up'
       '|jack up|bump up|improve')
_DOWN = ('reduce|cut|lower|drop|decrease|halve|bring down|take down|turn down|curb|tone down'
         '|scale back|cut back|throttle|slash|trim')
_DONE_LAST = ('that|it|this|what you did|what you just did|the last action|the last move|all that'
              '|the last command|the last step|your last action|the previous move|your latest move'
              '|everything you did|that last bit|the thing you just did')


def _of_verbs(intent: Intent) -> tuple[str, ...]:
    what, plain, doing, done = _VERBS[intent]
    return tuple(frame.replace('{0}', verbs).replace('{1}', what)
                 for frames, verbs in ((_PLAIN, plain), (_DOING, doing), (_DONE, done)) if verbs
                 for frame in frames)


def _of_speed(towards: str, away: str, change: str, comparative: str,
              opposite: str) -> tuple[str, ...]:
    """Return ways to ask for one speed, by words for it and words for the other."""
    return (
        f'[less|not as|not too|a bit less|far less|a lot less|slightly less] [{away}]',
        f'[far|a bit|rather|quite a bit|a little] too [{away}]',
        f'[this|it|your walk|your way of walking] [is|feels|looks|seems] too [{away}] [|to me]',
        f'[be|act|work|try to be|become|do it] [more|a bit more|rather] [{towards}]',
        f'[more|rather|as] [{towards}] [|than before|than that|than now|if you can]',
        f'[{change}] [your|the|that] [{_SPEED}]',
        f'[{change}] [your|the|that] [{_SPEED}] [a bit|a little|some|somewhat|a lot|by half]',
        f'{comparative}[, much {comparative}| than this| by half| still| and {comparative}]',
        f'[i like it|i prefer it|i want it|it has to be|it should be] [{comparative}]',
        f'[why are you|you are|you seem] so [{away}]',
        f'[not {opposite} but|rather|even|still|always] {comparative}')


def _of_last(verbs: str, doing: str, done: str) -> tuple[str, ...]:
    """Return ways to ask for something about what was done last."""
    return (
        f'[{verbs}] [{_DONE_LAST}]', f'[{verbs}] [{_DONE_LAST}]',
        f"[i'd like to see you|can you|won't you|what if you|so,] [{verbs}] [{_DONE_LAST}]",
        f'[consider|think about|i suggest|now for|time for] [{doing}] [{_DONE_LAST}]',
        f'[{_DONE_LAST}] [ought to|needs to|has to|should now|will] be [{done}]',
        f'[i want|i need|get|have] [{_DONE_LAST}] [{done}]')


COMMANDS = MappingProxyType({
    **{intent: _of_verbs(intent) for intent in _VERBS},
    Intent.FASTER: _of_speed(_FAST, _SLOW, _UP, 'faster', 'slower'),
    Intent.SLOWER: _of_speed(_SLOW, _FAST, _DOWN, 'slower', 'faster'),
    Intent.REPEAT: _of_last('repeat|redo|replay|rerun|do over', 'repeating|redoing|replaying',
                            'repeated|redone|replayed|done again|done once more|shown again'),
    Intent.UNDO: _of_last('undo|revert|cancel|roll back|retract|revoke|unmake|erase',
                          'undoing|reverting|cancelling|rolling back|retracting|revoking',
                          'undone|reverted|cancelled|rolled back|retracted|revoked|erased')})
