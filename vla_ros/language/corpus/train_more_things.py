"""Templates for training: less usual commands about things, and about commands."""
from types import MappingProxyType

from vla_ros.language.corpus.slots import lines
from vla_ros.language.meaning import Intent

COMMANDS = MappingProxyType({intent: lines(text) for intent, text in {
    Intent.TOUCH: """
        {no} make contact with {thing}
        [i'd like|i want|i need] you to touch {thing} [|with {side} {limb}]
        [i'd like|i want] {thing} [touched|to be touched]
        [how about|what about] touching {thing}
        {thing} [should|must|shall] be touched [|with {side} {limb}]
        [let us|let me] see you touch {thing}
        [give|grant] {thing} a [stroke|light touch|poke|rub]
        [set|drop|press|lean|keep] [a|your] <limb:[finger|hand|palm]> [on|onto|against|to] {thing}
        {side} {limb} [should|shall|must|goes] [touch|on|be on] {thing}
        [bring|move|get] {side} {limb} [to|into contact with|onto] {thing}
        [reach|stretch] [over |out ]and [touch|feel|tap] {thing}
        [start|begin|keep] touching {thing}
        {no} [feel|stroke|press your <limb:hand> on|get your <limb:hands> on] {thing}
        put a <limb:[finger|hand]> on {thing}
        put a <limb:[finger|hand]> [to|against] {thing}
        [brush|stroke|rub|caress|graze|tap|pat] {thing} [|with {side} {limb}|{times}]
        have your <limb:hand> rest on {thing}
        [let|have|make] {side} {limb} [lie|rest] on {thing}
        {no} [lay a|put a|put your] <limb:hand> on {thing}
        {no} [tap|pat|rub|brush] {thing}
        get in touch with {thing} using {side} {limb}
        [feel|sense] {thing} with {side} {limb}
        [reach|stretch] [out |]to {thing} [until you touch it|and feel it]
        [try to|can you] touch {thing}
        [hold|press|lean] {side} {limb} [against|onto] {thing}
        your <limb:[hand|finger]> on {thing}
        [contact|touch] {thing} [lightly|softly|once]
        """,
    Intent.PUSH: """
        {thing} should be pushed {way}
        {no} give {thing} a push
        [i'd like|i want|i need] you to push {thing} [|{way}|away]
        [i'd like|i want] {thing} [pushed|to be pushed|shoved] [|{way}|away]
        [how about|what about] pushing {thing} [|{way}]
        {thing} [should|must|shall|has to] be [pushed|shoved] [|{way}|away]
        [let us|let me] see you push {thing} [|{way}]
        [give|hand out|do] [a|one] [gentle|hard|little] [push|shove|nudge] to {thing}
        [jolt|jostle|heave|ram|elbow|butt] {thing} [|{way}|away]
        [start|begin|keep] pushing {thing} [|{way}]
        [get|set] {thing} [moving|rolling|sliding] [|{way}] [by pushing it|]
        [put|use] your [weight|strength|force] [against|on|to push] {thing}
        {no} [press|push against|push at|jostle|knock over] {thing}
        apply a push to {thing}
        [drive|move|force] {thing} {way} by pushing
        [bump|poke|knock|thump|kick] {thing} {way}
        [bump|poke|knock] [against|into] {thing}
        {no} [shove|bump|nudge|slide] {thing}
        push hard against {thing}
        [press|lean] [hard |]against {thing}
        [try to|can you] push {thing} [|{way}|away]
        [shift|scoot|propel|roll] {thing} [{way}|{distance} {way}]
        with {side} {limb}, push {thing}
        [knock|push|tip] {thing} [over|off the table|out of the way]
        [make|let] {thing} [slide|roll] {way}
        push {thing} [a bit|a little|with force|as hard as you can]
        push [at|on] {thing} [|with both <limb:hands>]
        {thing}, push it {way}
        """,
    Intent.PICK_UP: """
        get {small_thing} into your <limb:hand>
        {no} get hold of {small_thing}
        [i'd like|i want|i need] you to [pick up|grab|take|lift] {small_thing}
        [i'd like|i want] {small_thing} [picked up|in your <limb:hand>|lifted]
        [how about|what about] [picking up|grabbing|taking|lifting] {small_thing}
        {small_thing} [should|must|shall] be [picked up|taken|lifted|grabbed]
        [let us|let me] see you [pick up|grab|lift] {small_thing}
        [nab|yank|haul in|bag|hook|secure|clasp|embrace|hug] {small_thing}
        [bend down|reach down|kneel] and [take|get|pick up] {small_thing}
        [draw|take|get] {small_thing} [up|out|off] [from|of] the [floor|ground|{np}]
        [start|begin] [picking up|lifting] {small_thing}
        {side} {limb} [should|shall] [take|hold|grab|lift] {small_thing}
        [have|let] {side} {limb} [take|hold|grab|lift] {small_thing}
        {no} [get|lift|carry|reach for|seize] {small_thing}
        [snatch|scoop up|pluck|capture|catch|retrieve|obtain|acquire] {small_thing}
        get your <limb:hand> on {small_thing} and lift it
        [lift|raise|take|scoop|gather] {it} up
        take {small_thing} [into|in] {side} {limb}
        take {small_thing} in <side:both> {limbs}
        {no} [lift up|snatch|collect|hold] {small_thing}
        [take|pick|grab] {small_thing} [off|from] the {np}
        [try to|can you] [pick up|grab|get hold of] {small_thing}
        [wrap|close] your <limb:[hand|hands]> around {small_thing}
        [raise|lift] {small_thing} [|into the air|off the ground|carefully]
        [with|using] {side} {limb}, [pick up|grab|take] {small_thing}
        [keep|have] {small_thing} in your <limb:[hand|hands]>
        {small_thing}, [pick it up|take it|grab it]
        get a [grip|hold] on {small_thing}
        [you may|please do] take {small_thing}
        """,
    Intent.PUT_DOWN: """
        [plant|dump] {small_thing} {onto} {thing}
        {no} place {small_thing} {onto} {thing}
        [i'd like|i want|i need] you to [put|place|leave|drop] {small_thing} {onto} {thing}
        [i'd like|i want|i need] you to [put down|drop|release|let go of] {small_thing}
        [i'd like|i want] {small_thing} {onto} {thing}
        [how about|what about] [putting|placing|leaving] {small_thing} {onto} {thing}
        [how about|what about] [putting|setting] {it} down
        {small_thing} [should|must|shall] [be|go|stand|lie] {onto} {thing}
        {small_thing} [should|must|shall] be [put down|dropped|released]
        [let us|let me] see you put {small_thing} {onto} {thing}
        [fit|slot|sink|tuck|pop|slip|stick] {small_thing} {onto} {thing}
        [fit|slot|tuck|pop|slip|stick|put] {it} {onto} {thing}
        [relinquish|surrender|abandon|discharge|ditch] {small_thing}
        [get|bring|have] {small_thing} [down|back on the floor|onto the ground]
        [your <limb:[hand|hands]> should|you should] [be empty|open|let go]
        {no} [ditch|lay down|set down|stick] {small_thing}
        [deposit|rest|store|stack|stash] {small_thing} {onto} {thing}
        [deposit|rest|store|park|stand|stack] {it} {onto} {thing}
        [get rid of|free|unhand] {it}
        [get rid of|unload] {small_thing}
        lay down {small_thing}
        [lay|bring|place] {it} down
        {no} [let go of|put down|place|leave] {it}
        {no} put {small_thing} {onto} {thing}
        [leave|let] {it} [there|here|on the floor|fall]
        [leave|return] {small_thing} [there|here|on the floor|where it was]
        [put|place|set|drop] {it} on the [floor|ground]
        [try to|can you] put {small_thing} {onto} {thing}
        [make|let] {small_thing} [stand|lie|sit|fall] {onto} {thing}
        [loosen your grip|open your <limb:[fingers|hands]>]
        empty your <limb:[hand|hands]>
        {small_thing} goes {onto} {thing}
        no longer hold {small_thing}
        """,
    Intent.BRING: """
        let {person} have {small_thing}
        {no} take {small_thing} to {person}
        [i'd like|i want|i need] you to [bring|give|get|hand|fetch] <person:me> {small_thing}
        [i'd like|i want|i need] you to [bring|give|take|carry] {small_thing} to {person}
        [i'd like|i want] {small_thing} [brought|delivered|carried|taken] to {thing}
        [how about|what about] [bringing|giving|handing] {person} {small_thing}
        {small_thing} [must|shall|has to] [go|come|be taken] to {person}
        {person} [has asked|is waiting|asks] for {small_thing}, [bring|give] it
        [let us|let me] [have|see you bring] {small_thing}
        [supply|provide|serve|equip] {person} with {small_thing}
        [serve|hand over|hand out|deliver|send] {small_thing} to {person}
        [relocate|shift|cart|tote|shuttle|forward] {small_thing} to {thing}
        [go|walk|run] and [get|fetch|bring] {small_thing} [for {person}|]
        [come|return|walk up] to <person:me> [with|carrying|holding] {small_thing}
        {no} [give|serve|carry|take|lend] {small_thing} to {person}
        {no} [fetch|bring] {small_thing}
        [get|carry] {small_thing} over to {person}
        [could|may|might] {person} have {small_thing}
        come [here|to me|back] with {small_thing}
        {no} [hand|pass|deliver|fetch] {small_thing} [to|for] {person}
        [haul|move|transfer|drag|convey] {small_thing} over to {place}
        [haul|lug|drag|convey|move] {small_thing} [over |]to {thing}
        [present|offer|lend|return] {small_thing} to {person}
        {person} [needs|wants|would like] {small_thing}
        i [want|need|could use|'d love] {small_thing}
        [pass|throw|slide] [me |over ]{small_thing}
        [go |run ]fetch [<person:me> |]{small_thing}
        [retrieve|collect|grab] {small_thing} for {person}
        [make sure|see to it that] {person} [has|receives] {small_thing}
        {small_thing} for {person}
        [try to|can you] bring {person} {small_thing}
        [bring|take|return] {it} back to {person}
        """,
    Intent.REPEAT: """
        again please, the same
        just like you did, once more
        [i'd like|i want|i need] you to [repeat|redo] [that|it|what you did]
        [i'd like|i want] [that|it|this] [again|repeated|once more]
        [how about|what about] [trying|repeating] [that|it] [again|once more|]
        [and|so|now|okay|yes] [again|once again|one more time]
        [let us|let me] see [that|it|this] [again|once more|another time]
        [same|the same] [again|as before|move|thing] [|please|once more]
        [start|do] [over|that over|it over] [|again]
        [carry on|continue|go on] with the same [movement|action|thing]
        [all of it|everything] [again|once more]
        [repeat|do] [that|it|the last move] {times}
        [that|it] {times} [more|again]
        {no} [do|perform|show] [it|that] once more
        [perform it|run it|show it|make it] {times} more
        [that|this] one more time
        [let us do|we do|i'd like] it again
        [play|perform|execute|run] [that|it|this] again
        [and|now|just|please] once more
        [encore|a second time|another round|one more]
        [a repeat of|a repetition of] [that|the last action]
        [replay|duplicate|copy] [that|the last command|what you did]
        [keep doing|continue doing|do more of] [that|the same]
        [can you|try to] [do|repeat] [that|it] [again|once more]
        do [exactly|just] [the same|what you did] [again|before|once more]
        [same as|like] [before|last time]
        {no} [redo|replay] [that|it]
        """,
    Intent.UNDO: """
        i want that undone
        reverse course on that last action
        [i'd like|i want|i need] you to [undo|reverse|revert] [that|it|the last step]
        [i'd like|i want] [that|it|this|the last step] [undone|reversed|taken back]
        [how about|what about] [undoing|reversing] [that|it]
        [that|it|the last step|the last action] [should|must] be [undone|reversed|taken back]
        [nullify|negate|unmake|roll back|countermand] [that|it|the last command|what you did]
        [put|make|leave] [it|everything|that|things] [as|like|how] [it was|they were] [|before]
        [back to|return to] [how|what|where] [it|things] [was|were] [before|a moment ago]
        [take|call] back [the last|my last|that] [command|step|action|order]
        [i was wrong|my mistake|not what i wanted], [undo|reverse|revert] [that|it]
        {no} [reverse|roll back] [that|it|the last step]
        [please reverse|go back on|make undone|take back] what you did
        [annul|withdraw|revoke|retract|void|delete] the last [command|action|order|step]
        [put|move|bring] things back the way they were
        forget the last [command|step] and reverse it
        [undo|reverse|revert] [all of that|everything|my last order|the previous command]
        [back to|return to] [the previous|the former|the earlier] [state|situation]
        [one step back|step back once] in the history
        [can you|try to] [undo|reverse|take back] [that|it|the last step]
        [scrap|discard] that and [put it back|undo it]
        [oops|sorry|no], [undo|take back] [that|it|the last one]
        [you should not have done that|i changed my mind], [undo it|take it back]
        [what you did was wrong|that is wrong], [reverse it|put it back]
        {no} [revert|take back] [that|it]
        """,
    Intent.SLOWER: """
        a little less quick
        lower the tempo a bit
        [i'd like|i want|i need] you to [slow down|go slower|be slower|walk slower]
        [how about|what about] [slowing down|going slower|a slower pace]
        [your|the] [speed|pace|tempo] [should|must] be lower
        [let us|let me] see you go slower
        [a bit|a little|somewhat] less [speed|fast|quick|quickly|pace|tempo]
        [go|get|become|turn|move on] [a bit |a little |]slower
        [bring|take|turn|dial|tone|keep] [your|the] [speed|pace|tempo] [down|low]
        [start|begin] [going slower|slowing down]
        [you are|this is|that's] [going |moving |]too fast [for me|]
        [gently|calmly|steady|whoa there|easy does it], [slower|slow down]
        [drop|lessen|lower|slow] your [pace|speed|tempo]
        [with|use] less speed
        not [that|so] fast
        [can't you be|be a little|could you be] slower
        [a lower|a slower|a gentler] [speed|pace|tempo]
        [at|with] a [slower|lower] [speed|tempo]
        [i want you|i need you] slower
        [go|walk|move] [with less haste|not so fast|a bit more slowly|calmly]
        you [are|go|walk] [too|much too|way too|a bit too] [fast|quick|hasty]
        [that is|this is] [too|much too|way too] [fast|quick]
        [slow|slow it|slow things] down
        [no need to hurry|don't hurry|don't rush|relax your pace]
        [throttle back|cool down a bit|tone down the speed]
        """,
    Intent.FASTER: """
        a little less slow
        a bit more tempo
        [i'd like|i want|i need] you to [speed up|go faster|be faster|walk faster]
        [how about|what about] [speeding up|going faster|a faster pace]
        [your|the] [speed|pace|tempo] [should|must] be higher
        [let us|let me] see you go faster
        [a bit|a little|somewhat] more [speed|quickly|pace|tempo|fast]
        [a bit|a little|somewhat] less [slow|slowly]
        [go|get|become|turn|move on] [a bit |a little |]faster
        [bring|turn|dial|push|keep] [your|the] [speed|pace|tempo] [up|high]
        [start|begin] [going faster|speeding up]
        [you are|this is|that's] [going |moving |]too slow [for me|]
        [come on|quick|go go|time is short], [faster|speed up]
        [quicken|boost|raise|up] your [pace|speed|tempo]
        [with|use] more speed
        not [that|so] slow
        [can't you be|be a little|could you be] [faster|quicker]
        [a higher|a faster|a brisker] [speed|pace|tempo]
        [at|with] a [faster|higher] [speed|tempo]
        [i want you|i need you] faster
        [go|walk|move] [with more haste|not so slow|a bit more quickly]
        you [are|go|walk] [too|much too|way too|a bit too] [slow|sluggish|lazy]
        [that is|this is] [too|much too|way too] slow
        [speed|speed it|speed things] up
        [there is no time|don't dawdle|don't be so slow|move it]
        [throttle up|full throttle|as fast as you can]
        """,
    Intent.DESCRIBE: """
        would you say what is in front of you
        is {thing} anywhere around
        [i'd like|i want|i need] you to [say|tell me|describe] what you see
        [how about|what about] telling me what you see
        [what|anything] [can be seen|is visible|is to be seen] [there|here|around you|from there]
        [what|which objects|how many things] [can|do] your [eyes|cameras] see
        [let us|let me] [know|hear] [what is there|what is in front of you|where {thing} is]
        [have you got|do you have] {thing} in [view|sight]
        [is|do you think] {thing} [is |]somewhere [around|in the room|near]
        [could you|are you able to|would you] [tell|say] [where {thing} is|what is there]
        [which|what kind of] {object} [is|do you see] [there|in front of you]
        [where|in which direction] [is|stands|lies] {thing}
        [what|who] [is|stands|lies] {relation} {thing}
        [do you|can you] [perceive|detect|recognise|observe] {thing}
        give me a [description|report|list] of what you see
        [what is|is there anything|what lies|what stands] before your eyes
        [is|was] there {thing} somewhere
        [is|are] there [a|an] {np} [somewhere|anywhere|close by]
        [name|tell me] everything [in view|you can see|that you see]
        can you [spot|find|make out|recognise] {thing}
        [what|which things] are [there|around you|in front of you]
        [what|who] [is|do you see] [to your left|to your right|behind you|ahead]
        [do you know|can you tell me|any idea] where {thing} is
        [is|can you say if] {thing} [here|there|in front of you|visible]
        how many {object} are there
        what [size|colour|shape] is {thing}
        [explain|summarise] what [is in front of you|you see|is going on around you]
        [i want|i would like] to know what you see
        [show|tell] me what [your camera sees|is in the picture|is there]
        """,
}.items()})
