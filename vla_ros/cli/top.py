"""`vla top`: what all nodes say on /diagnostics, live in a terminal or once as text."""
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
import os
import re
import signal
import time

_REFRESH_S = 0.25
_SILENT_S = 3.0
_ONE_ROUND_S = 1.3
_WIDTH = 100
_STALE = 'magenta'
_STYLES = {'ok': 'green', 'warn': 'yellow', 'error': 'red'}
_PERCENTILE = re.compile(r'(?P<what>.+) (?P<which>p\d+) \[(?P<unit>[^]]+)\]')
_TOPIC = re.compile(r'(?P<which>received|sent|lost) (?P<what>\S+)(?P<unit> \[Hz\])?')
_TOPIC_COLUMNS = {'received [Hz]': 'received/s', 'sent [Hz]': 'sent/s', 'lost': 'lost',
                  'received': 'received'}


def add_parser(commands) -> None:
    """Add the command."""
    parser = commands.add_parser('top', help='watch what the running nodes say of themselves')
    parser.add_argument('--once', action='store_true', help='print it once, as plain text')
    parser.add_argument('--wait', type=float, default=5.0, metavar='S',
                        help='with --once: how long to wait for a node (default: %(default)s)')
    parser.set_defaults(run=run)


@dataclass
class Figures:
    """The values of a status, by how they are shown."""

    percentiles: dict[str, dict[str, str]] = field(default_factory=dict)
    """By 'stage [unit]': p50, p95, p99."""
    topics: dict[str, dict[str, str]] = field(default_factory=dict)
    """By topic: keys of `_TOPIC_COLUMNS`."""
    alarms: dict[str, str] = field(default_factory=dict)
    """What is wrong, and hints."""
    others: dict[str, str] = field(default_factory=dict)


def figures_of(values: Mapping[str, str]) -> Figures:
    """Return values sorted into tables; whatever is unknown is among the others."""
    figures = Figures()
    for key, value in values.items():
        if found := _PERCENTILE.fullmatch(key):
            row = figures.percentiles.setdefault(f'{found["what"]} [{found["unit"]}]', {})
            row[found['which']] = value
        elif found := _TOPIC.fullmatch(key):
            row = figures.topics.setdefault(found['what'], {})
            row[found['which'] + (found['unit'] or '')] = value
        elif key.startswith(('wrong: ', 'hint ')):
            figures.alarms[key] = value
        else:
            figures.others[key] = value
    return figures


def run(args) -> int:
    """Show the statuses until Ctrl-C, or once; 0 if there was one."""
    import rclpy
    from rclpy.executors import SingleThreadedExecutor
    from rclpy.signals import SignalHandlerOptions

    from vla_ros.ros.statuses import StatusListener
    signal.signal(signal.SIGINT, signal.default_int_handler)    # a shell's `&` has it ignored
    rclpy.init(signal_handler_options=SignalHandlerOptions.NO)
    listener, executor = StatusListener(), SingleThreadedExecutor()
    executor.add_node(listener)
    try:
        if args.once:
            return _print_once(listener, executor, args.wait)
        _watch(listener, executor)
    except KeyboardInterrupt:
        pass
    finally:
        listener.destroy_node()
        rclpy.try_shutdown()
    return 0


def _print_once(listener, executor, wait_s: float) -> int:
    from rich.console import Console
    ends_s = time.monotonic() + wait_s
    while not listener.statuses and time.monotonic() < ends_s:
        executor.spin_once(timeout_sec=_REFRESH_S)
    ends_s = time.monotonic() + _ONE_ROUND_S            # the others speak once a second, too
    while listener.statuses and time.monotonic() < ends_s:
        executor.spin_once(timeout_sec=_REFRESH_S)
    console = Console(width=_WIDTH, no_color=True, force_terminal=False, highlight=False)
    console.print(view(listener.statuses.values(), time.monotonic()))
    return 0 if listener.statuses else 1


def _watch(listener, executor) -> None:
    from rich.live import Live
    with Live(auto_refresh=False, screen=True) as live:
        shown_s = 0.0
        while True:
            executor.spin_once(timeout_sec=_REFRESH_S)
            if (now_s := time.monotonic()) - shown_s >= _REFRESH_S:
                shown_s = now_s
                live.update(view(listener.statuses.values(), now_s), refresh=True)


def view(statuses: Iterable, now_s: float):
    """Return something that rich can print, of `Status`es."""
    from rich.console import Group
    from rich.text import Text
    ordered = sorted(statuses, key=lambda s: ('fusion_node' not in s.name, s.name))
    if not ordered:
        return Text(f'no node of vla_ros publishes on /diagnostics in {_where()}')
    return Group(*(part for status in ordered for part in _parts(status, now_s)))


def _where() -> str:
    """Return in which domain and range this process listens."""
    reach = os.environ.get('ROS_AUTOMATIC_DISCOVERY_RANGE') or 'SUBNET'
    return f'ROS_DOMAIN_ID={os.environ.get("ROS_DOMAIN_ID") or 0}, discovery range {reach}'


def _parts(status, now_s: float) -> list:
    from rich.text import Text
    age_s, style = now_s - status.heard_s, _STYLES.get(status.level, _STALE)
    silent = ''
    if age_s > _SILENT_S:
        silent, style = f'  (silent for {age_s:.0f} s)', _STALE
    figures = figures_of(status.values)
    percents = _names(figures.percentiles)
    tables = [_pairs(figures.others), _table('', {n: n for n in percents}, figures.percentiles),
              _table('topic', _TOPIC_COLUMNS, figures.topics)]
    return [Text(f'{status.name}  {status.level.upper()}  {status.message}{silent}',
                 style=f'bold {style}'),
            *(table for table in tables if table.row_count),
            *(Text(f'  {key}: {value}', style='red') for key, value in figures.alarms.items()),
            Text('')]


def _names(rows: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Return the columns that any row has, lowest percentile first."""
    return sorted({name for row in rows.values() for name in row}, key=lambda n: int(n[1:]))


def _table(what: str, columns: Mapping[str, str], rows: Mapping[str, Mapping[str, str]]):
    from rich.table import Table
    table = Table(box=None, padding=(0, 2), header_style='dim')
    table.add_column(what)
    for title in columns.values():
        table.add_column(title, justify='right')
    for name, row in rows.items():
        table.add_row(*_plain(name, *(row.get(column, '') for column in columns)))
    return table


def _pairs(values: Mapping[str, str]):
    """Return two keys with their values on a line."""
    from rich.table import Table
    table = Table(box=None, padding=(0, 2), show_header=False)
    for _ in range(4):
        table.add_column(overflow='fold')
    pairs = list(values.items())
    half = (len(pairs) + 1) // 2
    for left, right in zip(pairs[:half], [*pairs[half:], ('', '')]):
        table.add_row(*_plain(*left, *right))
    return table


def _plain(*words: str) -> list:
    """Return words that rich shows as they are: '[ms]' would be a style, and so may a command."""
    from rich.text import Text
    return [Text(word) for word in words]
