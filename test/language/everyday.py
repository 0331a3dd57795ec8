"""
What people say to a humanoid on an ordinary day, and what they mean by it.

Nothing here is trained on, nothing is chosen by it, and no template is a copy of it. After `=>`
come the steps in order: the intent, then what was said with it (angles in degrees).
"""

COMMANDS = """
go to the red cube => go_to kind=cube colour=red
walk over to the blue ball please => go_to kind=ball colour=blue
go too the read cube => go_to kind=cube colour=red
could you go to the small green box => go_to kind=cube colour=green size=small
walk to the chair next to the table => go_to kind=chair relation=next_to other=table
go to the ball behind the yellow cylinder => go_to kind=ball relation=behind other=cylinder
go to the nearest cone => go_to kind=cone selector=nearest
go to the other one => go_to selector=other
robot, come here => go_to kind=speaker
come over to me => go_to kind=speaker
please go into the kitchen => go_to kind=kitchen
don't go to the door => go_to kind=door negated
follow me => follow kind=speaker
please follow that man => follow kind=man
hey robot, follow me slowly => follow kind=speaker speed=slow
come back => come_back
come back to me please => come_back
go back to where you started => come_back
walk forward => move direction=forward
walk forward two metres => move direction=forward distance_m=2
take three steps back => move direction=back steps=3
step to the left => move direction=left
move half a metre to the right => move direction=right distance_m=0.5
go back fifty centimetres => move direction=back distance_m=0.5
um, walk straight ahead for five seconds => move direction=forward duration_s=5
walk backwards slowly => move direction=back speed=slow
do not walk backwards => move direction=back negated
turn left => turn direction=left
turn right by ninety degrees => turn direction=right angle_deg=90
turn around => turn direction=around
spin around twice => turn direction=around count=2
rotate 45 degrees to the left => turn direction=left angle_deg=45
stop => stop
wait here => stop
wait ten seconds => stop duration_s=10
stay where you are => stop
look at me => look_at kind=speaker
look at the blue bottle => look_at kind=bottle colour=blue
look up => look_at direction=up
can you look to your left => look_at direction=left
look around the room => look_at direction=around
look up and down => look_at direction=up
point at the yellow pyramid => point_at kind=pyramid colour=yellow
point to the biggest box with your left hand => point_at kind=cube selector=biggest side=left
wave => wave
wave at the people => wave kind=person
wave with your right hand => wave side=right
say hello to the visitors => wave kind=person
raise your left arm => raise_arm side=left
put both hands up => raise_arm side=both
lift your right hand above your head => raise_arm side=right
lower your arm => lower_arm
put your right arm down => lower_arm side=right
touch the orange ball => touch kind=ball colour=orange
don't touch that => touch negated
push the big box forward => push kind=cube size=big direction=forward
push the chair away from the table => push kind=chair
give the blue ball a little push => push kind=ball colour=blue
pick up the purple cylinder => pick_up kind=cylinder colour=purple
grab the cup on the table => pick_up kind=cup relation=on other=table
pick up the red and the blue ball => pick_up colour=red
would you pick that bottle up for me => pick_up kind=bottle
put it down => put_down
put the cup on the table => put_down kind=cup destination=table
drop the ball => put_down kind=ball
bring me the green ball => bring kind=ball colour=green destination=speaker
give me the book => bring kind=book destination=speaker
can you fetch the cup from the kitchen => bring kind=cup
take the bag to the bedroom => bring kind=bag
do that again => repeat
repeat the last thing you did => repeat
one more time please => repeat
undo that => undo
take that back => undo
slow down a little => slower
not so fast => slower
speed up please => faster
go a bit faster => faster
what do you see => describe
tell me what is on the table => describe
do you see a red ball => describe kind=ball colour=red
where is the green cube => describe kind=cube colour=green
what is in front of you => describe
turn left and wave => turn direction=left; wave
go to the red cube and pick it up => go_to kind=cube colour=red; pick_up kind=cube colour=red
pick up the ball and give it to me => pick_up kind=ball; bring kind=ball destination=speaker
go to the door, wave and come back => go_to kind=door; wave; come_back
push the box gently and step back => push kind=cube speed=slow; move direction=back
go to the table and then turn around => go_to kind=table; turn direction=around
walk forward one metre, then turn right => move direction=forward distance_m=1; \
turn direction=right
raise your right arm and lower it again => raise_arm side=right; lower_arm
come here and look at me => go_to kind=speaker; look_at kind=speaker
stand still and look at the ball => stop
touch the green cone and come back => touch kind=cone colour=green; come_back
turn around and walk away from the wall => turn direction=around; move
turn to the left and walk three steps => turn direction=left; move steps=3
first wave, then go to the blue box => wave; go_to kind=cube colour=blue
look left and right => look_at direction=left
wave to me and say what you see => wave kind=speaker; describe
go to the kitchen, pick up the cup and bring it to me => go_to kind=kitchen; pick_up kind=cup; \
bring kind=cup destination=speaker
pick up the can and put it in the bin => pick_up kind=can; put_down kind=can destination=bin
go to the shelf, after that turn left => go_to kind=shelf; turn direction=left
point at the door and then follow me => point_at kind=door; follow kind=speaker
please walk to the window and look down => go_to kind=window; look_at direction=down
take two steps forward, turn right and raise your left arm => move steps=2 direction=forward; \
turn direction=right; raise_arm side=left
go ahead and turn left => turn direction=left
be nice and wave => wave
come and follow me => follow kind=speaker
be careful and pick up the glass => pick_up kind=cup
go to the ball, turn around, wave and come back => go_to kind=ball; turn direction=around; wave; \
come_back
walk to the sofa and wait there => go_to kind=sofa; stop
lower both arms and turn right => lower_arm side=both; turn direction=right
drop it and step back one metre => put_down; move direction=back distance_m=1
go to the yellow cube, touch it and tell me what you see => go_to kind=cube colour=yellow; \
touch kind=cube colour=yellow; describe
slow down and turn left => slower; turn direction=left
walk two meters forward and do it again => move distance_m=2; repeat
grab the bottle, turn around and hand it to me => pick_up kind=bottle; turn direction=around; \
bring kind=bottle destination=speaker
hey robot, turn right and push the ball => turn direction=right; push kind=ball
go to the red or the blue cube => go_to kind=cube colour=red
go to the cube, not the red one => go_to kind=cube
ok now walk to the lamp => go_to kind=lamp
move back a bit and look at the wall => move direction=back; look_at kind=wall
raise your hands and wave => raise_arm side=both; wave
"""
NO_COMMANDS = """
what time is it
how are you today
my name is peter
tell me a joke
what is the weather like
i like the red cube
the ball is blue
she went to the door and waved
thank you very much
play some music
call my mother
turn on the light
order a pizza and a salad
i am going home now
who won the game last night
what is two plus two
open the calendar
i picked up the kids and came back
you look nice today
the box is heavy
do you like music
it is raining and i am cold
buy milk and bread
that was funny
good night
"""
