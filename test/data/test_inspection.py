"""Each way to be broken is found, and what is whole is not called broken."""
import cv2
import numpy as np
import pytest
from rollers import add_episode, CAMERA, picture, writer

from vla_ros.cli.main import main
from vla_ros.learning.inspection import contact_sheet, Inspector, longest
from vla_ros.learning.lerobot.reader import Dataset


def _with(**changes):
    return lambda frame, i: {**frame, **{
        key.replace('_', '.'): change(frame[key.replace('_', '.')], i)
        for key, change in changes.items()}}


def _jumping(state, i):
    return state + np.array([0.0, 1.5 if i == 15 else 0.002 * i])


BROKEN = {
    'too short': (6, None),
    'not finite': (20, _with(action=lambda a, i: np.where(i == 3, np.nan, a))),
    'jump': (20, _with(observation_state=_jumping)),
    'frozen camera': (20, lambda frame, i: {**frame, CAMERA: picture(min(i, 2))}),
    'commands without motion': (25, _with(observation_base=lambda base, i: 0 * base))}


@pytest.mark.parametrize('fault', BROKEN)
def test_what_is_broken_is_found_and_nothing_else(tmp_path, fault):
    to = writer(tmp_path / 'rollers')
    for _ in range(3):
        add_episode(to, frames=25)
    frames, change = BROKEN[fault]
    add_episode(to, frames=frames, change=change)
    *whole, broken = Inspector(Dataset(to.root), CAMERA)
    assert [e.faults for e in whole] == [()] * 3
    assert len(broken.faults) == 1 and fault in broken.faults[0]


def test_who_stands_and_holds_its_joints_is_not_broken(tmp_path):
    """A simulated camera then shows the same picture, and joints only tremble."""
    to, rng = writer(tmp_path / 'rollers'), np.random.default_rng(0)
    for _ in range(2):
        add_episode(to, frames=30, change=lambda frame, i: {
            **frame, CAMERA: picture(0), 'observation.base': np.zeros(6), 'action': np.zeros(4),
            'observation.state': np.array([0.1, 0.3 + 0.001 * (i == 20)])
            + rng.normal(0, 1e-4, 2)})
    assert [e.faults for e in Inspector(Dataset(to.root), CAMERA)] == [()] * 2


def test_a_damaged_video_is_a_fault_and_no_crash(tmp_path):
    to = writer(tmp_path / 'rollers')
    add_episode(to, frames=12)
    (to.root / 'videos' / CAMERA / 'chunk-000/file-000.mp4').write_bytes(b'nothing')
    examined, = Inspector(Dataset(to.root), CAMERA)
    assert 'no video' in examined.faults[0]
    assert contact_sheet([examined]).shape[2] == 3


@pytest.mark.parametrize(('flags', 'length'), [('', 0), ('0110111', 3), ('111', 3), ('000', 0)])
def test_the_longest_run_is_found(flags, length):
    assert longest(np.array([f == '1' for f in flags], bool)) == length


def test_the_command_counts_and_draws(tmp_path, capsys):
    to = writer(tmp_path / 'rollers')
    for task, frames in (('roll on', 12), ('roll on', 14), ('roll back', 5)):
        add_episode(to, task, frames)
    sheet = tmp_path / 'sheet.png'
    assert main(['data', str(to.root), '--sheet', str(sheet)]) == 1
    said = capsys.readouterr().out
    assert '3 episodes, 31 frames' in said and '67%' in said
    assert 'episode 2 looks broken: too short: 0.5 s' in said
    assert cv2.imread(str(sheet)).shape[0] == 3 * (96 + 18)
