"""Faults of processes: callbacks that raise, kills, pauses, restarts, rivals, stop, access."""
import signal
import time
import xml.etree.ElementTree as ElementTree

from geometry_msgs.msg import Twist
import numpy as np
from std_msgs.msg import String
from std_srvs.srv import Trigger

from vla_ros.core.package_files import config_dir
from vla_ros.ros.conversions import twist_to_msg
from vla_ros.trials.probe import is_moving
from vla_ros.trials.rows import Measured, Row, SLACK_S
from vla_ros.trials.soak import Soak
from vla_ros.trials.stage import NODES, Stage
from vla_ros.trials.starving import starved

_CALLBACKS = ('image', 'joints', 'odometry', 'voice', 'tick', 'observation', 'diagnostics')


def _exceptions(stage: Stage, trials: int) -> Measured:
    measured = Measured(trials=trials)
    for index in range(max(trials, len(_CALLBACKS))):
        place = _CALLBACKS[index % len(_CALLBACKS)]
        stage.move()
        at_s = time.monotonic()
        stage.fail(f'break {place}')
        if place == 'voice':
            stage.wait(0.05)
            at_s = time.monotonic()
            stage.say('turn left')
        took_s = stage.zeros_since(stage.probe.commands, at_s)
        if place != 'diagnostics':                      # that one is called once a second
            measured.seconds.append(took_s)
        stage.until(lambda: stage.probe.mode.startswith('FAULT'), 1.0, f'{place}: FAULT')
        measured.expect(stage.children.is_running('fusion_node'), f'{place}: the node died')
        stage.recover()
    measured.note = f'each of {", ".join(_CALLBACKS)} made to raise; one log line, node alive'
    return measured


def _killed(stage: Stage, trials: int) -> Measured:
    measured = Measured(trials=trials)
    for _ in range(trials):
        stage.move(0.2)
        at_s = stage.signal('fusion_node', signal.SIGKILL)
        measured.seconds.append(stage.zeros_since(stage.probe.commands, at_s))
        _again(stage, 'fusion_node')
    return measured


def _gate_killed(stage: Stage, trials: int) -> Measured:
    measured = Measured(trials=trials)
    for _ in range(trials):
        stage.move(0.2)
        at_s = stage.signal('command_gate', signal.SIGKILL)
        measured.seconds.append(stage.stood_after(at_s))
        _again(stage, 'command_gate')
    measured.note = 'how long the base goes on by its odometry'
    return measured


def _paused(stage: Stage, trials: int) -> Measured:
    """Pause each process but the robot itself; then let it go on: nothing old may move it."""
    measured = Measured(trials=trials)
    for index in range(trials):
        name = ('command_gate', 'fusion_node')[index % 2]
        stage.move(0.2)
        at_s = stage.signal(name, signal.SIGSTOP)
        measured.seconds.append(stage.stood_after(at_s))
        stage.say('stop')
        stage.wait(0.5)
        stage.probe.commands.clear()
        stage.signal(name, signal.SIGCONT)
        stage.wait(0.5)
        measured.expect(not any(np.abs(v).max() > 1e-9 for _, v in stage.probe.commands),
                        f'{name}: an old command moved it after the pause')
        stage.recover()
    return measured


def _starved(stage: Stage, trials: int) -> Measured:
    """Leave the gate or the fusion node no processor time: "stop" must work all the same."""
    measured = Measured(trials=trials)
    for index in range(trials):
        name = ('command_gate', 'fusion_node')[index % 2]
        stage.move(0.2)
        with starved(stage.children.process_id(name)):
            stage.wait(0.5)
            at_s = time.monotonic()
            stage.say('stop')
            measured.seconds.append(stage.stood_after(at_s))
        stage.recover()
    measured.note = 'gate and fusion node in turn, in the idle class beside busy processes'
    return measured


def _told_to_end(stage: Stage, trials: int) -> Measured:
    measured = Measured(trials=trials)
    for index in range(trials):
        number = (signal.SIGINT, signal.SIGTERM)[index % 2]
        stage.move(0.2)
        if index % 4 >= 2:
            stage.fail('sleep 0.4')                     # in the middle of an inference
            stage.wait(0.15)
        at_s = stage.signal('fusion_node', number)
        stage.until(lambda: not stage.children.is_running('fusion_node'), 5.0, 'the node ends')
        measured.seconds.append(time.monotonic() - at_s)
        code = stage.children.wait('fusion_node', 1.0)
        stage.wait(0.1)
        measured.expect(code == 0, f'{number.name}: exit code {code}')
        measured.expect(not is_moving(stage.probe.wishes), f'{number.name}: last message moves')
        _again(stage, 'fusion_node')
    measured.note = 'SIGINT and SIGTERM in turn, half of them during an inference'
    return measured


def _restarted(stage: Stage, trials: int) -> Measured:
    measured, rng = Measured(trials=trials), np.random.default_rng(0)
    for _ in range(trials):
        name = NODES[rng.integers(len(NODES))]
        stage.move(0.2)
        stage.restart(name)
        at_s = time.monotonic()
        stage.probe.motion.clear()
        stage.wait_until_ready()
        if name != 'fusion_node':                       # that one loads its model first
            measured.seconds.append(time.monotonic() - at_s)
        else:
            stage.probe.wishes.clear()
            stage.wait(0.7)
            measured.expect(not is_moving(stage.probe.wishes), 'an old command was replayed')
        stage.recover()
    measured.note = 'random node, random order; a restarted fusion node waits for a new command'
    return measured


