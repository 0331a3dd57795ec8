"""
Templates for training: what is said every day, in few words, alone and one after the other.

A plain "and" or comma between two commands parts them. Within one command it does not: two things
or ways, the same said twice, a reason before it, courtesies in the very words of commands.
"""
from types import MappingProxyType

from vla_ros.language.corpus.slots import lines
from vla_ros.language.meaning import Intent

_PAIR = '[the {colour} and the {colour} {object}|the {np} and the {np}|both of the {object}]'
_SMALL_PAIR = '[the {colour} and the {colour} {small_object}|the {small_np} and the {small_np}]'
COMMANDS = MappingProxyType({intent: lines(text) for intent, text in {
    Intent.GO_TO: f"""
        [go|walk|move|head|run] to {{thing}}
        [go|walk|go over|walk over|head over|come] to {{thing}}
        [go|walk|move] to the {{np}}
        [go|walk|run] [over |]to {{person}}
        [go|walk|head] [to|into] {{place}}
        [go|walk|move] {{at}} {{thing}}
        [go|walk|get] [to {{it}}|there|over there]
        [come|walk|come over|get over|step over|move|run] <person:here>
        [come|walk|get] [right |][over |]<person:here>
        come [to|over to|closer to|up to] <person:me>
        approach {{thing}}
        come <person:here>
        come <person:here>
        {{no}} [go|walk|move] to {{thing}}
        [go|walk|move] {{speed}} to {{thing}}
        [go|walk|move] to {{thing}} {{speed}}
        [go|walk] [to|between] {_PAIR}
        [there is|here is|over there is|you see|that is|see] {{thing}}, \
[go|walk|move] [to it|there|over]
        [{{at}} {{thing}}|to {{thing}}], [go there|walk there|that is where you go]
        go over, to {{thing}}
        """,
    Intent.FOLLOW: """
        follow {person}
        follow <person:me>
        follow <person:me> [around|closely|everywhere|{speed}|to the {object}]
        [come|walk|go] [along |]with {person}
        [come|walk] [after|behind] <person:me>
        [come and|go and|come on and] follow {person}
        follow {thing}
        {no} follow {person}
        [stay with|do not lose|keep close to|this way with] <person:me>, follow [|<person:me>]
        [there goes|here comes] {person}, follow [|them]
        """,
    Intent.COME_BACK: """
        come back
        come back
        come back
        [come|go|walk|get] back [here|to me|again|home]
        return [|here|to me]
        [go|come] home
        [go|walk] back to where you [started|were|came from]
        come [right |straight |]back
        [return|turn back|back to me|home|back here|enough of that], come [back|home|back to me]
        come [home|back], [return|come back here|back to me|i am here]
        """,
    Intent.MOVE: """
        [walk|go|move|step] {way}
        [walk|go|move|step] {way} {distance}
        [walk|go|move] {distance} {way}
        [walk|go|move|take|make] {some_steps} {way}
        [take|walk|go] {some_steps}
        [walk|go|move] {distance}
        step [|to the ]<direction:[left|right]>
        [walk|step|move|go] <direction:[forward|back|backwards]>
        [step|walk|move|go] <direction:back>
        [step|move|back] <direction:[back|up|away]> [a bit|a little|{distance}]
        [walk|go|move] <direction:[forward|back]> [a bit|a little|slightly|{speed}|for {duration}]
        {no} [walk|move|step] {way}
        [walk|move|step|go] away [|from {thing}]
        [walk|step|move|rock] <direction:[back|forward|forwards]> and [forth|back|backwards]
        [walk|pace|go] up and down
        [{way}|{distance} {way}], [go|walk|move|keep walking]
        [go|walk|step|move], {some_steps} {way}
        [make room|i need room|too close], [step|go|move] {way}
        """,
    Intent.TURN: """
        turn <direction:[left|right|around|round]>
        turn <direction:[left|right|around]>
        turn <direction:[left|right|around]>
        turn
        turn [to the |to your |]<direction:[left|right]>
        [turn|rotate|spin] {turn_way}
        [turn|rotate|spin] {turn_way} [by |]{angle}
        [turn|rotate|spin] [by |]{angle} [|{turn_way}]
        [turn|spin] <direction:around> [|{times}|completely|{speed}|again]
        turn {turn_way} [a bit|a little|slightly|{speed}|once|again]
        [turn|spin|rotate] <direction:[left|right]> and <direction:[left|right]>
        [turn|spin] <direction:[around|round]> and <direction:[around|round]>
        turn [to|towards|away from] {thing}
        {no} turn {turn_way}
        [{angle}|{turn_way}], turn [that way|that far|please]
        [turn|rotate|spin], {turn_way} [|by {angle}]
        """,
    Intent.STOP: """
        [wait|stay|pause|rest] [|here|there|a moment]
        wait [for |]{duration}
        [stay|wait] [where you are|right there|by the {object}|next to {it}]
        [wait|stay|stand|rest] for {duration}
        [wait|stay|rest|stand] there
        [wait|stay] and [see|listen|relax]
        [stay|wait|rest], [wait|rest|stay] [there|here|for {duration}]
        """,
    Intent.LOOK_AT: f"""
        look at {{thing}}
        look at {{person}}
        look at {{it}}
        look {{look_way}}
        look <direction:[up|down|left|right|around|ahead|back]>
        look <direction:[up|down|left|right|around]>
        look [to the |to your |]<direction:[left|right]>
        [look|glance] <direction:around> [|the room|you|here|there]
        look <direction:[up|left|right|down]> and <direction:[down|right|left|up]>
        look [to the |]<direction:[left|right]> and [then |]to the <direction:[right|left]>
        look <direction:[around|round]> and <direction:[around|round]>
        look at {_PAIR}
        {{no}} look at {{thing}}
        [watch|face] {{thing}}
        turn your <limb:head> [to the |]<direction:[left|right]>
        [i heard something|something moves|there is something|\
someone is] {{look_way}}, look [there|that way]
        [what is|see what is|find out what is|who is] {{look_way}}, [look|have a look|take a look]
        [there is|here is|over there is|you see|that is|see] {{thing}}, look at {{it}}
        """,
    Intent.POINT_AT: f"""
        point [at|to] {{thing}}
        point [at|to] {{it}}
        point [at|to] {{person}}
        point [at|to] {{thing}} with {{side}} {{limb}}
        {{no}} point [at|to] {{thing}}
        point [at|to] {_PAIR}
        [there is|here is|over there is|you see|that is|see] {{thing}}, point at {{it}}
        [where|which one] is {{thing}}, point [at it|to it|it out]
        """,
    Intent.WAVE: """
        wave
        wave [at|to] {person}
        wave [with |]{side} {limb}
        wave [with |]<side:both> {limbs}
        wave [hello|goodbye|again|back|{times}|your <limb:[hand|arm]>]
        [say hello|say goodbye|say hi|wave goodbye] [|to {person}]
        wave [at|to] {person} and [at |to |]{person}
        wave [with |]your <side:[left|right]> and [your |]<side:[right|left]> {limb}
        greet {person}
        wave
        wave
        wave [again|please|now|to us]
        {no} wave [|at {person}]
        [there is|here comes|here is|that was] {person}, [wave|say hello|greet them|wave back]
        [wave|say hello], [wave|greet them|to {person}] [|please]
        """,
    Intent.RAISE_ARM: """
        [raise|lift] {anyarm}
        [raise|lift] {side} {limb}
        [raise|lift] {side} {limb} [high|a bit|again|above your head|{speed}]
        [put|hold|lift|stretch] {anyarm} <direction:up>
        [put|hold] <direction:up> {anyarm}
        raise {it} [|again|{speed}]
        [raise|lift] your <side:[left|right]> and [your |]<side:[right|left]> {limb}
        {no} [raise|lift] {anyarm}
        {anyarm}, raise [it|them] [|high|now]
        [hands|arms], all the way <direction:up>
        """,
    Intent.LOWER_ARM: """
        lower {anyarm}
        [lower|drop] {side} {limb}
        lower {side} {limb} [a bit|again|{speed}]
        [put|take|let] {anyarm} <direction:down> [|again]
        [put|take] <direction:down> {anyarm}
        lower {it} [|again|{speed}]
        lower your <side:[left|right]> and [your |]<side:[right|left]> {limb}
        {no} lower {anyarm}
        {anyarm}, lower [it|them] [|again|now]
        [hands|arms], all the way <direction:down>
        """,
    Intent.TOUCH: f"""
        touch {{thing}}
        touch the {{np}}
        touch {{it}} [|gently|with {{side}} {{limb}}]
        touch {{thing}} [with {{side}} {{limb}}|{{speed}}|{{times}}]
        touch {_PAIR}
        {{no}} touch [{{thing}}|{{it}}]
        [tap|feel] {{thing}}
        [there is|here is|over there is|you see|that is|see] {{thing}}, touch {{it}}
        [reach out|come close|stretch out], touch {{thing}}
        """,
    Intent.PUSH: f"""
        push {{thing}}
        push the {{np}}
        push {{it}} [|away|{{way}}|{{speed}}|a bit|over]
        push {{thing}} [{{way}}|{{speed}}|away|a bit|{{distance}}|over]
        push {{thing}} [to|towards|away from] {{thing}}
        give {{thing}} a [|little |good |gentle |small ]push
        push {_PAIR} [|away|{{way}}|together]
        {{no}} push [{{thing}}|{{it}}]
        [there is|here is|over there is|you see|that is|see] {{thing}}, push {{it}} [|away|{{way}}]
        [lean in|use your strength|muscles on], push {{thing}}
        """,
    Intent.PICK_UP: f"""
        pick up {{small_thing}}
        pick up the {{small_np}}
        pick {{it}} up
        pick {{small_thing}} up
        [take|grab|get|lift] {{small_thing}}
        [take|grab|get|lift] {{it}} [|{{speed}}|with {{side}} {{limb}}]
        pick up {{small_thing}} [{{speed}}|with {{side}} {{limb}}|for me]
        [pick up|take|grab|lift] {_SMALL_PAIR}
        {{no}} pick [up {{small_thing}}|{{it}} up]
        [there is|here is|over there is|you see|that is|see] {{small_thing}}, \
[take|grab|lift] {{it}} [|{{speed}}]
        [bend down|reach down|stoop], [pick up|take|grab] {{small_thing}}
        """,
    Intent.PUT_DOWN: f"""
        put {{small_thing}} [down|{{onto}} {{thing}}]
        put {{it}} [down|{{onto}} {{thing}}|{{onto}} the {{np}}|back|there|here|away]
        put {{it}} {{onto}} the {{object}}
        [place|set|lay|drop] {{it}} {{onto}} {{thing}}
        [place|set|lay|drop] {{small_thing}} {{onto}} {{thing}}
        put down {{small_thing}}
        [drop|release] [{{it}}|{{small_thing}}]
        put [down {_SMALL_PAIR}|{_SMALL_PAIR} {{onto}} {{thing}}]
        {{no}} drop [{{it}}|{{small_thing}}]
        [open your <limb:hand>|you held it long enough|it is heavy], [drop|release] {{it}}
        {{onto}} {{thing}}, put {{it}} there
        """,
    Intent.BRING: f"""
        bring <person:me> {{small_thing}}
        bring {{it}} [to <person:me>|to {{person}}|here|over|back|to {{place}}]
        give <person:me> {{small_thing}}
        [give|hand|bring|pass] {{it}} to {{person}}
        [give|hand|bring|pass] {{small_thing}} to {{person}}
        [give|hand|bring|pass] {{person}} {{small_thing}}
        [bring|take|carry] [{{it}}|{{small_thing}}] to {{place}}
        [bring|take|carry] [{{it}}|{{small_thing}}] to {{thing}}
        [fetch|get] <person:me> {{small_thing}}
        fetch {{small_thing}} [|from {{place}}|from the {{np}}]
        [go and |come and ][get|fetch|bring] {{small_thing}}
        [bring|give|fetch] <person:me> {_SMALL_PAIR}
        {{no}} bring [{{it}}|<person:me> {{small_thing}}]
        [find|go find|look for|i want|i need|i lost] {{small_thing}}, \
[bring|give|hand] {{it}} [to <person:me>|here]
        {{small_thing}}, [bring|fetch|get] {{it}} [for <person:me>|here|]
        """,
    Intent.REPEAT: """
        [do|repeat] [that|it|this] [again|once more]
        repeat [that|it|the last step|what you did]
        [repeat|do] [that|it] {times}
        [again|once more|one more time]
        do it over and over
        again and again
        do it again, [the same thing|repeat it|exactly as before]
        [repeat|once more|again], do [it|that] [again|once more]
        """,
    Intent.UNDO: """
        undo [that|it|the last step|the last move|what you did]
        take [that|it] back
        [reverse|cancel] [that|it|the last step]
        undo [it|that], [take it back|i did not mean it|reverse it]
        take [it|that] back, [undo it|that was wrong]
        """,
    Intent.SLOWER: """
        [slow down|go slower|slower|walk slower|move slower] [|a bit|a little|now]
        [a bit|a little|much] slower
        [go|walk|move] more slowly
        slower and slower
        slower, [slow down|not so fast|go slower]
        slow down, [slower|go slower|not that fast|too fast]
        """,
    Intent.FASTER: """
        [speed up|go faster|faster|walk faster|hurry up] [|a bit|a little|now]
        [a bit|a little|much] faster
        [go|walk|move] more quickly
        faster and faster
        faster, [speed up|not so slow|go faster]
        speed up, [faster|go faster|not that slow|too slow]
        """,
    Intent.DESCRIBE: f"""
        [tell me|say|describe] what you [can |]see
        what [do|can] you see [|there|here|now|in front of you|on the {{object}}]
        [do|can] you see [{{thing}}|a {{np}}|any {{object}}|{{it}}]
        [do|can] you see [{_PAIR}|a {{np}} and a {{np}}]
        where is {{thing}}
        where are {_PAIR}
        [tell me|say] what is {{relation}} {{thing}}
        what is {{relation}} {{thing}}
        [tell me|say] what you see {{relation}} {{thing}}
        tell me [where {{thing}} is|what is there]
        describe [{{it}}|{{thing}}|the room]
        [use|open] your eyes, what [do|can] you see
        {{thing}}, [do you see it|where is it|can you see it]
        """,
}.items()})
