"""The report of an evaluation as one HTML file that needs no server and loads nothing."""
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from vla_ros.learning.page_style import STYLE


@dataclass(frozen=True)
class Clip:
    """The film of an episode."""

    suite: str
    caption: str
    mp4: bytes


def page(title: str, facts: dict[str, str], reports: Sequence[dict], clips: Sequence[Clip] = (),
         curves: bytes | None = None) -> str:
    """
    Return the page.

    :param facts: what it is about, by name.
    :param reports: of `study`, one for each suite.
    :param curves: PNG of a training's curves.
    """
    parts = [f'<h1>{escape(title)}</h1>', _facts(facts), '<h2>Success</h2>', _overview(reports)]
    for report in reports:
        parts += _suite(report, [clip for clip in clips if clip.suite == report['suite']])
    if curves:
        parts += ['<h2>Training</h2>', f'<img alt="curves" src="{_data("image/png", curves)}">']
    return ('<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
            f'<title>{escape(title)}</title><style>{STYLE}</style></head>\n<body>'
            + '\n'.join(parts) + '</body></html>\n')


def _facts(facts: dict[str, str]) -> str:
    rows = ''.join(f'<dt>{escape(name)}</dt><dd>{escape(str(value))}</dd>'
                   for name, value in facts.items())
    return f'<dl>{rows}</dl>'


def _overview(reports: Sequence[dict]) -> str:
    return _table(('suite', 'done', '', '95 % interval', 'falls', 'mean time'),
                  [_figures(f'<a href="#{escape(r["suite"])}">{escape(r["suite"])}</a>', r)
                   for r in reports])


def _suite(report: dict, clips: Sequence[Clip]) -> Iterable[str]:
    """Return what was asked about a suite, answer by answer."""
    yield f'<h2 id="{escape(report["suite"])}">{escape(report["suite"])}</h2>'
    if 'both' in report:
        yield _table(('', 'done', '', '95 % interval', 'falls', 'mean time'),
                     [_figures('both of a scene', report['both'])])
    if 'against' in report:
        yield from _against(report)
    if 'other_words' in report:
        pairs = report['other_words']
        yield (f'<p>Same scene, other words: {pairs["both"]} of {pairs["pairs"]} pairs right '
               f'both times ({_interval(pairs["both_wilson_95"])}).</p>')
    if 'robustness' in report:
        yield from _robustness(report['robustness'])
    if clips:
        yield '<h3>Not done</h3><div class="clips">'
        yield from (_clip(clip) for clip in clips)
        yield '</div>'
    rows = [_figures(escape(text), row) for text, row in report['per_instruction'].items()]
    yield (f'<details><summary>by instruction ({len(rows)})</summary>'
           + _table(('instruction', 'done', '', '95 % interval', 'falls', 'mean time'), rows)
           + '</details>')


def _against(report: dict) -> Iterable[str]:
    other = report['against']
    yield f'<h3>Against {escape(other["policy"])}, on the same episodes</h3>'
    yield _table(('', 'done', '', '95 % interval', 'falls', 'mean time'),
                 [_figures(escape(report['policy']), report),
                  _figures(escape(other['policy']), other)])
    yield (f'<p>Both {other["both"]}, only {escape(report["policy"])} {other["only_first"]}, '
           f'only {escape(other["policy"])} {other["only_second"]}, neither {other["neither"]}: '
           f'{100 * other["difference"]:+.1f} points, p = {other["p_value"]:.3g} '
           '(exact test of McNemar).</p>')


def _robustness(robustness: dict) -> Iterable[str]:
    yield f'<h3>Robustness, strength {robustness["strength"]:g}</h3>'
    yield _table(
        ('changed', 'done', '', '95 % interval', 'falls', 'mean time', 'points lost', 'p'),
        [(*_figures(escape(name), row), f'{100 * row["lost"]:+.1f}', f'{row["p_value"]:.3g}')
         for name, row in robustness['variants'].items()])


def _clip(clip: Clip) -> str:
    return (f'<figure><video controls muted preload="metadata" '
            f'src="{_data("video/mp4", clip.mp4)}"></video>'
            f'<figcaption>{escape(clip.caption)}</figcaption></figure>')


def _figures(name: str, row: dict) -> tuple[str, ...]:
    """Return the cells of a row of figures; the name is HTML already."""
    mean = '-' if row['mean_time_s'] is None else f'{row["mean_time_s"]:.1f} s'
    return (name, f'{row["successes"]}/{row["episodes"]}', _bar(row['rate'], row['wilson_95']),
            _interval(row['wilson_95']), str(row['falls']), mean)


def _interval(interval: Sequence[float]) -> str:
    return f'{interval[0]:.0%} to {interval[1]:.0%}'


def _bar(rate: float, interval: Sequence[float]) -> str:
    """Return a drawing of a rate and its interval, from 0 to 1."""
    low, high, at = (5 + 190 * share for share in (*interval, rate))
    return ('<svg width="200" height="14" role="img"><line class="track" x1="5" x2="195" y1="7" '
            f'y2="7"/><line class="interval" x1="{low:.1f}" x2="{high:.1f}" y1="7" y2="7"/>'
            f'<circle cx="{at:.1f}" cy="7" r="4"/></svg>')


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = ''.join(f'<th>{heading}</th>' for heading in headings)
    body = ''.join('<tr>' + ''.join(f'<td>{cell}</td>' for cell in row) + '</tr>' for row in rows)
    return f'<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _data(kind: str, content: bytes) -> str:
    return f'data:{kind};base64,{b64encode(content).decode()}'
