"""Every command gives the right subtasks, a question, or a refusal with a reason, in time."""
import time

from commands import commands, PLACES

from vla_ros.planning.capabilities import Capabilities, Knowledge
from vla_ros.planning.decompose import Decomposer
from vla_ros.planning.goals import Halt, IfSeen, name_of, Plan, Question, Refusal

COMMANDS = commands()
KNOWLEDGE = Knowledge(Capabilities(places=PLACES))
LIMIT_S = 0.05


def _words(subtasks):
    return '; '.join(
        f'if {name_of(s.thing)} [{_words(s.then)} | {_words(s.otherwise)}]'
        if isinstance(s, IfSeen) else s.words for s in subtasks)


def _told(outcome):
    """Return an outcome as the table writes it."""
    match outcome:
        case Plan(_, subtasks, avoided):
            told = _words(subtasks)
            return f'{told}; avoid {_words(avoided)}' if avoided else told
        case Question(text):
            return f'ask: {text}'
        case Refusal(reason):
            return f'no: {reason}'
        case Halt():
            return 'halt'
    raise AssertionError(f'nothing else is allowed: {outcome}')


def _is_expected(told, expected):
    if expected == 'any':
        return True
    if expected in ('no or ask', 'ask or no'):
        return told.startswith(('no: ', 'ask: ')) and len(told) > 10
    kind, _, part = expected.partition(':')
    if kind in ('ask', 'no'):
        return told.startswith(f'{kind}: ') and part.strip() in told
    return told == expected


def test_there_are_three_hundred_different_commands():
    assert len({text for text, _ in COMMANDS}) >= 300


def test_every_command_comes_down_to_what_it_should(language):
    decomposer = Decomposer(language)
    wrong = [f'{text[:80]!r}: {told} instead of {expected}' for text, expected in COMMANDS
             if not _is_expected(told := _told(decomposer.decompose(text, KNOWLEDGE)), expected)]
    assert not wrong, '\n'.join(wrong)


def test_nothing_takes_longer_than_it_may(language):
    decomposer, taken_s = Decomposer(language), []
    for text, _ in COMMANDS:
        best_s = min(_time_s(decomposer, text) for _ in range(2))
        taken_s.append((best_s, text))
    worst = sorted(taken_s)[-3:]
    print(f'slowest: {[(f"{1000 * s:.0f} ms", t[:40]) for s, t in worst]}')
    assert worst[-1][0] <= LIMIT_S


def _time_s(decomposer, text):
    start_s = time.thread_time()                        # of this thread: others use the machine
    decomposer.decompose(text, KNOWLEDGE)
    return time.thread_time() - start_s
