"""
The heart of the fusion node, without ROS: fresh inputs and chunks in, safe commands out.

Threads meet here. The executor's puts inputs, the policy's takes observations and hands chunks
over, the command's ticks. Every time is steady and is an argument.
"""
from collections import deque
from dataclasses import dataclass
import math
import threading
from typing import Any

import numpy as np

from vla_ros.control.chunks import ChunkBuffer
from vla_ros.control.eyes import Seen
from vla_ros.control.freshness import FrozenPicture, LatestInput, PauseWatch
from vla_ros.control.guard import Guard, Wish
from vla_ros.control.latency import StageTimes
from vla_ros.control.modes import Event, Mode, ModeMachine
from vla_ros.control.outcome import Finding, Moment, OutcomeMonitor
from vla_ros.control.settings import FusionSettings
from vla_ros.core.errors import InvalidValueError, StaleInputError
from vla_ros.core.robot import RobotDescription
from vla_ros.core.values import ActionChunk, Command, CommandSource, Observation
from vla_ros.language.stop_words import is_stop
from vla_ros.language.text import normalise

STOP = 'stop'
"""What every stop word is taken for."""
BAD_CHUNKS_MAX = 3
"""Chunks in a row that may be no numbers before the policy counts as broken."""
_FOLLOWED_EVERY_S = 0.045
"""How often it is looked at what became of a command: bodies are slow."""


@dataclass(frozen=True)
class Instruction:
    """What a person said last; the number tells one from the next."""

    number: int = 0
    text: str = ''
    """Empty: nothing to do."""
    since_s: float = 0.0


