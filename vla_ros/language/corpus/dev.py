"""Templates for temperatures and thresholds: none of them is trained on."""
from types import MappingProxyType

from vla_ros.language.corpus.slots import lines
from vla_ros.language.meaning import Intent

COMMANDS = MappingProxyType({intent: lines(text) for intent, text in {
    Intent.GO_TO: """
        [hurry|drift|hike] over to {thing}
        [march|pace] right up to {thing}
        bring yourself to {thing}
        [your goal|your target] is {thing}
        i'd love to see you [at|next to] {thing}
        [sneak|glide] {at} {thing}
        try to get to {thing} [|{speed}]
        {no} [head|drift] [for|over to] {thing}
        make sure you end up at {thing}
        check in at {place}
        [join|meet] <person:me> [over here|here]
        [pop|swing] over to {thing} <alternative:or> {thing}
        """,
    Intent.FOLLOW: """
        stick with {person}
        [keep|be] right behind {person}
        go along behind {person}
        {no} go after {person}
        trot after {thing}
        """,
    Intent.COME_BACK: """
        [get yourself|move yourself] back here
        [you can|time to] come home
        back [here|home] with you
        go back where you [began|set off]
        """,
    Intent.MOVE: """
        [continue|push on] {way}
        [glide|drift] {distance} {way}
        [hop|creep] {way} [|by {distance}]
        put {distance} behind you, {way}
        let's have {some_steps} {way}
        {no} creep {way}
        [creep|inch] {way} {speed}
        [give way|make space], go {way}
        """,
    Intent.TURN: """
        [swing|roll] around {turn_way}
        [swing|bend] {angle} {turn_way}
        orient yourself {angle} {turn_way}
        do a turn [of {angle} |]{turn_way}
        turn yourself {turn_way}
        {no} twist {turn_way}
        [spin|twist] <direction:the other way>
        """,
    Intent.STOP: """
        [settle|hover] where you are
        please be motionless
        that will do, stay
        {no} carry on
        [hang|stick] around [here|there] for {duration}
        """,
    Intent.LOOK_AT: """
        [let your eyes rest on|focus your eyes on] {thing}
        direct your [look|gaze|camera] at {thing}
        eyes on {thing}
        cast a glance {look_way}
        look straight at {person}
        {no} stare at {thing}
        """,
    Intent.POINT_AT: """
        give me a pointer to {thing} with your <limb:hand>
        [extend|hold out] your <limb:[finger|arm]> towards {thing}
        show with your <limb:finger> where {thing} is
        {no} point towards {thing}
        signal to <person:me> which is {thing} by pointing
        """,
    Intent.WAVE: """
        [let us see|do] a little wave [|to {person}]
        wave back at {person}
        have {side} {limb} wave [|{times}]
        wave around with {side} {limb}
        {no} wave back
        """,
    Intent.RAISE_ARM: """
        [elevate|hoist] {anyarm}
        [get|pull] {anyarm} off your side and <direction:up>
        {anyarm} in the air
        {no} hold {anyarm} <direction:up>
        stretch {anyarm} towards the <direction:ceiling>
        """,
    Intent.LOWER_ARM: """
        [bring|move] {anyarm} back <direction:down>
        [sink|let go down] {anyarm}
        {anyarm} [back |]<direction:down>
        {no} put {anyarm} <direction:down>
        return {anyarm} to your sides
        """,
    Intent.TOUCH: """
        put a <limb:finger> on {thing}
        brush {thing} with {side} {limb}
        have your <limb:hand> rest on {thing}
        {no} lay a <limb:hand> on {thing}
        get in touch with {thing} using {side} {limb}
        """,
    Intent.PUSH: """
        apply a push to {thing}
        [drive|move] {thing} {way} by pushing
        [bump|poke] {thing} {way}
        {no} shove {thing}
        push hard against {thing}
        """,
    Intent.PICK_UP: """
        [snatch|scoop up] {small_thing}
        get your <limb:hand> on {small_thing} and lift it
        lift {it} up
        take {small_thing} into {side} {limb}
        {no} lift up {small_thing}
        """,
    Intent.PUT_DOWN: """
        [deposit|rest] {small_thing} {onto} {thing}
        get rid of {it}
        lay down {small_thing}
        {no} let go of {it}
        [park|stand] {it} {onto} {thing}
        """,
    Intent.BRING: """
        [get|carry] {small_thing} over to {person}
        could {person} have {small_thing}
        come here with {small_thing}
        {no} hand {small_thing} to {person}
        [haul|move] {small_thing} over to {place}
        """,
    Intent.REPEAT: """
        [perform it|run it] {times} more
        [that|this] one more time
        [let us do|we do] it again
        [play|perform] that again
        """,
    Intent.UNDO: """
        [please reverse|go back on] what you did
        [annul|withdraw] the last command
        put things back the way they were
        forget the last [command|step] and reverse it
        """,
    Intent.SLOWER: """
        [drop|lessen] your pace
        with less speed
        not that fast
        [can't you be|be a little] slower
        """,
    Intent.FASTER: """
        [quicken|boost] your pace
        with more speed
        not that slow
        [can't you be|be a little] faster
        """,
    Intent.DESCRIBE: """
        give me a description of what you see
        [what is|is there anything] before your eyes
        [is|was] there {thing} somewhere
        [name|tell me] everything [in view|you can see]
        can you spot {thing}
        """,
}.items()})

