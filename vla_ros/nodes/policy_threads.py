"""
The two threads in which a policy works: one looks, one decides.

Vision: encodes the newest frame while there is something to do; as often as the camera sends one,
or in time for each decision where those are fewer. Policy: decides on what was seen last and on
the newest joints a little before each command's slot, so that what leaves is new; a policy whose
decisions can be written anew decides as soon as something new was seen, too, and not again before
a period has gone by. The command's thread waits for neither, but for a decision that
is a millisecond or two from its end, and writes the last one anew for what the joints do when it
leaves.
"""
from collections.abc import Callable
import math
import time

import numpy as np

from vla_ros.control.controller import Controller
from vla_ros.control.eyes import Eyes, Seen, two_rate
from vla_ros.control.modes import Mode
from vla_ros.core.errors import StaleInputError, VlaError
from vla_ros.core.policy import Policy, Renewing
from vla_ros.core.values import Observation
from vla_ros.nodes.attention_topic import AttentionTopic
from vla_ros.ros.pacing import Lead, Pacer, UnderWay
from vla_ros.ros.reports import Reports

_WARM_UPS = 3
_MARGIN_S = 0.001
_GRACE_S, _GRACE_SHARE = 0.003, 0.3
"""How long a command may wait for a decision that is nearly there: a time, and a part of its
period. Decisions begin as much later, on joints that are as much newer."""
_SLOWER = 0.9
"""Decisions to frames, a second, below which vision keeps the pace of decisions."""
_SMOOTHING = 0.1
_ASKS_HZ, _IDLE_ASKS_HZ = 250.0, 50.0


