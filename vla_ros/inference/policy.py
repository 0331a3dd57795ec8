"""Learned policies: a checkpoint behind the interface that everybody else knows."""
import numpy as np
import torch

from vla_ros.core.body import joint_vector, motion_vector
from vla_ros.core.errors import CheckpointError
from vla_ros.core.policy import Policy, PolicyDescription
from vla_ros.core.robot import RobotDescription
from vla_ros.core.values import ActionChunk, Attention, Observation
from vla_ros.inference.attention import attention_of
from vla_ros.inference.carried import Carried
from vla_ros.inference.document_policy import DocumentPolicy
from vla_ros.inference.sentence_encoder import SentenceEncoder
from vla_ros.models.checkpoint import check_robot, Checkpoint, load_checkpoint
from vla_ros.models.presets import Preset, restored_model
from vla_ros.models.scaling import ActionScale
from vla_ros.models.vla import BodyState, Decision, VisionFeatures
from vla_ros.perception.preprocessing import prepare_image

PLANAR = (0, 1, 5)
"""Where x, y and yaw stand in a twist."""
REST = np.array([0.08, 0.08, 0.12])
"""Base velocities below these, all three, are the model's way to say: stand [m/s, rad/s]."""


def load_policy(checkpoint: str, robot: RobotDescription, *,
                allow_untrained: bool = False, has_memory: bool = True) -> Policy:
    """
    Return the policy of a checkpoint, verified and made for this robot.

    :param checkpoint: name of a shipped checkpoint, or a folder.
    :param has_memory: False: what it remembers is wiped before every decision.
    :raises CheckpointError: if it is damaged, untrained or made for another robot.
    """
    torch.set_num_threads(1)
    loaded = load_checkpoint(checkpoint)
    check_robot(loaded.manifest, robot)
    if not (loaded.manifest['trained'] or allow_untrained):
        raise CheckpointError(
            f'checkpoint {loaded.manifest["name"]!r} is untrained: its actions mean nothing; '
            'allow_untrained lets it run all the same')
    if loaded.manifest['preset'] == Preset.DOCUMENT.value:
        return DocumentPolicy(loaded, robot)
    return VlaPolicy(loaded, robot, has_memory)


class VlaPolicy:
    """
    The vision-language-action model as a policy.

    One thread may encode images while another decides: encoding reads weights and nothing else.
    """

    def __init__(self, checkpoint: Checkpoint, robot: RobotDescription,
                 has_memory: bool = True):
        manifest = checkpoint.manifest
        self.description = PolicyDescription(
            manifest['name'], robot, manifest['horizon'], manifest['step_s'])
        self._robot, self._model = robot, restored_model(checkpoint)
        self._size = manifest['image']['height'], manifest['image']['width']
        self._scale = ActionScale(np.array(manifest['action_offset']),
                                  np.array(manifest['action_scale']))
        self._sentences = SentenceEncoder()
        self._neutral = np.array(robot.neutral_position)
        self._has_memory = has_memory
        memory = self._model.memory
        self._carried = Carried(self.description.step_s,
                                self._scale.stretch(np.zeros(len(self._scale.scale))),
                                memory and memory.begin())
        self.reset('')

    def reset(self, instruction: str) -> None:
        """Forget everything; the sentence is encoded when it is first acted upon."""
        self._carried.reset()
        self._grounded = None

    def infer(self, observation: Observation) -> ActionChunk:
        """Return the chunk that the model answers with."""
        return self.decide(observation, self.encode_image(observation.image))

    @torch.inference_mode()
    def encode_image(self, image: np.ndarray) -> VisionFeatures:
        """Return what an image (H, W, 3) uint8 RGB shows."""
        prepared = torch.from_numpy(prepare_image(image, *self._size))[None]
        return self._model.encode_vision(prepared)

    @torch.inference_mode()
    def decide(self, observation: Observation, seen: VisionFeatures) -> ActionChunk:
        """Return the chunk that the model answers with, from the observation's newest part on."""
        words = self._sentences.encode(observation.instruction)[None]
        keep = torch.ones(words.shape[:2], dtype=torch.bool)
        if not self._has_memory:
            self._carried.forget()
        decision = self._model.decide(seen, words, keep, self._body(observation),
                                      self._carried.memory)
        self._grounded = decision.grounding, observation.instruction
        chunk, action = self._chunk(decision, observation)
        self._carried.take(observation.newest_s, action, not chunk.base_twist.any(),
                           decision.state)
        return chunk

    @torch.inference_mode()
    def attention(self) -> Attention | None:
        """Return what the last decision attended, by the map that it was made with."""
        if self._grounded is None:
            return None
        grounding, instruction = self._grounded
        return attention_of(grounding, self._model.vision.rows,
                            self._sentences.words(instruction))

    def _body(self, observation: Observation) -> BodyState:
        commanded = np.zeros(6)
        commanded[self._robot.base_index] = self._carried.last_action[:len(self._robot.base_axes)]
        commanded = commanded[list(PLANAR)]
        done = self._carried.moved(observation.newest_s, observation.base_pose, commanded)
        velocity = observation.base_velocity
        joints = joint_vector(observation.joint_positions, observation.joint_velocities,
                              self._neutral)
        return BodyState(
            _tensor(joints),
            _tensor(motion_vector(done, commanded if velocity is None else velocity)),
            _tensor(self._scale.shrink(self._carried.action_before(observation.newest_s))))

    def _chunk(self, decision: Decision,
               observation: Observation) -> tuple[ActionChunk, np.ndarray]:
        """Return the chunk, and its first row as an action (A,)."""
        actions = self._scale.stretch(decision.actions[0].double().numpy())     # (K, A)
        axes = len(self._robot.base_axes)
        twist = np.zeros((len(actions), 6))
        twist[:, self._robot.base_index] = actions[:, :axes]
        rests = (np.abs(twist[:, PLANAR]) < REST).all(axis=1)
        twist[rests] = 0.0
        action = np.concatenate([twist[0, self._robot.base_index], actions[0, axes:]])
        return ActionChunk(observation.newest_s, self.description.step_s, twist, actions[:, axes:],
                           float(decision.progress.sigmoid()[0])), action


def _tensor(array: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(array.astype(np.float32))[None]
