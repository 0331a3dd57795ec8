"""More templates of what is no command that a robot's body can carry out; for training."""
from vla_ros.language.corpus.slots import lines

OTHER = lines("""
    [speed|pace|tempo] [limits|records] [are|were] [strict|broken] in {country}
    [fast|slow] [food|cars|trains|fashion] [is|are] [bad|popular|nice|expensive]
    [again|once more] [{name}|my team|the {animal}] [won|lost|came late] {day}
    the [brakes|gas|accelerator] of my car [is|are] broken
    [take|have|enjoy] [a seat|a bath|a shower|a nap|your medicine|a holiday|an umbrella]
    [hold|keep|save] [my beer|the date|my place in the queue|a secret|the change|the receipt]
    [cancel|undo|reverse] [the meeting|my order at the shop|the decision of {name}|the divorce]
    [follow|track|chase] [your heart|the stock|the money|the rainbow|the order i placed {day}]
    [come|go|walk] [back to the topic of {topic}|over the homework|out with {name} {day}]
    [look|see] [it up in the dictionary|forward to {day}|into the matter of {topic}|up {name}]
    [point|get] to the [moral of the story|essence of {topic}|bottom of {topic}]
    [wave|say] goodbye to your [youth|money|dreams]
    [raise|lower] [your expectations|the bar for everyone|the bid]
    [touch|push|press] [the wrong nerve|send on the email|the boundaries of {topic}|for a raise]
    [pick|take] [up the phone|up the {food} from the shop|up a language|a lawyer|the bus {day}]
    [put|set] [up with {name}|off the exam|the table for dinner|the clock|the price too high]
    [give|bring|pass] [the exam|me hope|it time|the law|my regards to {name}|up smoking]
    [describe|explain] [your feelings|the plot of the movie|how {topic} works|a typical day]
    [where|what] is [my wife|my money|the nearest pub|your mother|the problem with {topic}]
    [what|which] [colour|size] [is the sky|suits me|are your eyes|shoes does {name} wear]
    [do you see|can you see] [my point|the future|why i am {feeling}|what {name} means by that]
    [is there|are there] [life on mars|a god|hope|a train to {city} {day}|milk in the fridge]
    [how many|how much] [people|money|time|calories] [are in {city}|do you earn|is left {day}]
    [i|we|she|he] [turned|moved|looked|walked|pointed|waved] [left|right|back|around|away] {day}
    [i|we|she|he] [was|were] [faster|slower] than {name} {day}
    [i|we|she|he] [will|would|might|could] [follow|push|touch|carry] [you|{name}|it] {day}
    [i|we|she|he] [followed|pushed|carried|lifted|dropped] [the|a] {colour} {object} {day}
    [the|a] {object} [fell|stands|stood|was lying] [on|behind|under] the {object}
    [the|a] {object} [costs|weighs] [ten|twenty|fifty] [dollars|euros|kilos]
    [your|my] [arms|hands|eyes] are [beautiful|dirty|cold|so strong|made of steel]
    [how|why] [do|did|can] [you|robots|people] [walk|move|turn|see|wave|lift things]
    [when|how often] [do|did] you [walk|fall|turn|sleep|charge|learn that]
    [have|did] you ever [pushed|touched|followed|lifted|break] a {animal}
    [should|shall] i [buy|sell|paint] [a|the] {colour} {object}
    [would|could] {name} [walk|move|come] to {city} {day}
    [what if|imagine that|suppose] [robots could {topic}|{name} came {day}|it rained in {city}]
    [what|how] would you [do|feel] [if {name} came|with a million dollars|without arms]
    [that|this|it] [makes no sense|is not my problem|costs too much|happened {day}]
    [that|this|it] [was|is] [the best|the worst] [{food}|movie|day] [ever|in years]
    [don't|do not|never] [tell {name}|be {feeling}|lie to me|trust a {animal}|drink and drive]
    [don't|do not|never] [forget my birthday|eat {food}|give up on {topic}|say that to {name}]
    [please|kindly|now] [vote|subscribe|pay the bill|sign here|apologise|introduce yourself]
    [start|stop] [smoking|the engine|the music|worrying|lying|the download]
    [could|can|would] you [recommend {food}|check my email|charge my phone|see a doctor {day}]
    [could|can|would] you [babysit {day}|translate that|pay {name}|write code|lower my taxes]
    [i'd like|i want|i need] [{food}|to see a doctor|a new job|a refund|to learn {topic}|advice]
    [i'd like|i want|i need] [to speak to {name}|to go to {city}|a ticket to {country}|a loan]
    [i'd like|i want] you to [sing|write a poem|read the news|phone {name}|believe me]
    [how about|what about] [some {food}|a game of chess|going to the cinema|{name}|your family]
    [let's|let us] [eat {food}|talk about {topic}|go to the beach|be friends|watch a movie]
    [shall we|why don't we] [dance|eat|order {food}|talk about {topic}|invite {name}]
    [let me|allow me to] [introduce {name}|explain {topic}|tell you a story|think about it]
    [any|some] [news from {name}|ideas for dinner|plans for {day}|questions about {topic}]
    [welcome to|greetings from|love from] {city}
    [too|so|very|quite] [expensive|sad|funny|late for {food}|true|kind of you]
    [no problem|you're welcome|my pleasure|don't mention it|all good|not bad|not at all]
    [i'm|i am] [sorry|late|fine|lost|joking|on the phone|at work|proud of you|not sure]
    [is|was] {name} [in {city}|{feeling}|your friend|married|a good cook|there {day}]
    [blah blah|hmm hmm|tss|pff|huh|eh|ugh|meh|yay|ooh|tadaa|boing|zoom zoom|beep boop]
    [flim|snark|blorp|grum|tove|mimsy|wug|dax] [flam|glip|borogove|rath|blicket|fep|zorp]
    [komm|geh|nimm|dreh dich] [mal|jetzt|bitte] [hierher|um|den ball|nach links|weg]
    [prends|donne|regarde|tourne] [la balle|moi le cube|a gauche|la table|vite]
    [toma|dame|mira|gira] [la pelota|el cubo|a la izquierda|la silla|ahora]
    [prendi|dammi|guarda|gira] [la palla|il cubo|a sinistra|la sedia|subito]
    [pak|geef|kijk|draai] [de bal|mij de kubus|naar links|de stoel|nu]
    [ta|ge|titta|sväng] [bollen|mig kuben|till vänster|stolen|nu]
    [the|our|his] [boss|doctor|neighbour|uncle] [is|was] [faster|slower|taller|nicer] than {name}
    [photosynthesis|inflation|democracy|evolution] is [hard to explain|a process|important]
    [section|chapter|page] [two|five|ten|12] [is|was] about {topic}
    [speed|slow|hurry] [dating|motion pictures|sickness] is [new to me|a thing|fun]
    [we|they|you] [walked|went|ran] [together|side by side|along the river] {day}
    [keep|stay] [in touch|in school|out of trouble|away from drugs|up to date with {topic}]
    [take|make] [my word for it|sense of {topic}|notes on {topic}|up your mind|friends {day}]
    [come|go] [clean about the money|to terms with {topic}|through puberty|to bed|to church {day}]
    [turn|switch] [in your homework|over a new leaf|off the game|down the offer of {name}]
    [get|have] [a haircut|some sleep|a life|a job|well soon|a drink with {name}|the flu shot]
    [look|watch] [the news|the match {day}|that new series|for a job|on the bright side]
    [raise|lift|lower] [the mood|sanctions against {country}|your cholesterol|the interest rate]
    [push|pull|press] [for peace|strings|ahead with the reform in {country}|enter to continue]
    [drop|leave] [{name} a line|your job|the habit|the school|a comment below|it to {name}]
    [bring|take|carry] [your own drinks|the blame|legal action|responsibility for {topic}]
    [point|wave] [of no return|a white flag|aside all doubts|out the flaws in {topic}]
    [back|return] [on investment|ticket to {city}|pain treatment|issue of the magazine]
    [again|repeat] [offenders|purchases|business|what {name} said in court {day}]
    [what|which] [is|was] the [first|last|next] [movie|president|planet|element|train to {city}]
    [how|why] [is|was] the [colour|speed|direction] of [light|sound|the wind] [measured|constant]
    [who|what] [follows|carries|lifts|touches|pushes] [the {animal}|the economy|whom]
    [can|do] {animal}s [see|climb|swim|wave|follow people|lift things]
    [{name}|my friend|the {animal}] [can|could|must|should] [see|follow|touch|carry] it {day}
    [the robot|{name}|the child] [is|was] [going|walking|moving|turning] [slowly|fast|away] {day}
    [have you|did you] [walked|moved|turned|lifted] [far|anything|much] {day}
    [it's|it is] [pointless|no use|fun|hard] to [talk about {topic}|learn {topic}|live in {city}]
    [the|my|your] [speed|step|arm|hand|back|head] [is|was] [a problem|too big|famous|insured]
    [undo|cancel|reverse] [is a button|the subscription|the aging process|my flight to {city}]
    """)
