"""Templates for training: company on a walk, haste and its opposite, second thoughts."""
from types import MappingProxyType

from vla_ros.language.corpus.slots import lines
from vla_ros.language.meaning import Intent

COMMANDS = MappingProxyType({intent: lines(text) for intent, text in {
    Intent.FOLLOW: """
        [attach|glue|pin|hook|tie] yourself to {person} [|and come along|as we go]
        [cling|latch on|hang on|hold on] to {person} [|as we walk|wherever we go|on the way]
        [keep|bear] {person} company [|on the way|on the walk|as we go]
        [catch|close] up with {person} [and stay there|and keep up|and stay behind|]
        [go|walk|move] [as|when] {person} [goes|walks|moves] [|and stop when we stop]
        [go|walk|take] the same way [as|that] {person} [goes|walks|takes|]
        [go|walk|run|come|move] in the same direction as {person}
        [don't|do not] [fall|lag|stay|drop] behind {person} [too far|, keep up]
        [don't|do not|never] leave {person} [alone|out of sight|behind], [follow|go along]
        [don't|do not|never] leave {person}'s side
        [i'll|i will|i shall] [go|walk|move|run] [ahead|first|in front], you [follow|come after]
        [i'll|i will|let me] [lead|guide you|show you the way], [follow|come|walk behind]
        [let|have] {person} [go|walk] [first|ahead|in front] and [follow|go|walk] [after|behind|]
        [walk|go|run|come] [side by side|in step|together|along] with {person}
        [walk|go|come] [alongside|abreast of] {person} [|as we go|all the way|wherever it goes]
        [be|stay|keep] [close|near] [|by |to ]{person} [during the walk|on the move|as we go]
        [be|stay|keep|walk|go] [right |close |just |a step |two steps ][behind|after] {person}
        [be|stay|keep] in line behind {person}
        [heel|to heel|at my heels|follow the leader|follow my lead|after the leader]
        [take|choose|adopt] {person}'s [lead|way|route|direction]
        [wherever|where|anywhere|everywhere] {person} [might go|may go|goes|leads], you go [too|]
        [wherever|where|anywhere|everywhere] {thing} [goes|moves|rolls], [go|follow|move] [too|]
        [set|start|head] [off|out] [after|behind|with] {person}
        [set|start|head] [off|out] after {thing}
        [go|run|chase|keep] after {thing} [|and don't lose it|until you catch it|at all times]
        [follow|pursue|chase] {thing} [around|about|wherever it goes|through the room]
        [take|be] part in {person}'s walk
        [trot|tiptoe|sneak|creep|plod|shuffle] [along |]behind {person}
        [you and|together with] {person}, [off we go|walk together|go together]
        [be|act as|play] {person}'s [dog|bodyguard|escort|attendant] and [follow|walk along]
        {person} [knows|shows|leads] the way, [follow|go along|walk behind]
        {person} is [leaving|moving|walking off|going away], [follow|go after|go along]
        {person} [first|ahead], you [after|behind|second]
        [follow|trail|escort] {person} [until i say so|for {duration}|to the {object}|all around]
        [may|could|can] you [come|walk|go|tag] along with {person}
        [would you|do you want to|will you] [walk|come|go] with {person} [|for a while|a bit]
        """,
    Intent.FASTER: """
        [waste|lose] no time
        [time|the clock] is [ticking|running out|running|short], [hurry|faster|move]
        [no|without] [time to lose|delay|more delay|hesitation], [hurry|be quick]
        [put|get|bring] [some|more|a bit of] [life|energy|haste|zip|power] [into it|in there|]
        [put|throw|kick] it into [high|top|a higher|a faster] gear
        [kick|take|move|push] [it|things] [up a gear|up a level|into overdrive|along]
        [get|go] [cracking|moving|going|rolling] [|a bit faster|now]
        [come on|go on|hey|up], [hurry up|quick|be quick|move it|get going|more speed]
        [run|sprint|rush|fly] [|, don't walk|instead of walking]
        [can you|can't you|won't you|why don't you] [hurry|be quicker|go any faster]
        [is that|is this] [all you can do|your top speed|as fast as you go|the best you can]
        [what takes you|what's taking you] so long, [hurry|faster]
        [that|it|this] takes [too long|forever|ages], [hurry|faster|speed up|be quick]
        [i'm|we're|i am] [late|in a rush|short of time|losing patience], [hurry|faster]
        [show|give] [me|us] [more speed|some speed|your top speed|what speed you have]
        [make|get] [it|that] [fast|done sooner|over with]
        [be|get] [there|done|finished] [sooner|in less time|more quickly]
        [a|one] [gear|notch|step|level] [up|faster|higher] [in speed|]
        [step|liven|hurry] it up
        [move|go|walk] [like the wind|like lightning|as if you were late|at full tilt|in a hurry]
        [go|be] as [fast|quick] as [you can|possible|ever you can]
        [speed|pace|tempo]: [high|higher|fast|faster|maximum|double]
        [set|change|switch|adjust] [your|the] [speed|pace|tempo] to [fast|high|maximum|double]
        """,
    Intent.SLOWER: """
        [take|use] [more|all the|your own|plenty of|a lot of] time
        [nobody|no one] is [chasing you|in a hurry|waiting for us], [slow down|slower|relax]
        [there's|there is] no [need to rush|hurry|rush|reason to run], [slow down|slower|easy]
        [put|get|bring] [some|more|a bit of] [calm|rest|patience|ease] into it
        [put|throw|kick] it into [low|first|a lower|a slower] gear
        [take|bring] [it|things] [down a gear|down a level|down a notch|slow|slowly|easier]
        [chill|calm down|cool it|relax|settle down|easy now] [|a bit], [slower|slow down]
        [hey|whoa|careful|wait], [slow down|not so fast|slower|less speed|take it slow]
        [walk|stroll|crawl|creep] [, don't run|instead of running]
        [can you|can't you|won't you|why don't you] [slow down|be slower|go any slower]
        [that|it|this] goes [too fast|too quickly|by too fast], [slow down|slower|less speed]
        [i'm|we're|i am] [old|tired|afraid|out of breath], [slow down|slower|not so fast]
        [i|we] [want|like|prefer|need] it [slow|slower|less fast|less rushed]
        [make|keep] [it|that] [less quick|longer|less rushed|slowish]
        [be|get] [there|done|finished] [later|in more time|more slowly]
        [a|one] [gear|notch|step|level] [down|slower|lower] [in speed|]
        [slow|tone|quieten] it down
        [move|go|walk] [like a snail|like a turtle|like an old man|in no hurry|with less force]
        [go|be] as [slow|slowly] as [you can|possible|a snail]
        [speed|pace|tempo]: [low|lower|slow|slower|minimum|half]
        [set|change|switch|adjust] [your|the] [speed|pace|tempo] to [slow|low|minimum|half]
        [drop|fall|go|come] [back |]to [a walk|half speed|a slow pace|a lower speed|a crawl]
        [with|use|more] [caution|patience|care] and less speed
        """,
    Intent.UNDO: """
        [on second thought|i changed my mind|come to think of it], [undo it|take it back|not that]
        [never mind|forget it|scratch it], [undo|undo it|reverse it|put it back as it was]
        [go|jump|step|get] back [one|a|by one|a single] [step|move|action] [in time|in the list|]
        [go|switch|jump] back to [before|the time before] [that|it|you did that]
        [i|we] [want|need|prefer] [the old|the former|the previous] [state|situation|way] back
        [i|we] [want|need|prefer] [it|things|everything] [the old way|as before|how it was]
        [can|could|may] [that|it|this|the last step] be [undone|reversed|taken back|reverted]
        [do|have] [that|it|this] [undone|un done|reversed|the other way round]
        [the last|that|your last] [step|action|move] [was wrong|was not meant|must go|has to go]
        [leave|make] no trace of [that|what you did|the last action]
        [neutralise|negate|reverse|counter] [that|what you did|the last action|the last step]
        [back to|give me back|return us to] [the old state|how it all was|square one|the beginning]
        [turn|wind|roll|set|put] [it|things|everything|that] back [to how it was|as it was|]
        """,
    Intent.REPEAT: """
        [can|could|may] [that|it|this|the last step] be [repeated|done again|shown again]
        [do|have] [that|it|this] [done again|repeated|one more time|a second time]
        [i|we] [want|need|prefer|would like] [the same|that|it] [again|once more|one more time]
        [one|two|three|five] [more times|times more|more of the same]
        [and|now] [the same|the very same|all of that] [again|once more|for a second time]
        [continue|go on|carry on] [repeating|doing that|with that|as before]
        [loop|cycle] [that|it|the last action|the last move]
        [give|show] [me|us] [that|it|the same] [again|once more|a second time|one more time]
        [again from|start again from|back to] the top, [repeat|the same again]
        """,
    Intent.PICK_UP: """
        [take|get|pick|lift|grab] {small_thing} [up |]into your <limb:[hand|hands|arms]>
        [get|go and get] [hold of|a hold of|a grip of] {small_thing} [|with {side} {limb}]
        [lift|raise|hold] {small_thing} [up high|up|over your head|above the {object}]
        {small_thing} [into|in] your <limb:[hand|hands]>, [please|now|take it]
        [have|take|keep] hold of {small_thing}
        [help me and|quickly] [pick up|lift|grab] {small_thing}
        [relieve|free|clear] the {object} of {small_thing}
        """,
    Intent.BRING: """
        [bring|carry|get|take] {small_thing} [over |up |]to where {person} [is|sits|stands]
        [is it possible to|may i] [have|get] {small_thing} [|brought here|handed to me]
        [share|entrust|present] {small_thing} with {person}
        [i|we] [asked for|ordered|am waiting for|are waiting for] {small_thing}
        [have|get] {small_thing} [moved|shipped|sent|transported] to {place}
        """,
    Intent.MOVE: """
        [continue|go on|keep on] [moving|walking|going] {way} [|for {distance}|for {duration}]
        [go|walk|move] [on |]{way} [for another|another|an extra] {distance}
        [take|walk|go] [yourself |]{distance} [further |more ]{way}
        [back|step] [away|off] [from {thing}|{distance}]
        """,
    Intent.WAVE: """
        [make|do] a [greeting|hello|goodbye] [gesture|sign] [|to {person}|with {side} {limb}]
        [say|send] [a hello|greetings|regards] to {person} [with {side} {limb}|by waving]
        [shake|swing|move] {side} {limb} [at {person}|in the air|] [to greet|as a greeting]
        """,
}.items()})
