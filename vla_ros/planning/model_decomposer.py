"""
Asking a language model on this machine for subtasks, and believing nothing of what it says.

It speaks the chat protocol of OpenAI's servers (llama.cpp, vLLM, Ollama). Its answer has to be
JSON; it is read into typed subtasks, and those are checked against what the robot can do. No
word of it reaches the policy.
"""
from collections.abc import Callable, Mapping
import json
from typing import Any
from urllib import error, request

import numpy as np

from vla_ros.core.errors import InvalidValueError
from vla_ros.core.goals import Direction
from vla_ros.language.text import normalise
from vla_ros.language.understanding import Thing
from vla_ros.planning.capabilities import Knowledge
from vla_ros.planning.decompose import checked, Decomposer
from vla_ros.planning.goals import (
    Act,
    Approach,
    ComeBack,
    Describe,
    Halt,
    Move,
    Navigate,
    Outcome,
    Plan,
    Question,
    Refusal,
    Say,
    Skill,
    Subtask,
    Turn,
    Wait,
)

_ANSWER_MAX = 20_000
_SUBTASKS = 20
_DIRECTIONS = {d.value: d for d in Direction}
_PROMPT = """You plan for a robot. Answer with one JSON object and nothing else: either \
{{"subtasks": [...]}} in order, or {{"question": "..."}} when the command is unclear, or \
{{"refusal": "..."}} when the robot can't do it. Subtasks are:
{forms}
Colours: {colours}. Shapes: {shapes}. Places: {places}. Use nothing else."""
_GESTURES = (Skill.WAVE, Skill.RAISE, Skill.LOWER)
_FORMS = {
    Skill.NAVIGATE: '{"do": "navigate", "place": PLACE}',
    Skill.APPROACH: '{"do": "approach", "colour": COLOUR, "shape": SHAPE}',
    Skill.COME_BACK: '{"do": "come_back"}',
    Skill.MOVE: '{"do": "move", "direction": "forward|back|left|right", "metres": NUMBER}',
    Skill.TURN: '{"do": "turn", "direction": "left|right", "degrees": NUMBER}',
    Skill.WAIT: '{"do": "wait", "seconds": NUMBER}',
    Skill.SAY: '{"do": "say", "text": TEXT}',
    Skill.DESCRIBE: '{"do": "describe", "colour": COLOUR, "shape": SHAPE} (or without both)',
    **{skill: f'{{"do": "{skill.value}", "arm": "left|right|both"}}' for skill in _GESTURES},
    Skill.POINT: '{"do": "point", "colour": COLOUR, "shape": SHAPE, "arm": "left|right"}',
    Skill.TOUCH: '{"do": "touch", "colour": COLOUR, "shape": SHAPE, "arm": "left|right"}',
    Skill.PUSH: '{"do": "push", "colour": COLOUR, "shape": SHAPE}'}


class ModelDecomposer:
    """A decomposer that asks a server for what the rules don't understand."""

    def __init__(self, rules: Decomposer, url: str, model: str, timeout_s: float):
        """
        Remember whom to ask.

        :param url: up to and with the version: http://localhost:8080/v1.
        """
        self._rules, self._url, self._model = rules, url.rstrip('/'), model
        self._timeout_s = timeout_s

    def decompose(self, text: str, knowledge: Knowledge) -> Outcome:
        """Return what the rules say; where they have no plan, what the model proposes, checked."""
        outcome = self._rules.decompose(text, knowledge)
        if isinstance(outcome, (Plan, Halt)):
            return outcome
        try:
            proposed = read_answer(normalise(text), self._ask(normalise(text), knowledge))
        except InvalidValueError:
            return outcome
        return checked(proposed, knowledge) if isinstance(proposed, Plan) else proposed

    def _ask(self, text: str, knowledge: Knowledge) -> str:
        """
        Return what the server answers.

        :raises InvalidValueError: if it doesn't, or not in its own protocol.
        """
        body = json.dumps({'model': self._model, 'temperature': 0, 'messages': [
            {'role': 'system', 'content': prompt(knowledge)},
            {'role': 'user', 'content': text}]}).encode()
        asked = request.Request(f'{self._url}/chat/completions', body,
                                {'Content-Type': 'application/json'})
        try:
            with request.urlopen(asked, timeout=self._timeout_s) as answer:
                told = json.loads(answer.read(_ANSWER_MAX))
            return str(told['choices'][0]['message']['content'])
        except (error.URLError, OSError, ValueError, KeyError, IndexError, TypeError,
                RecursionError) as wrong:
            raise InvalidValueError(f'{self._url}: no answer ({wrong})') from wrong


