"""The table of figures in a README, made from what a checkpoint's manifest says was measured."""
from collections.abc import Mapping
import re

from vla_ros.core.errors import ConfigurationError

HEADING = '| suite | done | 95 % interval | falls | mean time |'
"""The line that a table begins with; it ends with the first line that is none of a table."""
_SUITE = re.compile(r'\| `(?P<suite>\w+)`')


def with_results(text: str, results: Mapping[str, dict]) -> str:
    """
    Return a text whose table of results holds these figures.

    What it says of each suite, and the order of suites, stay; suites that are new come last, and
    those that were not measured go.

    :param results: `results` of a manifest, by suite.
    :raises ConfigurationError: if there is no such table.
    """
    lines = text.split('\n')
    if HEADING not in lines:
        raise ConfigurationError(f'no table of results: expected a line {HEADING!r}')
    start = lines.index(HEADING) + 2                    # after the line that aligns columns
    end = next((i for i in range(start, len(lines)) if not lines[i].startswith('|')), len(lines))
    said = {match['suite']: line.split(' | ')[0] for line in lines[start:end]
            if (match := _SUITE.match(line))}
    order = [*said, *(suite for suite in results if suite not in said)]
    rows = [_row(said.get(suite, f'| `{suite}`'), results[suite])
            for suite in order if suite in results]
    return '\n'.join([*lines[:start], *rows, *lines[end:]])


def _row(said: str, figures: dict) -> str:
    low, high = figures['wilson_95']
    mean = f'{figures["mean_time_s"]:.1f} s' if figures['mean_time_s'] is not None else '-'
    return (f'{said} | {figures["successes"]}/{figures["episodes"]} | {low:.0%} to {high:.0%} | '
            f'{figures["falls"]} | {mean} |')
