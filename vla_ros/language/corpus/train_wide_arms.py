"""Templates for training: idioms and roundabout ways to ask for gestures."""
from types import MappingProxyType

from vla_ros.language.corpus.slots import lines
from vla_ros.language.meaning import Intent

COMMANDS = MappingProxyType({intent: lines(text) for intent, text in {
    Intent.POINT_AT: """
        [i'd like|i want|i need] {thing} [pointed out|shown with your <limb:[finger|hand]>]
        [would you mind|try|start|how about] [pointing out|indicating|pointing towards] {thing}
        [any chance|is there a chance] you could point [at|to] {thing}
        [let's|let us] see which is {thing}, point [at|to] it
        [use|take] your <limb:[finger|hand|arm]> to [show|indicate|mark|pick out] {thing}
        [put|place|set] your <limb:[finger|arm]> in the direction of {thing}
        [stretch|hold|stick] [out |]{side} {limb} [out |]and point [at|to] {thing}
        [give|draw] [my|our] attention to {thing} with your <limb:[hand|finger]>
        [call out|identify|show us|reveal] {thing} with a <limb:[finger|hand]>
        [line|level] {side} {limb} [up |]with {thing}
        [guide|direct] my eyes to {thing} with your <limb:[hand|finger]>
        [show|tell] [me|us] with your <limb:[finger|hand|arm]> which [one |]is {thing}
        {thing}, [point at it|point to it|show it with your <limb:hand>]
        {thing} [should|must] be pointed [at|to|out]
        {side} <limb:[finger|arm|hand]> [towards|at] {thing}
        [single|make] out {thing} for [me|us] with your <limb:[finger|hand]>
        {no} [point out|gesture at|show with your <limb:finger>] {thing}
        point {it} out
        [orient|turn] {side} {limb} [towards|to] {thing}
        point [over there|straight] [to|at] {thing}
        """,
    Intent.WAVE: """
        [i'd like|i want|i need] a [friendly |big |little |]wave [from you|for {person}|]
        [would you mind|try|start|how about] waving [|at {person}|to {person}|with {side} {limb}]
        [any chance|is there a chance] [of a wave|you could wave] [|to {person}]
        [let's|let us] wave [|to {person}|at {person}]
        [flutter|flail|rock|jiggle|waggle] {side} {limb} [|to say hello|at {person}]
        [move|rock|swing] {side} {limb} [left and right|side to side|back and forth] to greet
        [signal|motion] [hello|goodbye|hi] to {person}
        [signal|motion] to {person} [with a wave|by waving|with {side} {limb}]
        [do|give|make|try] [hello|goodbye|a greeting|a hello] with {side} {limb}
        [send off|see off|receive] {person} with a wave
        [show|let] {person} [you are friendly|some love] with a wave
        [hello|hi|goodbye] to {person}, with a wave
        [tell|wish] {person} [hello|goodbye|good day] with {side} {limb}
        [there comes|here comes|look, there is] {person}, [wave|say hello|greet]
        {person} [is waving|has come|is leaving], wave [back|]
        wave [like crazy|a little|as if you meant it|cheerfully|kindly]
        wave [|at {person}|to {person}] {times} with {side} {limb}
        [attract|get|catch] {person}'s attention [with a wave|by waving]
        [be friendly|be kind|show respect], wave [|to {person}]
        [say your|make your] [greeting|goodbyes|hellos] [to {person}|] with {side} {limb}
        [hand|arm] waving [|please|to {person}]
        {no} [flap|wag|swing] {side} {limb} at {person}
        {no} [bid|wish|motion] {person} [hello|goodbye]
        [salute|greet|hail|welcome] [everyone|all of us|us] with {side} {limb}
        """,
    Intent.RAISE_ARM: """
        [i'd like|i want|i need] {anyarm} [elevated|in the air|above your head|stretched up]
        [could|can] we have {anyarm} [raised|lifted|in the air|<direction:up>]
        [would you mind|try|start|how about] [putting|holding|lifting] {anyarm} <direction:up>
        [any chance|is there a chance] you could [raise|lift] {anyarm}
        [let's|let us] [raise|lift|have] {anyarm} [|<direction:up>]
        {anyarm} [above|over] your head
        {anyarm} [high|higher|all the way <direction:up>|to the <direction:[sky|ceiling]>]
        [hands|arms] <direction:up> [everybody|now|, this is a robbery]
        [bring|swing|get|move] {anyarm} [above|over|up over] your [head|shoulders|shoulder]
        [hold|keep|put|stick|thrust] {anyarm} [high|in the air|aloft|overhead|above you]
        [jack|boost|crank|pull|heft] {anyarm} <direction:up>
        [aim|direct|stretch] {anyarm} at the <direction:[ceiling|sky]>
        [touch|reach] the <direction:[ceiling|sky]> with {anyarm}
        [make|cause|get] {anyarm} [go|rise|point] <direction:[up|upwards]>
        {anyarm} [wants|ought|is] to [go <direction:up>|be raised|be lifted]
        [volunteer|vote] by raising {anyarm}
        [show|give] me {anyarm} [raised|lifted|in the air]
        [|the ]raising of {anyarm}
        {no} [reach|point] <direction:up> with {anyarm}
        {no} [elevate|hoist|stretch] {anyarm}
        {no} let {anyarm} [go|come] <direction:up>
        [surrender|reach for the stars], {anyarm} <direction:up>
        [lift|raise] {anyarm} [from your side|to shoulder height|to your shoulder|to the top]
        """,
    Intent.LOWER_ARM: """
        [i'd like|i want|i need] {anyarm} [relaxed|at rest|by your side|hanging|lower]
        [could|can] we have {anyarm} [lowered|relaxed|<direction:down>]
        [would you mind|try|start|how about] [putting|taking|bringing] {anyarm} <direction:down>
        [any chance|is there a chance] you could lower {anyarm}
        [let's|let us] [lower|drop|rest] {anyarm}
        {anyarm} [at|by|to] [rest|your hips|the hips|your thighs]
        {anyarm} [low|lower|all the way <direction:down>|to the <direction:[floor|ground]>]
        [bring|swing|get|move|sink] {anyarm} [back to|below|to] your [hip|hips|waist|thigh]
        [stop|quit|no more] holding <direction:up> {anyarm}
        [stop|quit|cease] [raising|lifting] {anyarm}
        [dangle|sag|flop|slump|loosen] {anyarm} [|<direction:down>|at your side]
        [guide|slide|press] {anyarm} <direction:down> [|{speed}|again]
        [aim|direct|point] {anyarm} at the <direction:[floor|ground]>
        [make|cause|get] {anyarm} [go|point|hang] <direction:[down|downwards]>
        {anyarm} [wants|ought|is] to [go <direction:down>|be lowered|come <direction:down>]
        [there is no need|it is not necessary] to hold <direction:up> {anyarm}
        {anyarm} can [rest|come <direction:down>|hang|relax] [|now|again]
        [|the ]lowering of {anyarm}
        {no} [hang|dangle|ease] {anyarm}
        {no} let {anyarm} [drop|fall|hang]
        [lower|drop] {anyarm} [from there|to hip height|to your hip|until it hangs]
        [give|allow] {anyarm} [a rest|some rest]
        """,
}.items()})
