"""The document's model behind the interface of every policy: one action, held for one step."""
import numpy as np
import torch

from vla_ros.core.policy import PolicyDescription
from vla_ros.core.robot import RobotDescription
from vla_ros.core.values import ActionChunk, Observation
from vla_ros.inference.sentence_encoder import SentenceEncoder
from vla_ros.models.checkpoint import Checkpoint
from vla_ros.models.presets import restored_model
from vla_ros.models.scaling import ActionScale
from vla_ros.perception.preprocessing import prepare_image

_ROWS = 2


class DocumentPolicy:
    """Image, sentence and joints in; the joints' next targets out."""

    def __init__(self, checkpoint: Checkpoint, robot: RobotDescription):
        manifest = checkpoint.manifest
        self.description = PolicyDescription(manifest['name'], robot, _ROWS, manifest['step_s'])
        self._robot, self._model = robot, restored_model(checkpoint)
        self._size = manifest['image']['height'], manifest['image']['width']
        self._scale = ActionScale(np.array(manifest['action_offset']),
                                  np.array(manifest['action_scale']))
        self._sentences = SentenceEncoder()

    def reset(self, instruction: str) -> None:
        """Nothing is remembered between two images."""

    @torch.inference_mode()
    def infer(self, observation: Observation) -> ActionChunk:
        """Return a chunk that leads from where the joints are to the model's action."""
        image = torch.from_numpy(prepare_image(observation.image, *self._size))
        joints = torch.from_numpy(observation.joint_positions.astype(np.float32))[None]
        action, _, _ = self._model(image.permute(2, 0, 1)[None] / 255.0,
                                   self._text(observation.instruction), joints)
        wanted = self._scale.stretch(action[0].double().numpy())
        axes = len(self._robot.base_axes)
        twist = np.zeros((_ROWS, 6))
        twist[:, self._robot.base_index] = wanted[:axes]
        now = observation.joint_positions[self._robot.commanded_index]
        return ActionChunk(observation.stamp_s, self.description.step_s, twist,
                           np.stack([now, wanted[axes:]]))

    def _text(self, instruction: str) -> torch.Tensor:
        """Return 768 features: mean and maximum over the words' 384."""
        words = self._sentences.encode(instruction)
        return torch.cat([words.mean(dim=0), words.amax(dim=0)])[None]
