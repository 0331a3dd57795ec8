"""What is said every day, for choosing between ways to cut: no form of it is trained on."""
from types import MappingProxyType

from vla_ros.language.corpus.slots import lines
from vla_ros.language.meaning import Intent

COMMANDS = MappingProxyType({intent: lines(text) for intent, text in {
    Intent.GO_TO: """
        [jog|amble] right over to {thing}
        go right up to {thing}
        """,
    Intent.FOLLOW: """
        just keep following {person}
        come after {person}
        """,
    Intent.COME_BACK: """
        hurry back
        come on back here
        """,
    Intent.MOVE: """
        [jog|hike|wander] {way}
        take {some_steps} more {way}
        """,
    Intent.TURN: """
        turn <direction:[left|right]> some more
        turn {angle} more
        """,
    Intent.STOP: """
        wait there [for|about] {duration}
        just wait
        """,
    Intent.LOOK_AT: """
        have a short look at {thing}
        look over <direction:[left|right]> and <direction:[right|left]>
        """,
    Intent.POINT_AT: """
        point over at {thing}
        point that <limb:hand> at {thing}
        """,
    Intent.WAVE: """
        wave at us
        wave {speed} at {person}
        """,
    Intent.RAISE_ARM: """
        [raise|lift] up {side} {limb}
        get {side} {limb} right <direction:up>
        """,
    Intent.LOWER_ARM: """
        lower down {side} {limb}
        get {side} {limb} right <direction:down>
        """,
    Intent.TOUCH: """
        touch both the {colour} and the {colour} {object}
        lightly touch {thing}
        """,
    Intent.PUSH: """
        push both the {colour} and the {colour} {object}
        push really hard against {thing}
        """,
    Intent.PICK_UP: """
        take both the {colour} and the {colour} {small_object}
        pick up just {small_thing}
        """,
    Intent.PUT_DOWN: """
        put {it} right {onto} {thing}
        just drop {it}
        """,
    Intent.BRING: """
        bring both the {colour} and the {colour} {small_object} to {person}
        bring {it} straight to {person}
        """,
    Intent.REPEAT: """
        do it all again for us
        """,
    Intent.UNDO: """
        undo all that for us
        """,
    Intent.SLOWER: """
        slow down some more
        """,
    Intent.FASTER: """
        speed up some more
        """,
    Intent.DESCRIBE: """
        tell us what you see
        can you see both the {colour} and the {colour} {object}
        """,
}.items()})
JOINED = lines("""
    @ <connector:and> @
    @ <connector:and> @
    @<connector:,> @
    @<connector:, and> @
    @<connector:,> @ <connector:and> @
    @ <connector:and> @ <connector:and> @
    """)
BEFORE = lines("""
    please
    robot,
    [be gracious|be a sweetheart|be decent|mind your manners|give it your best|gather yourself] and
    [sit up|look alive|loosen up|pay heed|take my advice|have some fun|lend me your strength] and
    """)
