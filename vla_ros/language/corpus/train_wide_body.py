"""Templates for training: idioms and roundabout ways to ask for movement and looks."""
from types import MappingProxyType

from vla_ros.language.corpus.slots import lines
from vla_ros.language.meaning import Intent

COMMANDS = MappingProxyType({intent: lines(text) for intent, text in {
    Intent.GO_TO: """
        [i'm|we are] over {at} {thing}, come and join [me|us]
        [beat|find|wind|pick|work|thread] [a path|your path|a route] to {thing}
        [betake|haul|drag|shift|hurl] yourself [over |]to {thing}
        [take|carry] your [body|feet|bulk] [over |]to {thing}
        [let's|let us] [meet|gather] {at} {thing}
        [let's|shall we] [go|move|walk] [over |]to {thing}
        [could|can] we have you [at|next to|by] {thing}
        [you're|you are] [needed|wanted|expected|required] {at} {thing}
        [it would help|i'd feel better] if you [stood|were|waited] {at} {thing}
        [i wonder|do you think] if you [could|might] [go|walk|get] [over |]to {thing}
        [any chance|is there a chance] you could [go|walk] [over |]to {thing}
        [take up|assume] [position|your post|a place] {at} {thing}
        [land|finish|be found|arrive|come to a halt] {at} {thing}
        [leave|quit] [this spot|where you are] and [go|walk] to {thing}
        [turn up|check in|get there] {at} {thing}
        [close|narrow|reduce|shorten] the [gap|distance] [to|between you and] {thing}
        don't stop [before|until] you [reach|are at|get to] {thing}
        [pace|tramp|lumber|hobble|trudge|amble|hoof it|hightail it] [over |]to {thing}
        [journey|migrate|voyage|cross over|venture|commute] [over |]to {thing}
        [see|spot|notice] {thing}? [that's|that is] where [you go|i want you]
        [over|across] to {thing} [|you go|with you|now]
        [straight|directly] to {thing}
        [off|away] to {thing} [|with you|you go]
        {thing}, [go|walk|get] [to it|there]
        {thing} [, please go there|, that is where you go]
        [the|your] [route|path|trip|walk] [ends|finishes|leads you] {at} {thing}
        {no} [stray|stroll] [over |]to {thing}
        {no} [go|get|move|wander] [into|inside] {place}
        keep [your distance|well away] from {thing}
        [visit|hit|see] {place}
        [swing|move|come] [over|round] to {person}
        [come|step] [right |]up to <person:me>
        [gravitate|orient yourself and go|set a course|steer a course] to {thing}
        [get|move] [in front of|alongside] {thing} [|and stand there]
        """,
    Intent.FOLLOW: """
        [i'm|i am] [leaving|off|going|heading out], [follow|come with] <person:me>
        [string|come|toddle|trot] along [|with {person}|behind {person}]
        [walk|step|tread] in {person}'s [tracks|wake]
        [step|move] in the [tracks|wake] of {person}
        [do not|don't] let {person} [get away|out of your sight|escape|leave you behind]
        [don't|never] let {thing} get away
        [stay|keep|walk] [on the heels|at the heels|in the wake|hard on the track] of {person}
        [hang|stay|stick] on to {person} [as i walk|wherever we go|]
        [whichever way|wherever|where] {person} [turns|moves|heads|wanders], [go|move] too
        [go|move|be] wherever {person} [is|wanders|moves|heads]
        {person} will [lead|show the way|walk ahead], [follow|come along]
        let {person} [lead|guide you|show you the way|walk ahead] [|and follow]
        [take|keep] {person} as your [leader|guide]
        [move|go|travel] together with {person}
        [join|accompany] {person} [on the way|on the walk|wherever the walk goes]
        [come along|walk with us|come with us|fall in behind {person}]
        [keep|maintain] [a short distance|one metre|close] behind {person}
        [keep|stay] [close|near] [|to {person}] [as i move|while we walk|on the way]
        [be|become] {person}'s [shadow|follower|companion]
        [i'd like|i want|i need] you [right behind|on the heels of|close behind] {person}
        [would you mind|try|start|how about] [walking behind|coming with|trailing] {person}
        {no} [come along with|come after|accompany] {person}
        {no} [go wherever|walk wherever] {person} goes
        [i don't want|no need for] you to follow {person}
        [trace|hunt|dog|heel|tailgate] {person}
        [keep going|carry on walking] after {person}
        [pursue|hound|stalk|go in pursuit of] {thing}
        [match|copy] {person}'s [path|steps|route]
        [off we go|here we go|this way], follow <person:me>
        """,
    Intent.COME_BACK: """
        [i'd like|i want|i need] to [have|see|get] you back [here|home|with me|by my side]
        [we miss|i miss] you, come back
        [where have you gone|you went too far|too far], come back
        [head|make|start|run|march|trot] [for |]home
        [head|make|turn|start|trot|march|stroll] back [|here|home|to me|to us|to base]
        [turn|wheel] back and come [here|home]
        [homeward|back home] [please|you go|now|with you]
        [get|bring|move|take|haul] yourself [back|back here|back home|home]
        [get|bring] your [body|feet|self] back [here|home]
        [we|i] [want|expect|need] you [home|back home] [|soon|now]
        [would you mind|how about|start|time for] [coming back|heading back|going home|returning]
        [any chance|do you think] you could come back
        [it's|it is] time [you came back|you were home|for you to return]
        [time|okay,] to [head back|return|go home]
        [be|appear|show up] [here|at my side|with us] again
        return to [my side|your master|your owner|the fold|headquarters|your dock]
        [back to|return to|go back to] [base|your dock|your home|the dock|your post]
        [go|walk|travel|run] the same way back
        [don't|do not] [stay away|stay out there|linger over there], come back
        [mission|task|work] [over|complete|finished], [return|come home|come back]
        {no} [head|turn|walk|run] back [|here|home|to me]
        {no} return [home|here|to me|to the start]
        [that's enough|you are done there|enough out there], [come back|return]
        come [back|home] to [papa|mama|mother|your friend]
        [here|to me] again, come back
        """,
    Intent.MOVE: """
        [bring|place|set|get] {distance} between [you and me|us], {way}
        [i'd like|i want|i need] a [bit|little] more [room|space], [go|move|step] {way}
        [could|can] we have you {distance} [further |]{way}
        [you are|you're] too [close|near|far left|far right], [go|move|step] {way}
        [stagger|strut|wade|lumber|lurch|nudge yourself|budge] {way} [|by {distance}]
        [traverse|journey|venture|scoot|slide|skate] {way} [|by {distance}|for {distance}]
        [advance|proceed|progress|push forward] {distance}
        [back|reverse] [up|away|off|out] [by |]{distance}
        [back|retreat] a little
        [would you mind|try|start|how about] [going|stepping|backing|moving] {way} [|{distance}]
        [any chance|is there a chance] you could [go|move] {way} [|{distance}]
        [let's|let us] [go|move|walk] {way} [|{distance}|by {distance}]
        [one|two|three] more to the <direction:[left|right]>
        {way}, {way}
        {distance} [to your|to the|towards the] <direction:[left|right]>
        {distance} should [do|be enough|be right], {way}
        [straight|right] <direction:[ahead|on|forward]> [|for {distance}]
        [adjust|correct|change] your [position|place|spot] {distance} {way}
        [displacement|shift|advance|offset] of {distance} {way}
        [take|have|make] [a|one] [big|small|tiny|long|giant] [step|stride|leap] {way}
        [steps|a step]: {some_steps} {way}
        [a pace|one stride|a short step] {way} [|please|if you can]
        [stride|leap|bound|lunge] {way} [|{some_steps}]
        [don't|do not] stop, [keep going|keep walking|carry on] {way}
        {no} [advance|retreat|back up] [|any more|any further]
        {no} [take|make] [any|another] [step|steps] {way}
        [no further|not any further] {way}
        [see|check] if you can [go|move|get] {distance} {way}
        [get|stay|move] out of [the|my] [way|light|path], {way}
        [your body|the body|everything] {distance} {way}
        [roll|move] [{way} |]for {distance}
        [walk|move] [{way} |]as far as {distance}
        """,
    Intent.TURN: """
        [i'd like|i want|i need] you [facing|to face|turned] {turn_way}
        [i'd like|i want|i need] you [facing|to face] <direction:[the other way|backwards]>
        [i'd like|i want] you turned [by |]{angle} [{turn_way}|]
        [could|can] we have you facing {turn_way}
        [your|the] [back|front|chest|belly|nose] [should|must] [face|point] {turn_way}
        [your|the] [heading|course|yaw|bearing] [should change|changes] [by |]{angle} {turn_way}
        [modify|adapt] [your |]heading [by |]{angle} [|{turn_way}]
        [would you mind|try|start|how about] [turning|facing|rotating] {turn_way} [|by {angle}]
        [any chance|is there a chance] you could turn {turn_way} [|by {angle}]
        [let's|let us] [turn|rotate|spin] {turn_way} [|{angle}|by {angle}]
        [turn|spin|whip|flip|wheel] [yourself |]<direction:[around|round]> [|completely]
        [about|right about] [turn|face]
        [do|make|perform] an [about turn|about face]
        [do|make|perform|try] a [u turn|one eighty|pirouette|full circle|half circle]
        [show|give] me your [back|backside|back panel]
        [turn|show] your back [to me|on me|to {thing}]
        [angle|cant|crank|screw|slew] yourself {turn_way} [|by {angle}]
        [by|through] {angle} {turn_way}
        [{angle}|{angle} exactly], {turn_way}
        [turn|rotate|swing] through {angle} [|{turn_way}]
        [rotate|turn|spin] {turn_way} until you [have done|reach|have made] {angle}
        [rotate|turn] your [whole body|hips|waist|trunk] {turn_way} [|by {angle}]
        [clockwise|counterclockwise] turn
        [hook|hang] a <direction:[left|right]>
        [take|make] the next <direction:[left|right]>
        [direct|turn|square] your [body|chest|front] [to|towards] {thing}
        {no} [hook|curve|bend round] {turn_way}
        {no} [turn your back on|turn away from|turn towards] {thing}
        [not|no] that way, turn <direction:the other way>
        [see|check] if you can turn {angle} [|{turn_way}]
        """,
    Intent.STOP: """
        [i'd like|i want|i need] you [to be|to keep|to remain] [still|quiet|calm|where you are]
        [i'd like|i want|i need] [a pause|a break|a short rest|you still|a moment of peace]
        [could|can] we have [a pause|a break|you still|a moment of rest]
        [would you mind|try|how about] [waiting|pausing|resting|standing still] [|{duration}]
        [let's|let us] [wait|pause|rest|take a break] [|{duration}|for {duration}|here]
        [time|it is time] for [a break|a rest|a pause]
        [take|have|enjoy] [five|a breather|a time out|a short break|it quiet for {duration}]
        [time out|at ease|stand down|as you were|not so hasty, wait|no more]
        [hold|hang] [on|up|there] [|{duration}|for {duration}|a bit|a tick]
        [hold|freeze] [it|that] [|right there|for {duration}]
        [drop|cease|discontinue|suspend|break off] [what you are doing|all movement|the motion]
        [cease|desist|quit that|knock it off|cut it out|leave off|give over]
        [don't|do not] [even |]think [about|of] moving
        [don't|do not] you [move|budge|dare move]
        [don't|do not] [take|make] [one|a single|even one] [more |]step
        [not|no] [a|one|another] [inch|centimetre|twitch|muscle] [|more|further]
        [nobody|no one] move
        [root|plant|glue|anchor] yourself [to the spot|there|here|to the floor]
        [be|stand|stay] [like a statue|as still as a stone|rooted to the spot|frozen]
        [stay|remain|stand] [in your place|on your spot|at your post|in one place]
        [keep|remain] [quiet|waiting|standing] [|for {duration}|until i say so|there]
        [let's|let us] leave it at that
        [enough|that's enough|this is enough|that's plenty] [|now|already|for today]
        [wait|hold] [up|for me|for us|for a second|for the moment]
        [cool|rest] your [heels|feet|legs] [|for {duration}]
        [no|don't make any] [sudden moves|movement|motion] [|please]
        [remain|stay|keep] [idle|passive|parked|seated] [|for {duration}]
        """,
    Intent.LOOK_AT: """
        [i'd like|i want|i need] your [eyes|camera|gaze|attention|view] on {thing}
        [i'd like|i want|i need] your [eyes|camera|gaze|view] [to go|turned|pointed] {look_way}
        [could|can] we have [your eyes|a look|your camera] on {thing}
        [would you mind|try|start|how about] [looking|peeking|glancing] {look_way}
        [would you mind|try|start|how about] [watching|looking at|inspecting|studying] {thing}
        [any chance|is there a chance] you could look at {thing}
        [let's|let us] [look|see] {look_way}
        [let's|let us] [look at|have a look at|examine|study] {thing}
        [study|contemplate|regard|consider|peruse|spy|clock] {thing}
        [regard|study|notice|ogle|eye] {person}
        [peer|squint|gape|goggle|stare|gawk] [at|towards|over to] {thing}
        [peer|gaze|stare|squint] {look_way}
        [clap|train|lock] your [eyes|gaze|camera] on {thing}
        [train|lock|rest|set] your [eyes|camera] on {person}
        [what about|see] {thing}? [look|look there|look at it]
        [see|look what is] [over there|there], by {thing}
        [bend|crane|twist|cock] your [neck|<limb:head>] {look_way}
        [neck|chin|nose] <direction:[up|down]>
        your [nose|face|chin] [goes|should go|should be] <direction:[up|down]>
        [survey|sweep|scan] [the room|the area|everything] <direction:around> you
        [redirect|send|transfer|swivel] your [gaze|eyes|attention|camera] [to|towards] {thing}
        [redirect|send|cast] your [gaze|eyes|glance] {look_way}
        [give|throw] {person} [a glance|a look|your attention]
        [make|keep] eye contact with {person}
        [get|take|grab] a [glimpse|view|good view] of {thing}
        [zoom|home] in on {thing}
        [have|keep] {thing} [in sight|in your view|in view|before your eyes]
        [have|keep] {person} in sight
        {no} [peer|gape] [at {thing}|{look_way}]
        {no} [keep an eye on|pay attention to|make eye contact with] {person}
        [look away|avert your eyes] from {thing}
        [mind|mark|note|heed] {thing}
        """,
}.items()})
