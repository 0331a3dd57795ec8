"""Templates for measuring: never trained on, and nothing is chosen by them."""
from types import MappingProxyType

from vla_ros.language.corpus.slots import lines
from vla_ros.language.meaning import Intent

COMMANDS = MappingProxyType({intent: lines(text) for intent, text in {
    Intent.GO_TO: """
        make your way [over |]to {thing}
        [proceed|wander|travel] [over |]to {thing}
        [get|go] close to {thing}
        position yourself {at} {thing}
        i would like you to [visit|go and stand by] {thing}
        see {thing}? [walk|go] there
        [trot|hop] over to {thing}
        bring yourself over to {thing}
        can you manage to reach {thing}
        {no} [wander|travel|trot] [over |]to {thing}
        [we will meet|see you] at {thing}, walk there
        [proceed|wander] to {thing} <alternative:or> [to |]{thing}
        you are wanted in {place}, go there
        """,
    Intent.FOLLOW: """
        walk in the footsteps of {person}
        tag along with {person}
        let {person} lead and you follow
        keep following {thing} around
        {no} tag along with {person}
        """,
    Intent.COME_BACK: """
        make your way back [here|to me]
        [come|head] back to where you [started|came from]
        i'd like you back here
        [turn up|show up] here again, come back
        """,
    Intent.MOVE: """
        [proceed|travel] {way} [|for {distance}]
        take yourself {distance} {way}
        [scoot|slide|strafe] [|to the ]<direction:[left|right]> [|by {distance}]
        [stride|pace] {distance} {way}
        keep going {way}
        could we see {some_steps} {way}
        {no} [proceed|travel] {way}
        [wander|amble] {speed} {way}
        """,
    Intent.TURN: """
        [swing|rotate yourself] {turn_way} [|by {angle}]
        [make|perform] a turn of {angle} {turn_way}
        [take|perform] a <direction:[left|right]> turn
        change your heading {angle} {turn_way}
        [rotate|turn] your body {turn_way} [|{angle}]
        {no} swing {turn_way}
        go round {angle} {turn_way}
        """,
    Intent.STOP: """
        {no} go anywhere at all
        [linger|wait around] [there|here] [|for {duration}]
        stay in your spot
        [make a pause|take a rest there]
        i need you to remain [here|in position]
        """,
    Intent.LOOK_AT: """
        [set|lay] your eyes on {thing}
        [shift|move] your [gaze|camera] [over |]to {thing}
        have your camera look {look_way}
        [take a peek|take a glance] at {thing}
        study {thing} [closely|for {duration}]
        {no} gaze at {thing}
        keep {person} in view
        """,
    Intent.POINT_AT: """
        [make your|let your] <limb:[finger|hand|arm]> point [at|to] {thing}
        [aim|direct] {side} {limb} at {thing}
        i want you to point [at|towards] {thing}
        {no} go pointing at {thing}
        which one is {thing}? point at it
        """,
    Intent.WAVE: """
        [offer|show] {person} a friendly wave
        get {side} {limb} waving
        wave like you mean it [|with {side} {limb}]
        let {person} see you wave
        {no} go waving at {person}
        """,
    Intent.RAISE_ARM: """
        [bring|get] {anyarm} <direction:up> into the air
        extend {anyarm} <direction:upward>
        [heave|push] {anyarm} <direction:up>
        have {anyarm} go <direction:up>
        {no} put {anyarm} <direction:up>
        """,
    Intent.LOWER_ARM: """
        [pull|ease] {anyarm} <direction:down>
        have {anyarm} go <direction:down>
        let {anyarm} come <direction:down> [|again]
        {no} bring {anyarm} <direction:down>
        you may drop {anyarm}
        """,
    Intent.TOUCH: """
        place a <limb:finger> upon {thing}
        have {side} {limb} touch {thing}
        give {thing} a [tap|pat]
        rest {side} {limb} on {thing}
        {no} go touching {thing}
        """,
    Intent.PUSH: """
        [thrust|prod] {thing} {way}
        use some force and push {thing} [|{way}]
        have a push at {thing}
        get {thing} moving {way} with a push
        {no} go pushing {thing}
        """,
    Intent.PICK_UP: """
        [clutch|grip] {small_thing}
        go ahead and lift {small_thing}
        have {side} {limb} pick up {small_thing}
        get {small_thing} off the [floor|ground]
        {no} go grabbing {small_thing}
        """,
    Intent.PUT_DOWN: """
        [position|arrange] {it} {onto} {thing}
        have {small_thing} go {onto} {thing}
        [lower|ease] {small_thing} down
        let {small_thing} drop
        {no} go dropping {it}
        """,
    Intent.BRING: """
        go over and get {person} {small_thing}
        [transport|ferry] {small_thing} to {thing}
        see that {person} gets {small_thing}
        {small_thing} should be brought to {person}
        {no} go fetching {small_thing}
        """,
    Intent.REPEAT: """
        [perform|carry out] the same [action|movement] again
        [give it|have] another go at it
        that again, {times}
        [i want to see|show] it [again|once more]
        """,
    Intent.UNDO: """
        [reverse|take back] your [last|previous] [move|action]
        [rewind|go back on] that
        that was not right, undo it
        make it the way it was before
        """,
    Intent.SLOWER: """
        [bring|take] the speed down [a notch|a bit]
        keep it slow
        you move too quickly
        ease off a bit, slower
        """,
    Intent.FASTER: """
        [bring|take] the speed up [a notch|a bit]
        make it quick
        you move too slowly
        put some speed into it
        """,
    Intent.DESCRIBE: """
        what is in [your view|sight]
        let me know what you see
        [report|state] the objects around you
        [do|can] you notice {thing}
        whereabouts is {thing}
        """,
}.items()})

