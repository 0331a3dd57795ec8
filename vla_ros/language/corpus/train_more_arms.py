"""Templates for training: less usual commands to the arms."""
from types import MappingProxyType

from vla_ros.language.corpus.slots import lines
from vla_ros.language.meaning import Intent

COMMANDS = MappingProxyType({intent: lines(text) for intent, text in {
    Intent.POINT_AT: """
        your <limb:arm> should point to {thing}
        {no} aim your <limb:finger> at {thing}
        [i'd like|i want|i need] you to [point to|indicate] {thing}
        [how about|what about] pointing [at|to] {thing}
        [let us|let me] see you point [at|to] {thing}
        [have|let] {side} {limb} point [at|to|towards] {thing}
        {side} {limb} [should|shall|must] [point|be pointing] [at|to] {thing}
        [direct|turn|bring] your <limb:[finger|arm|hand]> [to|towards|at] {thing}
        [pick out|single out|designate] {thing} [with your <limb:[finger|hand]>|by pointing]
        [where|which] is {thing}? [point|show me with your <limb:hand>]
        [start|begin|keep] pointing [at|to] {thing}
        {no} [indicate|point your <limb:finger> at|direct your <limb:arm> at] {thing}
        give me a pointer to {thing} with your <limb:hand>
        [extend|hold out] your <limb:[finger|arm]> [towards|to|in the direction of] {thing}
        [extend|hold out|stretch out] {side} {limb} [towards|to|in the direction of] {thing}
        show with your <limb:finger> where {thing} is
        [show|tell] me where {thing} is by pointing
        {no} [point|gesture] towards {thing}
        signal to <person:me> which is {thing} by pointing
        [point|gesture] in the direction of {thing}
        [can you|try to] point [at|to] {thing}
        [identify|highlight|mark] {thing} [with your <limb:[finger|hand]>|by pointing at it]
        [your|a] <limb:finger> [at|to|towards] {thing}
        [raise|lift] your <limb:arm> to point at {thing}
        let me know which one {thing} is, point at it
        """,
    Intent.WAVE: """
        give us a wave with {side} {limb}
        {no} do any waving
        [i'd like|i want|i need] you to wave [|at {person}|to {person}]
        [how about|what about] [waving|a wave] [|to {person}|at {person}]
        [let us|let me] see [a wave|you wave|some waving]
        {person} [would like|wants|deserves] a wave
        {side} {limb} [should|shall|must] wave
        [have|let|make] {side} {limb} [wave|do a wave]
        [flap|wiggle|wag] {side} {limb} [at {person}|in the air|]
        [a|one] [big|friendly|quick|short] wave [with {side} {limb}|]
        [say|bid] [farewell|hello|good bye] to {person} [by waving|with your <limb:hand>]
        [acknowledge|hail] {person} with a wave
        {no} [say hello|say goodbye|give a wave] to {person}
        [let us see|do|try|how about] a little wave [|to {person}]
        wave back [at|to] {person}
        have {side} {limb} wave [|{times}]
        wave around with {side} {limb}
        {no} wave back
        {no} [greet|wave to] {person}
        [move|swing|flap] {side} {limb} [from side to side|to and fro|in the air] to say [hi|bye]
        [say|tell] [hello|goodbye|hi] to {person} with {side} {limb}
        [welcome|salute] {person} [|with a wave|with {side} {limb}]
        [a wave|one wave] [for|to] {person}
        [can you|try to] wave [|at {person}]
        use {side} {limb} to wave [|at {person}]
        [keep|continue] waving [|for {duration}]
        wave with [one|a] <limb:hand>
        be [nice|polite] and wave [to|at] {person}
        """,
    Intent.RAISE_ARM: """
        send {anyarm} <direction:up>
        {no} send {anyarm} <direction:up>
        [i'd like|i want|i need] you to [raise|lift] {anyarm}
        [i'd like|i want|i need] {anyarm} to [go <direction:up>|be <direction:up>|rise]
        [how about|what about] [raising|lifting] {anyarm}
        {anyarm} [must|shall|goes|go|has to go|needs to be] <direction:up>
        {anyarm} [must|shall|has to] be [raised|lifted]
        [up|upwards] with {anyarm}
        [let us|let me] see {anyarm} [raised|<direction:up>|lifted]
        [get|bring|have] {anyarm} [raised|lifted|to rise]
        [push|lift|thrust|fling|point] {anyarm} [into the air|skyward|towards the <direction:sky>]
        [start|begin] [raising|lifting] {anyarm}
        {no} [move|take|bring] {anyarm} <direction:up>
        [elevate|hoist|uplift] {anyarm} [|{speed}]
        [get|pull] {anyarm} off your side and <direction:up>
        {anyarm} in the air
        {anyarm} <direction:up> [|high|please|now]
        {no} [hold|lift|stretch] {anyarm} <direction:up>
        stretch {anyarm} [towards|to] the <direction:[ceiling|sky]>
        stretch {anyarm} <direction:[upward|upwards]>
        [take|shoot|swing] {anyarm} <direction:up>
        [take|shoot|swing] <direction:up> {anyarm}
        [let|make] {anyarm} [rise|go <direction:up>|come <direction:up>]
        [try to|can you] [raise|lift] {anyarm}
        [i want|i need] {anyarm} [raised|lifted|<direction:up>]
        [raise|lift] {anyarm} [halfway|a bit|higher|all the way|to the top]
        [hold|keep] {anyarm} [high|raised|in the air]
        move {anyarm} <direction:[up|upwards]> {speed}
        """,
    Intent.LOWER_ARM: """
        send {anyarm} <direction:down>
        let {anyarm} relax now
        [i'd like|i want|i need] you to lower {anyarm}
        [i'd like|i want|i need] {anyarm} to [go <direction:down>|be <direction:down>|drop]
        [how about|what about] lowering {anyarm}
        {anyarm} [must|shall|goes|go|has to go|needs to be] <direction:down>
        {anyarm} [must|shall|has to] be lowered
        [down|downwards] with {anyarm}
        [let us|let me] see {anyarm} [lowered|<direction:down>]
        [get|bring|have] {anyarm} [lowered|to drop|to sink]
        [drop|hang|droop|rest] {anyarm} [|by your side|loosely|now]
        [start|begin] lowering {anyarm}
        {no} [move|take|get] {anyarm} <direction:down>
        {no} [relax|rest] {anyarm}
        [bring|move|take|get] {anyarm} back <direction:down>
        [sink|let go down] {anyarm}
        {anyarm} [back |]<direction:down> [|please|now]
        {no} put {anyarm} <direction:down>
        {no} [let|take] {anyarm} [sink|<direction:down>]
        return {anyarm} to [your sides|your side|the side|rest]
        [swing|sweep|push] {anyarm} <direction:down>
        [let|make] {anyarm} [go <direction:down>|dangle|loose|be at rest]
        [try to|can you] [lower|drop] {anyarm}
        [i want|i need] {anyarm} [lowered|<direction:down>]
        [lower|drop] {anyarm} [halfway|completely|to your side]
        [keep|hold] {anyarm} [low|<direction:down>|by your side]
        move {anyarm} <direction:[down|downwards]> {speed}
        {anyarm} [to|by|at] your [side|sides]
        [stop holding|no longer hold] <direction:up> {anyarm}
        """,
}.items()})
