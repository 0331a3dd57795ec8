"""Long commands are carried out by what a robot has, and measured by what is true."""
import json

import pytest

from vla_ros.cli.main import main
from vla_ros.learning.long_evaluation import long_report, LongOutcome


def _outcome(index, reason='', ratio=1.05, touched=(), checks=2):
    return LongOutcome(index, 'go to the hall', checks, checks - bool(reason), not reason, False,
                       30.0, 9.0, ratio, len(touched), touched, reason)


def test_the_report_tells_of_ways_of_furniture_and_of_every_failure():
    report = long_report([
        _outcome(0), _outcome(1, 'It is not there.', None, checks=3),
        _outcome(2, ratio=1.3, touched=('table_desk', 'wall_hall_00'))])
    assert (report['successes'], report['episodes']) == (2, 3)
    assert report['path_ratio'] == {'median': pytest.approx(1.175), 'greatest': 1.3,
                                    'within': 1, 'of': 2}
    assert report['contacts'] == {'episodes': 1, 'touched': {'table_desk': 1, 'wall_hall_00': 1}}
    assert report['per_subtasks']['3 subtasks']['successes'] == 0
    assert [f['reason'] for f in report['failures']] == ['It is not there.']


def test_what_does_not_go_with_long_commands_is_refused(capsys):
    assert main(['evaluate', '--suite', 'long', '--slip', '0.2']) == 2
    assert "suite long: ['slip'] do not go with it" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_long_command_is_carried_out_by_planner_perception_and_policy(tmp_path, capsys):
    figures, pictures = tmp_path / 'long.json', tmp_path / 'pictures'
    assert main(['evaluate', '--suite', 'long', '--episodes', '1', '--seed', '38', '--jobs', '1',
                 '--json', str(figures), '--pictures', str(pictures)]) == 0
    report = json.loads(figures.read_text())
    assert report['successes'] == 1, report['failures']
    assert report['falls'] == 0 and report['contacts']['episodes'] == 0
    assert 0.95 < report['path_ratio']['median'] < 1.2
    assert (pictures / 'long_000.png').stat().st_size > 5_000
    assert 'walked over shortest way' in capsys.readouterr().out
