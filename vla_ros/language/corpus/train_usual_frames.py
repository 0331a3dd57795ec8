"""What training puts around what is said every day, and what is none though it has an "and"."""
from vla_ros.language.corpus.slots import lines

JOINED = lines("""
    @ <connector:and> @
    @ <connector:and> @
    @ <connector:and> @
    @ <connector:and> @
    @ <connector:and> @
    @ <connector:and> @
    @<connector:, and> @
    @<connector:,> @
    @<connector:,> @
    @ <connector:and then> @
    @<connector:, then> @
    @<connector:, and then> @
    @ <connector:then> @
    @<connector:[, |. |, and ][after that|then|afterwards|next]> @
    @ <connector:[and |][after that|then|afterwards]> @
    <opener:first> @<connector:[,|,| and| and] then> @
    @<connector:,> @ <connector:and> @
    @<connector:,> @ <connector:and> @
    @<connector:,> @ <connector:and> @
    @<connector:,> @<connector:,> @
    @ <connector:and> @ <connector:and> @
    @<connector:,> @<connector:, and> @
    @<connector:,> @ <connector:and then> @
    @<connector:, then> @ <connector:and> @
    @<connector:,> @<connector:,> @ <connector:and> @
    @<connector:,> @<connector:, then> @ <connector:and> @
    """)

_POLITE = lines("""
    [please|please|robot,|hey robot,|hey,|ok,|okay|now|so|well,|um|uh|right,|alright]
    [can|could|would|will] you [|please ]
    [robot|hey robot|ok robot|hey|okay|right|hello], [please|can you|could you|now|would you]
    """)
BEFORE = _POLITE * 3 + lines("""
    [please|can you|could you|robot,|ok robot,|i want you to|now|] [go ahead|go on|come on|do] and
    be [so |very |really |a bit |][kind|good|nice|sweet|helpful|gentle|careful|polite|quick|\
friendly|brave|quiet|calm|clever|generous|obliging|thoughtful|patient|decent|a little braver] and
    be [a|my|our] [good|dear|clever|nice|great|true|real] \
[robot|friend|helper|boy|girl|machine] and
    [show|have|get|find] [some|a bit of|a little|the] \
[courage|manners|heart|strength|nerve|style] and
    [do|grant|offer] [me|us|everybody] [a|the|this] [favour|kindness|honour|service|pleasure] and
    [give|lend] [me|us] [a hand|a helping hand|your help|your support|some help] and
    [don't be shy|don't wait|never mind|relax|breathe|smile|come along|keep calm|be yourself] and
    [stand up|wake up|hurry|hurry up|get up|step up|rise|move it|come on|get a grip|brace up] and
    [make|take] [the|a] [chance|start|break|breath|time|opportunity|initiative] and
    [go|come|try|run along|run|hurry|hop along|get out there|get over yourself|start] and
    [go|come|step] [right ahead|forth|easy|all in|all out|along|on then|now|on over|right up] and
    [go|reach|run|push|hold|stand|look|move] [deep|the extra mile|wild|hard|tight|firm|lively] and
    [turn|look|walk|move] [over a new leaf|sharp|the talk|your legs|with the times|to it] and
    [follow|take|mind|heed] my [lead|orders|words|word for it|advice|example|instructions] and
    [come|rush|hurry|run] to my [aid|help|rescue|assistance] and
    [pick|pull|bring|push] yourself [up|together|along|hard|to it] and
    [put|bring|lift|raise] your [back into it|best|spirits|game|heart into it|mind to it] and
    [take|bring|touch|hold|drop] [charge|it on|the lead|us joy|wood|your horses|everything] and
    [return to duty|point taken, go on|wave your doubts goodbye|show up|undo your worries] and
    """)

OTHER = lines("""
    [he|she|it|they|we|the {animal}|{name}] [went|ran|walked|drove|flew] [home|to {city}|off] and \
[slept|waited|cried|laughed|stayed there|came home|ate {food}]
    [he|she|they|we|{name}] [turned|looked|pushed|touched|waved] and [left|fell|said nothing|ran]
    i [took|saw|brought|dropped|found|lost] [a {animal}|my {small_object}|the {object}] and \
[left|went home|felt {feeling}|laughed]
    [make|cook|bake|eat|heat up] {food} and {food}
    [turn off|switch off|start|check] {device} and {device}
    [read|write|sing|dance|swim|sleep|study] and [write|sing|dance|eat|drive|think|pray]
    tell [me|us|{name}] about {topic} and {topic}
    [i am|we are|they are] {feeling} and {feeling}
    [{country} and {country}|{city} and {city}|{topic} and {topic}] are [far|great|alike|different]
    the {colour} [sky|sea|sun|car] is [nice|far] and the [trees|people|days] are [old|long|few]
    [i|we] [like|love|hate|know] {topic} and {food}
    """)
