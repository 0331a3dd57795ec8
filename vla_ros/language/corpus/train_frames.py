"""What training puts around commands: courtesies, connectors, slips of the ear."""
from vla_ros.language.corpus.slots import lines

BEFORE = lines("""
    please
    please
    [could|can|would|will] you [|please ]
    [robot|hey robot|ok robot|hey|hi robot|hello robot|dear robot],
    [now|okay|ok|alright|well|so|right],
    [i want you to|i need you to|i'd like you to|you should|you have to|you may|you can]
    [robot|ok robot] [please|now|could you]
    [would you mind and|be so kind and|be so good and|go on and|go ahead and]
    [um|uh|er|hm|well um|like],
    [why don't you|how about you|let us|let's]
    [may i ask you to|do me a favour and|be a dear and|i would like you to|i'd love you to]
    [listen|attention|my friend|buddy|machine|hello|good robot|oh|ah|yes|no|actually],
    [you ought to|you must|you are to|you need to|you had better|make sure to|be sure to|try to]
    [just|simply|maybe|perhaps|for now|this time|again,]
    [what i want is that you|i think you should|i wish you would|it is time to|i ask you to]
    [could you possibly|can you maybe|would you be able to|are you able to|is it okay to]
    [after all,|by the way,|in that case,|for a start,|all right,|come on,|go on,|great, now]
    [next thing:|new task:|your task:|command:|here is what to do:]
    [pretty please|if you please,|if you can,|when you can,|as soon as possible,]
    [i'm asking you to|we would like you to|help me and|be quick and|be careful and]
    [i'd be glad if you could|i'd be happy if you would|it'd be great if you could|i beg you to]
    [if you don't mind,|if that's okay,|if possible,|when ready,|whenever you can,|with care,]
    [be nice and|be helpful and|be a good robot and|be a sport and|be so nice and|be brave and]
    [have a heart and|take care and|feel free and|do try and|do the right thing and|hurry up and]
    [it is your job to|it's on you to|it's time for you to|you get to|you are here to|feel free to]
    [wake up|hear this|pay attention|sweetheart|captain|old friend|helper|assistant|computer],
    [i expect you to|we need you to|we want you to|i trust you to|i order you to|i command you to]
    [look here|hey you|right then|now then|well then|so then|hey there|you there|mate|pal|sir],
    [hey|hello|hi|okay|so|well|now|right|alright] [you|there|machine|buddy|mate|robot|friend],
    [hey|hello|hi|okay|so|well|now|right|alright], [please|could you|can you|would you|just]
    [you could|you might|you can|you will|you shall|you would do well to|you are asked to]
    [my wish is that you|your job is to|your task is to|the plan is to|the idea is to]
    [would you be so kind and|would you kindly and|would you be so nice to|may i have you]
    [robot|machine|dear robot|my robot], [i want you to|i need you to|you should|would you|just]
    [can i ask you to|could i ask you to|i would ask you to|allow me to ask you to]
    [quick|careful|ready|your turn|go ahead|there you go|there we go|fine|good|very good|perfect],
    [this is what i want:|do this:|do the following:|an order:|please do this:|one more thing:]
    """)
AFTER = lines("""
    please
    , please
    now
    [right now|at once|immediately|for me|thanks|, thanks|, will you|, would you|, robot]
    [when you are ready|whenever you like|if you don't mind|as soon as you can|, okay|, ok]
    [before i go|quick|, buddy|, my friend|again|and be careful]
    [if possible|, thanks a lot|, if you would|in a moment|straight away|, dear|as well|too]
    [, can you|, could you|, i beg you|, that's all|, that would be great|, go|, come on|, yes]
    [this time|for a change|then|instead|this minute|in one go|without delay|as i said]
    [, that would be nice|, i mean it|, it is urgent|, it's important|just once|a bit|, good robot]
    [if you are able to|when you have time|on my command|on three|like before|, pretty please]
    [, be so kind|, be a dear|, if it suits you|right off the bat|one more|, my boy|, sweetheart]
    [, will you please|, many thanks|, if that's okay|soon|right this second|, mate|, pal|, sir]
    [, if you like|, if you don't mind|, if it's not too much|, when you're ready]
    [right now|right away now|right this moment|at this moment|this very moment|this second|today]
    [, and thanks|, i thank you|, much appreciated|, i'd appreciate it|, be so kind]
    [, do you hear me|, do you understand|, understood|, got it|, all right|, right|, you hear]
    [once again|one more time|the way i like it|like i told you|like a good robot|nice and easy]
    [, machine|, my robot|, dear robot|, hurry|, go on|, go ahead|, and do it well|, that is all]
    [promptly|directly|instantly|swiftly please|if you will|if you wish|if you want|as you like]
    """)
