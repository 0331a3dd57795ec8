"""Trains a tiny policy on noise, alone or under torchrun; may kill itself on the way."""
import os
from pathlib import Path
import signal
import sys
import weakref

import numpy as np
import torch
from torch import distributed

from vla_ros.core.body import MOTION_SIZE
from vla_ros.core.package_files import robot_file
from vla_ros.core.robot import load_robot
from vla_ros.learning.batches import Batch
from vla_ros.learning.losses import Target
from vla_ros.learning.processes import together
from vla_ros.learning.step_table import StepTable
from vla_ros.learning.trainer import Recipe, Trainer
from vla_ros.models.vla import BodyState, VlaConfig, VlaModel

CELLS, WORDS, HORIZON = (6, 8), 5, 10
SAVED_AT, STEPS = 3, 6
ROBOT = load_robot(robot_file('unitree_g1'))


class Noise:
    """Batches of random numbers."""

    def draw(self, images, per_image, rng, augment=True):
        pairs, cells = images * per_image, CELLS[0] * CELLS[1]
        image, kinds = self.draw_pictures(images, rng)

        def noise(*shape):
            return torch.from_numpy(rng.normal(size=(pairs, *shape)).astype(np.float32))

        def share(*shape):
            return torch.from_numpy(rng.uniform(size=(pairs, *shape)).astype(np.float32))
        keep = torch.from_numpy(np.arange(WORDS) < rng.integers(1, WORDS + 1, (pairs, 1)))
        body = BodyState(noise(2 * len(ROBOT.joint_names)), noise(MOTION_SIZE),
                         noise(ROBOT.action_size))
        wanted = Target(noise(HORIZON, ROBOT.action_size), share(), share(4),
                        share(2, cells).round(), share(cells).round())
        return Batch(image, kinds, noise(WORDS, 384), keep, body, wanted)

    def draw_pictures(self, images, rng):
        image = rng.integers(256, size=(images, 8 * CELLS[0], 8 * CELLS[1], 3), dtype=np.uint8)
        kinds = rng.integers(-1, 7, (images, 2, CELLS[0] * CELLS[1]))
        return torch.from_numpy(image), torch.from_numpy(kinds)


def tiny_model(seed=0, width=32):
    torch.manual_seed(seed)
    return VlaModel(VlaConfig(len(ROBOT.joint_names), ROBOT.action_size, width=width, heads=4,
                              fusion_layers=1, feedforward=32, vision_channels=8,
                              image_height=8 * CELLS[0], image_width=8 * CELLS[1]))


def train(folder, kill_at=None):
    table = StepTable(folder / 'losses.csv')

    def report(step, parts):
        table.add(step, parts)
        if step == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
    recipe = Recipe(vision_steps=2, steps=STEPS - 2, images=8, instructions=2, warmup_steps=2,
                    save_every=SAVED_AT, learning_rate=2e-3, threads=1)
    return Trainer(ROBOT, tiny_model(), Noise(), recipe, folder).run(report)


if __name__ == '__main__':
    left_open = []
    with together():
        train(Path(sys.argv[1]), *map(int, sys.argv[2:]))
        if distributed.is_initialized():
            left_open.append(weakref.ref(distributed.group.WORLD))
    if any(group() is not None for group in left_open):
        sys.exit('somebody keeps the process group, whose threads then abort at the exit')
