"""Templates of what is no command that a robot's body can carry out; for training."""
from vla_ros.language.corpus.slots import lines

OTHER = lines("""
    hello
    [hi|hello|hey|good morning|good evening|good night] [|there|robot|my friend|everybody]
    how are you [|doing|feeling|{day}|my friend]
    what is your name
    who [are you|made you|built you|is your owner]
    [nice|glad|good] to [meet|see] you
    thank you [very much|so much|for your help]
    thanks [a lot|again|for that|robot]
    [you are|you're] [great|stupid|funny|a good robot|very nice|smart|amazing|ugly|my friend]
    i [love|hate|like|miss|enjoy] [you|{food}|{topic}|this song|my job|robots|{animal}s]
    i am [so |very |a bit |]{feeling} [|{day}]
    my name is {name}
    {name} is [|very |a little ]{feeling} {day}
    are you [a human|alive|hungry|married|happy|tired|conscious|a man or a woman|real|okay]
    do you [love me|like {topic}|know {name}|have friends|sleep|eat {food}|dream|feel pain]
    can you [think|feel|dream|swim|fly|sing|cook|drive a car|do my homework|hear me]
    [yes|no|maybe|okay|sure|of course|certainly not|not really|i see|right|well|hm|never mind]
    [oh no|oh my god|wow|great|awesome|terrible|nonsense|bravo|congratulations|cheers]
    that [is|was] [great|terrible|funny|a good idea|wrong|boring|strange|not what i meant|nice]
    what [is the time|time is it|day is it|is the date today|year is it]
    what is the weather [like |]{day} [|in {city}]
    will it [rain|snow|be sunny|be cold|be windy] {day} [|in {city}]
    what is the capital of {country}
    how far is {city} from {city}
    how [big|old|tall|heavy|fast|dangerous] is [a|the|an average] {animal}
    how many [legs|eyes|teeth|bones] does [a|the] {animal} have
    how many people live in {country}
    who [is the president of|is the king of|won the war in|discovered] {country}
    who [wrote|painted|invented|composed|directed|discovered] [hamlet|the mona lisa|the telephone]
    who invented [the wheel|the telephone|chess|the bicycle|{topic}|the light bulb|paper]
    when [was|did] [the war|{topic}|mozart|the french revolution] [start|born|end]
    where is {city}
    where [do {animal}s live|does {food} come from|is {country}|were you built|was mozart born]
    why is [the sky blue|grass green|the sea salty|blood red|snow white|{name} {feeling}]
    why [do {animal}s sleep|are you {feeling}|did you do that|is {topic} important]
    what is [love|the meaning of life|{topic}|a {animal}|gravity|an atom|a neural network]
    what is [two|three|five|seven|12|15] [plus|times|minus|divided by] [two|three|nine|4|100]
    what is the square root of [nine|sixteen|two|a hundred]
    what does [{topic}|love|a {animal}|this word] mean
    what do you think [about|of] [{topic}|{name}|{country}|me|my hair|the new law]
    which [is better|do you prefer], {topic} or {topic}
    explain [|to me ]{topic} [|in simple words]
    tell me [a joke|a story|about {topic}|something about {country}|the news|your secret|a lie]
    [sing|play] [|me ][a song|some music|something by mozart|a lullaby|the guitar|the next song]
    [read|write|compose] [|me ][a poem|a letter to {name}|a book|an email|a story about a {animal}]
    translate [this|good morning|hello|{food}] into [french|german|spanish|english|japanese]
    [call|text|phone|email|invite|ask] {name} [|please|and say i am late|for me|{day}]
    send [an email|a message|a letter|flowers|money] to {name}
    set [an alarm|a timer|a reminder] for [seven|ten minutes|{day}|noon|6 am]
    remind me [{day}|to call {name}|to buy {food}|to take my pills]
    [turn|switch] [on|off] {device}
    turn {device} [on|off|up|down]
    [turn|make] the [music|volume|heating|sound] [up|down|louder|lower]
    [open|close|lock] the [window|curtains|garage door|file|browser|app|account]
    [make|cook|prepare|bake|order|buy] [|me |us ]{food}
    [buy|order|sell|rent] [me |][a new phone|two tickets|a car|a house|milk|some stocks]
    [book|reserve] [a table for two|a flight to {city}|a hotel in {city}|a taxi|an appointment]
    [wash|clean|iron|fold] [the dishes|my shirt|the laundry|the bathroom|the car|the windows]
    [search|google|look up] [|for ][{topic}|flights to {city}|the word {animal}|my name] [|online]
    look up the [weather|phone number of {name}|train schedule|recipe for {food}]
    [download|install|delete|update] [the file|the app|my photos|the new version|windows]
    [raise|lower|cut|increase] [my salary|taxes|the price|the rent|your voice|interest rates]
    follow [the news|your dreams|me on instagram|the recipe|the rules|the instructions of {name}]
    go [to hell|crazy|fishing|on holiday|shopping with {name}|vote|study|on a diet|to sleep]
    move [to {city}|to {country}|on with your life|the meeting to {day}|money to my account]
    pick [a number|a card|a name for my {animal}|your favourite colour|a side|a movie]
    put [on some music|the kettle on|money in the bank|{food} in the oven|it on the agenda]
    bring [peace to the world|joy to {name}|up the topic of {topic}|the meeting forward]
    push [the meeting to {day}|notifications are off|the update to the server|your luck]
    turn [this text into a poem|water into wine|the page|thirty next year|red when angry]
    [take|make] [a picture|a photo|a video|a screenshot|a note|a phone call|a decision|a guess]
    point [taken|of view|me to a good restaurant in {city}|number three is wrong]
    touch [of grey|screen is broken|base with {name} {day}|wood]
    wave [length of light|function|after wave hit the coast of {country}]
    repeat [after me hello world|customers get a discount|offenders go to jail]
    stay [hungry|positive|healthy|tuned for the news|young]
    drop [the price|me an email|the case|out of school]
    step [by step guide to {topic}|aside as president|brother]
    come [dine with me|on that is not fair|to think of it|true]
    give [me a break|up|peace a chance|me your opinion on {topic}|{name} a call]
    hold [the line|a meeting {day}|your breath|a grudge]
    run [a program|the tests|for president|a marathon in {city}|the numbers again]
    [speed|slow] [is|of] [everything|light is constant|growth in {country}|of sound]
    back [in the day we had fun|to school sale|pain is terrible|up my files]
    left [wing parties lost in {country}|overs are in the fridge]
    right [now i am {feeling}|wing politics|angles have ninety degrees]
    [fly|swim|dive|teleport|climb] [to the moon|to {city}|across the ocean|over the house|up there]
    [jump over the house|become invisible|grow wings|travel through time|lift the building]
    [dance|marry me|kiss me|smile|cry|laugh|sleep|breathe|eat {food}|drink {food}|smell this]
    the {object} is {colour}
    the {object} [was|is] [broken|expensive|nice|on sale|mine|dirty|heavy|made of wood|new]
    this is [a|my|the] {object}
    i [bought|sold|lost|painted|saw|made|broke] [a|the|my] {object} {day}
    [my|the] [left|right] [arm|hand|leg|eye] [hurts|is broken|is cold]
    [he|she|{name}|my son] [went|walked|ran|came] [to the door|to {city}|back|away] {day}
    [he|she|{name}] [raised|lowered|broke|hurt] [his|her] [left |right |]arm
    [he|she|{name}] [picked up|pushed|touched|dropped|took] the {object} {day}
    [the cat|the dog|the child] [sat on|hid behind|fell off|ran around] the {object}
    {colour} is my favourite colour
    do you like {colour}
    [my|the] [car|house|shirt|{animal}] is {colour}
    we [walked|drove|swam|moved] [two|ten|five|twenty] [metres|kilometres|miles] {day}
    [two|three|five|ten] [metres|degrees|steps|seconds] [is|are] [a lot|enough for me|too much]
    it is [ninety|thirty|20|35] degrees outside
    [it|there] [was|is] [raining|a storm|nobody here|late|too warm|a party {day}|an accident]
    [they|we|people] [say|think|believe|know] that [{topic} is dead|{animal}s are smart|time heals]
    [i think|i know|i hope|i heard] [{name} is {feeling}|it will rain|{topic} is fun]
    [i|we] [need|want] [money|a holiday|more time|a raise|sleep|love|to go home early {day}]
    [what|how] about [lunch|{topic}|a drink|the weather|you and me|{food}]
    what should i [wear|eat|cook|do|buy|watch] {day}
    how do i [cook {food}|learn {topic}|get to {city}|fix {device}|lose weight|become rich]
    how [much|expensive] is [a car|a ticket to {city}|{food}|this|the rent|your battery left]
    is [{topic} useful|it {day}|{city} in {country}|god real|{food} healthy|{name} at home]
    did you [sleep well|hear the news|call {name}|eat|see the game {day}|watch the movie|do it]
    have you [ever been to {city}|eaten {food}|met {name}|read this book|a girlfriend]
    [recommend|suggest] [a movie|a pub in {city}|a book about {topic}|a name for my {animal}]
    [calculate|compute|count] [the average|my taxes|17 times 23|to a million in french]
    [charge|hack|fix|repair|paint|sell] [my phone|the bank|my car|the roof|the fence|your soul]
    [the|my] [meeting|train|bus|package|teacher] [is late|was moved|arrives {day}|is {feeling}]
    [der|die|das|ein] [hund|katze|haus|wagen] [ist|war] [gross|klein|hier|rot]
    [geh|komm|bitte geh|fahr] [zum roten wuerfel|nach hause|zurueck|zur tuer|her]
    [va|allez|viens|avance] [au cube rouge|a la porte|ici|vers la table|tout droit]
    [ve|anda|camina|ven] [al cubo rojo|a la mesa|aqui|hacia la puerta]
    [vai|vieni|cammina] [al cubo rosso|qui|verso la porta]
    [bonjour|merci|guten tag|danke|hola|gracias|ciao] [|mein freund|monsieur|amigo|robot]
    [asdf|qwer|blah|foo|lorem|xyz|hjkl] [ghjk|bar|ipsum|blah|zxcv|123] [|dolor|blub|baz|qux|sit]
    [x7 k2 9q|fnord|wibble wobble|bzzt|kkkkk|aaaa|mmmm hmm|la la la|tick tock|ding dong]
    [1 2 3 4|42|3.14159|one two three|a b c d|0|99 bottles of beer|100 percent|2026]
    [!!!|???|...|,,,|:-)|---|@@|#robot|http example com|select from users|print hello world]
    [colourless|curious|lazy|fast] [green ideas|quick foxes|blue moons] [sleep|jump] furiously
    [to be or not to be|time flies|once upon a time|all roads lead to rome|live and let live]
    [the|a] {animal} [eats|chases|sees|likes] [the|a] {animal}
    [my|our] [team|company|school] [won|lost|closed] {day}
    if [it rains|i win|you were human], [what then|i would be {feeling}|we stay at home]
    [please|could you please] [be happy|help me with {topic}|pay my bills|do my taxes]
    [can|could|would] you [help me|explain {topic}|pay for lunch|call {name}|be quiet]
    [i want you to|you should] [love me|learn {topic}|get a job|be {feeling}|speak up|think harder]
    [i don't know|i forgot|i am not sure|let me think|it depends|that depends on {name}]
    [where|who|what|why|when|how]
    [the|a|of|with|for|from|because|although|something|everything|nothing]
    how was your [day|weekend|trip to {city}]
    what [language|music|food] do you like
    [play|pause|skip] the [song|video|movie|game]
    [show|send] me [your memory|the internet|pictures of {city}|the bill|{topic} news]
    [what happened|what is going on|what is new|what's up|what is wrong with you]
    what's the [score|plan|difference between {topic} and {topic}|matter|best {food} in {city}]
    [increase|lower|check|set] the [temperature|brightness|humidity|budget] [|by two degrees]
    [is|are] [the door|the kitchen|the shop|all windows] [open|closed|clean|locked] {day}
    [who|what] [was|is] [on the phone|at the cinema {day}|your favourite actor|your battery level]
    [good day|greetings|welcome] [|sir|to all of you]
    how do you feel about {topic}
    what's your [favourite movie|opinion on {topic}|age]
    could you tell me when {name} [arrives|was born]
    [name|list] three [rivers in {country}|animals that fly|famous painters]
    [i wonder|tell me] why {animal}s [sleep|hunt at night]
    how long does it take to get to {city} by train
    what is the [population|currency|language] of {country}
    [make|create] a [shopping list|calendar entry for {day}|website]
    [pay|cancel] my [rent|subscription|ticket to {city}]
    [mute|restart|unlock] {device}
    dim the lights in the {animal} house
    [water|feed] the [{animal}|garden plants] {day}
    [i had|we had] {food} {day}
    my {object} is better than yours
    [someone|a thief] stole the {colour} {object} {day}
    [my foot|my back] [hurts|is sore] since {day}
    {name} [fell down|came in first|turned forty] {day}
    the {animal} jumped over the {object}
    [give|lend] me [ten dollars|your opinion|some advice]
    [turn|change] the channel
    raise [awareness|a child|the question of {topic}]
    bring {food} to the boil
    push the company to [grow|hire {name}]
    look after [my son|the {animal}s] {day}
    walk me through {topic}
    [sagen sie mal|wie geht es dir|wo ist der bahnhof]
    [ou est la gare|je t'aime|quelle heure est il]
    [que hora es|donde esta la playa]
    [zzz|brrr|gr|uhm uhm] [yyy|xx|rr]
    [i am here|that's me|just kidding|whatever]
    what a [day|mess|beautiful {animal}]
    [wish|grant] me luck
    are there {animal}s in {country}
    swim to {country}
    the company should [grow|hire {name}|make a profit]
    what [lies|goes] [beyond the stars|through your head|under the sea near {city}]
    [move|go|walk] [like {name}|with the times|me through {topic}|down memory lane]
    [raise|lift] [awareness|the ban on {topic}|my spirits|the tax on {food}]
    [push|pull] the [company to grow|plug on {topic}|team to win {day}]
    [come|get] [rich|over your fear of {animal}s|well soon|to the point of {topic}]
    [can|could|would] you [lend me money|tell me about {topic}|order {food} for me]
    [the|our] [robot|teacher|child] [is|was] [at the {object}|in {place}|behind the {object}]
    [i|we] [put|left|found|hid] [the|a] {colour} {object} [in|on|under|behind] the {object} {day}
    {name} [gave|brought|handed] me [a|the] {colour} {object} {day}
    [you|they|we] [turned|looked|walked|went] [left|right|back|forward] {day}
    [last|next] [year|summer|week] [i|we] [walked|went|moved] to {city}
    the distance is [two|ten|five] [metres|feet]
    [my arm|his hand|her head] [was|is] [up|down|cold|tired]
    a [big|small|tall] {object} is [better|worse|nicer] than a [big|small|tall] one
    [is|was] [{colour}|{animal}] a [colour|mammal|word in {country}]
    what makes {object}s so {feeling}
    how do [{animal}s|people in {country}] [say hello|count|see the world]
    [may|could] i ask you a question [about {topic}|]
    [do|would] you [want|like] to [play chess|go out|watch a movie|eat {food}] [{day}|]
    [sing|hum|whistle] for {name}
    [did|does] {name} [like|know] {topic}
    who sings [this song|about {city}]
    add [milk|{food}] to the [list|soup]
    [pour|stir|heat] the [soup|water|milk]
    [vacuum|mop] the [carpet|stairs] {day}
    {name} is [next to|behind] {name}
    [her|his] {colour} {object} looks [good|old]
    [step|move] up your game
    [como te llamas|wo wohnst du|come ti chiami|tu es belle]
    [good for you|no way|fair enough|it's a deal]
    why did the {animal} cross the road
    [see you|talk to you|catch you] [soon|around|tomorrow|in the morning]
    [fair point|good point|so what|as if|big deal|why not|lucky you|my bad|poor thing|same here]
    [take|keep|have] [your time with {name}|a nice day|fun {day}|a guess|care of {name}]
    [i|we|you|they] [never|always|often|rarely] [touched|pushed|saw|followed|carried] a {animal}
    [i|we|you|they] have [never |already |]been to {city}
    [bring|take|put|get] [shame on {name}|up the children|in a good word for {name}|over it]
    [move|step|turn] [up the ladder|on from {name}|out of the flat {day}|into a butterfly]
    [look|turn|go|come] [good|sour|bankrupt|viral|bad|of age]
    [the|this] [movie|lesson|game|holiday] [starts|ends] in [ten|five] [minutes|seconds]
    """)
