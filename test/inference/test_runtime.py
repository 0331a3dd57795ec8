"""A runtime says what the model says, is chosen by measuring, and remembered with distrust."""
from dataclasses import replace
from datetime import date
import json
import warnings

import numpy as np
import pytest
import torch

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.values import Observation
from vla_ros.inference import tuning
from vla_ros.inference.choice_file import Choice, ChoiceFile
from vla_ros.inference.policy import load_policy
from vla_ros.inference.runtime import PREPARED, Runtime, Threads
from vla_ros.inference.trial import BASE_TOLERANCE, Bench, JOINT_TOLERANCE_RAD, Trial
from vla_ros.inference.tuning import bench_of, best, engines_of, hint, Row
from vla_ros.models.checkpoint import Checkpoint, load_checkpoint
from vla_ros.models.presets import manifest_of, new_model, Preset, restored_model
from vla_ros.models.vla import VlaModel

KNOWN = {r.value for r in Runtime}


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv('XDG_CACHE_HOME', str(tmp_path))
    return tmp_path


@pytest.fixture(scope='module')
def base():
    return load_checkpoint('base')


@pytest.fixture
def engines(base):
    return engines_of(base, restored_model(base), Threads())


def _answers(engine, engines, ticks=5):
    """Return what an engine answers to noise, its own memory carried from tick to tick."""
    bench = Bench(engines, _Unscaled(), 3)
    memory, answers = bench._cases[0].memory, []
    with torch.inference_mode():
        for case in bench._cases[:ticks]:
            answer, = engine.decide(engine.encode(case.image), [case.words], [case.body],
                                    [memory])
            memory = answer.memory
            answers.append(answer)
    return answers


class _Unscaled:
    """Actions as the network has them."""

    @staticmethod
    def stretch(outputs):
        return outputs


@pytest.mark.parametrize('preset, has_memory, doubts', [
    (None, True, False), (Preset.BASE, False, False), (Preset.SMALL, True, False),
    (Preset.SMALL, True, True)], ids=['base', 'forgetful', 'small', 'doubting'])
def test_lean_gives_the_models_own_numbers(base, g1, preset, has_memory, doubts):
    if preset is not None:
        torch.manual_seed(0)
        model = new_model(preset, g1, has_memory=has_memory)
        if doubts:
            model = VlaModel(replace(model.config, doubts=True))
            torch.nn.init.zeros_(model.memory.place_doubt.bias)     # at once, and by half
        torch.nn.init.normal_(model.grounding.standing.counts.weight)
        torch.nn.init.normal_(model.straight.gate.weight)
        base = Checkpoint({**manifest_of('test', preset, model, g1, trained=False),
                           'sha256': '0'}, model.state_dict())
    engines = engines_of(base, restored_model(base), Threads())
    for one, two in zip(_answers(engines.plain, engines),
                        _answers(engines.load(Runtime.LEAN), engines), strict=True):
        for a, b in ((one.actions, two.actions), (one.progress, two.progress),
                     (one.attended.log_probability, two.attended.log_probability),
                     (one.attended.reading, two.attended.reading),
                     *zip(vars(one.draft).values(), vars(two.draft).values(), strict=True)):
            torch.testing.assert_close(a, b, atol=1e-5, rtol=1e-5)
        assert (one.memory is None) == (two.memory is None) == (not has_memory)
        for name, part in vars(one.memory).items() if has_memory else ():
            torch.testing.assert_close(part, getattr(two.memory, name), atol=1e-5, rtol=1e-5)


def test_lean_serves_several_robots_too(engines):
    lean = engines.load(Runtime.LEAN)
    case, *_ = Bench(engines, _Unscaled(), 3)._cases
    given = [case.words, case.words[:3]], [case.body] * 2, [case.memory] * 2
    with torch.inference_mode():
        seen = lean.encode(case.image.expand(2, -1, -1, -1))
        for one, two in zip(engines.plain.decide(seen, *given), lean.decide(seen, *given),
                            strict=True):
            assert torch.equal(one.actions, two.actions)


@pytest.mark.parametrize('runtime', [Runtime.FP32, Runtime.LEAN])
def test_a_true_runtime_is_found_true(base, engines, runtime):
    engine = engines.load(runtime)
    trial = bench_of(base, engines).run(engine, engine, limit_s=0.0)
    assert trial.is_true and trial.vision_ms.min() > 0 and trial.decision_ms.min() > 0


@pytest.mark.parametrize('base_error, joint_error, is_true', [
    (0.0, 0.0, True), (BASE_TOLERANCE, JOINT_TOLERANCE_RAD, True),
    (1.1 * BASE_TOLERANCE, 0.0, False), (0.0, 1.1 * JOINT_TOLERANCE_RAD, False),
    (np.nan, 0.0, False), (0.0, np.nan, False)])
