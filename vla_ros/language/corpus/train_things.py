"""Templates for training: commands about things, and about commands."""
from types import MappingProxyType

from vla_ros.language.corpus.slots import lines
from vla_ros.language.meaning import Intent

COMMANDS = MappingProxyType({intent: lines(text) for intent, text in {
    Intent.TOUCH: """
        touch [|the|that]
        touch {thing}
        touch {thing} with {side} {limb}
        touch {it}
        touch {it} with {side} {limb}
        [put|place|lay] your <limb:[hand|finger]> [on|onto] {thing}
        [put|place|lay] {side} {limb} on {thing}
        [tap|pat|feel|stroke] {thing}
        [tap|pat] {it}
        [tap|pat|touch] {thing} {times}
        [reach out and|reach and] touch {thing}
        reach [out |]for {thing} and touch it
        make contact with {thing}
        {no} touch {thing}
        {no} touch {it}
        you [must|should] <negation:not> touch {thing}
        touch {thing} {speed}
        {speed} touch {thing}
        touch {thing} <alternative:or> {thing}
        use {side} {limb} to touch {thing}
        let your <limb:hand> touch {thing}
        lay a <limb:[finger|hand]> on {thing}
        touch [the|my] <limb:[hand|arm]>
        """,
    Intent.PUSH: """
        push [|the|that]
        push {thing}
        push {it}
        push {thing} {way}
        push {thing} {way} [by |]{distance}
        push {thing} {distance} [{way}|]
        push {thing} [away|off|aside|over]
        push {it} [away|aside|off]
        [shove|nudge|press] {thing}
        [shove|nudge] {thing} {way}
        [shove|nudge] {thing} [away|aside|over]
        [give|offer] {thing} a [push|shove|nudge]
        push {thing} with {side} {limb}
        push {thing} with <side:both> {limbs}
        push {thing} [to|towards|against|into|over to] {thing}
        push {thing} {onto} {thing}
        {no} push {thing}
        {no} push {it}
        push {thing} {speed}
        {speed} push {thing}
        [slide|roll] {thing} {way}
        [slide|roll] {thing} [over |]to {thing}
        move {thing} [aside|out of the way]
        use your {limbs} to push {thing}
        push against {thing}
        """,
    Intent.PICK_UP: """
        [pick up|grab] [|the|that]
        pick up {small_thing}
        pick {small_thing} up
        pick {it} up
        [grab|take|grasp|get|lift|seize] {small_thing}
        [grab|take|grasp|get] {it}
        [grab|take|pick up|grasp] {small_thing} with {side} {limb}
        [grab|pick up] {small_thing} with <side:both> {limbs}
        lift [up |]{small_thing} [from the floor|off the floor|off the ground]
        lift {small_thing} up
        [take|get] hold of {small_thing}
        [pick up|grab|take] {small_thing} {speed}
        {speed} [pick up|grab|lift|take] {small_thing}
        {no} [pick up|grab|take|grasp|lift] {small_thing}
        {no} pick {it} up
        [collect|gather up] {small_thing}
        use {side} {limb} to [pick up|grab|take] {small_thing}
        i want you to hold {small_thing}
        hold {small_thing} [in your <limb:hand>|for me|]
        [pick up|take|grab] {small_thing} <alternative:or> {small_thing}
        pick up {thing}
        reach for {small_thing}
        close your <limb:[hand|fingers]> around {small_thing}
        [remove|take] {small_thing} from the {np}
        """,
    Intent.PUT_DOWN: """
        put {small_thing} down
        put down {small_thing}
        put {it} down
        put {it} <relation:[on|in|next to|under|beside|behind]> {thing}
        put {small_thing} {onto} {thing}
        [place|set|lay|drop|leave] {small_thing} {onto} {thing}
        [place|set|lay|drop|leave] {it} {onto} {thing}
        set {small_thing} down
        set {it} down
        set down {small_thing}
        [drop|release] {small_thing}
        [drop|release] {it}
        let go of {small_thing}
        let go of {it}
        [lay|place|put] {small_thing} on the [floor|ground]
        [lay|place|put|set] {it} on the [floor|ground]
        [put|set] {it} down {speed}
        {speed} [put|set] down {small_thing}
        {no} [drop|put down|release|let go of] {small_thing}
        {no} [drop|release] {it}
        let {it} go
        put {small_thing} [back|away]
        put {it} [back|away|here|there|over there]
        put {it} {onto} {place}
        open your <limb:hand> [and let {it} go|and drop {it}]
        drop what you [have|are holding]
        put {small_thing} {onto} {thing} <alternative:or> {onto} {thing}
        """,
    Intent.BRING: """
        bring <person:me> [|the|that]
        bring <person:me> {small_thing}
        bring {small_thing} to {person}
        bring {person} {small_thing}
        bring {it} to {person}
        bring {it} [here|over here|back here]
        bring {small_thing} [here|over here|over]
        [fetch|get] <person:me> {small_thing}
        fetch {small_thing}
        fetch {small_thing} for {person}
        [fetch|get] {it} for {person}
        [give|hand|pass] {person} {small_thing}
        [give|hand|pass] {small_thing} to {person}
        [give|hand|pass] {it} to {person}
        hand {it} over [to {person}|]
        [carry|take|deliver] {small_thing} to {thing}
        [carry|take|deliver] {it} to {thing}
        [carry|take|deliver|bring] {small_thing} to {place}
        [carry|take|deliver|bring] {small_thing} to {person}
        [carry|take|bring] {it} to {place}
        i [want|need] {small_thing} [here|over here|brought to me]
        can i have {small_thing}
        i [would like|'d like] to have {small_thing}
        [let me have|hand over] {small_thing}
        {no} bring <person:me> {small_thing}
        {no} [bring|give] {small_thing} to {person}
        bring {small_thing} to {person} {speed}
        go [and |]get {small_thing}
        bring <person:me> {small_thing} <alternative:or> {small_thing}
        """,
    Intent.REPEAT: """
        [repeat|again]
        repeat [that|it|this|the last command|what you did|the last action|the movement]
        [do|try] [that|it|this] [again|once more|one more time|another time]
        [once more|one more time|another time]
        do [the same|the same thing] [again|once more]
        [do|repeat] [that|it] {times} [more|]
        repeat {times}
        and again
        [same|the same] [again|once more|thing again]
        [go|do] again
        [let's see that|show me that] [again|once more]
        redo [that|it|the last step]
        {no} repeat [that|it]
        {no} do [that|it] again
        what you just did, [again|once more|do it again]
        [can we have|give me] that [again|one more time]
        """,
    Intent.UNDO: """
        undo
        undo [that|it|this|the last command|the last step|the last move|what you did]
        [take|take all of] [that|it] back
        [reverse|revert] [that|it|the last step|the last action|what you just did]
        go back to how it was
        [put|set] everything back [as it was|to how it was]
        do the opposite of [that|what you just did]
        {no} undo [that|it]
        [that was wrong|wrong], [undo it|take it back|go back]
        [cancel|roll back] the last [command|step|move|action]
        [make|pretend] that [undone|never happened]
        [i did not mean that|that was a mistake|i made a mistake], undo it
        go back one step in what you did
        [restore|return to] [how it was|the way it was|the previous state]
        """,
    Intent.SLOWER: """
        slower
        [go|walk|move|turn] slower
        [a bit|a little|much|even|way|a little bit] slower
        slow down
        slow down [a bit|a little|there|now]
        [be|walk|move|go] [less fast|more slowly|less quickly]
        [not so|don't go so|you are too|that's too|too] fast
        [reduce|decrease|lower|cut] [your|the] [speed|pace]
        [take it easy|easy|no rush|no hurry|take your time]
        [do that|do it] [slower|more slowly]
        decelerate
        {no} slow down
        {no} go slower
        [at|with] half [the |]speed
        [walk|go|move] at a [slower|lower] [pace|speed]
        [brake a little|less speed]
        """,
    Intent.FASTER: """
        faster
        [go|walk|move|turn] faster
        [a bit|a little|much|even|way|a little bit] faster
        [speed up|hurry up|hurry]
        speed up [a bit|a little|now]
        [be|walk|move|go] [quicker|more quickly|less slowly]
        [not so|don't go so|you are too|that's too|too] slow
        [increase|raise] [your|the] [speed|pace]
        [get a move on|quick quick|chop chop|step on it]
        [do that|do it] [faster|more quickly]
        accelerate
        {no} speed up
        {no} go faster
        [at|with] [full|double|twice the] speed
        [walk|go|move] at a [faster|higher] [pace|speed]
        [i am in a hurry|we are late], [go|walk] faster
        [more speed|pick up the pace]
        """,
    Intent.DESCRIBE: """
        what do you see
        what [can|do] you see [there|right now|around you|in front of you|from there|here]
        what are you [looking at|seeing]
        [tell|say to] me what you see
        [describe|report] what you see
        [tell me|say] what is [in front of|around|near] you
        describe [the scene|the room|your surroundings|the view]
        [do|can] you see {thing}
        [do|can] you see [a|any] {np}
        is there [a|any] {np} [|here|there|in the room|near you]
        are there any <object:[cubes|balls|cones|boxes|bottles|cylinders]> [|here|around]
        where is {thing}
        where [do you see|can you see] {thing}
        how many <object:[cubes|balls|cones|boxes|things|objects|cylinders]> [do|can] you see
        what colour is {thing}
        what is [left of|right of|behind|in front of|next to|on] {thing}
        [which|what] [objects|things] [do|can] you see
        [list|name] [the|all] [objects|things] [you see|in front of you|around you]
        what's [there|in front of you|in the room|around you|over there]
        have you [found|seen] {thing}
        [tell me|say] where {thing} is
        [what|who] is [there|in the room|over there]
        {no} tell me what you see
        """,
}.items()})
