"""`vla demo`: say it, and a simulated G1 does it, through real nodes on real DDS."""
from dataclasses import dataclass
import os
from pathlib import Path
import sys
import threading
import time

from vla_ros.core.errors import ConfigurationError, VlaError
from vla_ros.ros.domain import free_domain, private_environment

COMMANDS = ('go to the red cube', 'turn left 90 degrees', 'walk over to the blue ball',
            'point at the green cylinder')
_READY_S = 120.0
_LIMIT_S = 60.0
_TICK_S = 1 / 16


def add_parser(commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        'demo', help='watch a simulated G1 do what it is told; writes a video')
    parser.add_argument('--say', action='append', metavar='TEXT',
                        help='a command; repeat for several (default: four, then the keyboard, '
                             'then a long one in the apartment)')
    parser.add_argument('--seed', type=int, default=3, metavar='S', help='another room')
    parser.add_argument('--solids', default='fixed', metavar='HOW',
                        help='fixed, movable, on_stands or one_moves: to go to, to push, to '
                             'touch, to follow')
    parser.add_argument('--checkpoint', default='base', metavar='NAME|DIR')
    parser.add_argument('--view', action='store_true', help="open MuJoCo's window")
    parser.add_argument('--no-video', action='store_true')
    parser.add_argument('--out', type=Path, default=Path('out/demo'), metavar='DIR',
                        help='video, contact sheet and logs (default: %(default)s)')
    parser.add_argument('--record', type=Path, metavar='DIR',
                        help='record each command as an episode, a bag in this folder')
    parser.set_defaults(run=run)


@dataclass(frozen=True)
class Result:
    """How a command went."""

    command: str
    is_done: bool
    seconds: float
    walked_m: float
    why: str = ''

    def __str__(self) -> str:
        """Return the line that the demo prints."""
        mark = 'done    ' if self.is_done else 'NOT done'
        why = f'  ({self.why})' if self.why else ''
        return f'{mark}  {self.seconds:5.1f} s  {self.walked_m:5.2f} m  {self.command}{why}'


def run(args) -> int:
    """Run the demo; 0 if every command was carried out, by the simulator's judgement."""
    from vla_ros.cli.film import Film
    from vla_ros.ros.children import Children
    environment = private_environment(free_domain())
    os.environ.update(environment)
    args.out.mkdir(parents=True, exist_ok=True)
    film = Film(None if args.no_video else args.out / 'demo.mp4')
    with Children(args.out, environment) as children:
        _start(children, _nodes(args))
        with _Observing(with_pictures=True) as observer:
            stage = _Stage(observer, children, film, is_recording=args.record is not None)
            stage.wait_until_ready()
            results = [stage.perform(text) for text in args.say or COMMANDS]
            if args.say is None and sys.stdin.isatty():
                _take_commands(stage)
    if args.say is None:
        results.append(_perform_long(args, environment, film))
    film.close(args.out / 'contact_sheet.png')
    done = sum(r.is_done for r in results)
    print(f'{done} of {len(results)} commands done; see {args.out}/contact_sheet.png'
          + ('' if args.no_video else f' and {args.out}/demo.mp4'))
    return 0 if done == len(results) else 1


def _nodes(args) -> dict[str, dict[str, object]]:
    """Return the nodes of the furnished room, each with its parameters."""
    nodes = {'sim_node': {'seed': args.seed, 'view': str(args.view).lower(),
                          'solids': args.solids},
             'command_gate': {'armed_at_start': 'true'},
             'fusion_node': {'checkpoint': args.checkpoint}}
    return nodes | ({} if args.record is None
                    else {'recorder_node': {'folder': args.record.absolute()}})


def _perform_long(args, environment: dict[str, str], film) -> Result:
    """Have a long command carried out in the apartment, by nodes of its own."""
    from vla_ros.cli import demo_long
    from vla_ros.ros.children import Children
    with Children(args.out / 'apartment', environment) as children:
        _start(children, demo_long.nodes_of(args.checkpoint, args.view))
        with _Observing(with_pictures=True, listeners=demo_long.LISTENERS) as observer:
            _Stage(observer, children, film, is_recording=False).wait_until_ready()
            result = Result(demo_long.LONG.command, *demo_long.LongStage(
                observer, children, film).perform())
    print(result, flush=True)
    return result


