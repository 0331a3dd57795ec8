"""The figures of a run as text."""
from collections.abc import Iterable

from vla_ros.bench.figures import Row

HEADINGS = ('design', 'rate', 'on time', 'per s', 'x doc', 'tick p50/p99', 'decide', 'image',
            'joints', 'encodes', 'CPU', 'RSS')
LEGEND = ("per s: commands, and as a multiple of document's; tick: what the thread that sends "
          'takes for a command [ms];\ndecide: what a decision takes beside it [ms]; image, '
          'joints: their age when a command leaves [ms];\nencodes: of sentences, of images '
          '(distinct frames)')


def lines_of(rows: Iterable[Row], preset: str, is_stolen: bool) -> list[tuple[str, ...]]:
    """Return a line for each row of one preset, idle or with a core stolen, by rate."""
    chosen = [row for row in rows
              if row['preset'] == preset and row['stolen_core'] is is_stolen]
    naive = {row['rate_hz']: row['commands_per_s'] for row in chosen
             if row['design'] == 'document'}
    return [_line(row, naive.get(row['rate_hz']))
            for row in sorted(chosen, key=lambda row: row['rate_hz'])]


def _line(row: Row, naive_per_s: float | None) -> tuple[str, ...]:
    ratio = f'{row["commands_per_s"] / naive_per_s:.1f}' if naive_per_s else ''
    encodes = (f'{_number(row["text_encodes"], 0)}, {_number(row["vision_encodes"], 0)} '
               f'({_number(row["frames"], 0)})')
    return (str(row['design']), f'{row["rate_hz"]:g} Hz', f'{100 * row["on_time"]:.1f} %',
            f'{row["commands_per_s"]:.1f}', ratio,
            f'{_number(row["tick_p50_ms"])} / {_number(row["tick_p99_ms"])}',
            _number(row['decide_p50_ms']) if row['decide_p50_ms'] else 'in it',
            _number(row['image_age_p50_ms'], 0), _number(row['joint_age_p50_ms']), encodes,
            f'{row["cpu_percent"]:.0f} %', f'{row["rss_mb"]:.0f} MB')


def _number(value: float | None, digits: int = 1) -> str:
    return '?' if value is None else f'{value:.{digits}f}'


def words_of(summary: dict[str, dict]) -> list[str]:
    """Return a sentence for each preset, idle and with a core stolen."""
    return [f'{preset}, {what}: {_held(found["holds_hz"], name)}'
            f'{_ratio(found["ours_to_document"][name])}'
            for preset, found in summary.items()
            for name, what in (('idle', 'idle'), ('stolen', 'one core stolen'))]


def _held(held: dict[str, dict], name: str) -> str:
    return ', '.join(f'{design} holds {f"{of[name]:g} Hz" if of[name] else "no rate"}'
                     for design, of in held.items())


def _ratio(ratio: float | None) -> str:
    return '' if ratio is None else f'; ours {ratio:g} times document'


def words_of_extra(extra: dict[str, dict]) -> list[str]:
    """Return a sentence for each figure that no row holds."""
    started = ', '.join(f'{name} {of["median_s"]:.1f} s'
                        for name, of in extra['start_to_ready'].items())
    lines = [f'from process start to READY, median: {started}']
    if answers := extra.get('new_command'):
        lines.append(
            f'a new voice command acts after {_number(answers["p50_ms"], 0)} ms (median; at most '
            f'{_number(answers["max_ms"], 0)}; {answers["answered"]} of {answers["told"]} '
            f'answered; {answers["rate_hz"]:g} Hz)')
    if images := extra.get('images'):
        shares = (f'{100 * images[f"received_{name}"]:.1f} % {name}'
                  for name in ('idle', 'stolen') if images[f'received_{name}'] is not None)
        lines.append(f'images received of those sent: {", ".join(shares)}')
    if memory := extra.get('memory'):
        lines.append(f'memory over {memory["minutes"]:g} minutes: {memory["first_mb"]:.0f} MB, '
                     f'then {memory["last_mb"]:.0f} MB, at most {memory["max_mb"]:.0f} MB')
    return lines
