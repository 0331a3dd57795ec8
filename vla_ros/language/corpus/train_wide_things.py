"""Templates for training: idioms and roundabout ways to ask for work on things."""
from types import MappingProxyType

from vla_ros.language.corpus.slots import lines
from vla_ros.language.meaning import Intent

COMMANDS = MappingProxyType({intent: lines(text) for intent, text in {
    Intent.TOUCH: """
        [i'd like|i want|i need] your <limb:[hand|finger|palm]> on {thing}
        [could|can] we have your <limb:[hand|finger]> on {thing}
        [would you mind|try|start|how about] [feeling|patting|tapping|stroking] {thing}
        [any chance|is there a chance] you could touch {thing}
        [let's|let us] [touch|feel|pat|tap] {thing}
        [get|have|see] {thing} [touched|tapped|patted] [|with {side} {limb}|by your <limb:hand>]
        [fondle|finger|palpate|handle|tickle|dab|prod|pet|massage] {thing} [|with {side} {limb}]
        [stretch|hold|put] [out |]{side} {limb} [out |]and [touch|feel|tap] {thing}
        [walk|go|step] up and [touch|feel|tap] {thing}
        [how does|what does] {thing} feel [like|], touch it
        [see|find out|check] how {thing} feels [|to the touch]
        [make|let] {side} {limb} [meet|find|reach|contact] {thing}
        [make|let] your <limb:[finger|fingers|hand|palm]> [meet|find|contact|graze] {thing}
        [run|slide|draw|move] your <limb:[finger|fingers|hand]> [over|across|along] {thing}
        [leave|place|keep] {side} {limb} [upon|on|against] {thing}
        [be|get] in contact with {thing}
        [a|one] [touch|tap|pat] [on|to] {thing} [|with {side} {limb}]
        [give|do] {it} a [touch|tap|pat|stroke]
        [place|lay|put] {side} {limb} on {it}
        [knock|rap|drum] on {thing} [|{times}]
        [hands|fingers] on {thing}
        {thing}, [touch it|give it a tap|put a <limb:finger> on it]
        {no} [tickle|handle|finger|pet|contact] {thing}
        {no} [run|slide] your <limb:[hand|fingers]> over {thing}
        [hands|fingers|<limb:hands>] off {thing}
        """,
    Intent.PUSH: """
        [i'd like|i want|i need] {thing} [moved|shifted|shoved over] [|{way}] by [a push|pushing]
        [could|can] we have {thing} [pushed|shoved|nudged] [|{way}|away]
        [would you mind|try|start|how about] [shoving|nudging|shifting] {thing} [|{way}|away]
        [any chance|is there a chance] you could [push|shove] {thing} [|{way}|away]
        [let's|let us] [push|shove|nudge] {thing} [|{way}|away]
        [get|have|see] {thing} [pushed|shoved] [|{way}|aside|away]
        [shunt|hustle|muscle|bulldoze|barge|shoulder|joggle] {thing} [|{way}|away]
        [walk|go|step|lean|get] [up|in|over] and [push|shove|nudge] {thing} [|{way}|away]
        [lean|press] [against|into|on] {thing} and [push|shove] [|{way}|hard]
        [put|place|set|lay] your <limb:[hands|hand]> [on|against] {thing} and [push|shove] [|{way}]
        [put|place|set] your [back|shoulder|weight] [into|against|behind] {thing} [and push|]
        [get|stand|step] behind {thing} to [push|shove] [it|it {way}]
        [take|use] <side:both> {limbs} and [push|shove] {thing} [|{way}]
        [take|use] your <limb:[hand|hands|arm]> and [push|shove] {thing} [|{way}|away]
        [make|let] {thing} [move|budge|go|glide] {way} [|by {distance}]
        [make|get] {thing} [move|budge|go] by pushing [it|against it]
        [make|get] {thing} [out of the way|out of my way]
        [move|shift|clear] {thing} [over|away|to one side|out of my way|from the path]
        [push|shove|nudge] {it} [|{way}|{distance} {way}|a bit|further|hard|gently]
        [push|shove|nudge|roll|slide] {it} [over |]to {thing}
        [a|one] [push|shove|nudge] [to|for] {thing} [|{way}]
        [exert|use|apply] [force|pressure|some force] on {thing} [|until it moves]
        [slide|roll|scoot|shift] {thing} [along|forth|a bit|over the floor]
        [tip|topple|tumble|flip|knock|push] {thing} over
        {thing}, [push it|shove it|give it a shove] [|{way}|away]
        {thing} is in [the|my] way, [push|shove] it [|{way}|aside|away]
        {no} [roll|move|shift] {thing} [{way}|aside|over to {thing}]
        {no} [lean on|lean against|tip over|kick] {thing}
        no [pushing|shoving] [|of {thing}]
        """,
    Intent.PICK_UP: """
        [i'd like|i want|i need] {small_thing} [off the floor|in {side} {limb}|in your grip]
        [could|can] we have {small_thing} [picked up|lifted|off the floor]
        [would you mind|try|start|how about] [taking|grasping|lifting|collecting] {small_thing}
        [any chance|is there a chance] you could [pick up|grab|lift] {small_thing}
        [let's|let us] [pick up|grab|take|lift] {small_thing}
        [get|have|see] {small_thing} [picked up|lifted|in your <limb:[hand|hands]>]
        [clench|hoist|heave|elevate|pinch|cradle] {small_thing} [|with {side} {limb}]
        [fetch|take|get|bring] {small_thing} [up|up from the floor|up off the ground]
        [stoop|bow|crouch|squat|lean over|bend over] and [take|grab|lift|pick up] {small_thing}
        [walk|go|step] up and [take|grab|lift] {small_thing}
        [put|stretch] [out |]{side} {limb} [out |]and [take|grab] {small_thing}
        [lay|get] your <limb:[hand|hands|fingers]> on {small_thing} and [take|lift|grab] it
        [see|find] {small_thing}? [pick it up|grab it|take it|lift it]
        [get|take] {small_thing} [into|in] your [grip|grasp|possession]
        [get|take] {it} [into|in|with] {side} {limb}
        [hold|clasp|scoop up|snatch|lift] {it}
        [carry|hold|keep] {small_thing} [|with {side} {limb}|in {side} {limb}]
        {small_thing} [belongs|goes|should be] in {side} {limb}
        {side} {limb} around {small_thing}
        [unearth|dig up|harvest|rake in|claim|procure] {small_thing}
        [help|let] yourself [to |have |]{small_thing}
        [take|pull|get|lift] {small_thing} [out of|off|from] the {object}
        {small_thing} [lies|is lying|is] on the [floor|ground], [pick it up|lift it]
        {no} [hoist|scoop up|get hold of] {small_thing}
        {no} [grab|lift|take|hold] {it}
        """,
    Intent.PUT_DOWN: """
        [i'd like|i want|i need] {small_thing} [back on|on|down on] the [floor|ground|{object}]
        [i'd like|i want|i need] {small_thing} out of your <limb:[hand|hands]>
        [could|can] we have {small_thing} [put down|set down|{onto} {thing}]
        [would you mind|try|start|how about] [dropping|releasing|setting down] {small_thing}
        [any chance|is there a chance] you could [put|set|lay] {small_thing} down
        [let's|let us] [put|set|lay] {small_thing} [down|{onto} {thing}]
        [get|have|see] {small_thing} [put down|placed {onto} {thing}|set down]
        [shed|cast off|offload|jettison|unhand|part with] {small_thing}
        [shed|cast off|offload|jettison|part with] {it}
        [locate|situate|arrange|perch|plop|plonk|lodge|balance] {small_thing} {onto} {thing}
        [perch|plop|plonk|lodge|lower|balance] {it} {onto} {thing}
        [lower|ease] {small_thing} [|{onto} {thing}|to the ground|to the floor]
        [lower|ease] {it} [to the ground|to the floor|down]
        [bend|stoop|bow] down and [put|set|lay] {small_thing} {onto} {thing}
        [you can|time to] [let go|release it|drop it|put it down] [now|]
        [stop|quit|no more] [holding|carrying|gripping] {small_thing}
        [let|allow] {small_thing} [go|fall|slip]
        [open|relax|loosen|spread] {side} {limb} [and let {it} fall|so that it falls|]
        [open|relax|loosen] your [grip|hold|grasp] [on {small_thing}|]
        [find|choose] a [spot|place] for {small_thing} {onto} {thing}
        [let|make] {thing} [hold|carry|support] {small_thing}
        [place|stow|shelve|file|put|tidy] {small_thing} away
        [hang|lean] {small_thing} [on|against] {thing}
        {it} [goes|should go|belongs] {onto} {thing}
        {small_thing}, [put it down|drop it|let it go|set it down]
        [down|back] with {small_thing}
        {onto} {thing} with {it}
        {no} [lower|deposit|part with|get rid of] {small_thing}
        {no} [put|set|place] {it} {onto} {thing}
        [hands|<limb:hands>] empty [|please|now]
        """,
    Intent.BRING: """
        [i'd like|i want|i need] {small_thing} [|over here|with me|in my <limb:hand>|at my side]
        [could|can] [we|i] have {small_thing} [|over here|brought here|delivered]
        [would you mind|try|start|how about] [fetching|delivering|handing over] {small_thing}
        [would you mind|try|how about] [getting|passing|fetching] <person:me> {small_thing}
        [any chance|is there a chance] you could [bring|get|fetch|pass] <person:me> {small_thing}
        [let's|let us] [bring|take|give] {small_thing} to {person}
        [let's|let us] [bring|take|carry] {person} {small_thing}
        [get|have|see] {small_thing} [brought|delivered|taken|handed] to {person}
        [get|have|see] {small_thing} [brought|taken|carried] to {place}
        [find|look for] {small_thing} and [bring|fetch|give] it [|to {person}|here]
        [slip|toss|chuck|shoot|sling|gift|award|feed] {person} {small_thing}
        [transport|ferry|courier|schlep|hump|truck|lug] {small_thing} [over |]to {person}
        [transport|ferry|courier|schlep|move|lug] {small_thing} [over |]to {place}
        [transport|ferry|truck|schlep|lug|drag] {it} [over |]to [{person}|{thing}|{place}]
        [i'm|i am|we are] [missing|short of|looking for] {small_thing}, [bring|get|fetch] it
        [where is|do you see] {small_thing}? [bring|fetch|get] it [|to <person:me>|here]
        {person} [could use|should have|should get|deserves|must have] {small_thing}
        {person} [lost|dropped|forgot] {small_thing}, [bring|take|hand] it back
        {small_thing} [should|must] be [with|given to|handed to] {person}
        {small_thing} [over here|here|to me] [please|now|at once]
        {small_thing}, [bring|fetch|give|hand] it [to {person}|here|over]
        [come|get|walk] [over |]here [with|carrying|bringing] {small_thing}
        [bring|take|get] {small_thing} [along|with you|from there|over to {person}]
        [hold|reach] {small_thing} out to {person}
        [hand|pass|give] [it|that] [to <person:me>|over|back] [|now]
        {no} [hand over|pass on|send|transport] {small_thing} [|to {person}]
        {no} let {person} have {small_thing}
        """,
    Intent.DESCRIBE: """
        [i'd like|i want|i need] [a description|a report|to hear] of [what you see|the room]
        [i'd like|i want|i need] to [know|hear|learn] [what is there|where {thing} is|what you see]
        [could|can] [we|i] [have|get] a [report|list|description] [|of what is there|of the room]
        [would you mind|try|start|how about] [describing|listing|naming] what you see
        [any chance|do you think] [you could see|you see|there is] {thing}
        [let's|let us] hear what [you see|is there|is in front of you]
        [anything|something|anyone|anybody] [there|in sight|in view|in front of you|around]
        [any|no] {np} [there|in sight|in view|around|here]
        [got|have you] {thing} in [view|sight|front of you]
        [are|do] {object}s [there|in view|in sight|around you]
        [count|number|enumerate] [the|all] {object}s [|you see|in view|in the room]
        [do you|can you] [discern|see|sense|identify] [anything|something|{thing}]
        [does|can] your camera [see|show|find|have] {thing}
        [describe|depict|report on|characterise|narrate] {thing} [|to me|for me]
        [describe|explain|say] where {thing} [is|stands|lies]
        [has|have] {thing} [come|been] [into view|in sight]
        [how far|how far away|how distant|how close] is {thing}
        [how big|how tall|how wide] is {thing}
        [in|on] which [side|direction|place] [is|do you see] {thing}
        [is|are] {thing} [left|right|behind|close|far|near you|still there|in the room]
        [is|can] {thing} [there|visible|seen|in sight|in view|around]
        [is it|is that|could that be] {thing} [|there|over there|in front of you]
        [say|tell me|report] [if|whether] [you see|there is] {thing}
        [say|tell me|report] [how many|which] {object}s [you see|there are]
        [tell me|say|report] about [what you see|your surroundings|what is around]
        [what|which] [is|are] the [colour|size|shape|position] of {thing}
        [what|which] [thing|object|one] is {relation} {thing}
        [what's|what is] [your view|the view|the situation|the scene] [like|there|]
        [what's|what is] [that|this] [thing |]{relation} {thing}
        [where exactly|where] is {thing} [|now|, do you know]
        [who|what] do you [see|spot] [|right now|there|in the room|nearby]
        [your|the] [camera|eyes], what do [they|you] see
        {no} [describe|list|tell me] [what you see|where {thing} is]
        """,
}.items()})
