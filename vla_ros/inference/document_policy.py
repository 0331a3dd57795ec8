"""The document's model behind the interface of every policy: one action, held for one step."""
import numpy as np
import torch

from vla_ros.core.policy import PolicyDescription
from vla_ros.core.robot import RobotDescription
from vla_ros.core.values import ActionChunk, Observation
from vla_ros.inference.cache import Lru
from vla_ros.inference.carried import Steps
from vla_ros.inference.sentence_encoder import pretrained_tokenizer
from vla_ros.models.checkpoint import Checkpoint
from vla_ros.models.document import Seen
from vla_ros.models.document_language import Said
from vla_ros.models.presets import restored_model
from vla_ros.models.scaling import ActionScale
from vla_ros.perception.preprocessing import prepare_image

_ROWS = 2
_CACHED_SENTENCES = 16


class DocumentPolicy:
    """
    Image, sentence and joints in; the joints' next targets out.

    One thread may encode images while another decides: encoding reads weights and nothing else.
    """

    def __init__(self, checkpoint: Checkpoint, robot: RobotDescription):
        manifest = checkpoint.manifest
        self.description = PolicyDescription(manifest['name'], robot, _ROWS, manifest['step_s'])
        self._robot, self._model = robot, restored_model(checkpoint)
        self._size = manifest['image']['height'], manifest['image']['width']
        self._scale = ActionScale(np.array(manifest['action_offset']),
                                  np.array(manifest['action_scale']))
        self._tokenizer = pretrained_tokenizer(self._model.config.positions)
        self._steps = Steps(self.description.step_s)
        self._read: Lru[Said] = Lru(_CACHED_SENTENCES)
        self.reset('')

    def reset(self, instruction: str) -> None:
        """Forget everything; the sentence is read when it is first acted upon."""
        self._state = None
        self._steps.reset()

    def infer(self, observation: Observation) -> ActionChunk:
        """Return a chunk that leads from where the joints are to the model's action."""
        return self.decide(observation, self.encode_image(observation.image))

    @torch.inference_mode()
    def encode_image(self, image: np.ndarray) -> Seen:
        """Return what an image (H, W, 3) uint8 RGB shows."""
        pixels = torch.from_numpy(prepare_image(image, *self._size))
        return self._model.encode_vision(pixels.permute(2, 0, 1)[None] / 255.0, has_heads=False)

    @torch.inference_mode()
    def decide(self, observation: Observation, seen: Seen) -> ActionChunk:
        """Return a chunk that leads from where the joints are to the model's action."""
        joints = torch.from_numpy(observation.joint_positions.astype(np.float32))[None]
        decision = self._model.decide(seen, self._said(observation.instruction), joints,
                                      self._state)
        if self._steps.take(observation.newest_s):
            self._state = decision.state
        wanted = self._scale.stretch(decision.action[0].double().numpy())
        axes = len(self._robot.base_axes)
        twist = np.zeros((_ROWS, 6))
        twist[:, self._robot.base_index] = wanted[:axes]
        now = observation.joint_positions[self._robot.commanded_index]
        return ActionChunk(observation.stamp_s, self.description.step_s, twist,
                           np.stack([now, wanted[axes:]]))

    def figures(self) -> dict[str, float]:
        """Return counts for people."""
        return {'text encodes': self._read.misses, 'text hits': self._read.hits,
                'text misses': self._read.misses}

    def _said(self, instruction: str) -> Said:
        """Return what the sentence says, from memory if it was said lately."""
        pieces = tuple(self._tokenizer.encode(instruction).ids)
        return self._read.get(pieces, lambda: self._model.language(torch.tensor([pieces])))