def prompt(knowledge: Knowledge) -> str:
    """Return what a model is told of the robot."""
    capabilities = knowledge.capabilities
    forms = [form for skill, form in _FORMS.items() if skill in capabilities.skills]
    return _PROMPT.format(
        forms='\n'.join(forms), colours=', '.join(capabilities.colours),
        shapes=', '.join(capabilities.shapes), places=', '.join(capabilities.places) or 'none')


def read_answer(text: str, answer: str) -> Outcome:
    """
    Return what a model's answer means; it is not checked yet whether it can be done.

    :raises InvalidValueError: if it is not one of the allowed forms.
    """
    try:
        told = json.loads(answer[answer.index('{'):answer.rindex('}') + 1])
    except (ValueError, RecursionError) as wrong:
        raise InvalidValueError(f'no JSON object in {answer[:80]!r}') from wrong
    for key, kind in (('question', Question), ('refusal', Refusal)):
        if isinstance(told.get(key), str):
            return kind(normalise(told[key]))
    steps = told.get('subtasks')
    if not isinstance(steps, list) or not 0 < len(steps) <= _SUBTASKS:
        raise InvalidValueError(f'expected 1 to {_SUBTASKS} subtasks, got {str(steps)[:80]}')
    return Plan(text, tuple(_subtask(step) for step in steps))


def _subtask(step: Any) -> Subtask:
    """
    Return a subtask of its JSON.

    :raises InvalidValueError: if it is none.
    """
    reader = _READERS.get(str(step.get('do'))) if isinstance(step, dict) else None
    if reader is None:
        raise InvalidValueError(f'subtask {str(step)[:80]}: expected "do" to be one of '
                                f'{list(_READERS)}')
    try:
        return reader(step)
    except (KeyError, TypeError, ValueError, OverflowError) as wrong:
        raise InvalidValueError(f'subtask {str(step)[:80]}: {wrong}') from wrong


def _thing(step: Mapping[str, Any]) -> Thing:
    colour = step.get('colour')
    return Thing(_word(step['shape']), None if colour is None else _word(colour))


def _word(value: Any) -> str:
    if not isinstance(value, str):
        raise InvalidValueError(f'{value!r}: expected a word')
    return normalise(value).lower()


def _number(value: Any) -> float:
    if type(value) not in (int, float) or not np.isfinite(value) or value <= 0:
        raise InvalidValueError(f'{value!r}: expected a number above zero')
    return float(value)


def _arm(step: Mapping[str, Any], *others: str) -> str | None:
    """Return which arm is named, left, right or one of `others`; None: none is."""
    if (arm := step.get('arm')) not in (None, *(known := ('left', 'right', *others))):
        raise InvalidValueError(f'arm: {arm!r}, expected one of {known}')
    return arm


_READERS: dict[str, Callable[[Mapping[str, Any]], Subtask]] = {
    'navigate': lambda step: Navigate(_word(step['place'])),
    'approach': lambda step: Approach(_thing(step)),
    'come_back': lambda step: ComeBack(),
    'move': lambda step: Move(_DIRECTIONS[_word(step['direction'])], _number(step['metres'])),
    'turn': lambda step: Turn(_DIRECTIONS[f'turn {_word(step["direction"])}'],
                              float(np.radians(_number(step['degrees'])))),
    'wait': lambda step: Wait(_number(step['seconds'])),
    'say': lambda step: Say(normalise(str(step['text']))),
    'describe': lambda step: Describe(_thing(step) if step.get('shape') else None),
    **{skill.value: (lambda step, skill=skill: Act(skill, side=_arm(step, 'both')))
       for skill in _GESTURES},
    **{skill.value: (lambda step, skill=skill: Act(skill, _thing(step), _arm(step)))
       for skill in (Skill.FACE, Skill.POINT, Skill.TOUCH)},
    'push': lambda step: Act(Skill.PUSH, _thing(step))}
