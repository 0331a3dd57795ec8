"""Templates for temperatures and thresholds: none of them is trained on."""
from types import MappingProxyType

from vla_ros.language.corpus.slots import lines
from vla_ros.language.meaning import Intent

COMMANDS = MappingProxyType({intent: lines(text) for intent, text in {
    Intent.GO_TO: """
        [stumble|zoom|cruise] over to {thing}
        end up {at} {thing}
        {no} [cruise|sprint] over to {thing}
        could i see you standing {at} {thing}
        i would be happy to have you in {place}
        """,
    Intent.FOLLOW: """
        be on the tail of {person}
        [run|walk] along after {thing}
        wherever {person} walks, walk there too
        """,
    Intent.COME_BACK: """
        you are needed back here
        reappear here, come back
        """,
    Intent.MOVE: """
        [cruise|stumble|skip] {way} [|for {distance}]
        gain {distance} {way}
        {no} [cruise|skip] {way}
        move your base {way} [|{distance}]
        """,
    Intent.TURN: """
        [loop|roll] {turn_way} [|by {angle}]
        point your nose {angle} {turn_way}
        {no} spin yourself {turn_way}
        """,
    Intent.STOP: """
        stick to your place
        have a rest for {duration}
        stand and wait [|for {duration}]
        """,
    Intent.LOOK_AT: """
        your eyes should be on {thing}
        give {thing} a look
        let me see what is {look_way}, look there
        """,
    Intent.POINT_AT: """
        which is {thing}? show it with your <limb:finger>
        let {side} {limb} show me {thing}
        """,
    Intent.WAVE: """
        a friendly wave to {person} would be nice
        {person} is here, wave
        """,
    Intent.RAISE_ARM: """
        {anyarm} should be <direction:up>
        show me {anyarm} held <direction:up>
        """,
    Intent.LOWER_ARM: """
        {anyarm} should be <direction:down>
        {no} send {anyarm} <direction:down>
        """,
    Intent.TOUCH: """
        give {thing} a touch [|with {side} {limb}]
        your <limb:fingers> should touch {thing}
        """,
    Intent.PUSH: """
        give a strong push to {thing}
        shove at {thing} [|with {side} {limb}]
        """,
    Intent.PICK_UP: """
        pull {small_thing} up from the floor
        [fish|pull] {small_thing} out
        """,
    Intent.PUT_DOWN: """
        get {it} down {onto} {thing}
        your <limb:hand> should let {it} go
        """,
    Intent.BRING: """
        come over to <person:me> with {small_thing}
        [ship|take] {small_thing} back to {person}
        """,
    Intent.REPEAT: """
        how about doing that again
        make that {times}
        """,
    Intent.UNDO: """
        take back your last step
        return everything to how it was
        """,
    Intent.SLOWER: """
        slow the pace
        you should be going slower
        """,
    Intent.FASTER: """
        up the pace
        you should be going faster
        """,
    Intent.DESCRIBE: """
        what does your camera see
        are you able to see {thing}
        what can be seen {relation} {thing}
        """,
}.items()})

OTHER = lines("""
    [happy birthday|merry christmas|see you later|bye for now]
    [what|which] is the [biggest|oldest] [city in {country}|{animal}]
    in which year did {name} move to {country}
    [print|scan|copy] the [document|contract with {name}]
    [draw|paint] me a {animal}
    i have never [seen|touched|pushed] a {animal}
    our {object} was [pushed|moved|taken] by {name} {day}
    [raise|drop] the [question|subject] {day}
    [take|bring] [it easy with the {food}|your passport {day}|a deep breath]
    [ghrr|ploo|vrmm] [tik|zap|mur]
    are you [coming to the party|at home] {day}
    """)
BEFORE = lines("""
    [i'd be grateful if you would|have the kindness and|go for it and|it's your turn to]
    [psst|hear me|dear machine],
    """)
AFTER = lines("""
    [, be so good|, many thanks indeed|, if that suits you|right off|, my dear|one time]
    """)
JOINED = lines("""
    @<connector:, following that> @
    <opener:initially> @<connector:, then> @
    @<connector:, and right afterwards> @
    @ <connector:and> @
    @<connector:, then> @
    @ <connector:and then> @
    @<connector:,> @ <connector:and> @
    """)
SLIPS = (('to', 'too'), ('red', 'wed'), ('blue', 'bluh'), ('ball', 'bal'), ('left', 'lefd'),
         ('right', 'bright'), ('the', 'duh'), ('cube', 'cute'), ('green', 'keen'),
         ('metres', 'metre'), ('box', 'boxed'), ('turn', 'burn'), ('two', 'too'))