OTHER = lines("""
    [good day|greetings|welcome] [|sir|to all of you]
    how do you feel about {topic}
    what's your [favourite movie|opinion on {topic}|age]
    could you tell me when {name} [arrives|was born]
    [name|list] three [rivers in {country}|animals that fly|famous painters]
    [i wonder|tell me] why {animal}s [sleep|hunt at night]
    how long does it take to get to {city} by train
    what is the [population|currency|language] of {country}
    [make|create] a [shopping list|calendar entry for {day}|website]
    [pay|cancel] my [rent|subscription|ticket to {city}]
    [mute|restart|unlock] {device}
    dim the lights in the {animal} house
    [water|feed] the [{animal}|garden plants] {day}
    [i had|we had] {food} {day}
    my {object} is better than yours
    [someone|a thief] stole the {colour} {object} {day}
    [my foot|my back] [hurts|is sore] since {day}
    {name} [fell down|came in first|turned forty] {day}
    the {animal} jumped over the {object}
    [give|lend] me [ten dollars|your opinion|some advice]
    [turn|change] the channel
    raise [awareness|a child|the question of {topic}]
    bring {food} to the boil
    push the company to [grow|hire {name}]
    look after [my son|the {animal}s] {day}
    walk me through {topic}
    [sagen sie mal|wie geht es dir|wo ist der bahnhof]
    [ou est la gare|je t'aime|quelle heure est il]
    [que hora es|donde esta la playa]
    [zzz|brrr|gr|uhm uhm] [yyy|xx|rr]
    [i am here|that's me|just kidding|whatever]
    what a [day|mess|beautiful {animal}]
    [wish|grant] me luck
    are there {animal}s in {country}
    swim to {country}
    """)
BEFORE = lines("""
    [may i ask you to|do me a favour and|be a dear and|i would like you to]
    [listen|attention],
    you ought to
    """)
AFTER = lines("""
    [if possible|, thanks a lot|, if you would|in a moment|straight away|, dear]
    """)
JOINED = lines("""
    @<connector:, afterwards> @
    <connector:to begin with>, @<connector:, then> @
    @<connector:, and afterwards> @
    @ <connector:and next> @
    @ <connector:and> @
    @<connector:, then> @
    @<connector:,> @ <connector:and> @
    """)
SLIPS = (('to', 'too'), ('to', 'tow'), ('red', 'rad'), ('blue', 'bloo'), ('ball', 'bald'),
         ('left', 'laughed'), ('right', 'rite'), ('the', 'thee'), ('cube', 'cubed'),
         ('green', 'greene'), ('metres', 'meter'), ('box', 'bugs'), ('turn', 'turned'))
