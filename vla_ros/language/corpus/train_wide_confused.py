"""Templates for training: what is often confused with something else, side by side."""
from types import MappingProxyType

from vla_ros.language.corpus.slots import lines
from vla_ros.language.meaning import Intent

COMMANDS = MappingProxyType({intent: lines(text) for intent, text in {
    Intent.GO_TO: """
        [return|go back|walk back|head back] to {thing}
        [go|walk|run] back to {thing} [again|once more|{speed}]
        [take a walk|go for a walk|make a trip|take a stroll] [over |]to {thing}
        [put|place|set|park] yourself {at} {thing}
        [lead|drive|steer] yourself [over |]to {thing}
        [your spot|your place] is {at} {thing}
        [go|come] and [wait|stand|be] {at} {thing}
        [keep|continue] [going|walking] [to|towards|up to|until you are at] {thing}
        [stand|wait|stay] [right |directly |]{at} {thing}
        [run|hurry|walk|move] [up |over |along |across |]to {thing}, {speed}
        [stop|come to rest] {at} {thing}, [go|walk] there
        """,
    Intent.FOLLOW: """
        [follow|trail|shadow] [right |closely |]behind {person}
        [stay|keep|remain] [|close ]behind {person} [all the way|all the time|everywhere|]
        [run|walk|go|move] [along |]wherever {person} [goes|runs|is going|wants to go]
        [go|walk] [along |]with {person} [to the {object}|wherever it is|all the way]
        [come|walk] [along|beside me|next to me] [all the way|everywhere|as i walk]
        [follow|chase|pursue] {it} [|wherever it goes|closely]
        [don't|do not] [leave my side|lose me|stay behind], follow <person:me>
        """,
    Intent.COME_BACK: """
        [come|get|walk|run] back [to <person:me>|to us] [|{speed}|please]
        [return|go back] to where [we|you] [set out|stood before]
        [go|walk] back to where you [stood|were standing|were a minute ago|came in]
        [go|get|walk] back to your [corner|spot|dock|usual place|first place]
        [find|pick] your way [back|home|back here]
        [i|we] [call|called] you back
        [you|robot], [back|home|back here]
        [be back|return|come home] [before dinner|in no time|in a minute|at once]
        return [to me|here|home|to us] {speed}
        """,
    Intent.MOVE: """
        [run|march|roll|drive|slide] {distance} {way}
        [run|march|roll|drive] {way} [|{some_steps}|for {distance}]
        [go|walk|step|move] {some_steps} {way}
        [step|walk|move] {way} [twice|once more|again|until you hear from me]
        [move|go|walk|step] {way} [a tad|somewhat|a touch|a notch|just a bit|a good bit]
        {way} [a tad|somewhat|a touch|a notch|by a bit|just {distance}]
        [get|come|move] [a bit |a little |{distance} ][closer|nearer] [|please]
        [make it|only|just|exactly|about] {distance} {way}
        [leave|open|clear] [some|more] [space|room] and [go|move|step] {way}
        """,
    Intent.TURN: """
        [turn|spin|rotate|face|look] <direction:[around|round]> [{speed}|completely|once|again]
        [turn|twist|revolve|wheel|swivel] [towards|to|towards the] <direction:[left|right]>
        [make|do|perform] [half|a quarter|a full] [of a |]turn {turn_way}
        [turn|rotate] <direction:[left|right]> [at the corner|on the spot|in place|where you are]
        [turn|rotate|pivot] {angle} [on the spot|in place|where you stand]
        [your body|you] should [turn|rotate] {turn_way} [|by {angle}|{angle}]
        [a bit|a little|slightly|a touch] [more |]{turn_way} [with the turn|with your heading]
        [stop facing|don't face] <direction:[this way|that way]>, turn <direction:around>
        """,
    Intent.STOP: """
        [please |]be [quiet|calm|patient|still] [there|here|for {duration}|until i come]
        [stay|remain|wait] [for {duration}|for a bit|a while|a little longer]
        [that's|that is|this is] [far enough|fine|good], [wait|stay|rest] [there|here|]
        [don't|do not|never] [move|walk|go|turn|step] [at all|anymore|any more|a bit]
        [no|don't do] more [action|actions|work|moves] [|for now|for today]
        [pause|interrupt|halt|end] [it|that|this|the action|your work|what you do]
        [stand|wait|stay|rest] [quietly|calmly|motionless|still] [|for {duration}|there]
        """,
    Intent.LOOK_AT: """
        [turn|tilt|move|lift] your <limb:head> [a bit |a little |]{look_way}
        [turn|direct|point|move] your [eyes|camera|<limb:head>|face] to {person}
        [look|glance|gaze] [back |again |once more |]at {thing}
        [look|watch] [carefully|closely|out] [at|for] {thing}
        [have|take] a [quick |long |]look [{look_way}|at {thing}|at {person}]
        [what do you think of|see] {thing}? take a look
        [look|gaze|glance] [over your shoulder|<direction:behind> you]
        """,
    Intent.POINT_AT: """
        [point|gesture|motion] with {side} {limb} [at|to|towards] {thing}
        [point|gesture] [|your <limb:finger> ][|straight |directly ][at|to|towards] {thing}
        [which|what] [one |]is {thing}? [point|show me|point it out] [with your <limb:finger>|]
        [show|tell] [me|us|them] where {thing} is with {side} {limb}
        """,
    Intent.RAISE_ARM: """
        [raise|lift] {side} one [|<direction:up>|higher|again|a bit]
        [raise|lift|put up] the <side:[left|right]> one
        [raise|lift] {side} [|<direction:up> ][please|now|a bit]
        [get|have|put] {side} {limb} <direction:up> [a bit|higher|again|as far as it goes]
        """,
    Intent.LOWER_ARM: """
        [lower|drop] the <side:[left|right]> one
        [lower|drop] {side} one [|again|a bit|to your side]
        [lower|drop] {side} [please|now|a bit]
        [get|have|put] {side} {limb} <direction:down> [a bit|lower|again|as far as it goes]
        [stop|quit] [pointing|waving|reaching] and [lower|drop] {side} {limb}
        """,
    Intent.TOUCH: """
        [reach|stretch] [out |over |]to {thing} and [tap|pat|feel] it
        [put|place|rest] [a|one|your] <limb:[finger|hand|palm]> [up |]on {thing} [|{speed}]
        [touch|tap|feel] [the top of|the side of|the front of] {thing}
        [just|only] touch {thing}, <negation:don't> [push|take|lift] it
        """,
    Intent.PUSH: """
        [push|shove|nudge] {thing} [|a bit |a little |{distance} ]{way}
        [push|shove|move] {thing} [off the {object}|onto the floor|over the edge|to the wall]
        [walk|go] [up |over |]to {thing} while pushing it {way}
        [keep|continue|go on] [pushing|shoving] {thing} [|{way}]
        [use|with] {side} {limb} [to |]push {thing} [|{way}|away]
        """,
    Intent.PICK_UP: """
        [pick up|grab|take|lift] {small_thing} [|again|once more|for me|{speed}]
        [take|remove|pull|get] {small_thing} [away |]from {thing}
        [take|remove|get|lift] {small_thing} [off|out of] {thing}
        [hold|keep] {small_thing} [up|tight|firmly|still|a while|for {duration}]
        [with|use] {side} {limb} [to |][hold|take|lift|grab] {small_thing}
        """,
    Intent.PUT_DOWN: """
        [return|put back|give back] {small_thing} {onto} {thing}
        [put|place|set] {small_thing} back {onto} {thing}
        [put|place|set|leave] {it} [back |down |]{onto} {thing}
        {small_thing} [must|should|has to|needs to] [be|stand|lie|sit|go] {onto} {thing}
        {small_thing} [belongs|should end up|must end up|should be put] {onto} {thing}
        [drop|release|let go of|put down] {small_thing} [now|{speed}|{onto} {thing}|right there]
        [put|set|lay] {small_thing} [down |]{speed}
        """,
    Intent.BRING: """
        [take|carry|bring|move] {small_thing} [over |]to {thing}
        [take|carry|bring] {small_thing} [from|off] {thing} to {person}
        [bring|fetch|get] {person} {small_thing} [from|out of] {place}
        [bring|get|fetch] [<person:me>|<person:him>|<person:her>] {thing}
        [i|we] [would love|would like|'d like|want|need] {small_thing} [|please|in here|now]
        [get|grab] {small_thing} for {person}
        """,
    Intent.DESCRIBE: """
        [do you|can you] [still |already |]see {thing} [|from there|from here|now|anywhere]
        [is|are] there [a|an|any] {np} [|near you|in front of you|in view|at all|on the {object}]
        [tell|show] me [everything|what|all] [you see|you can see|that you notice|is there]
        [what|which {object}] do you [see|have] [in front of you|on your left|on your right|nearby]
        [where|in what place] [is|did you see|can i find] {thing}
        [tell|give] [me|us] [a|the] [report|picture|summary|overview] of [the room|what you see]
        [what|which] {object} is [nearest|closest|biggest|there]
        """,
    Intent.REPEAT: """
        [repeat|do|play|show] [the last|the previous|that last] [one|move|bit] [again|{times}|]
        [do|make] [the last thing|it all|all that|what you did] [again|once more|anew|{times}]
        [have|take] another [try|shot] [at it|at that|]
        [one more|another] [like that|of those|of the same kind|such move]
        [anew|afresh|once again|yet again|all over again|again and again] [|please]
        [do|repeat] it [for the|a] [second|third] time
        [it|that] [needs|has] to be [repeated|done again|done once more]
        """,
    Intent.UNDO: """
        [return|go back|get back] to [the way it was|how things were|the state before]
        [return|go back] to the [state|situation|arrangement] [from before|before that|of before]
        [make|get|have] [it|that|everything] [undone|reversed|reverted|unmade|cancelled]
        [make|let] [it|that|everything] be [like|as|the way] [it was|before]
        [take|call|get] [it|that|this|what you did] back
        [what you did|that move|this action|that step] [was not wanted|was wrong], undo it
        [cancel|call off|nullify|reverse] [what you did|that action|that move]
        [put|bring|set] [it|that|everything] [back|right again] [the way|where] it was
        [please |]un do [that|it]
        """,
    Intent.SLOWER: """
        [slower|less fast|not so fast|more slowly] [than that|than before|this time|from now on]
        [walk|move|go|turn|do it|work] [at half speed|in slow motion|at low speed|less quickly]
        [make|let] it [slower|less quick|less fast|last longer]
        [lower|smaller|reduced] [speed|velocity|pace]
        [no|don't] [rushing|racing|running|speeding] [|please|there]
        [you|it] [should|must] [slow down|be slower|take longer|go more slowly]
        [not at that|don't go at that|i don't like that] [speed|pace], slower
        [easy|easy there|gently|careful|hold on], [too fast|too quick|not so fast|slow down]
        """,
    Intent.FASTER: """
        [faster|less slow|not so slow|more quickly] [than that|than before|this time|from now on]
        [walk|move|go|turn|do it|work] [at double speed|in fast motion|at high speed|less slowly]
        [make|let] it [faster|quicker|less slow|go quickly|end sooner]
        [higher|bigger|raised] [speed|velocity|pace]
        [no|don't] [dawdling|crawling|lingering|dragging] [|please|there]
        [you|it] [should|must] [speed up|be faster|be quicker|go more quickly]
        [not at that|don't go at that|i don't like that] [speed|pace], faster
        [come on|move|hey|up up], [too slow|so slow|not so slow|speed up]
        """,
    Intent.WAVE: """
        [wave|waving] [with |]<side:both> [your |]{limbs} [|to {person}|at {person}]
        [say|wave] [a |]big [hello|goodbye] [to|at] {person}
        """,
}.items()})
