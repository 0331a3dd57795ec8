"""Faults of the policy and of the model's files."""
import hashlib
import json
from pathlib import Path
import pickle
import shutil
import tempfile
import time

import numpy as np

from vla_ros.control.guard import Guard, Wish
from vla_ros.control.settings import GuardSettings
from vla_ros.core.errors import CheckpointError
from vla_ros.core.package_files import robot_file
from vla_ros.core.robot import load_robot
from vla_ros.trials.probe import is_moving
from vla_ros.trials.rows import Measured, PERIOD_S, Row, SLACK_S
from vla_ros.trials.stage import Stage

POLICY_PERIOD_S = 0.1
_INDEX_MAX = 20
_DTYPES = ('float16', 'float32', 'int64', 'bool', 'complex64', 'str', 'object')


def _no_numbers(stage: Stage, trials: int) -> Measured:
    """Every output index and both kinds of no number, then wrong shapes and types."""
    measured = Measured(trials=trials)
    faults = [f'{kind} {i}' for i in range(_INDEX_MAX) for kind in ('nan', 'inf')]
    for index in range(trials):
        stage.move()
        at_s = time.monotonic()
        stage.fail(faults[index % len(faults)])
        measured.seconds.append(stage.zeros_since(stage.probe.commands, at_s))
        stage.until(lambda: stage.probe.mode.startswith('FAULT'), 1.5, 'FAULT')
        stage.recover()
    for fault in ('shape', 'raise', *(f'dtype {d}' for d in _DTYPES)):
        stage.move()
        stage.fail(fault)
        stage.wait(0.6)
        stage.probe.commands.clear()
        stage.wait(0.3)
        numbers = all(np.isfinite(v).all() for _, v in stage.probe.commands)
        measured.expect(numbers, f'{fault}: no number on the wire')
        measured.expect(fault.startswith('dtype') or not is_moving(stage.probe.commands),
                        f'{fault}: still moving')
        stage.recover()
    measured.note = 'each index by NaN and inf; wrong shape; an exception; seven types'
    return measured


def _out_of_range(stage: Stage, trials: int) -> Measured:
    robot, measured = load_robot(robot_file('unitree_g1')), Measured(trials=1_000_000)
    guard, rng = Guard(robot, GuardSettings), np.random.default_rng(0)
    times_s, rest = np.linspace(0.1, 0.4, 4), robot.of_commanded('neutral_position')
    low, high = robot.of_commanded('position_min'), robot.of_commanded('position_max')
    wishes = rng.normal(0, 5, (1000, 4, len(rest)))
    for index in range(250_000):                        # four actions each
        passed = guard.pass_on(Wish(wishes[index % 1000, 0, :6], wishes[index % 1000], times_s,
                                    rest), 0.05 * index)
        if not ((passed.points >= low).all() and (passed.points <= high).all()):
            measured.wrong.append('a joint position out of range')
    stage.move()
    stage.probe.commands.clear()
    stage.fail('huge')
    stage.wait(3.0)
    twists = np.array([v for _, v in stage.probe.commands])[:, robot.base_index]
    measured.expect((twists <= np.array(robot.base_velocity_max) + 1e-9).all() and (
        twists >= np.array(robot.base_velocity_min) - 1e-9).all(), 'a base speed out of range')
    stage.until(lambda: 'clipped by base velocity' in stage.probe.said('fusion_node'), 3.0,
                'clips on /diagnostics')
    stage.recover()
    measured.note = '1,000,000 random actions; then a policy that wishes 100 m/s, on the wire'
    return measured


def _late(stage: Stage, trials: int) -> Measured:
    measured = Measured(trials=trials)
    for _ in range(trials):
        stage.move()
        at_s = time.monotonic()
        stage.fail('sleep 3.0')
        measured.seconds.append(stage.zeros_since(stage.probe.commands, at_s))
        stage.fail('')
        stage.wait(2.5)                                 # the answer that was slept over ends
        stage.recover()
    stage.move()
    stage.fail('sleep 0.1')
    stage.wait(1.0)
    measured.expect(is_moving(stage.probe.commands), 'an inference of 0.1 s more stops it')
    stage.recover()
    stage.move()
    stage.fail('sleep 7')
    took_s = stage.until(lambda: stage.probe.mode.startswith('FAULT'), 8.0, 'FAULT')
    measured.expect(4.7 <= took_s < 6.0, f'FAULT after {took_s:.1f} s')
    stage.fail('')
    stage.wait(2.5)
    stage.recover()
    measured.note = f'0.1 s late: goes on; hung: FAULT after {took_s:.1f} s'
    return measured


