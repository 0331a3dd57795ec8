"""A language model may propose; what it says is typed, checked, or dropped."""
from http.server import BaseHTTPRequestHandler, HTTPServer
import json
import threading

import pytest

from vla_ros.core.goals import Direction
from vla_ros.language.understanding import Thing
from vla_ros.planning.capabilities import Capabilities, Knowledge, TODAY
from vla_ros.planning.goals import (
    Approach,
    ComeBack,
    Halt,
    Move,
    Navigate,
    Plan,
    Question,
    Refusal,
    Skill,
    Turn,
)
from vla_ros.planning.model_decomposer import ModelDecomposer, prompt

ARMS = (Skill.WAVE, Skill.RAISE, Skill.POINT, Skill.TOUCH, Skill.PUSH)
KNOWLEDGE = Knowledge(Capabilities(frozenset((*TODAY, *ARMS)), ('kitchen',)))
PLAN = Plan('by the rules', (ComeBack(),))
NO = Refusal('I did not understand.')


class Rules:
    """Understands nothing, or one thing."""

    def __init__(self, outcome=NO):
        self.outcome = outcome

    def decompose(self, text, knowledge):
        return self.outcome


class Server:
    """Answers every request with one content; keeps what was asked."""

    def __init__(self):
        self.content, self.asked, self.raw = '{}', [], None
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers['Content-Length']))
                server.asked.append((self.path, json.loads(body)))
                answer = server.raw or json.dumps(
                    {'choices': [{'message': {'content': server.content}}]}).encode()
                self.send_response(200)
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *args):
                pass

        self.http = HTTPServer(('127.0.0.1', 0), Handler)
        self.url = f'http://127.0.0.1:{self.http.server_port}/v1'
        threading.Thread(target=self.http.serve_forever, daemon=True).start()


@pytest.fixture
def server():
    server = Server()
    yield server
    server.http.shutdown()
    server.http.server_close()


def _proposed(server, *subtasks, **other):
    server.content = json.dumps({'subtasks': list(subtasks)} if subtasks else other)
    return ModelDecomposer(Rules(), server.url, 'small', 5.0).decompose('do it', KNOWLEDGE)


def test_a_proposal_becomes_typed_subtasks(server):
    plan = _proposed(
        server, {'do': 'navigate', 'place': 'Kitchen'},
        {'do': 'approach', 'colour': 'red', 'shape': 'ball'},
        {'do': 'move', 'direction': 'back', 'metres': 1},
        {'do': 'turn', 'direction': 'left', 'degrees': 180}, {'do': 'come_back'})
    assert plan.subtasks[:3] == (Navigate('kitchen'), Approach(Thing('ball', 'red')),
                                 Move(Direction.BACK, 1.0))
    assert isinstance(plan.subtasks[3], Turn) and plan.subtasks[4] == ComeBack()
    path, asked = server.asked[0]
    assert path == '/v1/chat/completions' and asked['model'] == 'small'
    assert asked['messages'][1]['content'] == 'do it'


def test_text_around_the_object_is_overlooked(server):
    server.content = 'Sure!\n```json\n{"subtasks": [{"do": "come_back"}]}\n```'
    found = ModelDecomposer(Rules(), server.url, 'm', 5.0).decompose('do it', KNOWLEDGE)
    assert found == Plan('do it', (ComeBack(),))


@pytest.mark.parametrize('subtask, part', [
    ({'do': 'navigate', 'place': 'moon'}, 'moon'),
    ({'do': 'face', 'colour': 'red', 'shape': 'ball'}, 'face'),
    ({'do': 'approach', 'colour': 'red', 'shape': 'dragon'}, 'dragon'),
    ({'do': 'move', 'direction': 'forward', 'metres': 500}, '500')])
def test_what_the_robot_cannot_do_is_refused_whoever_proposes_it(server, subtask, part):
    found = _proposed(server, subtask)
    assert isinstance(found, Refusal) and part in found.reason


@pytest.mark.parametrize('subtask', [
    {'do': 'run_shell', 'command': 'rm'}, {'do': 'move', 'direction': 'up', 'metres': 1},
    {'do': 'move', 'direction': 'forward', 'metres': -1}, {'do': 'turn', 'degrees': 90}, 'wave',
    {'do': 'move', 'direction': 'forward', 'metres': '1'}, {'do': 'wait', 'seconds': True},
    {'do': 'move', 'direction': 'forward', 'metres': 1e999}, {}, None, {'do': ['navigate']},
    {'do': 'navigate', 'place': {'x': 1}}, {'do': 'approach', 'shape': 5}])
def test_what_is_no_subtask_is_dropped_and_the_rules_answer_stands(server, subtask):
    assert _proposed(server, subtask) == NO


@pytest.mark.parametrize('raw', [b'', b'no json', b'[]', b'{"choices": []}', b'\xff\xfe',
                                 b'{"choices": [{"message": null}]}'])
def test_a_server_that_talks_nonsense_changes_nothing(server, raw):
    server.raw = raw or b' '
    assert ModelDecomposer(Rules(), server.url, 'm', 5.0).decompose('do it', KNOWLEDGE) == NO


def test_a_server_that_is_not_there_changes_nothing():
    model = ModelDecomposer(Rules(), 'http://127.0.0.1:9/v1', 'm', 0.5)
    assert model.decompose('do it', KNOWLEDGE) == NO


def test_a_question_and_a_refusal_are_passed_on(server):
    assert _proposed(server, question='Which ball?') == Question('Which ball?')
    assert _proposed(server, refusal='Too far.') == Refusal('Too far.')


@pytest.mark.parametrize('outcome', [PLAN, Halt()])
def test_what_the_rules_understand_is_not_asked_about(server, outcome):
    assert ModelDecomposer(Rules(outcome), server.url, 'm', 5.0).decompose(
        'do it', KNOWLEDGE) == outcome
    assert not server.asked


def test_the_model_is_told_of_nothing_that_the_robot_lacks():
    told = prompt(KNOWLEDGE)
    assert 'kitchen' in told and '"navigate"' in told and '"wave"' in told
    assert 'face' not in told and 'pick_up' not in told
    walker = Capabilities(frozenset((Skill.NAVIGATE, Skill.TURN)))
    assert '"wave"' not in prompt(Knowledge(walker))


def test_arms_are_named_or_left_open(server):
    ball = {'colour': 'red', 'shape': 'ball'}
    plan = _proposed(server, {'do': 'wave', 'arm': 'left'}, {'do': 'raise', 'arm': 'both'},
                     {'do': 'point', **ball}, {'do': 'touch', **ball, 'arm': 'right'},
                     {'do': 'push', **ball})
    assert [subtask.sentence for subtask in plan.subtasks] == [
        'wave your left arm', 'raise both your arms', 'point at the red ball',
        'touch the red ball with your right arm', 'push the red ball']
    assert isinstance(_proposed(server, {'do': 'wave', 'arm': 'third'}), Refusal)
    assert isinstance(_proposed(server, {'do': 'touch'}), Refusal)
    assert isinstance(_proposed(server, {'do': 'point', **ball, 'arm': 'both'}), Refusal)
