"""Recordings of the shipped policy's robot add to it: the simulator's rooms are rehearsed."""
import numpy as np
import pytest

from vla_ros.cli.main import main
from vla_ros.core.errors import ConfigurationError
from vla_ros.core.package_files import robot_file
from vla_ros.learning import teaching, training
from vla_ros.learning.bag_episodes import CAMERA, new_writer
from vla_ros.learning.collect import collect, describe, EPISODES_PER_SHARD
from vla_ros.learning.dataset import read_meta
from vla_ros.learning.demonstrations import BASE, CORRECTION
from vla_ros.learning.robot_of_data import ACTION, STATE, VELOCITY
from vla_ros.learning.teaching import is_from_simulator, rooms_again
from vla_ros.learning.training_scenes import Scenes
from vla_ros.models.checkpoint import load_checkpoint


@pytest.fixture
def salutes(g1, tmp_path):
    to = new_writer(tmp_path / 'salutes', g1, 10, True)
    rest = np.array(g1.neutral_position)
    action = np.concatenate([np.zeros(len(g1.base_axes)), g1.of_commanded('neutral_position')])
    with to.episode('salute') as take:
        for _ in range(3):
            take.add({STATE: rest, VELOCITY: 0 * rest, BASE: np.zeros(6), ACTION: action,
                      CORRECTION: np.array([False]), CAMERA: np.zeros((120, 160, 3), np.uint8)})
        take.save('success')
    return tmp_path / 'salutes'


@pytest.fixture
def trained(monkeypatch, tmp_path):
    """Return what training is begun with; nothing is trained or collected."""
    calls = []

    def train(robot, preset, lessons, folder, name, recipe, *report):
        calls.append((robot, lessons, folder, name, recipe))
        folder.mkdir(parents=True)
        return folder / 'checkpoint'
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(training, 'train', train)
    monkeypatch.setattr(teaching, 'collect', lambda *args, **kwargs: None)
    monkeypatch.setattr('vla_ros.cli.training_log.TrainingLog.draw', lambda self: 'none')
    return calls


def test_recordings_add_to_the_shipped_policy(salutes, trained, capsys):
    assert main(['train', '--finetune', 'base', '--data', str(salutes)]) == 0
    (robot, lessons, folder, name, recipe), = trained
    assert (robot.name, folder.name, name) == ('unitree_g1', 'salutes', 'salutes')
    assert lessons.new == (salutes,)
    assert [read_meta(each)['scenes'] for each in lessons.old] == ['mixed', 'touch']
    assert (recipe.only_writes, recipe.start, recipe.steps) == (True, 'base', 300)
    assert 'rooms of the simulator' in capsys.readouterr().out


def test_whoever_says_how_is_obeyed(salutes, trained):
    asked = ['train', '--finetune', 'base', '--data', str(salutes)]
    assert main([*asked, '--freeze-eyes', '--steps', '7', '--out', 'frozen']) == 0
    assert main([*asked, '--rehearse', str(salutes), '--out', 'rehearsed']) == 0
    frozen, other = (recipe for *_, recipe in trained)
    assert (frozen.freezes_eyes, frozen.only_writes, frozen.steps) == (True, False, 7)
    assert not other.only_writes and trained[1][1].old == (salutes,)


def test_what_cannot_be_taught_is_refused_before_anything_is_collected(salutes, trained, capsys):
    asked = ['train', '--finetune', 'base', '--data', str(salutes)]
    assert main([*asked, '--camera', 'nose']) == 2
    assert CAMERA in capsys.readouterr().err
    assert not trained and not (salutes.parent / 'data').exists()


def test_the_robot_may_be_given_as_a_file(salutes, trained):
    file = str(robot_file('unitree_g1'))
    assert main(['train', '--finetune', 'base', '--data', str(salutes), '--robot', file]) == 0
    (*_, recipe), = trained
    assert recipe.only_writes


def test_rooms_that_were_collected_are_not_collected_again(g1, tmp_path, monkeypatch):
    asked, reports = [], []
    monkeypatch.setattr(teaching, 'collect', lambda robot, folder, episodes, *rest, **kinds:
                        asked.append((folder, episodes, kinds['scenes'])))
    folders = rooms_again(g1, tmp_path, 1, print)
    assert [folder for folder, *_ in asked] == list(folders)
    for folder, episodes, scenes in asked:
        for shard in range(-(-episodes // EPISODES_PER_SHARD)):
            (folder / f'shard-{shard:05d}.npz').touch()
        collect(g1, folder, episodes, 0, 1, lambda *report: reports.append(report),
                scenes=scenes)
    assert len(reports) == len(asked) and all(done == whole for done, whole in reports)


def test_a_folder_of_other_rooms_is_refused(g1, tmp_path):
    describe(g1, tmp_path / 'mixed', 8, 0, scenes=Scenes.TOUCH)
    (tmp_path / 'mixed' / 'shard-00000.npz').touch()
    with pytest.raises(ConfigurationError, match="shards of scenes 'touch', asked for 'mixed'"):
        rooms_again(g1, tmp_path, 1, print)


def test_whose_demonstrations_a_policy_comes_from_is_known():
    assert is_from_simulator(load_checkpoint('base').manifest)
    assert not is_from_simulator({'data': {'format': 'LeRobotDataset v3'}})
    assert not is_from_simulator({})
