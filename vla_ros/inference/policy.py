"""Learned policies: a checkpoint behind the interface that everybody else knows."""
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch

from vla_ros.core.body import joint_vector, motion_vector
from vla_ros.core.errors import CheckpointError, ConfigurationError
from vla_ros.core.policy import Policy, PolicyDescription
from vla_ros.core.robot import RobotDescription
from vla_ros.core.values import ActionChunk, Attention, Observation
from vla_ros.inference.attention import attention_of
from vla_ros.inference.carried import Carried
from vla_ros.inference.document_policy import DocumentPolicy
from vla_ros.inference.engine import Answer
from vla_ros.inference.hearing import hearing
from vla_ros.inference.runtime import parse_runtime, Runtime, Threads
from vla_ros.inference.sentence_encoder import SentenceEncoder
from vla_ros.inference.tuning import engines_for, engines_of, hint
from vla_ros.models.checkpoint import check_robot, Checkpoint, load_checkpoint
from vla_ros.models.presets import Preset, restored_model, without_memory
from vla_ros.models.scaling import ActionScale
from vla_ros.models.vla import BodyState, Draft, VisionFeatures
from vla_ros.perception.preprocessing import prepare_image

PLANAR = (0, 1, 5)
"""Where x, y and yaw stand in a twist."""
REST = np.array([0.08, 0.08, 0.12])
"""Base velocities below these, all three, are the model's way to say: stand [m/s, rad/s]."""


def load_policy(checkpoint: str, robot: RobotDescription, *,
                allow_untrained: bool = False, has_memory: bool = True, runtime: str = 'fp32',
                threads: Threads | None = None) -> Policy:
    """
    Return the policy of a checkpoint, verified and made for this robot.

    :param checkpoint: name of a shipped checkpoint, or a folder.
    :param has_memory: False: it decides by the view alone, whatever it could remember.
    :param runtime: one of `runtime.NAMES`; 'auto': the fastest one here.
    :param threads: None: as many as are best for one robot.
    :raises CheckpointError: if it is damaged, untrained or made for another robot.
    :raises ConfigurationError: if there is no such runtime, or it must be prepared, and is not.
    """
    torch.set_num_threads(1)
    wanted, loaded = parse_runtime(runtime), load_checkpoint(checkpoint)
    check_robot(loaded.manifest, robot)
    if not (loaded.manifest['trained'] or allow_untrained):
        raise CheckpointError(
            f'checkpoint {loaded.manifest["name"]!r} is untrained: its actions mean nothing; '
            'allow_untrained lets it run all the same')
    if loaded.manifest['preset'] == Preset.DOCUMENT.value:
        if wanted not in (None, Runtime.FP32):
            raise ConfigurationError(f"runtime {runtime!r}: preset 'document' has 'fp32' only")
        return DocumentPolicy(loaded, robot)
    return VlaPolicy(loaded if has_memory else without_memory(loaded), robot, wanted, threads)


class Written(NamedTuple):
    """An answer that can be written anew."""

    draft: Draft
    stamp_s: float
    """Of the image that it answers [s]."""
    progress: float
    speeds: np.ndarray
    """(J,) of the joints [rad/s], which it was made with."""


