"""What is shipped fits together."""
from dataclasses import fields
from pathlib import Path
import re
import xml.etree.ElementTree as ElementTree

import pytest
import yaml

from vla_ros.control.settings import FusionSettings, GateSettings
from vla_ros.core.package_files import config_dir, robot_file
from vla_ros.core.robot import load_robot
from vla_ros.core.settings import about, checked
from vla_ros.language.settings import LanguageSettings
from vla_ros.perception.settings import PerceptionSettings
from vla_ros.planning.settings import PlannerSettings
from vla_ros.recording.settings import RecorderSettings
from vla_ros.sim.settings import SimSettings

ROOT = Path(__file__).parents[1]
NODES = {'fusion_node': FusionSettings, 'command_gate': GateSettings,
         'language_node': LanguageSettings, 'perception_node': PerceptionSettings,
         'planner_node': PlannerSettings, 'recorder_node': RecorderSettings,
         'sim_node': SimSettings}
WITHOUT_ROBOT = {'language_node', 'recorder_node'}


@pytest.mark.parametrize('node', NODES)
def test_the_shipped_parameters_are_the_defaults(node):
    section = yaml.safe_load((config_dir() / 'vla.yaml').read_text())[f'/**/{node}']
    written = section['ros__parameters']
    if node not in WITHOUT_ROBOT:
        assert written.pop('robot') == 'unitree_g1'
    defaults = {f.name: f.default for f in fields(NODES[node])}
    assert {k: tuple(v) if isinstance(v, list) else v for k, v in written.items()} == defaults


@pytest.mark.parametrize('kind', NODES.values())
def test_every_setting_has_a_sentence_and_allows_its_default(kind):
    for declared in fields(kind):
        assert about(declared).description.endswith('.')
        assert checked(declared.name, declared.default, declared) == declared.default
        is_number = type(declared.default) in (int, float)
        assert not is_number or about(declared).low is not None, declared.name


@pytest.mark.parametrize('name', ['unitree_g1', 'humanoid_24dof'])
def test_shipped_robots_load(name):
    assert load_robot(robot_file(name)).name == name


def test_the_package_description_is_whole():
    package = ElementTree.parse(ROOT / 'package.xml').getroot()
    assert package.get('format') == '3'
    assert package.findtext('license') == 'Apache-2.0'
    assert re.fullmatch(r'[\w.]+@[\w.]+\.\w+', package.find('maintainer').get('email'))
    assert package.findtext('export/build_type') == 'ament_python'
    version = package.findtext('version')
    assert f"version='{version}'" in (ROOT / 'setup.py').read_text()


def test_shipped_weights_are_small():
    weights = list((ROOT / 'vla_ros' / 'models' / 'weights').rglob('*.safetensors'))
    assert sum(p.stat().st_size for p in weights) < 25e6
