"""
The language node: voice commands in, what they mean out, as one JSON document each.

It commands nothing: stop words are obeyed by the fusion node, which hears them itself.
"""
import json
import time

from rclpy.node import Node
from std_msgs.msg import String

from vla_ros.core.errors import VlaError
from vla_ros.inference.understander import Understander
from vla_ros.language.meaning import Intent
from vla_ros.language.settings import LanguageSettings
from vla_ros.language.understanding import Understanding
from vla_ros.nodes.wiring import Callbacks
from vla_ros.ros.diagnostics import Diagnostics
from vla_ros.ros.parameters import refuse_unknown, SettingsParameters
from vla_ros.ros.process import run_node
from vla_ros.ros.qos import SPOKEN
from vla_ros.ros.reports import Reports


class LanguageNode(Node):
    """Carries messages between ROS and an `Understander`."""

    def __init__(self, **kwargs):
        super().__init__('language_node', **kwargs)
        self._settings = SettingsParameters(self, LanguageSettings, self._apply)
        refuse_unknown(self)
        self._reports = Reports(self)
        self._diagnostics = Diagnostics(self, '')
        self._understander = self._made(self._settings.settings)
        self._answered, self._refused, self._slowest_s = 0, 0, 0.0
        topics = self._callbacks = Callbacks(self, self._reports, self._fault)
        self._understanding = self.create_publisher(String, '~/understanding', SPOKEN)
        self._question = self.create_publisher(String, '~/question', SPOKEN)
        topics.listen(String, 'voice_command', SPOKEN, self._put_command)
        topics.every(1.0, 'diagnostics', self._diagnose)

    def _made(self, settings: LanguageSettings) -> Understander:
        """Return the understander, warm; if there is none, say so before the node ends."""
        try:
            made = Understander(settings.checkpoint, settings.question_margin,
                                settings.remembered)
        except VlaError as error:
            self._diagnostics.publish_last('error', str(error))
            raise
        made.understand('go to the red cube')           # the first answer is the slowest
        return made

    def _put_command(self, msg: String) -> None:
        start_s = time.monotonic()
        self._answer(self._understander.understand(msg.data))
        self._slowest_s = max(self._slowest_s, time.monotonic() - start_s)

    def _answer(self, understood: Understanding) -> None:
        self._answered += 1
        self._refused += understood.intent is Intent.NOT_UNDERSTOOD
        self._understanding.publish(String(data=json.dumps(understood.document())))
        if understood.question:
            self._question.publish(String(data=understood.question))

    def _fault(self, reason: str) -> None:
        """Answer all the same: whoever spoke waits for it."""
        self._answer(Understanding('', Intent.NOT_UNDERSTOOD, 1.0, reason=reason))

    def _diagnose(self) -> None:
        wrong = {f'wrong: {what}': reason for what, reason in self._reports.reasons().items()}
        self._diagnostics.publish('warn' if wrong else 'ok', 'listening', {
            'answered': self._answered, 'not understood': self._refused,
            'slowest answer [s]': self._slowest_s,
            **self._callbacks.traffic(), **wrong})

    def _apply(self, settings: LanguageSettings) -> None:
        self._understander.question_margin = settings.question_margin


def main(args: list[str] | None = None) -> int:
    """Run the node until it is told to end."""
    return run_node(LanguageNode, args)


if __name__ == '__main__':
    raise SystemExit(main())
