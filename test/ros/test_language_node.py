"""The language node over real topics."""
import json

from diagnostic_msgs.msg import DiagnosticArray
import pytest
from rcl_interfaces.srv import SetParametersAtomically
from rclpy.parameter import Parameter
from std_msgs.msg import String

from vla_ros.core.errors import CheckpointError, ConfigurationError
from vla_ros.nodes.language_node import LanguageNode
from vla_ros.ros.qos import SPOKEN


class Speaker:
    """Says things to a language node and hears its answers."""

    def __init__(self, bench):
        self._bench = bench
        self.answers = bench.listen(String, 'language_node/understanding', SPOKEN)
        self.questions = bench.listen(String, 'language_node/question', SPOKEN)
        self.states = bench.listen(DiagnosticArray, '/diagnostics')
        self._voice = bench.node.create_publisher(String, 'voice_command', SPOKEN)
        self.node = bench.make(LanguageNode)
        bench.until(lambda: self._voice.get_subscription_count() == 1
                    and bench.node.count_publishers('language_node/question') == 1
                    and self.node.count_subscribers('language_node/understanding') == 1)

    def say(self, *texts):
        """Return the document of each text."""
        wanted = len(self.answers) + len(texts)
        for text in texts:
            self._voice.publish(String(data=text))
        self._bench.until(lambda: len(self.answers) >= wanted)
        return [json.loads(msg.data) for _, msg in self.answers[-len(texts):]]


@pytest.fixture
def speaker(bench):
    return Speaker(bench)


def test_every_command_gets_one_document_in_order(speaker):
    texts = ['go to the red cube', 'stop', 'what is the capital of france', '', 'x' * 5000,
             'turn left', '走到红色的立方体']
    documents = speaker.say(*texts)
    assert [d['intent'] for d in documents] == [
        'go_to', 'stop', 'not_understood', 'not_understood', 'not_understood', 'turn',
        'not_understood']
    assert all(d['version'] == 1 for d in documents) and len(speaker.answers) == len(texts)


def test_a_question_comes_only_where_two_readings_are_close(speaker):
    speaker.say('go to the red cube')
    speaker.say('go to the red cube or the red ball')
    speaker._bench.until(lambda: speaker.questions)
    assert [msg.data for _, msg in speaker.questions] == ['The red cube or the red ball?']


def test_a_bug_is_answered_and_reported_and_ends_nothing(speaker, monkeypatch):
    def broken(text):
        raise RuntimeError('broken')
    monkeypatch.setattr(speaker.node._understander, 'understand', broken)
    document, = speaker.say('go to the red cube')
    assert not document['understood'] and 'broken' in document['reason']
    monkeypatch.undo()
    assert speaker.say('go to the red cube')[0]['understood']
    speaker._bench.until(lambda: any(
        'answered' in {v.key for v in state.values}
        for _, msg in speaker.states for state in msg.status))


def test_the_margin_can_be_changed_and_a_wrong_one_is_refused(speaker):
    def set_margin(value):
        request = SetParametersAtomically.Request(parameters=[
            Parameter('question_margin', value=value).to_parameter_msg()])
        return speaker._bench.call(SetParametersAtomically,
                                   'language_node/set_parameters_atomically', request).result
    assert set_margin(0.5).successful
    assert speaker.node._understander.question_margin == 0.5
    assert not set_margin(7.0).successful
    assert not set_margin('x').successful


@pytest.mark.parametrize('parameters, error', [
    ({'checkpoint': 'nonsense'}, CheckpointError), ({'robot': 'unitree_g1'}, ConfigurationError),
    ({'question_margin': 9.0}, ConfigurationError)])
def test_a_wrong_start_is_refused_with_a_reason(bench, parameters, error):
    with pytest.raises(error):
        bench.make(LanguageNode, **parameters)
