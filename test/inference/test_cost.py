"""What the presets cost is counted right, and the small one is as fast as it is meant to be."""
import json
import os
from pathlib import Path
import subprocess
import sys

import pytest

from vla_ros.inference.cost import cost_of, multiply_adds, PARTS
from vla_ros.inference.precision import has_fast_bfloat16
from vla_ros.models.document import DocumentVla
from vla_ros.models.document_config import DocumentConfig
from vla_ros.models.presets import new_model, Preset
from vla_ros.models.vla import VlaConfig, VlaModel

SCRIPT = Path(__file__).with_name('time_small_policy.py')
SIZES = {'joints': 5, 'actions': 4, 'width': 32, 'heads': 4, 'fusion_layers': 2,
         'feedforward': 64, 'image_height': 48, 'image_width': 64, 'vision_channels': 8}


def _convolutions(c, pixels, width):
    """Return the multiply-adds of the vision encoder with c channels at stride 2."""
    return (pixels // 4 * c * 3 * 25 + pixels // 16 * 9 * 2 * c * c
            + pixels // 16 * 2 * 9 * (2 * c) ** 2 + pixels // 64 * 9 * 2 * c * 4 * c
            + pixels // 64 * 6 * 9 * (4 * c) ** 2 + pixels // 64 * 4 * c * width)


@pytest.mark.parametrize('channels', [8, 16])
def test_multiply_adds_of_vision_are_those_of_its_layers(channels):
    model = VlaModel(VlaConfig(**{**SIZES, 'vision_channels': channels})).eval()
    described = 2 * 2 * 32 * 32 * 6 * 8             # slots, layers, widths, cells
    assert multiply_adds(model)['vision'] == _convolutions(channels, 48 * 64, 32) + described


def test_multiply_adds_of_each_fusion_layer_are_counted():
    one, two = (multiply_adds(VlaModel(VlaConfig(**{**SIZES, 'fusion_layers': n})).eval())
                for n in (1, 2))
    tokens, width, hidden = 1 + 3 + 8 + 4, 32, 64   # found, action, words, coarse vision
    layer = tokens * width * (4 * width + 2 * hidden) + 2 * tokens * tokens * width
    assert two['decision'] - one['decision'] == layer
    assert two['vision'] == one['vision']


def test_counting_leaves_nothing_behind():
    model = VlaModel(VlaConfig(**SIZES)).eval()
    assert multiply_adds(model) == multiply_adds(model)
    assert all(p.grad is None for p in model.parameters())


@pytest.mark.parametrize('preset', Preset)
def test_every_preset_has_a_cost_in_each_precision_that_pays(preset, g1):
    cost = cost_of(preset, g1, runs=2)
    model = new_model(preset, g1, has_memory=True)
    assert cost.parameters == sum(p.numel() for p in model.parameters())
    assert cost.multiply_adds['both'] == cost.multiply_adds['vision'] + cost.multiply_adds[
        'decision']
    assert cost.latency.keys() == {'fp32'} | ({'bf16'} if has_fast_bfloat16() else set())
    for latency in cost.latency.values():
        assert latency.keys() == set(PARTS)
        assert all(0 < x.median_ms <= x.p99_ms for x in latency.values())
        assert latency['both'].median_ms >= latency['vision'].median_ms


def test_small_costs_a_quarter_of_base(g1):
    small, base = new_model(Preset.SMALL, g1).eval(), new_model(Preset.BASE, g1).eval()
    assert 4 * multiply_adds(small)['both'] < multiply_adds(base)['both']
    assert small.vision.rows == base.vision.rows            # it learns from the same data


@pytest.mark.slow
def test_the_policy_of_small_takes_half_of_bases_time_without_matrix_units(tmp_path):
    environment = {**os.environ, 'PYTHONPATH': str(Path(__file__).parents[2]),
                   'OMP_NUM_THREADS': '1', 'ONEDNN_MAX_CPU_ISA': 'AVX2',
                   'DNNL_MAX_CPU_ISA': 'AVX2', 'ATEN_CPU_CAPABILITY': 'avx2',
                   'MKL_ENABLE_INSTRUCTIONS': 'AVX2'}
    result = subprocess.run([sys.executable, str(SCRIPT), str(tmp_path)], capture_output=True,
                            text=True, env=environment, check=True, timeout=300)
    measured = json.loads(result.stdout)
    assert measured['threads'] == 1 and measured['instructions'] == 'AVX2'
    assert measured['median_ms']['small'] < 0.6 * measured['median_ms']['base'], measured


def test_recurrent_layers_are_counted():
    sizes = {'joints': 5, 'actions': 4, 'width': 32, 'heads': 4, 'fusion_layers': 1,
             'text_width': 24, 'text_layers': 1, 'text_heads': 2, 'text_feedforward': 32,
             'vocabulary': 20, 'image_height': 48, 'image_width': 64}
    one, two = (multiply_adds(DocumentVla(DocumentConfig(**sizes, recurrent_layers=n)).eval())
                for n in (2, 3))
    assert two['decision'] - one['decision'] == 3 * 2 * 4 * 32 * 32     # modalities, gates
    assert two['vision'] == one['vision']
