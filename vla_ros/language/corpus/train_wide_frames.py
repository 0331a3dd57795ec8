"""More of what training puts around commands, composed from small grammars."""
from vla_ros.language.corpus.slots import lines

BEFORE = lines("""
    [be an angel|be a darling|be a pal|be a star|do your duty|do your thing|earn your keep] and
    [make yourself useful|make my day|lend me a hand|help me out|do as i say|do your best] and
    [get up|listen up|cheer up|concentrate|focus|get ready|take a moment|take heart] and
    [be gentle|be cautious|be smart|be patient|be good|do it for me|try hard|show some spirit] and
    [let me see if you can|show me that you can|prove that you can|see if you can]
    [do you think you could|do you think you can|is there any way you could|might you]
    [i wonder if you could|i was wondering if you could|i hope you can|i bet you can]
    [it would be great|it would be lovely|it'd be nice|it would help|i'd be happy] if you could
    [i would love it|i'd appreciate it|i'd be thankful|i'd be pleased] if you could
    [i would love|i would prefer|it is necessary|it is important|i'm waiting] for you to
    [the next thing is|what comes next is|the order is|my request is|all you do is] to
    [your next task is|your duty is|your turn now,|your orders are|the boss says you have] to
    [the boss|the doctor|my wife|everyone|the team|our guest] [wants|needs|would like] you to
    [it's about time you|i'd rather you|i suggest that you|i insist that you|i demand that you]
    [i'd say you should|i guess you should|you really should|you definitely should|you'd best]
    [you'd better|you have got to|you've got to|you gotta|i gotta ask you to|i wanna see you]
    [so basically|basically|honestly|obviously|look|see|you know what|guess what|i mean|like],
    [sorry|pardon me|hello there|my dear robot|good morning|good evening|clever machine],
    [attention please|next up|first thing|new plan|change of plan|here we go|here goes],
    [okay so|alright so|right so|well okay|oh and|ah well|hm okay|yeah|yep|yup|nah|nope|no wait],
    [if it's not too much|if it is no trouble|if it's alright|when it suits you],
    [if you have a minute|if you have time|if you're free|since you're here|while you are here],
    [as a favour|for my sake|for all our sakes|without delay|with pleasure|in your own time],
    [um|uh|er|hm|eh] [please|could you|can you|would you|i want you to|you should|so|okay]
    [could you please|can you please|will you please|would you please|may you please]
    [please|kindly] [try to|be sure to|remember to|don't forget to|proceed to|go ahead and]
    [remember to|don't forget to|you forgot to|never forget to|see that you|see to it that you]
    [from now on|at this point|at this time|this instant|for the moment|for once|today],
    [give it a try|give it a go|take a deep breath|pull yourself together|be a hero|step forth] and
    [say yes|say nothing|trust me|hear me out|play along|join in|wake up|stand tall|show off] and
    [do something|do some work|do us proud|get to work|get going|make an effort|make a start] and
    [it's|it is|it gets] [dark|late|early|cold|urgent|your turn|showtime|time|my birthday|quiet],
    [i'm|i am|we're|we are] [tired|ready|hungry|in trouble|bored|here now|all set|at work|busy],
    [the guests|the children|our friends|all of them] are [here|late|waiting|hungry|watching],
    [there is|there's] [work to do|no more to say|a job for you|a problem|something to do],
    [you look|you seem|you are] [bored|ready|rested|smart|strong|free now|idle|clever enough],
    [this is|that's|here is] [a test|the plan|how it goes|your chance|what we do|an idea|it],
    [i have|i've got|we have] [an idea|a task|a wish|a favour to ask|visitors|a problem|work],
    [that worked|well done|you did well|not bad|so far so good|i see|i know|fair enough],
    [because|since|as|if|when] [it is late|i ask you|we are here|you can|you like|i am old],
    [before i forget|before lunch|while i think of it|after all|one way or another|by any means],
    """)
AFTER = lines("""
    , [because|since|as] [it is late|i said so|i want it|we must go|they asked for it|you can]
    , [it is|it's] [late|dark|needed|what we want|for the best|your job|dirty|about time|easy]
    , [i'm|i am|we're|we are] [in a bad mood|ready|old|busy|watching|at a loss|curious|tired]
    , [so|so that] [i can see|we are ready|everyone is happy|we may begin|all is well|i relax]
    , [or else|or i get angry|or we are in trouble|before it is too late|while you can|if you can]
    , and [be quick about it|make it quick|make it snappy please|mind your step|watch your feet]
    , and [thank you|cheers|well done|good luck|god bless|there you are|we are good|that's it]
    , and [no excuses|no mistakes|no nonsense|no dawdling please|don't break anything|don't fall]
    , and [take care|be gentle|be safe|be good|behave|mean it|keep it tidy|be a good machine]
    [and thank you|and thanks|and cheers|and that is it|and be nice|and take care|and no nonsense]
    [, if i may ask|, if i may|, if that is alright|, if it's no trouble|, if you would be so kind]
    [, can you do that|, could you do that|, will you do it|, are you able to|, is that possible]
    [, would that be okay|, does that work|, is that okay|, how about it|, what do you say|, eh]
    [, that's an order|, that is my wish|, this is important|, we are waiting|, i'm waiting]
    [, my good machine|, old chap|, champ|, darling|, honey|, boss|, chief|, you clever thing]
    [, i'd be grateful|, i'd be thankful|, i would love that|, you'd help me|, it would help]
    [, so i can see it|, so that we can go on|, so we can start|, so that i am happy|, for science]
    [, you know|, i guess|, i think|, i suppose|, basically|, like|, or so|, er|, um|, uh]
    [for us all|for everyone|for fun|for my sake|as a favour|as a test|as an exercise|as practice]
    [if you manage|if you know how|if you dare|if it works|if it isn't too hard|when you get to it]
    [this afternoon|in your own time|at your convenience|at some point|any time]
    [, let's go|, let's see|, let's try|, get to it|, do it|, on you go|, off you go|, chop chop]
    """)
