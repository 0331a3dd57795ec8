"""
What fills the {slots} of templates, by name: one option a line.

`[a|b]` picks one, `{slot}` is filled from here, `<type:words>` marks an entity.
"""
from types import MappingProxyType

_COMMANDS = {
    'object': """
        <object:[cube|cube|cube|box|block]>
        <object:[ball|ball|ball|sphere]>
        <object:[cylinder|cylinder|drum|tube]>
        <object:[cone|cone|pyramid|pill|capsule]>
        <object:[table|chair|door|bottle|cup|mug|book|bag|bin|bucket|basket|sofa|couch|shelf]>
        <object:[wall|window|lamp|plant|toy|can|tray|plate|screen|cart|box|glass|desk|stool]>
        """,
    'small_object': """
        <object:[cube|cube|box|block]>
        <object:[ball|ball|sphere]>
        <object:[cylinder|cone|pyramid|pill|capsule|tube]>
        <object:[bottle|cup|mug|book|bag|toy|can|plate|glass|basket|tray]>
        """,
    'colour': """
        <colour:[red|green|blue|yellow|purple|orange|cyan|pink]>
        <colour:[red|green|blue|yellow|purple|orange|cyan|pink]>
        <colour:[violet|turquoise|black|white|grey|gray|brown]>
        """,
    'size': """
        <size:[big|small|large|little|tiny|tall|short|huge|wide|narrow|medium]>
        """,
    'selector': """
        <selector:[nearest|closest|other|other|furthest|farthest|leftmost|rightmost]>
        <selector:[first|second|third|last|next|same|middle|biggest|largest|smallest|tallest]>
        """,
    'relation': """
        <relation:[left of|to the left of|on the left of|right of|to the right of]>
        <relation:[on the right of|behind|in front of|next to|beside|near|close to|by]>
        <relation:[on|on top of|under|below|beneath|underneath|above|opposite|in|inside]>
        """,
    'at': """
        <relation:[left of|to the left of|on the left side of|right of|to the right of]>
        <relation:[behind|in front of|next to|beside|near|close to|by|at]>
        """,
    'onto': """
        <relation:[on|onto|on top of|in|into|next to|beside|behind|under|in front of|near]>
        """,
    'np': """
        {colour} {object}
        {colour} {object}
        {colour} {object}
        {object}
        {object}
        {size} {object}
        {size} {colour} {object}
        {colour} <object:[one|thing|object]>
        {size} <object:one>
        {selector} {object}
        {selector} <object:one>
        {selector} {colour} {object}
        """,
    'small_np': """
        {colour} {small_object}
        {colour} {small_object}
        {small_object}
        {small_object}
        {size} {small_object}
        {size} {colour} {small_object}
        {colour} <object:one>
        {selector} {colour} {small_object}
        {selector} <object:one>
        """,
    'thing': """
        the {np}
        the {np}
        the {np}
        the {np}
        [that|this|a|my] {np}
        the {np} {relation} the {np}
        the {np} {relation} the {colour} {object}
        {other_form}
        """,
    'small_thing': """
        the {small_np}
        the {small_np}
        the {small_np}
        [that|this|a] {small_np}
        the {small_np} {relation} the {np}
        """,
    'other_form': """
        the {object} that is {colour}
        the {object} [which is|that's] {relation} the {np}
        the {object} over there
        the <selector:[nearest|closest|other|last|biggest|leftmost]> [|one] of the {object}
        whichever {object} is <selector:[nearest|closest|biggest]>
        """,
    'person': """
        <person:me>
        <person:me>
        [the|that] <person:[man|woman|person|lady|guy|boy|girl|visitor|operator|child]>
        <person:[him|her|somebody|someone]>
        """,
    'place': """
        the <place:[kitchen|hallway|bedroom|office|garage|corner|bathroom|lab|entrance]>
        the <place:[charging station|living room]>
        """,
    'it': """
        <pronoun:it>
        <pronoun:it>
        <pronoun:[that|this|them]>
        """,
    'way': """
        <direction:[forward|forwards|back|backward|backwards]>
        <direction:[forward|ahead|straight ahead|straight|back]>
        [|to the |to your |sideways to the ]<direction:[left|right]>
        """,
    'turn_way': """
        [|to the |to your |towards the ]<direction:[left|right]>
        [|to the ]<direction:[left|right]>
        <direction:[clockwise|counterclockwise]>
        """,
    'look_way': """
        [|to the |to your ]<direction:[left|right]>
        <direction:[up|down|around|ahead|back|forward|straight ahead]>
        """,
    'number': """
        [one|two|three|four|five|six|seven|eight|nine|ten]
        [1|2|3|4|5|6|7|8|10|12|15]
        [0.5|1.5|2.5|0.75|1.25|3.5|0.8|1.2|4.5]
        [two and a half|one and a half|three and a half|one and a quarter]
        [one point five|two point five|zero point five|one point two|twelve|fifteen|twenty]
        """,
    'distance': """
        <distance:{number} [metres|meters|metre|meter|m|feet]>
        <distance:{number} [metres|meters|metres|meters]>
        <distance:[1|2|3|0.5|1.5|2.5|50|30|80][ |][m|cm]>
        <distance:[half a|three quarters of a|a|one|a quarter of a] [metre|meter]>
        <distance:a [metre|meter] and a half>
        <distance:[ten|twenty|fifty|eighty|20|30|40|60|a hundred] [centimetres|centimeters|cm]>
        <distance:[two|three|five|six|a|ten] [feet|foot|yards|inches]>
        """,
    'angle': """
        <angle:[30|45|60|90|120|135|180|20|270|360|10|15][ |-][degrees|degrees|deg]>
        <angle:[30|45|60|90|180|360]°>
        <angle:[thirty|forty five|forty-five|sixty|ninety|ten|twenty|fifteen] degrees>
        <angle:[a hundred and eighty|one hundred and twenty|one hundred eighty] degrees>
        <angle:[a quarter|half a|a half|a full|a quarter of a|three quarters of a] turn>
        """,
    'duration': """
        <duration:[two|three|five|ten|thirty|2|5|10|20] seconds>
        <duration:[a minute|one minute|half a minute|a moment|a second|two minutes]>
        """,
    'some_steps': """
        <steps:[two|three|four|five|a few|a couple of|ten|2|3|5|six] [steps|paces]>
        <steps:[one|a] [step|pace]>
        """,
    'times': """
        <count:[twice|once|three times|two times|five times|3 times|four times|ten times]>
        """,
    'speed': """
        <speed:[slowly|quickly|fast|carefully|gently|slow|quick|gradually|rapidly|briskly]>
        """,
    'side': """
        [your|the] <side:[left|right]>
        [your|the] <side:[left|right]>
        """,
    'limb': """
        <limb:[arm|arm|hand]>
        """,
    'limbs': """
        <limb:[arms|arms|hands]>
        """,
    'anyarm': """
        {side} {limb}
        {side} {limb}
        {side} {limb}
        <side:both> [|your |of your ]{limbs}
        <side:both> {limbs}
        your {limbs}
        [your|an|one] {limb}
        """,
    'no': """
        <negation:[don't|do not|dont|never|don't|do not]>
        """,
}