def _cold_start(stage: Stage, trials: int) -> Measured:
    measured = Measured(trials=trials)
    for _ in range(trials):
        stage.restart('fusion_node')
        stage.probe.wishes.clear()
        stage.probe.modes.clear()
        stage.probe.mode = ''
        early = 0

        def nag() -> None:
            nonlocal early
            stage.say('turn left 180 degrees')
            early += is_moving(stage.probe.wishes)

        stage.until(lambda: stage.probe.mode.startswith(('READY', 'ACTIVE')), 60.0, 'ready', nag)
        measured.expect(early == 0, f'{early} commands before the warm-up had ended')
        stage.recover()
    measured.note = 'told to move all the while it starts: not one command before READY'
    return measured


def _damaged(stage: Stage, trials: int) -> Measured:
    from vla_ros.models.checkpoint import find_checkpoint, load_checkpoint
    measured, rng, refused = Measured(), np.random.default_rng(0), 0
    source = find_checkpoint(stage.options.checkpoint)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / 'copy'
        shutil.copytree(source, copy)
        for name, cuts, flips in (('model.safetensors', 150, 700), ('manifest.json', 50, 300)):
            whole = (source / name).read_bytes()
            for index in range(cuts + flips):
                measured.trials += 1
                spoilt = bytearray(whole)
                if index < cuts:
                    del spoilt[rng.integers(len(whole) - 1):]
                else:
                    spoilt[rng.integers(len(whole) - 1)] ^= 1 << rng.integers(8)
                (copy / name).write_bytes(spoilt)
                try:
                    load_checkpoint(str(copy))
                    measured.expect(_is_blank(whole, spoilt), f'{name}: damage {index} was loaded')
                except CheckpointError:
                    refused += 1
            (copy / name).write_bytes(whole)
        (copy / 'model.safetensors').write_bytes(b'no weights')
        _refused_by_node(stage, measured, str(copy), 'damaged')
    measured.note = (f'200 truncations, 1,000 flips: {refused:,} refused, the rest a space for a '
                     'space in JSON; the node ends with code 2, ERROR')
    return measured


def _is_blank(whole: bytes, spoilt: bytes) -> bool:
    """Return whether JSON means the same: a changed space is no damage."""
    try:
        return json.loads(whole) == json.loads(bytes(spoilt))
    except ValueError:
        return False


def _refused_by_node(stage: Stage, measured: Measured, checkpoint: str, said: str) -> None:
    stage.restart('fusion_node', checkpoint=checkpoint)
    stage.probe.statuses.clear()
    stage.until(lambda: not stage.children.is_running('fusion_node'), 40.0, 'the node ends')
    measured.expect(stage.children.wait('fusion_node', 1.0) == 2, 'exit code is not 2')
    measured.expect(said in stage.children.log('fusion_node'), 'no reason in its log')
    measured.expect(stage.probe.level('fusion_node') == 2, 'no ERROR on /diagnostics')
    stage.restart('fusion_node')
    stage.wait_until_ready()


class _Evil:
    """Leaves a mark if it is ever unpickled."""

    def __init__(self, mark: Path):
        self._mark = mark

    def __reduce__(self):
        return Path.touch, (self._mark,)


def _pickles(stage: Stage | None, trials: int) -> Measured:
    from vla_ros.models.checkpoint import find_checkpoint, load_checkpoint, write_manifest
    measured, refused = Measured(trials=3), []
    with tempfile.TemporaryDirectory() as folder:
        mark = Path(folder) / 'ran'
        evil = pickle.dumps(_Evil(mark))
        for name in ('model.safetensors', 'model.pt', 'pytorch_model.bin'):
            copy = Path(folder) / name.replace('.', '_')
            shutil.copytree(find_checkpoint('base'), copy)
            (copy / 'model.safetensors').unlink()
            (copy / name).write_bytes(evil)
            manifest = json.loads((copy / 'manifest.json').read_text())
            # Everything is in order but what the file is.
            write_manifest(copy, {**manifest, 'sha256': hashlib.sha256(evil).hexdigest()})
            try:
                load_checkpoint(str(copy))
            except CheckpointError as error:
                refused.append(str(error))
        measured.expect(len(refused) == 3, f'only {len(refused)} of 3 were refused')
        measured.expect(not any('digest' in said for said in refused),
                        'refused for another reason than what the file is')
        measured.expect(not mark.exists(), 'the evil file ran')
    measured.note = 'only safetensors are ever read, there is no way to ask for more'
    return measured


ROWS = [
    Row('F9', 'policy answers NaN, inf, wrong shape or type', 'zeros, FAULT after three',
        POLICY_PERIOD_S + 0.06 + PERIOD_S + SLACK_S, _no_numbers),
    Row('F10', 'action out of range', 'limited and counted', None, _out_of_range),
    Row('F11', 'inference late or hung', 'last action for 0.5 s, then zeros; FAULT after 5 s',
        0.5 + POLICY_PERIOD_S + PERIOD_S + SLACK_S, _late),
    Row('F12', 'cold start', 'no command before the warm-up has ended', None, _cold_start),
    Row('F14', 'model file truncated, bit-flipped', 'never loaded, node refuses', None, _damaged),
    Row('F15', 'pickle in a checkpoint', 'never runs', None, _pickles, needs_stage=False),
]
