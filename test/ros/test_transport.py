"""The gate keeps out of shared memory; who has chosen a profile keeps it."""
import os
from pathlib import Path
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import pytest

from vla_ros.core.package_files import config_dir
from vla_ros.ros.transport import avoid_shared_memory, for_images, PROFILE_VARIABLES

RANGE = 'ROS_AUTOMATIC_DISCOVERY_RANGE'


@pytest.fixture(autouse=True)
def nothing_chosen(monkeypatch):
    for name in (*PROFILE_VARIABLES, RANGE, 'ROS_LOCALHOST_ONLY', 'ROS_DISTRO'):
        monkeypatch.setenv(name, 'put back at the end')
        monkeypatch.delenv(name)


def _profile():
    return {Path(os.environ[v]).name for v in PROFILE_VARIABLES if v in os.environ}


def test_a_machine_in_a_network_stays_in_it():
    os.environ.update(for_images())
    avoid_shared_memory()
    assert _profile() == {'fastdds_udp.xml'} and RANGE not in os.environ


@pytest.mark.parametrize('name, value', [(RANGE, 'LOCALHOST'), ('ROS_LOCALHOST_ONLY', '1')])
def test_what_keeps_to_this_machine_goes_on_to(name, value):
    os.environ[name] = value
    avoid_shared_memory()
    assert _profile() == {'fastdds_udp_local.xml'}
    assert os.environ[RANGE] == 'SYSTEM_DEFAULT' and os.environ['ROS_LOCALHOST_ONLY'] == '0'


def test_somebodys_own_profile_is_respected():
    os.environ.update({PROFILE_VARIABLES[0]: '/etc/mine.xml', RANGE: 'LOCALHOST'})
    avoid_shared_memory()
    assert _profile() == {'mine.xml'} and os.environ[RANGE] == 'LOCALHOST'


def test_each_version_is_told_in_its_own_variable():
    os.environ['ROS_DISTRO'] = 'humble'
    assert list(for_images()) == [PROFILE_VARIABLES[1]]
    os.environ['ROS_DISTRO'] = 'kilted'
    assert list(for_images()) == [PROFILE_VARIABLES[0]]


@pytest.mark.parametrize('name', ['fastdds_udp.xml', 'fastdds_udp_local.xml'])
def test_the_profiles_know_no_shared_memory(name):
    kinds = [e.text for e in ElementTree.parse(config_dir() / name).iter()
             if e.tag.endswith('}type')]
    assert kinds == ['UDPv4']


@pytest.mark.skipif(not Path('/proc/self/task').is_dir(), reason='threads are listed by Linux')
@pytest.mark.parametrize('where', ['LOCALHOST', 'SUBNET'])
def test_the_gates_process_has_no_thread_for_shared_memory(where):
    script = ('import os, sys, threading\n'
              'from vla_ros.nodes import command_gate\n'
              'def look(make_node, args):\n'
              '    import rclpy\n'
              '    rclpy.init()\n'
              '    node = make_node()\n'
              '    for t in os.listdir("/proc/self/task"):\n'
              '        print(open(f"/proc/self/task/{t}/comm").read().strip())\n'
              'command_gate.run_node = look\n'
              'command_gate.main()\n')
    environment = {**os.environ, RANGE: where, 'ROS_DOMAIN_ID': '231', **for_images()}
    ran = subprocess.run([sys.executable, '-c', script], env=environment, capture_output=True,
                         text=True, timeout=60)
    threads = set(ran.stdout.split())
    assert any('udp' in t for t in threads), ran.stderr
    assert not any('shm' in t for t in threads)