def _rivals(stage: Stage, trials: int) -> Measured:
    measured = Measured(trials=trials)
    for index in range(trials):
        kind, topic, node, level = (
            (String, 'voice_command', 'fusion_node', 1), (Twist, 'cmd_vel', 'command_gate', 2)
        )[index % 2]
        told = f'wrong: {topic} publishers'
        stage.until(lambda n=node, w=told: w not in stage.probe.said(n)
                    and stage.probe.level(n) >= 0, 6.0, 'no rival yet')
        at_s = time.monotonic()
        rival = stage.probe.create_publisher(kind, topic, 10)
        stage.until(lambda n=node, w=told, v=level: w in stage.probe.said(n)
                    and stage.probe.level(n) == v, 4.0, f'a word of a rival on {topic}')
        measured.seconds.append(time.monotonic() - at_s)
        stage.probe.destroy_publisher(rival)
    measured.note = 'WARN for voice_command, ERROR for cmd_vel'
    return measured


def _stop_service(stage: Stage, trials: int) -> Measured:
    """Stop and start again, driven by a publisher that was not written here."""
    measured = Measured(trials=max(trials, 500))
    stage.say('stop')
    teleop = stage.probe.create_publisher(Twist, 'teleop/cmd_vel', 10)
    last = [0.0]

    def drive() -> None:
        if time.monotonic() - last[0] > 0.02:
            last[0] = time.monotonic()
            teleop.publish(twist_to_msg([0.2, 0, 0, 0, 0, 0.2]))

    stop, reset = (stage.probe.create_client(Trigger, f'command_gate/{n}')
                   for n in ('stop', 'reset'))
    for _ in range(measured.trials):
        stage.until(lambda: is_moving(stage.probe.commands), 5.0, 'moving', drive)
        at_s, answer = time.monotonic(), stop.call_async(Trigger.Request())
        stage.until(lambda: not is_moving(stage.probe.commands), 2.0, 'zeros', drive)
        measured.seconds.append(stage.probe.commands[-1][0] - at_s)
        stage.until(answer.done, 2.0, 'an answer', drive)
        answer = reset.call_async(Trigger.Request())
        stage.until(answer.done, 2.0, 'an answer', drive)
    stage.probe.destroy_publisher(teleop)
    stage.recover()
    measured.note = 'under the load of the whole stage'
    return measured


def _access(stage: Stage, trials: int) -> Measured:
    """Compare the policy's file with what the running nodes really publish and hear."""
    measured = Measured(trials=len(NODES))
    policy = ElementTree.parse(config_dir() / 'sros2_policy.xml')
    allowed: dict[str, dict[str, set[str]]] = {}
    for profile in policy.iter('profile'):
        topics = {'publish': set(), 'subscribe': set()}
        for rule in profile.findall('topics'):
            for way in topics:
                if rule.get(way) == 'ALLOW':
                    topics[way] |= {t.text.strip() for t in rule.findall('topic')}
        allowed[profile.get('node')] = topics
    for node in NODES:
        for way, ask in (('publish', stage.probe.get_publisher_names_and_types_by_node),
                         ('subscribe', stage.probe.get_subscriber_names_and_types_by_node)):
            used = {name.lstrip('/').replace(f'{node}/', '~/', 1) for name, _ in ask(node, '/')}
            missing = used - allowed[node][way] - {'rosout', 'parameter_events', '~/fault'}
            measured.expect(not missing, f'{node} may not {way} {sorted(missing)}')
    may = {n for n, t in allowed.items() if 'cmd_vel' in t['publish']}
    measured.expect(may == {'command_gate'}, f'cmd_vel is published by {may}')
    measured.note = 'policy compared with the running nodes; enforcing it needs sros2'
    return measured


def _compressed_day(stage: Stage | None, trials: int) -> Measured:
    soak = Soak(seed=0)
    report = soak.run(ticks=36_000)
    return Measured(trials=report.ticks, wrong=report.wrong,
                    note=f'half an hour compressed, {report.faults} faults; 24 hours: vla soak')


def _again(stage: Stage, name: str) -> None:
    stage.restart(name)
    stage.wait_until_ready()
    stage.recover()


ROWS = [
    Row('F20', 'exception in a callback', 'FAULT, zeros, node alive', 0.2 + SLACK_S, _exceptions),
    Row('F22', 'fusion node killed with -9', 'gate sends zeros', 0.37, _killed),
    Row('F23', 'gate killed with -9', "the robot's own time-out", 0.6, _gate_killed),
    Row('F24', 'SIGINT, SIGTERM, also during inference', 'zeros last, exit 0', 3.0, _told_to_end),
    Row('F25', 'any node restarted', 'recovers, nothing replayed', 3.0, _restarted),
    Row('F26', 'second publisher on voice_command, cmd_vel', 'WARN, ERROR', 1.5, _rivals),
    Row('F29', '~/stop', 'zeros, latched', 0.02, _stop_service),
    Row('F30', 'access control', 'only the gate may publish cmd_vel', None, _access),
    Row('F31', 'time', 'no exception, no violation, memory flat', None, _compressed_day,
        needs_stage=False),
    Row('F32', 'a process paused (SIGSTOP)', 'base stands; nothing old moves it afterwards', 0.6,
        _paused),
    Row('F33', 'a process starved of the processor', 'base stands when told to stop', 0.6,
        _starved),
]
