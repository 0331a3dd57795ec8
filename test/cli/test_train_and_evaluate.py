"""`vla train` and `vla evaluate`: mistakes are one line; figures go where they are asked for."""
from pathlib import Path
import shutil

import pytest

from vla_ros.cli.main import main
from vla_ros.learning.step_table import StepTable
from vla_ros.sim.assets import are_installed

README = Path(__file__).parents[2] / 'README.md'


@pytest.mark.parametrize('arguments, said', [
    (['evaluate', '--instruction', 'bow', '--unseen-words'], 'says already what is said'),
    (['evaluate', '--suite', 'goto,names', '--unseen-words'], "suite 'names' would lose"),
    (['evaluate', '--policy', 'expert', '--record'], "'expert' is no checkpoint"),
    (['evaluate', '--no-memory', '--slip', '0.1', '--record'],
     'as they are, without --slip --no-memory'),
    (['evaluate', '--episodes', '0'], '--episodes: 0, expected 1 or more'),
    (['evaluate', '--sweep', '--randomise', 'slip'], 'without --randomise'),
    (['evaluate', '--suite', 'goto,dance'], "suite 'dance': expected one of"),
    (['evaluate', '--policy', 'nowhere:nothing', '--episodes', '1'],
     "policy 'nowhere:nothing': No module named 'nowhere'"),
    (['train', '--rehearse', 'nowhere'], '--rehearse nowhere: only with --finetune'),
    (['train', '--freeze-eyes'], '--freeze-eyes: only with --finetune'),
    (['train', '--only-writing'], '--only-writing: only with --finetune'),
    (['train', '--finetune', 'base', '--rehearse', 'nowhere', '--data', 'nowhere'],
     'nowhere: no dataset'),
    (['train', '--validate-every', '0'], 'validation every 0 steps, 5 episodes')])
def test_a_mistake_is_one_line_and_code_2(arguments, said, capsys):
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert said in error and error.count('\n') == 1


def test_the_readme_is_written_from_the_manifest(tmp_path, capsys):
    copy = tmp_path / 'README.md'
    copy.write_text(README.read_text().replace('/100 |', '/7 |'))
    assert main(['evaluate', '--readme', str(copy)]) == 0
    assert copy.read_text() == README.read_text()


def test_curves_are_drawn_from_what_was_written(tmp_path):
    from vla_ros.learning.curves import draw_curves
    losses, success = (StepTable(tmp_path / name) for name in ('losses.csv', 'success.csv'))
    for step in range(1, 120):
        losses.add(step, {'base': 1 / step, **({'arms': 0.1} if step > 50 else {})})
    alone = draw_curves(tmp_path).read_bytes()
    success.add(50, {'goto': 0.4, 'move': 1.0})
    assert alone[:4] == b'\x89PNG' and len(draw_curves(tmp_path).read_bytes()) > len(alone)


@pytest.mark.slow
@pytest.mark.skipif(not are_installed(), reason='the wheels of the G1 are not installed')
def test_a_failure_is_filmed_and_the_page_shows_it(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path('lazy.py').write_text(
        'import numpy as np\n'
        'from vla_ros.core.policy import PolicyDescription\n'
        'from vla_ros.core.values import ActionChunk\n'
        'class Lazy:\n'
        '    def __init__(self, robot):\n'
        '        self.description = PolicyDescription("lazy", robot, 1, 0.1)\n'
        '        self._rest = np.array([robot.of_commanded("neutral_position")])\n'
        '    def reset(self, instruction): ...\n'
        '    def infer(self, seen):\n'
        '        return ActionChunk(seen.stamp_s, 0.1, np.zeros((1, 6)), self._rest)\n')
    assert main(['evaluate', '--suite', 'move', '--seed', '2', '--episodes', '1',
                 '--policy', 'lazy:Lazy', '--against', 'expert', '--jobs', '1',
                 '--page', 'out/page.html']) == 0
    assert 'only lazy:Lazy 0, only expert 1' in capsys.readouterr().out.replace('\n', ' ')
    page, film = Path('out/page.html').read_text(), Path('out/page/move-000.mp4')
    assert film.stat().st_size > 5000 and 'data:video/mp4;base64,' in page
    shutil.rmtree('out')                        # temporary folders are kept for a while
