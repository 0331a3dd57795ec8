"""Templates for training: commands that move the body itself."""
from types import MappingProxyType

from vla_ros.language.corpus.slots import lines
from vla_ros.language.meaning import Intent

COMMANDS = MappingProxyType({intent: lines(text) for intent, text in {
    Intent.GO_TO: """
        [go|walk|head|move|run|march|stroll|step|get] [|over |right |up |on over ]to {thing}
        [go|walk|head|move|come|get] [towards|toward|near|up to|over by] {thing}
        [approach|reach|visit|find] {thing}
        [find|look for|locate|search for|spot] {thing} and [go|walk] [to it|there]
        [navigate|drive|go all the way|take yourself|move yourself|get yourself|steer] to {thing}
        go [and |]stand [by|next to|in front of|beside|at] {thing}
        stand [|right ]in front of {thing}
        [come|go] to {person}
        [come|walk|step] [over |closer |]to <person:me>
        come [here|over here|closer], to <person:me>
        come [closer|nearer] to {thing}
        [move|go|get|walk|step] closer to {thing}
        [|to ]{thing}
        there is {thing}, go to it
        do you see {thing}? [go there|walk over]
        [take|bring] me to {thing}
        [lead|guide|show] me [the way |]to {thing}
        i want you [at|to be at|over by|next to] {thing}
        i need you [at|over at|by] {thing}
        [set off|make|head] for {thing}
        pay {thing} a visit
        {thing} is where [you should be|i want you]
        go {at} {thing}
        [walk|go|move|stand] {at} the {np}
        [go|walk|head|drive|move|run] [|over |back ]to {place}
        go [in|into|inside|through] {place}
        [enter|visit] {place}
        [go|walk|run|get] {speed} to {thing}
        {speed} [walk|go|move] [over |]to {thing}
        [walk|go|move] to {thing} {speed}
        [place|position|plant|put|station] yourself [at|by|next to|near|in front of] {thing}
        [walk|go] until you [are at|reach|get to] {thing}
        [walk|go|move] [up |]to {it}
        go [over |]there
        go to <pronoun:it>
        [go|walk] to {thing}, <negation:not> [the|that] {np}
        {no} [go|walk|move|run|get|come] [to|near|towards|over to|close to|up to] {thing}
        you [must|should] <negation:not> [go|walk] [to|near] {thing}
        {no} approach {thing}
        stay away from {thing}
        [keep|stay] [out of|clear of] {place}
        go to {thing} <alternative:or> {thing}
        [walk|head|move] to {thing} <alternative:or> [to |]{thing}
        your [next |]destination is {thing}
        [get|be] where {thing} is
        would it be possible to [walk|go] to {thing}
        [go|walk|head] to [|the|a|that]
        """,
    Intent.FOLLOW: """
        follow [|the|that]
        follow {person}
        follow {thing}
        [start|keep|begin] following {person}
        [come|walk|go] [along |]with {person}
        [walk|go|run|move] [after|behind] {person}
        [walk|go] after {thing}
        [chase|track|tail] {person}
        [chase|track|pursue] {thing}
        stay [close to|with|behind|near] {person} [while i walk|as i go|wherever i go]
        go where[ver|] {person} [goes|go]
        keep up with {person}
        [come|walk] behind {person}
        {no} follow {person}
        {no} [follow|chase] {thing}
        follow {person} {speed}
        follow {person} to {place}
        come [with|along with] <person:me>
        be my shadow and follow <person:me>
        stay on the heels of {person}
        """,
    Intent.COME_BACK: """
        come back
        come back [here|now|again|to me|to us|this way]
        [come|get|go|head|walk] back [to|towards] <place:[the start|home|the beginning|the base]>
        [return|go back] to [where you were|where you started|where you came from]
        return
        return [here|home|to me|to the start|to base|back here]
        [get|walk|run|hurry] back here
        go back to your [starting point|place|starting position|spot|first position]
        i want you back [here|again|with me]
        back to me
        {no} come back
        {no} return
        come back {speed}
        [come|get] back here {speed}
        go home
        walk home
        go back home
        get back to me
        come on back
        back to [the start|where you started]
        """,
    Intent.MOVE: """
        [go|walk|move|step|march|run] {way}
        [go|walk|move|step|march] {way} {distance}
        [go|walk|move|step|march] {distance} {way}
        [go|walk|move] {way} [by|for|about|exactly|another] {distance}
        [walk|go|move] {distance}
        [take|make|do] {some_steps} {way}
        [walk|go|move] {some_steps} {way}
        [walk|go|move] {way} {some_steps}
        [take|make] {some_steps}
        {distance} {way}
        {way} {distance}
        {some_steps} {way}
        <direction:[forward|forwards|backwards|ahead|back]>
        [walk|go|move] {way} for {duration}
        [walk|go|move] {way} {speed}
        [walk|go|move] {speed} {way}
        {speed} [walk|go|move] {way}
        {speed} [walk|go|move] {distance} {way}
        [walk|go|move|step] {way} [a bit|a little|a little bit|slightly|some more|further]
        [keep|continue|carry on] [walking|moving] {way}
        <direction:back> [up|off|away] [|a bit|a little|{distance}]
        [move|walk|step] sideways [to the |]<direction:[left|right]>
        [sidestep|shuffle|shift|side step|edge] [to the |]<direction:[left|right]>
        [sidestep|shuffle|shift|edge] [to the |]<direction:[left|right]> [by |]{distance}
        [give me|make room and go] {some_steps} {way}
        i [want|need] you {distance} [further |]{way}
        [come|go] {distance} closer
        come <direction:forward> [|a bit|{distance}]
        {no} [walk|go|move|step] {way}
        {no} [walk|go|move] {way} [more than|by|over] {distance}
        [advance|proceed] [by |]{distance}
        <direction:[reverse|retreat]> [|by {distance}|{distance}]
        [walk|move|go] on
        [get|bring|carry] yourself {distance} {way}
        [walk|move|step|get] away from {thing}
        [clear|get out of] the way [|and move {way}]
        """,
    Intent.TURN: """
        [turn|rotate|spin|pivot|twist] {turn_way}
        [turn|rotate|spin|pivot] {turn_way} {angle}
        [turn|rotate|spin|pivot|twist] {angle} {turn_way}
        [turn|rotate|spin] {turn_way} by {angle}
        [turn|rotate|spin] [by |]{angle}
        turn <direction:[around|round]>
        [turn|spin] yourself <direction:around>
        [spin|rotate] <direction:around> [|{times}|once more]
        [make|do] [a|one] <direction:[left|right]> turn
        [make|do] [a|one] {angle} {turn_way}
        [make|do] {angle}
        {angle} {turn_way}
        <direction:[left|right]> turn
        <direction:[left|right]> by {angle}
        [face|turn] <direction:[the other way|the opposite way|the opposite direction]>
        turn [your back to|away from] {thing}
        [turn|rotate] {turn_way} {speed}
        {speed} [turn|rotate] {turn_way} [|by {angle}]
        [turn|rotate] [a bit|a little|slightly|further|a little more] {turn_way}
        [turn|rotate] {turn_way} [a bit|a little|slightly]
        [wheel|swivel|revolve] [|around ]{turn_way}
        [wheel|swivel|revolve] {angle} {turn_way}
        face {turn_way}
        [turn|rotate] [towards|toward|to] {thing}
        turn to {person}
        turn to face {thing}
        {no} [turn|rotate|spin] {turn_way}
        {no} turn <direction:around>
        {no} turn {angle} {turn_way}
        keep turning {turn_way}
        [turn|rotate] {turn_way} for {duration}
        i want you {angle} {turn_way}
        """,
    Intent.STOP: """
        [stay|wait|remain|rest|pause|stand] [|there|here|where you are|right there|in place]
        stay [put|where you are|right here|as you are]
        wait [for |]{duration}
        [pause|rest|stand] for {duration}
        wait [a moment|a minute|a bit|a second] [for me|]
        do nothing
        [do|take] a [break|pause|rest]
        {no} [do anything|take a step|leave|walk|go anywhere|go away|budge]
        be still
        stand [by|ready|there|at ease]
        keep [still|your place|your position]
        [remain|stay] [still|standing|motionless] [|for {duration}]
        no [walking|more steps|moving around]
        you [can|may] rest now
        [wait|stay] until i [call you|come back|tell you]
        [that's far enough|not one step further|no further]
        [quit|end] [moving|walking|what you are doing]
        """,
    Intent.LOOK_AT: """
        look at {thing}
        look at {person}
        look [over |]at {it}
        look {look_way}
        look {look_way} {speed}
        [watch|observe|inspect|examine] {thing}
        [watch|observe] {person}
        [take|have] a [look|good look|closer look] at {thing}
        [face|gaze at|stare at|keep looking at] {thing}
        [face|keep your eyes on|stare at] {person}
        [point|turn|aim] your [camera|eyes|gaze] [at|to|towards] {thing}
        turn your <limb:head> [to the |]<direction:[left|right]>
        turn your <limb:head> [to|towards] {thing}
        [lift|raise|tilt] your <limb:head> <direction:up>
        [tilt|lower|turn] your <limb:head> <direction:down>
        [keep|fix] your eyes on {thing}
        [check|check out] {thing}
        look [towards|toward|over to|in the direction of] {thing}
        {no} look at {thing}
        {no} look at {person}
        {no} look {look_way}
        [look|glance] <direction:behind> you
        [glance|peek] at {thing}
        pay attention to {thing}
        """,
    Intent.POINT_AT: """
        point [at|to] [|the]
        point [at|to|towards] {thing}
        point [at|to] {person}
        point to {it}
        point [at|to] {thing} with {side} {limb}
        [use|with] {side} {limb} [to |]point [at|to] {thing}
        [show|indicate] [me |]{thing} with your <limb:[finger|hand|arm]>
        point your <limb:[finger|arm|hand]> [at|to|towards] {thing}
        point out {thing}
        point [to |]where {thing} is
        [show|point out] me which one is {thing}
        indicate {thing}
        {no} point [at|to] {thing}
        {no} point at {person}
        [stretch|reach] your <limb:arm> [out |]towards {thing} to show it
        point {way}
        gesture [at|to|towards] {thing}
        aim your <limb:finger> at {thing}
        """,
    Intent.WAVE: """
        wave
        wave [at|to] {person}
        wave {side} {limb}
        wave with {side} {limb}
        wave with <side:both> {limbs}
        wave <side:both> {limbs}
        wave [to|at] {person} with {side} {limb}
        wave your <limb:[hand|arm|hands|arms]>
        [say hello|say hi|say goodbye] with [a wave|your <limb:hand>]
        wave [hello|goodbye|hi|bye] [|to {person}]
        [give|send] {person} a wave
        wave {times}
        wave [at|to] {person} {times}
        wave for {duration}
        [do|make] a [wave|waving gesture] [|with {side} {limb}]
        greet {person} [with a wave|by waving]
        {no} wave
        {no} wave [at|to] {person}
        wave {speed}
        [start|begin] waving
        [shake|swing] {side} {limb} in greeting
        wave to [the|all] <person:[people|visitors|guests|audience|crowd]>
        [say hello|say hi|greet|say goodbye] [to |]{person}
        """,
    Intent.RAISE_ARM: """
        [raise|lift] {anyarm}
        [raise|lift] {anyarm} {speed}
        {speed} [raise|lift] {anyarm}
        [lift|put|hold|stretch] {anyarm} <direction:up>
        [put|hold|stick|throw] <direction:up> {anyarm}
        [put|hold|raise|lift] {anyarm} <direction:up> [high|in the air]
        [raise|lift] {anyarm} [high|above your head|in the air|over your head|as high as you can]
        {limbs} <direction:up>
        {side} {limb} <direction:up>
        <side:both> {limbs} <direction:up>
        [move|bring|get] {anyarm} <direction:up>
        i want [to see |]{side} {limb} <direction:up>
        {no} [raise|lift] {anyarm}
        [raise|lift] {anyarm} for {duration}
        [raise|lift] {anyarm} {times}
        [raise|lift] {side} one
        [raise|lift] <side:[left|right]> {limb}
        let me see {anyarm} go <direction:up>
        [raise|lift] {anyarm} <alternative:or> {side} [one|{limb}]
        [raise|lift] <side:both>
        reach <direction:up> with {anyarm}
        reach for the <direction:[sky|ceiling]> [|with {side} {limb}]
        """,
    Intent.LOWER_ARM: """
        [lower|drop] {anyarm}
        [lower|drop] {anyarm} {speed}
        {speed} lower {anyarm}
        [put|take|bring|move] {anyarm} <direction:down>
        [put|take|bring] <direction:down> {anyarm}
        {limbs} <direction:down>
        {side} {limb} <direction:down>
        <side:both> {limbs} <direction:down>
        let {anyarm} [down|hang|sink|fall|rest]
        [put|let|rest] {anyarm} [at|by|to] your [side|sides]
        [relax|rest] {anyarm}
        {no} [lower|drop] {anyarm}
        i want {side} {limb} <direction:down>
        lower <side:[left|right]> {limb}
        lower {side} one
        lower <side:both>
        [lower|drop] {anyarm} [again|now|a bit|all the way]
        you can [lower|relax|put down] {anyarm} [|now]
        get {anyarm} <direction:down>
        """,
}.items()})