_LATER = """[then|next|afterwards|after that|after this|following this|later on
    |directly after that|directly afterwards|shortly after|shortly afterwards|a moment later
    |immediately afterwards|right after this|as soon as that is done|as soon as you are done
    |once that's over|once that works|once you are there|once you have done so|once finished
    |when that's finished|when you have done that|when you are ready|when you are through
    |having done that|with that done|that done|this done|only then|from there
    |second|second thing|step two|number two|for the second step|as the second step
    |besides|furthermore|moreover|in addition|on top of that|apart from that|again after that
    |now|for the next part|in the second place|to continue|to go on|after you did so]"""
_LAST = """[finally|lastly|last|last of all|last but not least|at last|in the end|at the end|to end
    |to finish|to finish off|to conclude|to end with|for the finish|as a final step|as the end
    |third|step three|number three|for the last part|when all is done|after all that]"""
_OPENER = """[first|first off|first of all|to begin|for starters|for a beginning|in the
    beginning|first thing|number one|step one|initially|to start off|to get started|at the start
    |as the first step|in the first place|begin like this|start like this|before anything else]"""
_LATER, _LAST, _OPENER = (' '.join(s.split()).replace(' |', '|')
                          for s in (_LATER, _LAST, _OPENER))
_PLAIN = lines("""
    @ <connector:and> @
    @ <connector:and> @
    @ <connector:and> @
    @ <connector:and then> @
    @ <connector:then> @
    @<connector:,> @
    @<connector:, and> @
    @<connector:, then> @
    @<connector:, and then> @
    @<connector:,> @ <connector:and> @
    @<connector:,> @ <connector:and> @
    @<connector:,> @ <connector:and then> @
    @<connector:,> @<connector:, and> @
    @ <connector:and> @ <connector:and> @
    @ <connector:and> @<connector:, then> @
    <opener:first> @<connector:, then> @
    <opener:first> @ <connector:and then> @
    <opener:first> @<connector:, then> @ <connector:and> @
    """)
"""What is said most often."""
JOINED = _PLAIN * 6 + lines(f"""
    @ <connector:[and |]{_LATER}> @
    @ <connector:[and |]{_LATER}> @
    @ <connector:and {_LATER}> @
    @<connector:[, |; |. |, and ]{_LATER}> @
    @<connector:[, |; |. |, and ]{_LATER}> @
    @<connector:[, |; |. |, and ]{_LATER}>, @
    @<connector:[, |; |. |, and ]{_LAST}> @
    @ <connector:and {_LAST}> @
    <opener:{_OPENER}> @ <connector:[and |]{_LATER}> @
    <opener:{_OPENER}> @<connector:[, |; |. |, and ]{_LATER}> @
    <opener:{_OPENER}>, @ <connector:[and |]{_LATER}> @
    <opener:{_OPENER}>, @<connector:[, |; |. |, and ]{_LATER}> @
    <opener:{_OPENER}> @<connector:[, |; |. |, and ]{_LAST}> @
    <opener:{_OPENER}>: @<connector:[, |; |. |, and ]{_LATER}>: @
    @<connector:,> @ <connector:and> @
    @<connector:,> @<connector:, and> @
    @<connector:,> @<connector:,> @
    @<connector:,> @<connector:, {_LATER}> @
    @<connector:,> @[<connector:, {_LAST}>| <connector:and {_LAST}>|<connector:, and {_LAST}>] @
    @<connector:;> @<connector:;> @
    @<connector:.> @<connector:.> @
    @ <connector:and> @ <connector:and {_LATER}> @
    @ <connector:[and |]{_LATER}> @ <connector:and {_LAST}> @
    @<connector:[, |; |. |, and ]{_LATER}> @<connector:[, |; |. |, and ]{_LATER}> @
    @<connector:[, |; |. |, and ]{_LATER}> @<connector:[, |; |. |, and ]{_LAST}> @
    <opener:{_OPENER}> @<connector:[, |; |. |, and ]{_LATER}> @ <connector:and> @
    <opener:{_OPENER}> @<connector:,> @ <connector:and> @
    <opener:{_OPENER}> @ <connector:[and |]{_LATER}> @ <connector:[and |]{_LATER}> @
    <opener:{_OPENER}> @<connector:[, |; |. |, and ]{_LATER}> @<connector:[, |. |, and ]{_LAST}> @
    <opener:{_OPENER}> @ <connector:[and |]{_LATER}> @<connector:[, |, and ]{_LAST}> @
    @<connector:.> @
    @<connector:[;|:]> @
    @ <connector:{_LATER}> @ <connector:{_LATER}> @
    """)
