"""The shipped checkpoint does what it is told, on the walking robot."""
import subprocess
import sys

import pytest

from vla_ros.core.errors import CheckpointError
from vla_ros.core.recorded import episode_from_json
from vla_ros.models.checkpoint import load_checkpoint
from vla_ros.recording.bag import reader_of, text_of
from vla_ros.sim.assets import are_installed

if not are_installed():
    pytest.skip('the wheels of the walking G1 are not installed', allow_module_level=True)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize('suite, episodes, least', [('goto', 10, 9), ('move', 10, 9),
                                                    ('absent', 3, 2), ('memory', 12, 7)])
def test_it_does_what_it_is_told_in_scenes_it_never_saw(g1, suite, episodes, least):
    from vla_ros.learning.evaluate import evaluate, parse_suite, Plan, summary
    outcomes = list(evaluate(Plan(g1, parse_suite(suite), 2024, 'base'), episodes, jobs=2))
    figures = summary(outcomes)
    print(suite, figures)
    assert figures['successes'] >= least, [o for o in outcomes if not o.is_success]
    assert figures['falls'] == 0


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_base_that_does_half_of_it_is_noticed(g1, monkeypatch):
    from vla_ros.inference.policy import load_policy
    from vla_ros.learning import feedback_figures
    monkeypatch.setattr(feedback_figures, 'WALKS', 3)
    walks = list(feedback_figures.slips(g1, load_policy('base', g1), 2024))
    assert sorted(w.noticed_s for w in walks)[1] <= 2.0, walks
    assert max(w.false_share for w in walks) < 0.2, walks


def test_an_arm_that_is_blocked_is_noticed(g1):
    from vla_ros.learning.feedback_figures import blocked_arms
    assert max(blocked_arms(g1, 2024)) <= 2.0


def _episodes(folder):
    """Return the episodes of the demo's bags, each of which has images and commands."""
    for bag in sorted((folder / 'episodes').iterdir()):
        with reader_of(bag) as reader:
            counts = {c.topic: c.msgcount for c in reader.connections}
            assert min(counts[t] for t in ('/camera/image_raw', '/cmd_vel', '/odom')) > 20
            *_, (_, _, data) = reader.messages()
            yield episode_from_json(text_of(data))


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_demo_obeys_through_ros(tmp_path):
    result = subprocess.run(
        [sys.executable, '-m', 'vla_ros.cli.main', 'demo', '--say', 'go to the red cube',
         '--say', 'turn right 90 degrees', '--out', str(tmp_path),
         '--record', str(tmp_path / 'episodes')],
        capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert result.returncode == 0, result.stdout + result.stderr
    assert '2 of 2 commands done' in result.stdout
    assert (tmp_path / 'contact_sheet.png').stat().st_size > 20_000
    assert (tmp_path / 'demo.mp4').stat().st_size > 20_000
    assert [(e.instruction, e.outcome.value, e.dropped) for e in _episodes(tmp_path)] == [
        ('go to the red cube', 'success', 0), ('turn right 90 degrees', 'success', 0)]


def test_the_shipped_checkpoint_is_whole_and_for_this_robot(g1):
    from vla_ros.inference.policy import load_policy
    try:
        manifest = load_checkpoint('base').manifest
    except CheckpointError as error:
        pytest.fail(str(error))
    assert manifest['trained'] and manifest['recipe'] and manifest['results']
    assert load_policy('base', g1).description.robot == g1
