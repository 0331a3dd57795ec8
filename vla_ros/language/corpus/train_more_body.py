"""Templates for training: less usual ways to move and to look."""
from types import MappingProxyType

from vla_ros.language.corpus.slots import lines
from vla_ros.language.meaning import Intent

COMMANDS = MappingProxyType({intent: lines(text) for intent, text in {
    Intent.GO_TO: """
        get your feet moving to {thing}
        where you need to go is {thing}
        let {thing} be your destination
        [cruise|sprint] to {thing} <alternative:or> {thing}
        [fly|waltz|wander off|skip|scurry|bolt|trek|plod|shuffle|saunter] [over |]to {thing}
        let [us|me] see you [walk|go|get] to {thing}
        {thing} [needs you|awaits you|is waiting for you], [go|walk] there
        the place to [be|go] is {thing}
        [a walk|a trip|a short walk] to {thing} [please|would be nice|is what i want]
        [present yourself|report|show up|appear|assemble|line up] at {thing}
        [how about|what about] [going|walking|a walk] to {thing}
        [i'd like|i want|i need] you [to stand|to be standing|standing] {at} {thing}
        [start|begin|keep] [walking|going|moving] [to|towards] {thing}
        [be|stand|wait] {at} {thing}
        {no} [go anywhere near|get close to|step towards|set foot near|be at] {thing}
        [i'd like|i want|i need] you [in|to be in|to go to] {place}
        [your way leads|the way goes] to {thing}
        [you have been called|they need you|someone needs you] [at|to] {thing}, [go|walk] there
        [hurry|drift|hike|rush|dash|roam|sprint|race|roll|limp|crawl] over to {thing}
        [hurry|rush|dash|sprint|race|crawl|tiptoe] to {thing}
        [march|pace|step|come|stride] right up to {thing}
        bring yourself to {thing}
        [your goal|your target|your aim|the goal|the next stop] is {thing}
        i'd [love|like] to see you [at|next to|by] {thing}
        [sneak|glide|sit|park|wait] {at} {thing}
        try to [get to|reach|find] {thing} [|{speed}]
        {no} [head|drift|hurry|rush|step] [for|over to|to] {thing}
        make sure [you end up at|you get to|to reach] {thing}
        [check in at|drop by|stop by|swing by|pass by] {place}
        [join|meet] <person:me> [over here|here]
        [pop|swing|nip] over to {thing} <alternative:or> {thing}
        [are you able to|is it possible to|can we] [get to|go to|reach] {thing}
        [you will find|there stands|i see] {thing}, [go|walk] [there|to it]
        [it's time to|you are to|you are allowed to] [go|walk|move] to {thing}
        [close in on|draw near to|come up to|advance to|advance on] {thing}
        [get over|come over|go over] to {thing}
        have yourself [at|next to|by] {thing}
        [cross|go through] the room to {thing}
        go as [close|near] as you can to {thing}
        there, to {thing}
        where {thing} is, go there
        [transfer|relocate] to {place}
        """,
    Intent.FOLLOW: """
        go everywhere {person} goes
        {no} stick to {thing}
        [go|walk|move] [wherever|where] {person} [leads|wants|walks]
        [you follow|you walk behind] {person}
        i [want|need|would like] you [to follow|following|behind] {person}
        [do|try] not lose [sight of |]{person}, follow
        [walk|go|stay] in [line|single file] behind {person}
        {person} [goes ahead|walks in front], you follow
        [tail|pursue|run after|hang on to] {person}
        how about following {person}
        {no} [walk behind|run after|tail] {person}
        stick with {person}
        stick to {thing}
        [keep|be|walk|stay] right behind {person}
        go along behind {person}
        {no} [go|walk|run] after {person}
        [trot|run|jog|hurry] after {thing}
        [shadow|trail|accompany|escort] {person}
        [shadow|trail] {thing}
        where {person} goes, you go
        [stay|keep|remain] by {person}'s side
        [walk|come] next to <person:me> [all the time|while i walk]
        be right after {person}
        {no} [shadow|trail|accompany] {person}
        let's go, follow {person}
        after {person}
        """,
    Intent.COME_BACK: """
        find your way back home
        [hop|run] back to where you began
        [come|go|get] back [right away|already|at last|to base|to your place]
        [back|back again|home again] [|please|now]
        [i am waiting|we are waiting|dinner is ready], come back
        [be|i want you|you should be] back [here|home] [by now|again]
        [come|walk|run|hurry|find your way|make it] back home
        [rejoin|come back to] us
        [your work is done|that is enough work], [come|go] back
        how about coming [back|home]
        [get yourself|move yourself] back here
        [you can|time to|it's time to] come home
        back [here|home] with you
        go back where you [began|set off|stood]
        [now|then] come back
        [i need|we need] you back [here|home]
        [come|go|walk] back the way you came
        [retrace your steps|retreat to where you started]
        come [to where you were|back where you belong]
        [return|go back|walk back] to your [home|dock|initial spot]
        {no} [go|get] home
        [be|get] back [here|home] [{speed}|soon]
        """,
    Intent.MOVE: """
        make progress of {distance} {way}
        just go {way} some
        your feet {some_steps} {way}
        [zoom|trot|plod|stride on|scurry|waltz|shuffle on] {way} [|for {distance}|by {distance}]
        [i'd like|i want|i need] you to [go|walk|move] {way} [|{distance}|by {distance}]
        [i'd like|i want|i need] {some_steps} {way}
        [a|one] [step|move|walk|movement] {way} [|of {distance}]
        [a walk|a movement|motion] of {distance} {way}
        [more|further|farther] {way} [|by {distance}]
        {way} [it is|we go|you go], {distance}
        [let us|let me] see you [walk|go|move] {way} [|{distance}]
        [drive|ride|travel on|float|slip] {way} [|for {distance}|by {distance}]
        [how about|what about] [going|walking|moving] {way} [|{distance}]
        [start|begin] [walking|going|moving] {way}
        [move|bring|take|shift|put] your [body|feet|self] {way} [|{distance}|by {distance}]
        [bridge|walk off|complete|finish|add] {distance} {way}
        {no} [run|shuffle|roll|drive|jump|move any further] {way}
        [continue|push on|press on|go on|travel on|keep on|keep] {way}
        [glide|drift|hop|creep|roll|crawl|run|jog] {distance} {way}
        [hop|creep|inch|tiptoe|jump|lunge|roll] {way} [|by {distance}]
        put {distance} behind you, {way}
        let's have {some_steps} {way}
        {no} [creep|back|come|inch] {way}
        [creep|inch|roll|run|tiptoe] {way} {speed}
        [give way|make space|make room], go {way}
        [cover|do|make] {distance} [going |]{way}
        [shift|displace|relocate] yourself {way} [|by {distance}]
        [shift|displace|relocate] yourself {distance} {way}
        a [bit|little|touch] [more |further |]{way}
        {way} a [bit|little]
        [now|then|just] {some_steps} {way}
        [go|walk|move] {way} until i [say so|tell you]
        [can you|try to] [back|go] up [a bit|{distance}]
        [lean|drive] {way} for {duration}
        [step|walk|come] out to the <direction:[left|right]>
        [step|move|walk] aside to the <direction:[left|right]>
        how about {distance} {way}
        {distance} more {way}
        [walk|go] a distance of {distance} {way}
        [walk|move|go] {way} at most {distance}
        """,
    Intent.TURN: """
        rotation {turn_way}, {angle}
        let your body turn {turn_way}
        give me {angle} {turn_way}
        [rotate|turn|spin|pivot|swivel] your [base|front|torso] {turn_way} [|{angle}|by {angle}]
        [i'd like|i want|i need] you to [turn|rotate|spin] {turn_way} [|{angle}|by {angle}]
        [a|one] [rotation|spin|turn|pivot] {turn_way} [|of {angle}|by {angle}]
        [a|one] [rotation|spin|turn|pivot] of {angle} {turn_way}
        [rotation|turn|spin] {angle} {turn_way}
        [how about|what about] [turning|rotating|spinning] {turn_way} [|{angle}]
        [start|begin] [turning|rotating|spinning] {turn_way}
        [let us|let me] see you [turn|rotate|spin] {turn_way} [|by {angle}]
        [bend|curl|arc|move round|go round|come round] {turn_way} [|by {angle}]
        [alter|correct|adapt|set] your [course|direction|yaw|orientation] [by |]{angle} {turn_way}
        [turn|face|rotate] [away|so that you face] {turn_way}
        {no} [rotate|turn|spin|move round] [by |]{angle} {turn_way}
        {no} [face|wheel|revolve] {turn_way}
        [swing|roll|spin|curve|veer] around {turn_way}
        [swing|bend|veer|swirl|circle] {angle} {turn_way}
        [orient|align|reorient|point] yourself {angle} {turn_way}
        do a turn [of {angle} |]{turn_way}
        [do|try|execute] a [rotation|spin|pivot] [of {angle} |]{turn_way}
        turn yourself {turn_way} [|by {angle}]
        [twirl|gyrate|whirl] {turn_way} [|by {angle}]
        {no} [twist|pivot|veer|swirl] {turn_way}
        [spin|twist|look] <direction:the other way>
        [turn|rotate|spin] until you face {thing}
        [rotate|spin|pivot] yourself {angle} [|{turn_way}]
        [rotate|turn] in place [|by {angle}]
        your [front|face] to the <direction:[left|right]>
        [bear|hang|keep] <direction:[left|right]>
        [shift|adjust] your [direction|orientation] {angle} {turn_way}
        a turn {turn_way}
        how about {angle} {turn_way}
        [can you|try to] [turn|rotate|face] {turn_way}
        {angle} more {turn_way}
        turn as far as {angle} {turn_way}
        [turn on the spot|turn on your heel] [|{turn_way}]
        """,
    Intent.STOP: """
        {no} make any move
        be there and wait
        [have|take|get] [some|a little|a bit of] rest [|here|there|now]
        [i'd like|i want|i need] you to [stay|wait|rest|pause] [|here|there|where you are]
        [stay|remain|wait] [exactly|just|right] [here|there|where you are]
        [your place is|you belong] here, stay
        [hang|wait|stay] [about|on] [|for {duration}]
        [how about|what about] [waiting|a pause|a break|staying here]
        [stay|be|keep] [calm|quiet|where you stand|inactive]
        {no} [stir|shift|move your feet|take any step|do a thing|continue|proceed]
        [pausing|waiting] is [fine|good] [now|for {duration}]
        [that's it|we are done|all done] [for now|for today], [rest|wait|stay]
        [settle|rest|relax|sit] where you are
        please be motionless
        that will do, stay
        {no} carry on
        [hang|stick] around [here|there] for {duration}
        [stay|remain|wait] [at this spot|on the spot|in this position] [|for {duration}]
        [hold|keep] [your ground|that position|this pose|this position]
        [give me|i need|take] {duration} [|of rest]
        [idle|park|stand around] [|for {duration}]
        not [another|one more] step
        [stop|halt|freeze]
        [stop|halt] [there|here|now|right there|everything|moving]
        [quit|leave] it [there|at that]
        be [quiet and stay|calm and stay] [here|there]
        {no} [walk|go] any [further|farther]
        you [need not|don't have to] [move|go|do anything]
        [wait|stay] until [i am back|{person} is there]
        """,
    Intent.LOOK_AT: """
        turn your attention to {thing}
        {no} turn your eyes to {thing}
        have a view of {person}
        {thing} [is what you should look at|deserves a look|should be in your view]
        [i'd like|i want|i need] you to [look at|watch|inspect] {thing}
        [i'd like|i want|i need] you to look {look_way}
        [give|grant] {thing} [a glance|your attention|a close look]
        [turn|move|roll|bring|swing] your [eyes|gaze|camera|view] [|over ]{look_way}
        [turn|move|bring|swing|get] your [eyes|gaze|camera|view] [|over ][onto|towards|on] {thing}
        [how about|what about] [looking|a look] [at {thing}|{look_way}]
        [let us|let me] [have a look|see|look] [at |]{thing}
        [start|begin|keep] [looking|staring|gazing] at {thing}
        [start|begin|keep] [watching|looking at|facing] {person}
        [your|the] [eyes|camera|view] [|goes |go ][to|on] {thing}
        {no} [take your eyes off|lose sight of] {thing}
        {no} [glance|peek|turn your camera] [at|to] {thing}
        [search|sweep|check] the room, look {look_way}
        [let your eyes rest on|focus your eyes on|focus on|concentrate on] {thing}
        direct your [look|gaze|camera|eyes|attention] [at|to] {thing}
        eyes on {thing}
        eyes [|to the ]<direction:[left|right|front|up|down]>
        [cast|throw|take|have] a [glance|look] {look_way}
        [cast|throw] a [glance|look] at {thing}
        look straight at {person}
        look right at {thing}
        {no} [stare at|watch|inspect] {thing}
        [view|see|scan|monitor|survey|behold|eye] {thing}
        [bring|get] {thing} into [view|focus]
        [try to|can you] look {look_way}
        [turn|rotate|swivel|incline] your <limb:head> {look_way}
        [keep an eye on|watch over|look after] {thing}
        [keep an eye on|watch] {person}
        let me see {thing} through your camera
        look where {thing} is
        """,
}.items()})