_CHATTER = {
    'city': """
        [paris|london|tokyo|berlin|new york|rome|madrid|vienna|cairo|oslo|moscow|boston|sydney]
        """,
    'country': """
        [france|spain|japan|brazil|italy|canada|egypt|norway|germany|india|mexico|kenya|peru]
        """,
    'animal': """
        [cat|dog|horse|elephant|bird|fish|cow|mouse|lion|tiger|spider|rabbit|bear|sheep|whale]
        """,
    'food': """
        [pizza|soup|a sandwich|an omelette|pasta|a cake|salad|rice|coffee|tea|dinner|breakfast]
        """,
    'name': """
        [anna|tom|maria|john|lisa|peter|sarah|david|my mother|my boss|my brother|my wife]
        """,
    'day': """
        [today|tomorrow|yesterday|on monday|on friday|next week|last week|tonight|this morning]
        """,
    'topic': """
        [football|politics|history|music|physics|the economy|the war|mathematics|religion|art]
        [climate change|biology|the stock market|philosophy|fashion|movies|poetry|chess|cars]
        """,
    'feeling': """
        [happy|sad|tired|hungry|bored|angry|sick|cold|nervous|thirsty|lonely|excited|busy]
        """,
    'device': """
        [the light|the lights|the tv|the radio|the heating|the oven|the fan|the printer]
        [the computer|the phone|the alarm|the dishwasher|the washing machine|the wifi]
        """,
}
_COMMANDS |= _CHATTER


def _options(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.strip().splitlines() if line.strip())


SLOTS = MappingProxyType({name: _options(text) for name, text in _COMMANDS.items()})


def lines(text: str) -> tuple[str, ...]:
    """Return the templates of a block, one a line."""
    return _options(text)