class VlaPolicy:
    """
    The vision-language-action model as a policy, for one robot or for several of a kind.

    One thread may encode images while another decides: encoding reads weights and nothing else.
    """

    def __init__(self, checkpoint: Checkpoint, robot: RobotDescription,
                 runtime: Runtime | None = Runtime.FP32, threads: Threads | None = None):
        """
        Restore the model of a checkpoint.

        :param runtime: None: the fastest one here.
        :raises ConfigurationError: if the runtime must be prepared, and is not.
        """
        manifest = checkpoint.manifest
        self.description = PolicyDescription(
            manifest['name'], robot, manifest['horizon'], manifest['step_s'])
        self._robot, self._model = robot, restored_model(checkpoint)
        self._threads = threads or Threads()
        engines = engines_of(checkpoint, self._model, self._threads)
        self.choice, (self._seeing, self._deciding) = engines_for(checkpoint, engines, runtime)
        """Runtimes for vision and for decisions."""
        self.hint = hint(engines) if runtime is None else ''
        """What would make it faster here, for people; '': nothing that is known."""
        self._size = manifest['image']['height'], manifest['image']['width']
        self._scale = ActionScale(np.array(manifest['action_offset']),
                                  np.array(manifest['action_scale']))
        self._sentences = SentenceEncoder(hearing(manifest))
        self._neutral = np.array(robot.neutral_position)
        self._carried: list[Carried] = []
        self._written: Written | None = None
        self.reset('')

    def reset(self, instruction: str) -> None:
        """Forget everything, and read the sentence."""
        self.reset_one(0, instruction)
        if instruction:
            self._sentences.encode(instruction)
        self._attended = None

    def reset_one(self, robot: int, instruction: str) -> None:
        """Forget what robot number `robot` did."""
        self._carried_by(robot + 1)[robot].reset()
        self._written = None

    def infer(self, observation: Observation) -> ActionChunk:
        """Return the chunk that the model answers with."""
        return self.decide(observation, self.encode_image(observation.image))

    def infer_batch(self, observations: Sequence[Observation]) -> list[ActionChunk]:
        """Return a chunk for each robot; all are computed at once."""
        if not observations:
            return []
        return self._decide(observations, self.encode_images([o.image for o in observations]))

    def encode_image(self, image: np.ndarray) -> VisionFeatures:
        """Return what an image (H, W, 3) uint8 RGB shows."""
        return self.encode_images([image])

    @torch.inference_mode()
    def encode_images(self, images: Sequence[np.ndarray]) -> VisionFeatures:
        """Return what images (H, W, 3) uint8 RGB, of any sizes, show; all are encoded at once."""
        prepared = np.stack([prepare_image(image, *self._size) for image in images])
        _use_threads(self._threads.counts[0])
        return self._seeing.encode(torch.from_numpy(prepared))

    def decide(self, observation: Observation, seen: VisionFeatures) -> ActionChunk:
        """Return the chunk that the model answers with, from the image's time on."""
        return self._decide([observation], seen)[0]

    @torch.inference_mode()
    def renewed(self, positions: np.ndarray) -> ActionChunk | None:
        """Return the first robot's last answer with joints where they are now; see `Renewing`."""
        written = self._written
        if written is None or not self._model.config.reads_inputs:
            return None
        joints = _tensor(joint_vector(positions, written.speeds, self._neutral))
        actions = self._actions_of(self._model.write(written.draft, joints)[0])
        return self._chunk_of(actions, written.stamp_s, written.progress)

    @torch.inference_mode()
    def attention(self) -> Attention | None:
        """Return what the first robot's last decision attended, by the map it was made with."""
        if self._attended is None:
            return None
        attended, instruction = self._attended
        return attention_of(attended, self._model.vision.rows, self._sentences.words(instruction))

    def figures(self) -> dict[str, float]:
        """Return counts for people: how often what was encoded."""
        return self._sentences.figures()

    @torch.inference_mode()
    def _decide(self, observations: Sequence[Observation],
                seen: VisionFeatures) -> list[ActionChunk]:
        carried = self._carried_by(len(observations))
        _use_threads(self._threads.counts[1])
        answers = self._deciding.decide(
            seen, [self._sentences.encode(o.instruction) for o in observations],
            [self._body(o, c) for o, c in zip(observations, carried, strict=True)],
            [c.memory for c in carried])
        self._attended = answers[0].attended, observations[0].instruction
        chunks = [self._taken(*each) for each in zip(answers, observations, carried, strict=True)]
        self._written = Written(
            answers[0].draft, chunks[0].origin_s, chunks[0].progress, carried[0].speeds,
        ) if chunks[0].is_finite else None
        return chunks

    def _carried_by(self, robots: int) -> list[Carried]:
        """Return what the first so many robots carry."""
        memory = self._model.memory
        nothing = self._scale.stretch(np.zeros(self._robot.action_size))
        while len(self._carried) < robots:
            self._carried.append(Carried(self.description.step_s, nothing,
                                         memory and memory.begin()))
        return self._carried[:robots]

    def _body(self, observation: Observation, carried: Carried) -> BodyState:
        now_s, twist = observation.newest_s, np.zeros(6)
        twist[self._robot.base_index] = carried.last_action[:len(self._robot.base_axes)]
        commanded = twist[list(PLANAR)]
        done = carried.moved(now_s, observation.base_pose, commanded)
        velocity = observation.base_velocity
        positions = observation.joint_positions
        carried.notice(now_s, positions, observation.joint_velocities)
        joints = joint_vector(positions, carried.speeds, self._neutral)
        return BodyState(
            _tensor(joints),
            _tensor(motion_vector(done, commanded if velocity is None else velocity)),
            _tensor(self._scale.shrink(carried.action_before(now_s))))

    def _taken(self, answer: Answer, observation: Observation, carried: Carried) -> ActionChunk:
        """Return the chunk of an answer, and let the robot carry what it leaves."""
        actions = self._actions_of(answer.actions)
        chunk = self._chunk_of(actions, observation.stamp_s, float(answer.progress.sigmoid()))
        first = np.concatenate([chunk.base_twist[0, self._robot.base_index],
                                chunk.joint_targets[0]])
        carried.take(observation.newest_s, first, not chunk.base_twist.any(), answer.memory)
        return chunk

    def _actions_of(self, outputs: torch.Tensor) -> np.ndarray:
        """Return what outputs (K, A) of the model stand for."""
        return self._scale.stretch(outputs.double().numpy())

    def _chunk_of(self, actions: np.ndarray, stamp_s: float, progress: float) -> ActionChunk:
        """Return the chunk of actions (K, A), in which a base that hardly moves stands."""
        axes = len(self._robot.base_axes)
        twist = np.zeros((len(actions), 6))
        twist[:, self._robot.base_index] = actions[:, :axes]
        twist[(np.abs(twist[:, PLANAR]) < REST).all(axis=1)] = 0.0
        return ActionChunk(stamp_s, self.description.step_s, twist, actions[:, axes:], progress)


def _use_threads(count: int) -> None:
    """Compute with so many threads from now on, whichever thread of Python asks."""
    if torch.get_num_threads() != count:
        torch.set_num_threads(count)


def _tensor(array: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(array.astype(np.float32))[None]