OTHER = lines("""
    [howdy|good afternoon|pleased to meet you] [|partner|robot]
    how's [life|the family|everything going]
    what did {name} say {day}
    [could you|please] compare {topic} with {topic}
    at what age do {animal}s [die|stop growing]
    who was the first [man on the moon|president of {country}]
    name the longest river in {country}
    how is {food} made
    [is it true that|do you believe] {animal}s can [swim|see colours]
    convert [ten|fifty] [miles|dollars] to [kilometres|euros]
    spell [the word |]{animal}
    what rhymes with {animal}
    [schedule|plan] a [meeting with {name}|holiday in {country}] {day}
    [check|read] my [email|messages|horoscope|bank balance]
    [dial|message] {name}
    [lower|raise] the [blinds|curtains|flag|temperature of the room]
    [start|empty|fill] [the dishwasher|the bathtub|{device}]
    [boil|fry|slice] [an egg|some potatoes|the onions]
    knit {name} a scarf
    [walk|feed|groom] the [dog|cat|{animal}]
    [fly|drive|sail] me to {city} {day}
    [vanish|hibernate|evaporate]
    {name} [left|moved out|went home] {day}
    i [walked|went|drove] to {place} {day}
    yesterday the {colour} {object} was cheaper
    my {object} [fell|broke|is gone]
    someone [put|left] a {object} in my room
    the {colour} {object} belongs to {name}
    [she|he] waved at {name} {day}
    he looks [{feeling}|like my uncle]
    [it|this] makes me {feeling}
    i'd rather [stay at home|eat {food}|be {feeling}]
    [turn|bring] [down the noise|my life around|back the good old days]
    [push|pull] [yourself harder at school|the other leg]
    [point|look] [out the flaws in my essay|on the bright side of life]
    [pick|take] [me up at the airport {day}|your medicine {day}|a seat at the opera]
    [follow|touch] [up with {name} {day}|up the photo of {name}]
    [qu'est ce que c'est|parlez vous anglais|il fait beau]
    [ich habe hunger|wer bist du|mach das licht an]
    [buenas noches|te quiero mucho|buona sera|dove sei]
    [kde je nadrazi|jak se mas|tere hommikust|hvor er du]
    [wub|flarp|gronk|splee] [drib|nark|oof]
    [7 8 9|0.0.0.0|12345|x y z]
    [amazing|oops|hooray|too bad|good grief]
    [life is hard|money talks|practice makes perfect]
    [i promise|i swear|i give up|i rest my case]
    """)
BEFORE = lines("""
    [kindly|i want you to|alright then,|let's see,|do|it would be nice if you could]
    [excuse me|say],
    """)
AFTER = lines("""
    [if you can|, thank you|right away|, would you kindly|, robot dear|at your leisure]
    """)
JOINED = lines("""
    @<connector:, later> @
    <opener:firstly> @<connector:, secondly> @
    @<connector:, and thereafter> @
    @ <connector:and> @
    @<connector:, then> @
    @ <connector:and then> @
    @<connector:,> @ <connector:and finally> @
    """)
SLIPS = (('to', 'too'), ('to', 'two'), ('red', 'read'), ('blue', 'bleu'), ('ball', 'bowl'),
         ('left', 'lefft'), ('right', 'write'), ('the', 'da'), ('cube', 'cub'),
         ('green', 'grean'), ('metres', 'meetres'), ('cone', 'phone'), ('turn', 'tern'),
         ('your', 'yore'), ('cylinder', 'cylinda'))
