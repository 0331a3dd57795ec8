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
    """)
AFTER = lines("""
    please
    , please
    now
    [right now|at once|immediately|for me|thanks|, thanks|, will you|, would you|, robot]
    [when you are ready|whenever you like|if you don't mind|as soon as you can|, okay|, ok]
    [before i go|quick|, buddy|, my friend|again|and be careful]
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
    <connector:first> @ <connector:then> @
    <connector:first> @<connector:, then> @
    <connector:first> @<connector:, and then> @
    <connector:first> @ <connector:and then> @
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
    <connector:first> @<connector:, then> @<connector:, and finally> @
    <connector:first> @ <connector:then> @ <connector:and then> @
    @ <connector:and> @ <connector:and> @
    @<connector:.> @
    <connector:first of all> @<connector:, then> @
    """)
SLIPS = (('to', 'too'), ('to', 'two'), ('to', 'tu'), ('red', 'read'), ('blue', 'blew'),
         ('green', 'grain'), ('ball', 'bawl'), ('turn', 'tern'), ('right', 'write'),
         ('metres', 'meeters'), ('one', 'won'), ('four', 'for'), ('the', 'de'), ('the', 'a'),
         ('cube', 'queue'), ('cone', 'con'), ('your', 'you'), ('left', 'lift'), ('wave', 'waive'),
         ('go', 'gow'), ('walk', 'work'), ('see', 'sea'), ('there', 'their'), ('two', 'to'),
         ('eight', 'ate'), ('please', 'pleas'), ('for', 'four'), ('arm', 'arms'),
         ('raise', 'rays'), ('pick', 'pic'), ('push', 'bush'), ('me', 'mi'), ('and', 'end'),
         ('touch', 'tach'), ('bring', 'brink'), ('box', 'bocks'), ('pink', 'think'),
         ('yellow', 'yell oh'), ('you', 'u'), ('come', 'calm'), ('degrees', 'degreases'))
