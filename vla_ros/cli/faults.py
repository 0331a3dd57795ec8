"""`vla faults`: everything that may go wrong, tried on the real nodes, with measured times."""
import json
from pathlib import Path


def add_parser(commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        'faults', help='try every fault on the real nodes and measure what the robot does')
    parser.add_argument('--only', metavar='F1,F7', help='these rows (default: all)')
    parser.add_argument('--trials', type=int, default=5, metavar='N',
                        help='trials of each timed row (default: %(default)s)')
    parser.add_argument('--checkpoint', default='base', metavar='NAME|DIR')
    parser.add_argument('--physics', action='store_true',
                        help='on the walking G1 instead of a base without legs')
    parser.add_argument('--json', type=Path, metavar='FILE', help='write the figures here')
    parser.add_argument('--table', type=Path, metavar='FILE',
                        help='write the figures here, as the table of docs/safety.md')
    parser.add_argument('--out', type=Path, default=Path('out/faults'), metavar='DIR',
                        help="the nodes' logs (default: %(default)s)")
    parser.set_defaults(run=run)


def run(args) -> int:
    """Run the rows; 0 if none that can run here fails."""
    from vla_ros.trials.rows import result_of, selected
    from vla_ros.trials.stage import Stage, StageOptions
    from vla_ros.trials.table import ROWS
    rows, lines, stage = selected(ROWS, args.only), [], None
    options = StageOptions(args.checkpoint, args.physics, logs=args.out)
    print(f'{"":4} {"fault":44} {"limit":>7} {"p50":>7} {"p99":>7} {"max":>7}  verdict')
    try:
        for row in rows:
            if row.needs_stage and row.run is not None and stage is None:
                stage = Stage(options).__enter__()
            line = result_of(row, stage, max(1, args.trials))
            lines.append(line)
            _print(line)
            _write(args.json, args.trials, lines)
            _write_table(args.table, lines)
            if stage is not None and line['verdict'] == 'fail':
                stage.__exit__()                # what it left behind is not the next one's
                stage = None
    finally:
        if stage is not None:
            stage.__exit__()
    ids = {verdict: [line['id'] for line in lines if line['verdict'] == verdict]
           for verdict in ('pass', 'fail', 'not runnable here')}
    print(f'{len(ids["pass"])} of {len(lines)} rows hold'
          + ''.join(f'; {verdict}: {", ".join(ids[verdict])}'
                    for verdict in ('fail', 'not runnable here') if ids[verdict]))
    failed = ids['fail']
    return 1 if failed else 0


def _seconds(line: dict, unit: str = '') -> list[str]:
    """Return limit, p50, p99 and max of a line as text; empty where nothing is timed."""
    return ['' if (value := line[name]) is None else f'{value:.3f}{unit}'
            for name in ('limit_s', 'p50_s', 'p99_s', 'max_s')]


def _print(line: dict) -> None:
    times = ' '.join(f'{text:>7}' for text in _seconds(line))
    print(f'{line["id"]:4} {line["fault"][:44]:44} {times}  {line["verdict"]}', flush=True)
    if line['note']:
        print(f'     {line["note"]}', flush=True)


def _write(path: Path | None, trials: int, lines: list[dict]) -> None:
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({'trials': trials, 'rows': lines}, indent=2) + '\n')


def _write_table(path: Path | None, lines: list[dict]) -> None:
    if path is None:
        return
    said = {'pass': 'holds', 'fail': '**does not hold**'}
    rows = [(line['id'], line['fault'], line['expected'].removeprefix('not runnable here: '),
             *_seconds(line, ' s'), said.get(line['verdict'], 'not run')) for line in lines]
    head = ('#', 'fault', 'expected', 'limit', 'p50', 'p99', 'max', '')
    table = [head, ('---',) * 3 + ('--:',) * 4 + ('---',), *rows]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(''.join(f'| {" | ".join(row)} |\n' for row in table))