JOINED = lines("""
    @ <connector:and> @
    @ <connector:and then> @
    @<connector:, then> @
    @ <connector:then> @
    @<connector:, and then> @
    @<connector:, and> @
    @<connector:,> @
    @. <connector:then> @
    <opener:first> @ <connector:then> @
    <opener:first> @<connector:, then> @
    <opener:first> @<connector:, and then> @
    <opener:first> @ <connector:and then> @
    @ <connector:after that> @
    @<connector:, after that> @
    @. <connector:after that> @
    @ <connector:and after that> @
    @ <connector:and when you are done> @
    @<connector:, next> @
    @. <connector:next>, @
    @<connector:, finally> @
    @ <connector:followed by> @
    @<connector:,> @ <connector:and> @
    @<connector:,> @ <connector:and then> @
    @ <connector:then> @ <connector:then> @
    <opener:first> @<connector:, then> @<connector:, and finally> @
    <opener:first> @ <connector:then> @ <connector:and then> @
    @ <connector:and> @ <connector:and> @
    @<connector:.> @
    @<connector:, afterwards> @
    @ <connector:and afterwards> @
    <opener:to begin with>, @<connector:, then> @
    <opener:to start>, @<connector:, then> @
    <opener:to start with> @ <connector:and then> @
    <opener:at first> @<connector:, then> @
    <opener:first thing>: @<connector:. then> @
    <opener:step one>: @<connector:. step two>: @
    <opener:one>: @<connector:, two>: @
    @ <connector:and next> @
    @ <connector:[and |][then|next|afterwards|after that|following that|after this|right after]> @
    @<connector:[, |. |; |, and ][then|next|afterwards|after that|following that|after this]> @
    @<connector:[, |. |; |, and ][right afterwards|soon after|right after that|after which]> @
    @<connector:[, |. |; |, and ][in the next step|as a next step|as the last step|at last]> @
    @<connector:[, |. |; |, and ][thirdly|eventually|in turn|thereupon|ultimately|additionally]> @
    @ <connector:and [thirdly|eventually|in turn|thereupon|ultimately|additionally|lastly]> @
    <opener:[initially|at the start|before all else]> @<connector:[,|, and] then> @
    <opener:[initially|first|first off]>, @<connector:[, |. |; |, and ][then|next]> @
    @<connector:,> @ <connector:and> @
    @ <connector:and> @
    @ <connector:and then> @
    @<connector:, then> @
    @<connector:. next> @
    @<connector:. afterwards> @
    @<connector:. finally> @
    @ <connector:and finally> @
    @<connector:, and lastly> @
    @<connector:, lastly> @
    @<connector:, and at the end> @
    @<connector:, in the end> @
    @ <connector:and subsequently> @
    @<connector:, subsequently> @
    @ <connector:and also> @
    @<connector:, also> @
    @ <connector:plus> @
    @ <connector:as well as> @
    @<connector:;> @
    @<connector:; then> @
    @<connector:, once done> @
    @<connector:, once you did that,> @
    @ <connector:and once that is done> @
    @<connector:, when that is done,> @
    @ <connector:and straight after that> @
    @ <connector:and immediately after> @
    @ <connector:right after that> @
    @<connector:, after this> @
    @<connector:, followed by> @
    @<connector:,> @<connector:,> @
    @<connector:, then> @<connector:, then> @
    @<connector:,> @<connector:, then> @
    <opener:first of all> @<connector:, then> @
    """)
SLIPS = (('to', 'too'), ('to', 'two'), ('to', 'tu'), ('red', 'read'), ('blue', 'blew'),
         ('green', 'grain'), ('ball', 'bawl'), ('turn', 'tern'), ('right', 'write'),
         ('metres', 'meeters'), ('one', 'won'), ('four', 'for'), ('the', 'de'), ('the', 'a'),
         ('cube', 'queue'), ('cone', 'con'), ('your', 'you'), ('left', 'lift'), ('wave', 'waive'),
         ('go', 'gow'), ('walk', 'work'), ('see', 'sea'), ('there', 'their'), ('two', 'to'),
         ('eight', 'ate'), ('please', 'pleas'), ('for', 'four'), ('arm', 'arms'),
         ('raise', 'rays'), ('pick', 'pic'), ('push', 'bush'), ('me', 'mi'), ('and', 'end'),
         ('touch', 'tach'), ('bring', 'brink'), ('box', 'bocks'), ('pink', 'think'),
         ('yellow', 'yell oh'), ('to', 'tow'), ('red', 'rad'), ('blue', 'bloo'), ('ball', 'bald'),
         ('left', 'laughed'), ('right', 'rite'), ('the', 'thee'), ('cube', 'cubed'),
         ('green', 'greene'), ('metres', 'meter'), ('box', 'bugs'), ('turn', 'turned'),
         ('purple', 'people'), ('orange', 'oranges'), ('cylinder', 'silly under'), ('you', 'ya'),
         ('big', 'pig'), ('small', 'smell'), ('table', 'tabel'), ('chair', 'share'), ('up', 'app'),
         ('down', 'town'), ('back', 'bag'), ('forward', 'foreword'), ('door', 'dor'), ('it', 'id'),
         ('near', 'neer'), ('nearest', 'nearist'), ('degrees', 'degree'), ('hand', 'hant'),
         ('you', 'u'), ('come', 'calm'), ('degrees', 'degreases'), ('red', 'bred'))