def test_what_is_too_far_off_is_not_true(base_error, joint_error, is_true):
    assert Trial(np.ones(1), np.ones(1), base_error, joint_error).is_true == is_true


def test_the_fastest_is_chosen_part_by_part_and_only_if_it_is_clearly_faster():
    rows = [Row(Runtime.BF16, vision_ratio=0.5, decision_ratio=1.5),
            Row(Runtime.LEAN, vision_ratio=0.99, decision_ratio=0.6),
            Row(Runtime.OPENVINO, note='its process died')]
    assert best(rows) == Choice('bf16', 'lean')
    assert best(rows[1:2]) == Choice('fp32', 'lean')
    noise = Row(Runtime.FP32, vision_ratio=0.3, decision_ratio=0.3)
    assert best([*rows, noise]) == Choice('bf16', 'lean')
    assert best(rows[2:]) == best([]) == Choice('fp32', 'fp32')


def test_a_choice_carries_its_ratios_and_its_day(engines):
    rows = [Row(Runtime.BF16, vision_ratio=0.95, decision_ratio=2.0),
            Row(Runtime.LEAN, vision_ratio=1.01, decision_ratio=0.625)]
    engines.file.write(best(rows), [])
    today = date.today().isoformat()
    assert str(engines.file.read(KNOWN)) == (
        f"fp32 for vision, lean for decisions (1.00 and 0.62 of fp32's time, measured {today})")
    assert str(Choice('lean', 'lean')) == 'lean for vision, lean for decisions'


@pytest.fixture
def exporting(monkeypatch):
    """Let a first start measure lean, and export."""
    measured = [Row(Runtime.LEAN, vision_ratio=1.0, decision_ratio=0.5)]
    monkeypatch.setattr(tuning, '_at_once', lambda *_: list(measured))
    monkeypatch.setattr(tuning, '_can_export', lambda: True)
    monkeypatch.setattr(tuning, 'START_LIMIT_S', np.inf)


def test_what_ends_the_process_while_it_exports_is_not_tried_again(base, engines, exporting,
                                                                   monkeypatch):
    def die(*_, **__):
        raise SystemExit
    monkeypatch.setattr(tuning, '_prepared', die)
    with pytest.raises(SystemExit):
        tuning.engines_for(base, engines, None)
    assert tuning.engines_for(base, engines, None)[0] == Choice('fp32', 'lean')


def test_what_cannot_be_exported_at_the_start_is_passed_over(base, engines, exporting,
                                                             monkeypatch):
    def fail(*_):
        raise RuntimeError('no such operator')
    monkeypatch.setattr(engines, 'prepare', fail)
    assert tuning.engines_for(base, engines, None)[0] == Choice('fp32', 'lean')
    assert not engines.file.is_whole('onnxruntime')


@pytest.mark.parametrize('limit_s, is_exported', [(0.0, False), (np.inf, True)],
                         ids=['late', 'in time'])
def test_the_start_exports_only_while_there_is_time(base, engines, exporting, monkeypatch,
                                                    limit_s, is_exported):
    tried = []
    monkeypatch.setattr(tuning, 'START_LIMIT_S', limit_s)
    monkeypatch.setattr(tuning, '_prepared', lambda runtime, *_, **__: tried.append(
        runtime) or Row(runtime, note='passed over'))
    tuning.engines_for(base, engines, None)
    assert '`vla tune`' in hint(engines)
    assert tried == [Runtime.ONNXRUNTIME] * is_exported


def test_tracing_is_silent_and_other_warnings_are_not(engines, monkeypatch):
    def write(*_):
        warnings.warn('a size is a constant', torch.jit.TracerWarning, stacklevel=1)
        warnings.warn('something else', UserWarning, stacklevel=1)
    monkeypatch.setitem(PREPARED, Runtime.ONNXRUNTIME, (write, None))
    with pytest.warns(UserWarning) as seen:
        engines.prepare(Runtime.ONNXRUNTIME, None)
    assert [str(w.message) for w in seen] == ['something else']


def test_a_choice_is_made_once(base, engines, monkeypatch):
    first, _ = tuning.engines_for(base, engines, None)
    monkeypatch.setattr(tuning, '_chosen_now', lambda *_: pytest.fail('measured again'))
    assert tuning.engines_for(base, engines, None)[0] == first


@pytest.mark.parametrize('content', [
    b'', b'\xff\x00', b'[]', b'{"choice": {"vision": "lean", "decision": "lean"}}',
    b'{"key": {"format": 0}, "choice": {"vision": "lean", "decision": "lean"}}'],
    ids=['empty', 'no text', 'a list', 'without a key', 'of another machine'])
