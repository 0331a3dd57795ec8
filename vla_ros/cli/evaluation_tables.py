"""What `vla evaluate` prints."""
from rich.console import Console
from rich.table import Table

_MOST_INSTRUCTIONS = 12
_HEADINGS = ('', 'done', 'rate', '95 % interval', 'falls', 'mean time')


def print_report(report: dict) -> None:
    """Print the figures of a suite and the answers to what was asked besides."""
    groups = report.get('per_subtasks') or report['per_instruction']
    instructions = sorted(groups.items())
    rows = [('all', report)]
    if 'both' in report:
        rows.append(('both of a scene', report['both']))
    if len(instructions) < _MOST_INSTRUCTIONS:
        rows += instructions
    console = Console()
    console.print(_table(f'{report["policy"]} on {report["suite"]}, seed {report["seed"]}', rows))
    if 'path_ratio' in report:
        _print_ways(report)
    if 'against' in report:
        console.print(_against(report['policy'], report['against']))
    if 'other_words' in report:
        pairs = report['other_words']
        console.print('same scene, other words: {} of {} pairs right both times ({:.1%} to '
                      '{:.1%})'.format(pairs['both'], pairs['pairs'], *pairs['both_wilson_95']))
    if 'robustness' in report:
        console.print(_robustness(report['robustness']))


def _print_ways(report: dict) -> None:
    """Print how long ways were, what was touched, and why what failed did."""
    ways = report['path_ratio']
    if ways['of']:
        print(f'walked over shortest way: {ways["median"]:.2f} in the median, '
              f'{ways["greatest"]:.2f} at most, {ways["within"]} of {ways["of"]} within bounds')
    print(f'furniture touched in {report["contacts"]["episodes"]} of {report["episodes"]} '
          f'episodes: {report["contacts"]["touched"] or "none"}')
    for failure in report['failures']:
        print(f'{failure["index"]:3d}  {failure["command"]}\n     {failure["reason"]}')


def _table(title: str, rows) -> Table:
    table = Table(title=title)
    for heading in _HEADINGS:
        table.add_column(heading, justify='right' if heading else 'left')
    for name, row in rows:
        table.add_row(name, *_cells(row))
    return table


def _robustness(robustness: dict) -> Table:
    table = Table(title=f'robustness, strength {robustness["strength"]:g}')
    for heading in (*_HEADINGS, 'points lost', 'p'):
        table.add_column(heading, justify='right' if heading else 'left')
    for name, row in robustness['variants'].items():
        table.add_row(name, *_cells(row), f'{100 * row["lost"]:+.1f}', f'{row["p_value"]:.3g}')
    return table


def _against(policy: str, other: dict) -> str:
    return ('on the same episodes: both {both}, only {first} {only_first}, only {policy} '
            '{only_second}, neither {neither}; {points:+.1f} points, p = {p_value:.3g}'.format(
                first=policy, points=100 * other['difference'], **other))


def _cells(row: dict) -> tuple[str, ...]:
    low, high = row['wilson_95']
    time_s = '-' if row['mean_time_s'] is None else f'{row["mean_time_s"]:.1f} s'
    return (f'{row["successes"]}/{row["episodes"]}', f'{row["rate"]:.1%}',
            f'{low:.1%} to {high:.1%}', str(row['falls']), time_s)
