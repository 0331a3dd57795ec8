"""The `vla` command: clear words, clear exit codes."""
import json
import os
from pathlib import Path
import subprocess
import sys

import cv2
import pytest

from vla_ros.cli.main import COMMANDS, main
from vla_ros.core.map_files import load_map
from vla_ros.ros.children import ChildError, Children


def test_help_names_every_command(capsys):
    with pytest.raises(SystemExit) as ended:
        main(['--help'])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert all(name.replace('_', '-') in said for name in COMMANDS)


@pytest.mark.parametrize('arguments, said', [
    (['evaluate', '--suite', 'dance'], "suite 'dance': expected one of"),
    (['evaluate', '--policy', 'nonsense', '--episodes', '1'], "'nonsense' is no checkpoint"),
    (['evaluate', '--robot', 'c3po'], "robot 'c3po'"),
    (['train', '--preset', 'huge'], "preset 'huge'"),
    (['evaluate', '--runtime', 'warp', '--episodes', '1'], "runtime 'warp': expected one of"),
    (['evaluate', '--reuse-vision', '-1', '--episodes', '1'], 'distance: -1.0, expected'),
    (['tune', '--seconds', '0'], '--seconds 0: expected up to 600'),
    (['tune', '--only', 'warp'], "runtimes ['warp']: expected some of ['fp32'"),
    (['tune', '--vision-threads', '-1'], 'vision_threads: -1, expected 0 to 64'),
    (['presets', '--runs', '0'], '--runs 0: expected 1 or more'),
    (['map', '--world', 'castle'], "world 'castle': expected one of ['room', 'apartment']"),
    (['map', '--resolution', '0'], '--resolution 0: expected 0.01 to 0.5'),
    (['train', '--data', 'nowhere'], 'nowhere: no dataset'),
    (['train-memory', '--episodes', '0'], '--episodes 0: expected at least 1'),
    (['train', '--finetune', 'base', '--steps', '0', '--robot', 'humanoid_24dof'],
     "it commands ['left_shoulder_pitch_joint'"),
    (['understand', 'wave', '--checkpoint', 'nonsense'], "'nonsense' is no checkpoint"),
    (['train', '--eyes', 'perception', '--data', '/nowhere'], 'only with --finetune'),
    (['bench', '--designs', 'mine'], "designs: unknown ['mine']; known: ['document'"),
    (['bench', '--presets', 'huge'], "presets: unknown ['huge']; known: ['base', 'document']"),
    (['bench', '--rates', '1000'], 'rates [1000.0]: expected one or more from 1 to 200 Hz'),
    (['bench', '--soak-minutes', '-1'], '--soak-minutes -1: expected 0 or more'),
    (['evaluate-models', '--only', 'taste'], "'taste', expected one of ['perception',")])
def test_a_mistake_is_one_line_and_code_2(arguments, said, capsys):
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert said in error and error.count('\n') == 1


def test_an_untrained_checkpoint_is_made_by_one_command(tmp_path, capsys):
    assert main(['train', '--preset', 'document', '--robot', 'humanoid_24dof', '--steps', '0',
                 '--out', str(tmp_path), '--name', 'mine']) == 0
    manifest = json.loads((tmp_path / 'checkpoint' / 'manifest.json').read_text())
    assert not manifest['trained'] and manifest['preset'] == 'document'
    assert manifest['robot']['name'] == 'humanoid_24dof' and manifest['name'] == 'mine'
    weights = tmp_path / 'checkpoint' / 'model.safetensors'
    assert weights.stat().st_size < 250e6
    weights.unlink()                            # temporary folders are kept for a while


def test_what_is_attended_is_one_picture(tmp_path, capsys):
    picture = tmp_path / 'new' / 'attention.png'
    assert main(['show-attention', '--say', 'go to the red cube', '--out', str(picture)]) == 0
    assert 'go to the red cube: red cube, ' in capsys.readouterr().out
    assert cv2.imread(str(picture)).shape == (318, 804, 3)


def test_a_map_is_written_as_map_server_reads_it(tmp_path, capsys):
    assert main(['map', '--world', 'apartment', '--out', str(tmp_path / 'new')]) == 0
    assert 'places: kitchen, hall, living room, office' in capsys.readouterr().out
    grid = load_map(tmp_path / 'new' / 'map.yaml')
    assert [p.name for p in grid.places] == ['kitchen', 'hall', 'living room', 'office']
    assert cv2.imread(str(tmp_path / 'new' / 'map.png')) is not None


def test_presets_are_printed_and_written(tmp_path, capsys):
    file = tmp_path / 'presets.json'
    assert main(['presets', '--runs', '2', '--json', str(file)]) == 0
    said, written = capsys.readouterr().out, json.loads(file.read_text())
    assert list(written['presets']) == ['document', 'base', 'small']
    assert all(name in said for name in written['presets'])
    assert written['presets']['base']['latency']['fp32']['both']['p99_ms'] > 0


@pytest.mark.slow
def test_runtimes_are_measured_printed_and_remembered(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv('XDG_CACHE_HOME', str(tmp_path))
    file = tmp_path / 'tune.json'
    assert main(['tune', '--only', 'fp32', 'lean', '--seconds', '0.1', '--json', str(file)]) == 0
    written = json.loads(file.read_text())
    assert [row['runtime'] for row in written['rows']] == ['fp32', 'lean']
    remembered, = tmp_path.glob('vla_ros/runtime/*/choice.json')
    assert json.loads(remembered.read_text())['choice'] == written['choice']
    assert f"chosen: {written['choice']['vision']} for vision" in capsys.readouterr().out


@pytest.mark.parametrize('text, code, intent', [
    ('go to the red cube', 0, 'go_to'), ('', 1, 'not_understood'),
    ('\ud800', 1, 'not_understood')])
def test_what_a_sentence_means_is_printed_as_json(text, code, intent, capsys):
    assert main(['understand', text]) == code
    document = json.loads(capsys.readouterr().out)
    assert document['version'] == 1 and document['intent'] == intent


def test_the_doctor_answers_a_program(capsys):
    code = main(['doctor', '--json'])
    report = json.loads(capsys.readouterr().out)
    assert report['ok'] == (code == 0)
    found = {f['what']: f for f in report['findings']}
    assert {'rclpy', 'torch', 'checkpoint', 'renderer', 'domain'} <= found.keys()
    assert all(f['is_ok'] or f['mend'] for f in found.values())


def test_the_command_starts_without_anything_heavy():
    code = ('import sys\nfrom vla_ros.cli.main import main\n'
            'try:\n    main(["--help"])\nexcept SystemExit:\n    pass\n'
            'assert not {"torch", "mujoco", "rclpy"} & sys.modules.keys(), "heavy"')
    environment = {**os.environ, 'PYTHONPATH': str(Path(__file__).parents[2])}
    result = subprocess.run([sys.executable, '-c', code], capture_output=True, text=True,
                            env=environment)
    assert result.returncode == 0, result.stderr


def test_a_child_that_ends_is_told_with_its_last_words(tmp_path):
    with Children(tmp_path, {}) as children:
        children.start('poor', 'this_module_does_not_exist', [])
        children._running['poor'].wait(20)
        with pytest.raises(ChildError, match='No module named'):
            children.check()


def test_no_child_outlives_its_parent(tmp_path):
    with Children(tmp_path, {}) as children:
        children.start('server', 'http.server', ['0', '--bind', '127.0.0.1'])
        process = children._running['server']
    assert process.poll() is not None