def test_a_torn_or_foreign_memory_is_measured_anew(base, engines, content, monkeypatch):
    engines.file.write(Choice('lean', 'lean'), [])
    file = engines.file.folder / 'choice.json'
    assert engines.file.read(KNOWN) == Choice('lean', 'lean')
    file.write_bytes(content)
    assert engines.file.read(KNOWN) is None
    measured = [Row(Runtime.LEAN, vision_ratio=1.0, decision_ratio=0.5)]
    monkeypatch.setattr(tuning, '_at_once', lambda *_: measured)
    monkeypatch.setattr(tuning, '_can_export', lambda: False)
    assert tuning.engines_for(base, engines, None)[0] == Choice('fp32', 'lean')
    assert engines.file.read(KNOWN) == Choice('fp32', 'lean')


@pytest.mark.parametrize('choice', [
    {'vision': 'lean'}, {'vision': 'warp', 'decision': 'fp32'},
    {'vision': 'lean', 'decision': 'lean', 'vision_ratio': 'half', 'decision_ratio': 1.0},
    None, 3])
def test_a_choice_that_cannot_be_is_none(engines, choice):
    engines.file.write(Choice('lean', 'lean'), [])
    file = engines.file.folder / 'choice.json'
    file.write_text(json.dumps({**json.loads(file.read_text()), 'choice': choice}))
    assert engines.file.read(KNOWN) is None


def test_what_was_prepared_and_changed_since_is_not_loaded(base, engines, monkeypatch):
    folder = engines.file.folder / 'onnxruntime'
    folder.mkdir(parents=True)
    (folder / 'decide.onnx').write_bytes(b'as it was written')
    engines.file.write(Choice('onnxruntime', 'onnxruntime'), ['onnxruntime'])
    assert engines.file.is_whole('onnxruntime') and not engines.file.is_whole('openvino')
    (folder / 'decide.onnx').write_bytes(b'as it was writteN')
    assert not engines.file.is_whole('onnxruntime')
    monkeypatch.setattr(tuning, '_chosen_now', lambda *_: Choice('fp32', 'lean'))
    assert tuning.engines_for(base, engines, None)[0] == Choice('fp32', 'lean')


def test_where_nothing_can_be_written_nothing_is_remembered(cache, monkeypatch):
    (cache / 'a file').write_text('')
    monkeypatch.setenv('XDG_CACHE_HOME', str(cache / 'a file'))
    file = ChoiceFile({'format': 1})
    assert not file.write(Choice('fp32', 'fp32'), [])
    assert file.read(KNOWN) is None


def test_choices_of_other_machines_lie_elsewhere():
    assert ChoiceFile({'processor': 'a'}).folder != ChoiceFile({'processor': 'b'}).folder


@pytest.mark.parametrize('name, said', [
    ('warp', "runtime 'warp': expected one of ['auto', 'fp32', 'lean'"),
    ('inductor', "'inductor' is not prepared for this checkpoint.*vla tune")])
def test_a_runtime_that_cannot_be_is_refused_in_words(g1, name, said):
    with pytest.raises(ConfigurationError, match=said.replace('[', r'\[')):
        load_policy('base', g1, runtime=name)


@pytest.mark.parametrize('counts', [(-1, 0), (0, 65)])
def test_threads_are_bounded(counts):
    with pytest.raises(ConfigurationError, match='_threads: .*expected 0 to 64'):
        Threads(*counts)


def test_a_policy_is_fp32_unless_asked(g1):
    assert load_policy('base', g1).choice == Choice('fp32', 'fp32')


def test_a_lean_policy_decides_as_an_fp32_policy(g1):
    rng, rest = np.random.default_rng(0), np.array(g1.neutral_position)
    policies = [load_policy('base', g1, runtime=name) for name in ('fp32', 'lean')]
    for tick in range(8):
        seen = Observation(0.05 * tick, rng.integers(0, 255, (240, 320, 3), np.uint8), rest,
                           0 * rest, 'go to the red cube', np.zeros(3), np.zeros(3))
        one, two = (policy.infer(seen) for policy in policies)
        np.testing.assert_allclose(one.base_twist, two.base_twist, atol=1e-5)
        np.testing.assert_allclose(one.joint_targets, two.joint_targets, atol=1e-5)
        np.testing.assert_allclose(policies[0].attention().cells, policies[1].attention().cells,
                                   atol=1e-5)


@pytest.mark.slow
@pytest.mark.parametrize('runtime', list(PREPARED), ids=lambda r: r.value)
def test_what_is_prepared_says_what_the_model_says(base, engines, runtime):
    for package in {Runtime.OPENVINO: ['openvino'],
                    Runtime.ONNXRUNTIME: ['onnx', 'onnxruntime']}.get(runtime, []):
        pytest.importorskip(package, reason=f'{package} is not installed')
    row = tuning._tried('base', runtime, Threads(), 1.0)
    if runtime is Runtime.INDUCTOR and 'compiler' in row.note:
        pytest.skip(row.note)
    assert row.note == '' and row.base_error < 1e-4 and row.joint_error_rad < 1e-4