def _start(children, nodes: dict[str, dict[str, object]]) -> None:
    """Start nodes by their names, each with its parameters."""
    behind_gate = [word for topic in ('cmd_vel', 'joint_trajectory')
                   for word in ('-r', f'{topic}:=policy/{topic}')]
    for name, parameters in nodes.items():
        words = ['--ros-args', *(word for key, value in parameters.items()
                                 for word in ('-p', f'{key}:={value}'))]
        children.start(name, f'vla_ros.nodes.{name}',
                       words + behind_gate * (name == 'fusion_node'))


def _take_commands(stage: '_Stage') -> None:
    print('Type a command, or Ctrl-D to end.')
    while True:
        try:
            text = input('> ').strip()
        except EOFError:
            return
        if text:
            stage.perform(text)


class _Observing:
    """An observer that spins in a thread of its own."""

    def __init__(self, with_pictures: bool, listeners: int = 1):
        self._with_pictures, self._listeners = with_pictures, listeners

    def __enter__(self):
        import rclpy
        from rclpy.executors import SingleThreadedExecutor
        from rclpy.signals import SignalHandlerOptions

        from vla_ros.nodes.demo_observer import DemoObserver
        rclpy.init(signal_handler_options=SignalHandlerOptions.NO)
        self._node = DemoObserver(self._with_pictures, self._listeners)
        self._executor = SingleThreadedExecutor()
        self._executor.add_node(self._node)
        self._thread = threading.Thread(target=self._executor.spin, daemon=True)
        self._thread.start()
        return self._node

    def __exit__(self, *error) -> None:
        import rclpy
        self._executor.shutdown(1.0)
        self._node.destroy_node()
        rclpy.try_shutdown()


class _Stage:
    """Says commands, watches, and asks the judge."""

    def __init__(self, observer, children, film, is_recording: bool):
        self._observer, self._children, self._film = observer, children, film
        self._is_recording = is_recording

    def wait_until_ready(self) -> None:
        """
        Wait for all nodes.

        :raises VlaError: if they are not ready in time.
        """
        ends_s = time.monotonic() + _READY_S
        while not self._observer.is_ready:
            self._children.check()
            if time.monotonic() > ends_s:
                raise VlaError(f'not ready after {_READY_S:.0f} s; the fusion node says: '
                               f'{self._observer.mode or "nothing"}')
            time.sleep(0.1)

    def perform(self, command: str) -> Result:
        """Say a command, wait until it is done or time is up, print and return the result."""
        from vla_ros.core.goals import Stop
        from vla_ros.language.grammar import parse
        from vla_ros.sim.tasks.judge import Judge
        goal = parse(command)
        self._film.begin(command)
        try:
            judge = Judge(goal or Stop(), self._observer.scene, self._observer.pose)
        except ConfigurationError:                      # read, but nobody can say when it is done
            goal, judge = None, Judge(Stop(), self._observer.scene, self._observer.pose)
        if self._is_recording:
            self._observer.begin_recording()
        started_s = time.monotonic()
        self._observer.say(command)
        is_done, why = self._watch(command, goal, judge, started_s)
        if self._is_recording:
            self._observer.end_recording(is_done)
        result = Result(command, is_done, time.monotonic() - started_s, judge.walked_m, why)
        self._film.end(f'{result.seconds:.1f} s, {result.walked_m:.1f} m' if is_done
                       else why, is_done)
        print(result, flush=True)
        return result

    def _watch(self, command, goal, judge, started_s: float) -> tuple[bool, str]:
        """Return whether the goal was reached, and why not."""
        if goal is None:
            return False, 'the judge does not know what that means'
        is_shown, pictured_s = sys.stdout.isatty(), 0.0
        while (elapsed_s := time.monotonic() - started_s) < _LIMIT_S:
            self._children.check()
            observer = self._observer
            if judge.update(observer.body, time.monotonic()):
                return True, ''
            if 0 < observer.height_m < 0.45:
                return False, 'the robot fell'
            if elapsed_s - pictured_s >= 1 / 8:
                pictured_s = elapsed_s
                self._film.take(observer.pictures, f'{elapsed_s:.1f} s')
            if is_shown:
                print(f'\r{elapsed_s:5.1f} s  {judge.walked_m:5.2f} m  {command}  '
                      f'[{observer.mode[:60]}]\033[K', end='\r', flush=True)
            time.sleep(_TICK_S)
        return False, f'not within {_LIMIT_S:.0f} s'