class PolicyThreads:
    """Looks and decides for a controller until `stop`."""

    def __init__(self, controller: Controller, policy: Policy, decode: Callable[..., np.ndarray],
                 reports: Reports, fetch: Callable[[], None], pull: Callable[[], None],
                 attention: AttentionTopic, epoch_s: float):
        """
        Prepare both threads.

        :param decode: turns an image message into (H, W, 3) uint8 RGB.
        :param fetch: fetches the newest frame into the controller.
        :param pull: fetches the newest joints into the controller.
        :param epoch_s: of the command's pacer, which the decisions are to be ahead of.
        """
        self._controller, self._policy, self._reports = controller, two_rate(policy), reports
        self._renews = False
        self._fetch, self._pull, self._attention = fetch, pull, attention
        self._eyes = Eyes(self._policy, controller.image, controller.joints,
                          controller.times, decode)
        self._asked, self._answered, self._used = 0, 0, None
        self._looked_s, self._framed_s, self._frame_period_s = -math.inf, -math.inf, math.inf
        self._began_s = -math.inf
        self.decided, self.frames_used = 0, 0
        """Decisions that were made; different frames among what they were made on."""
        self.decide_s = 0.0
        """What the last decision took [s]."""
        self.on_ready: Callable[[], None] = lambda: None
        self.on_answer: Callable[[], None] = lambda: None
        """Called with the first decision on a new command."""
        self._deciding, self._seeing = Lead(), Lead()
        self._under_way = UnderWay()
        self._vision = Pacer('vision', self._look_rate_hz, self._look)
        self.policy_pacer = Pacer('policy', self._rate_hz, self._decide, epoch_s=epoch_s,
                                  lead_s=lambda: self._deciding.lead_s + _MARGIN_S
                                  - self._grace_s())

    @property
    def encoded(self) -> int:
        """Return how many frames were encoded."""
        return self._eyes.encoded

    def start(self) -> None:
        """Start both threads."""
        self._vision.start()
        self.policy_pacer.start()

    def stop(self) -> None:
        """End both; one that hangs is left behind."""
        for pacer in (self._vision, self.policy_pacer):
            pacer.stop()

    def wait(self) -> None:
        """Wait a little for a decision that is nearly there; in the command's thread."""
        self._under_way.wait(self._grace_s())

    def renew(self, now_s: float) -> None:
        """Write the last decision for the newest joints, where that is possible; likewise."""
        if self._renews:
            self._guarded('renewal', lambda: self._renew(now_s))

    def _renew(self, now_s: float) -> None:
        number = self._asked                            # before the answer, which may be newer
        (positions, _), body_s = self._controller.joints.get(now_s)
        if self._is_asked() and (chunk := self._policy.renewed(positions)):
            self._controller.accept(chunk, number, body_s)

    def hear(self) -> None:
        """Note that a command has come: it is read while the newest frame is encoded."""
        self._vision.nudge()
        self.policy_pacer.nudge()

    def see(self, now_s: float) -> None:
        """Note that a frame has come; in the vision's thread."""
        period_s = min(now_s - self._framed_s, 1.0)
        self._framed_s = now_s
        known_s = min(self._frame_period_s, 1.0)
        self._frame_period_s = known_s + _SMOOTHING * (period_s - known_s)

    def _look_rate_hz(self) -> float:
        """Return how often it is asked whether a frame has come [Hz]: no executor wakes for it."""
        return _ASKS_HZ if self._is_asked() else _IDLE_ASKS_HZ

    def _is_due(self, now_s: float) -> bool:
        """Return whether it is time to look, as far as rates go."""
        settings, since_s = self._controller.settings, now_s - self._looked_s
        if since_s < 0.9 / settings.vision_rate:
            return False
        is_paced = settings.policy_trigger == 'rate' and (
            settings.policy_rate * self._frame_period_s < _SLOWER)
        return not is_paced or (since_s > 0.5 / settings.policy_rate and (
            self.policy_pacer.due_in_s() < self._seeing.lead_s + _MARGIN_S + 1.0 / _ASKS_HZ))

    def _grace_s(self) -> float:
        return min(_GRACE_S, _GRACE_SHARE / self._controller.settings.command_rate)

    def _rate_hz(self) -> float:
        settings = self._controller.settings
        return settings.policy_rate if settings.policy_trigger == 'rate' else 0.0

    def _is_asked(self) -> bool:
        return bool(self._controller.instruction.text) and (
            self._controller.mode not in (Mode.FAULT, Mode.INIT))

    def _look(self, now_s: float) -> None:
        """Fetch the newest frame and encode it, if there is something to do; vision's thread."""
        self._guarded('camera', self._fetch)
        is_new = self._answered != self._controller.instruction.number
        if not self._is_asked() or not (is_new or self._is_due(now_s)):
            return
        if self._guarded('vision', lambda: self._eyes.look(now_s)):
            self._looked_s = now_s
            self._seeing.learn(time.monotonic() - now_s)
            if is_new or self._renews or self._controller.settings.policy_trigger == 'image':
                self.policy_pacer.nudge()               # it may still make the next slot

    def _decide(self, now_s: float) -> None:
        """Decide on the newest of everything; in the policy's thread."""
        if self._controller.mode is Mode.INIT and self._asked == 0:
            self._guarded('policy', self._warm_up)
        elif self._is_asked() and not self._is_answered(now_s):
            self._guarded('policy', lambda: self._answer(now_s))

    def _is_answered(self, now_s: float) -> bool:
        """Return whether the last decision will do: of all that it has not seen, joints alone."""
        return (self._renews
                and self._answered == self._controller.instruction.number
                and self._eyes.newest is self._used
                and now_s - self._began_s < 0.9 / self._controller.settings.policy_rate)

    def _answer(self, now_s: float) -> None:
        told = self._controller.instruction
        if told.number != self._asked:
            self._policy.reset(told.text)
            self._asked = told.number
        seen = self._eyes.fresh(now_s, self._controller.settings.image_max_age)
        self._pull()
        observation = self._controller.observation(now_s, seen)
        start_s, self._began_s = time.monotonic(), now_s
        self._under_way.begin(start_s + self._deciding.lead_s)
        try:
            chunk = self._policy.decide(observation, seen.features)
            self.decide_s = time.monotonic() - start_s
            self._controller.accept(chunk, told.number, observation.newest_s)
        finally:
            self._under_way.end()
        self._account(seen)
        if told.number != self._answered:
            self._answered = told.number
            self.on_answer()
        self._attention.offer(observation.image, seen.frame.header)

    def _account(self, seen: Seen) -> None:
        """Count a decision, and learn how long before its slot the next has to begin."""
        self._controller.times.add('decide', self.decide_s)
        self.decided += 1
        self.frames_used += seen is not self._used
        self._used = seen
        self._deciding.learn(self.decide_s)

    def _warm_up(self) -> None:
        """Look and decide on nothing, so that the first real answer is not the slowest."""
        robot = self._controller.robot
        joints, image = np.array(robot.neutral_position), np.zeros((240, 320, 3), np.uint8)
        self._policy.reset('stand still')
        for _ in range(_WARM_UPS):
            start_s = time.monotonic()
            observation = Observation(start_s, image, joints, np.zeros_like(joints),
                                      'stand still')
            features = self._policy.encode_image(image)
            encoded_s = time.monotonic()
            self._policy.decide(observation, features)
            self._seeing.start(encoded_s - start_s)
            self._deciding.start(time.monotonic() - encoded_s)
        self._renews = isinstance(self._policy, Renewing) and (
            self._policy.renewed(joints) is not None)
        self._asked = -1
        self._controller.warmed_up()
        self.on_ready()

    def _guarded(self, what: str, call: Callable[[], object]) -> object:
        """Return what a call returns; whatever a policy raises stops the robot."""
        try:
            answer = call()
        except StaleInputError:
            return None                                 # the command's tick sees and says the same
        except VlaError as error:
            self._reports.wrong(what, str(error))
            return None
        except Exception as error:  # whatever a policy raises
            self._reports.wrong(what, f'{type(error).__name__}: {error}')
            self._controller.fault(f'{what}: {type(error).__name__}: {error}')
            return None
        self._reports.right(what)
        return answer
