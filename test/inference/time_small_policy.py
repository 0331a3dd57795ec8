"""Prints how long the policies of untrained models take on one core, as JSON."""
import json
import os
from pathlib import Path
import sys
import time

import numpy as np
import torch

from vla_ros.core.package_files import robot_file
from vla_ros.core.robot import load_robot
from vla_ros.core.values import Observation
from vla_ros.inference.policy import load_policy
from vla_ros.learning.training import write_untrained
from vla_ros.models.presets import Preset

BLOCKS, RUNS, WARM_UPS = 3, 20, 5


def main(folder: Path) -> None:
    """Write checkpoints into a folder, load and time them."""
    if hasattr(os, 'sched_setaffinity'):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    robot = load_robot(robot_file('unitree_g1'))
    policies = {preset: load_policy(str(write_untrained(
        robot, preset, folder / preset.value, preset.value, 0)), robot, allow_untrained=True)
        for preset in (Preset.SMALL, Preset.BASE)}
    medians = {preset: [] for preset in policies}
    for _ in range(BLOCKS):                             # in turns: others use the processor too
        for preset, policy in policies.items():
            medians[preset].append(_median_ms(policy))
    print(json.dumps({'median_ms': {p.value: min(values) for p, values in medians.items()},
                      'threads': torch.get_num_threads(),
                      'instructions': torch.backends.cpu.get_cpu_capability()}))


def _median_ms(policy) -> float:
    image = np.random.default_rng(0).integers(0, 256, (240, 320, 3), np.uint8)
    rest = np.array(policy.description.robot.neutral_position)
    spans_ms = []
    for run in range(RUNS):
        seen = Observation(0.02 * run, image, rest, np.zeros_like(rest), 'go to the red cube')
        start_s = time.perf_counter()
        policy.infer(seen)
        spans_ms.append(1e3 * (time.perf_counter() - start_s))
    return float(np.median(spans_ms[WARM_UPS:]))


if __name__ == '__main__':
    main(Path(sys.argv[1]))