class Controller:
    """Decides what leaves for the robot. Knows nothing of messages."""

    def __init__(self, robot: RobotDescription, settings: FusionSettings = FusionSettings()):
        self.robot, self.settings = robot, settings
        self.image: LatestInput[Any] = LatestInput('image', lambda: self.settings.image_max_age)
        self.joints: LatestInput[tuple[np.ndarray, np.ndarray]] = LatestInput(
            'joint states', lambda: self.settings.joints_max_age)
        self.odometry: LatestInput[tuple[np.ndarray, np.ndarray]] = LatestInput(
            'odometry', lambda: self.settings.joints_max_age)
        self.picture = FrozenPicture()
        self._pauses = PauseWatch()
        self.bad_chunks = 0
        self._modes, self._lock = ModeMachine(), threading.Lock()
        self.guard = Guard(robot, lambda: self.settings)
        self._outcome = OutcomeMonitor(robot, lambda: self.settings)
        self._followed, self._told, self._followed_s, self._found_word = 0, None, -math.inf, ''
        self.finding = Finding.DOING
        """What came of the command so far."""
        self._moving_since_s = math.inf
        self._heard_s: deque[float] = deque()
        self._chunks = ChunkBuffer(lambda: self.settings)
        self.seams = self._chunks.seams
        self._chunk_number, self._bad_in_a_row = 0, 0
        self._body_s, self._answered = -math.inf, 0
        self.times = StageTimes()
        """How long things take, and how old what leaves is."""
        self._instruction, self._was_stopped = Instruction(), False
        self._fault, self._is_warm, self._blind_s = '', False, -math.inf
        self._held: np.ndarray | None = None

    @property
    def mode(self) -> Mode:
        """Return the mode of the last tick."""
        return self._modes.mode

    @property
    def instruction(self) -> Instruction:
        """Return what is to be done now."""
        return self._instruction

    def instruct(self, text: str, now_s: float) -> str:
        """
        Take a command and return what it was taken for; stop words act at the next tick.

        :raises InvalidValueError: if the text is empty or too long; nothing moves then.
        """
        if is_stop(text):
            self.release(now_s, stopped=True)
            return STOP
        try:
            self._expect_patience(now_s)
            clean = normalise(text)
        except ValueError:
            self.release(now_s)
            raise
        with self._lock:
            self._instruction = Instruction(self._instruction.number + 1, clean, now_s)
            self._was_stopped = False
        return clean

    def _expect_patience(self, now_s: float) -> None:
        """Refuse commands that come faster than anybody speaks."""
        while self._heard_s and now_s - self._heard_s[0] >= 1.0:
            self._heard_s.popleft()
        self._heard_s.append(now_s)
        if len(self._heard_s) > self.settings.commands_max_rate:
            self._heard_s.pop()
            raise InvalidValueError(
                f'more than {self.settings.commands_max_rate:g} commands in a second')

    def forget_inputs(self) -> None:
        """Drop what was seen: the clock of its stamps has jumped."""
        for known in (self.image, self.joints, self.odometry):
            known.clear()

    def release(self, now_s: float, stopped: bool = False) -> None:
        """Have nothing to do from now on."""
        with self._lock:
            self._instruction = Instruction(self._instruction.number + 1, '', now_s)
            self._was_stopped = stopped
            self._chunks.clear()

    def warmed_up(self) -> None:
        """Note that the policy has answered once: from now on it may act."""
        self._is_warm = True

    def fault(self, reason: str) -> None:
        """Stand until `reset`, because something is broken."""
        with self._lock:
            self._fault = self._fault or reason
            self._modes.handle(Event.BROKEN)

    def reset(self, now_s: float) -> None:
        """Leave a fault; whatever was to be done is forgotten."""
        self.release(now_s)
        with self._lock:
            self._fault, self._bad_in_a_row = '', 0
            self.picture.forgive()
            self._modes.handle(Event.RESET)

    def observation(self, now_s: float, seen: Seen) -> Observation:
        """
        Return what the policy is to decide on: what was seen, and the newest of the body.

        :raises StaleInputError: if the joints are missing or too old.
        """
        (positions, velocities), body_s = self.joints.get(now_s)
        try:
            (pose, velocity), _ = self.odometry.get(now_s)
        except StaleInputError:
            pose = velocity = None                      # odometry is a help, not a need
        return Observation(seen.stamp_s, seen.image, positions, velocities,
                           self._instruction.text, pose, velocity, max(body_s, seen.stamp_s))

    def accept(self, chunk: ActionChunk, number: int, body_s: float = -math.inf) -> None:
        """
        Take the chunk that answers instruction `number`; an old one's is dropped.

        :param body_s: time of the joints that it was decided on [s].
        """
        fits = (chunk.joint_targets.shape[1] == len(self.robot.commanded_joints)
                and chunk.is_finite)
        with self._lock:
            self._bad_in_a_row = 0 if fits else self._bad_in_a_row + 1
            self.bad_chunks += not fits
            if number != self._instruction.number or not self._instruction.text:
                return
            if not fits or number != self._chunk_number:
                self._chunks.clear()                    # a bad answer stops the same tick
            if fits:
                self._chunks.add(chunk)
                self._chunk_number, self._body_s = number, body_s
        if self._bad_in_a_row >= BAD_CHUNKS_MAX:
            self.fault("the policy answers with what are no numbers, or not this robot's")

    @property
    def progress(self) -> float:
        """Return how far the command is done, by the policy's own account."""
        return self._chunks.progress if self._chunk_number == self._instruction.number else 0.0

    def tick(self, now_s: float) -> Command:
        """Return what leaves now. Called at the command rate by one thread."""
        with self._lock:
            if self._pauses.is_waking(now_s, 1.0 / self.settings.command_rate):
                event, reason = Event.STALE, 'this process was paused'
            else:
                event, reason = self._judge(now_s)
            if self._modes.handle(event) is Mode.ACTIVE and event is Event.INSTRUCTED:
                return self._act(now_s)
            return self._stand(now_s, reason)

    def _judge(self, now_s: float) -> tuple[Event, str]:
        """Return what this tick means for the mode, and why."""
        if self._fault:
            return Event.BROKEN, self._fault
        if not self._is_warm:
            return Event.STALE, 'warming up'
        if self.mode is Mode.INIT:
            self._modes.handle(Event.WARM)
        try:
            self.image.get(now_s)
            self.joints.get(now_s)
        except StaleInputError as error:
            self._blind_s = now_s                       # nobody could have decided until now
            return Event.STALE, str(error)
        most_s = self.settings.frozen_max_age
        if self.picture.is_frozen(now_s, self._moving_since_s, most_s):
            return Event.STALE, f'image: the same picture for {most_s:.1f} s of motion'
        return self._judge_instruction(now_s)

    def _judge_instruction(self, now_s: float) -> tuple[Event, str]:
        told = self._instruction
        if not told.text:
            return Event.RELEASED, 'told to stop' if self._was_stopped else 'no command'
        if now_s - told.since_s > self.settings.instruction_max_age:
            return Event.RELEASED, f'command is over: {told.text}'
        age_s = self._chunks.age_s(now_s)
        waited_s = now_s - told.since_s
        thinking_s = min(age_s, waited_s, now_s - self._blind_s, self._pauses.awake_s(now_s))
        if thinking_s > self.settings.hang_max_age:
            self._fault = f'no inference for {self.settings.hang_max_age:.1f} s'
            return Event.BROKEN, self._fault
        if age_s == float('inf'):
            return Event.RELEASED, f'thinking: {told.text}'
        if age_s > self.settings.inference_max_age:
            return Event.STALE, f'inference: {age_s:.2f} s old'
        return Event.INSTRUCTED, f'soon: {told.text}'

    def _act(self, now_s: float) -> Command:
        times_s = self._times_s()
        twist, points = self._chunks.wish(now_s, times_s)
        wish = Wish(twist, points, times_s, self._measured(now_s), self.settings.speed_share)
        self._held = None
        command = self._passed(wish, now_s, CommandSource.POLICY, self._found(now_s))
        self._told = command.twist, command.joint_positions[0]
        self._note_ages(now_s)
        if command.is_still:
            self._moving_since_s = math.inf
        else:
            self._moving_since_s = min(self._moving_since_s, now_s)
        return command

    def _note_ages(self, now_s: float) -> None:
        """Keep how old what leaves is, and how long a new command waited for its answer."""
        self.times.add('image age at publish', self._chunks.age_s(now_s))
        if math.isfinite(self._body_s):
            self.times.add('joints age at publish', now_s - self._body_s)
        if self._answered != self._instruction.number:
            self._answered = self._instruction.number
            self.times.add('answer', now_s - self._instruction.since_s)

    def _found(self, now_s: float) -> str:
        """Return what has become of the command by now, in words."""
        if self._followed != self._instruction.number:
            self._followed, self._told = self._instruction.number, None
            self._outcome.reset()
            self.finding, self._found_word, self._followed_s = Finding.DOING, '', -math.inf
        if self._told is not None and now_s - self._followed_s > _FOLLOWED_EVERY_S:
            self._followed_s = now_s
            (positions, velocities), _ = self.joints.get(now_s)
            index = self.robot.commanded_index
            self.finding, self._found_word = self._outcome.update(Moment(
                now_s, *self._told, self._base_pose(now_s), positions[index],
                velocities[index], self.progress))
        return (f'{self.finding.value}: {self._instruction.text}'
                + (f' ({self._found_word})' if self._found_word else ''))

    def _base_pose(self, now_s: float) -> np.ndarray | None:
        try:
            (pose, _), _ = self.odometry.get(now_s)
        except StaleInputError:
            return None
        return pose

    @property
    def base_share(self) -> float | None:
        """Return how much of what it is told the base does; None where that can't be said."""
        return self._outcome.share

    def _stand(self, now_s: float, reason: str) -> Command:
        """Return zeros, with the commanded joints where they were when standing began."""
        self.guard.stop()
        self._chunks.begin_anew()
        self._followed = 0
        self._moving_since_s = math.inf
        if self._held is None and self.joints.age_s(now_s) <= self.settings.joints_max_age:
            self._held = self._measured(now_s)
        source = CommandSource.STOP if self._was_stopped else CommandSource.HOLD
        if self._held is None:
            return Command(np.zeros(6), (), np.zeros((0, 0)), np.zeros(0), source, reason)
        times_s = self._times_s()
        held = np.tile(self._held, (len(times_s), 1))
        return self._passed(Wish(np.zeros(6), held, times_s, self._held), now_s, source, reason)

    def _measured(self, now_s: float) -> np.ndarray:
        """Return where the commanded joints are [rad], (C,)."""
        (positions, _), _ = self.joints.get(now_s)
        return positions[self.robot.commanded_index]

    def _passed(self, wish: Wish, now_s: float, source: CommandSource, reason: str) -> Command:
        """Return what the guard lets through; nothing else ever leaves."""
        passed = self.guard.pass_on(wish, now_s)
        return Command(passed.twist, self.robot.commanded_joints, passed.points, passed.times_s,
                       source, reason, bool(passed.clipped))

    def _times_s(self) -> np.ndarray:
        points = self.settings.trajectory_points
        return self.settings.trajectory_duration * np.arange(1, points + 1) / points
