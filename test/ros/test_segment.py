"""The size of the shared memory that is in force, and what is said when a message is larger."""
import pytest

from vla_ros.core.package_files import config_dir
from vla_ros.ros.segment import advice, DEFAULT_BYTES, segment_bytes
from vla_ros.ros.transport import PROFILE_VARIABLES

PARTICIPANT = """<dds xmlns="http://www.eprosima.com"><profiles>
  <transport_descriptors><transport_descriptor><transport_id>mine</transport_id>
  <type>SHM</type>{size}</transport_descriptor></transport_descriptors>
  <participant profile_name="p" is_default_profile="true"><rtps>
  {transports}<useBuiltinTransports>{builtin}</useBuiltinTransports></rtps></participant>
</profiles></dds>"""
MINE = '<userTransports><transport_id>mine</transport_id></userTransports>'
SIZE = '<segment_size>1000</segment_size>'


@pytest.mark.parametrize('variable', PROFILE_VARIABLES)
@pytest.mark.parametrize('name, size', [
    ('fastdds_shm.xml', 16 * 1024 ** 2), ('fastdds_udp.xml', None),
    ('fastdds_udp_local.xml', None)])
def test_shipped_profiles_are_understood(variable, name, size):
    assert segment_bytes({variable: str(config_dir() / name)}) == size


@pytest.mark.parametrize('filled, size', [
    ((SIZE, MINE, 'false'), 1000), (('', MINE, 'false'), DEFAULT_BYTES),
    ((SIZE, '', 'true'), DEFAULT_BYTES), ((SIZE, '', 'false'), None)])
def test_only_the_transports_that_are_used_count(filled, size, tmp_path):
    path = tmp_path / 'profile.xml'
    path.write_text(PARTICIPANT.format(**dict(zip(('size', 'transports', 'builtin'), filled))))
    assert segment_bytes({PROFILE_VARIABLES[0]: str(path)}) == size


@pytest.mark.parametrize('text', ['', 'no xml <', '<dds/>'])
def test_a_profile_that_says_nothing_leaves_the_default(text, tmp_path):
    path = tmp_path / 'profile.xml'
    path.write_text(text)
    assert segment_bytes({PROFILE_VARIABLES[0]: str(path)}) == DEFAULT_BYTES
    assert segment_bytes({PROFILE_VARIABLES[0]: str(tmp_path / 'none.xml')}) == DEFAULT_BYTES


@pytest.mark.parametrize('transports, size', [
    ('UDPv4', None), ('LARGE_DATA', DEFAULT_BYTES), ('', DEFAULT_BYTES)])
def test_builtin_transports_can_be_without_shared_memory(transports, size):
    assert segment_bytes({'FASTDDS_BUILTIN_TRANSPORTS': transports}) == size


@pytest.mark.parametrize('size, said', [
    (921_600, '921,600 bytes does not fit the shared-memory segment of 524,288 bytes'),
    (0, 'none came: this machine or the network is too busy, or they do not fit'),
    (1000, "sender's may be too small")])
def test_advice_names_size_limit_and_setting(size, said):
    told = advice(size, DEFAULT_BYTES)
    assert said in told and '524,288' in told and 'fastdds_shm.xml' in told


def test_where_no_memory_is_shared_no_profile_is_advised():
    assert 'no shared memory' in advice(921_600, None) and '.xml' not in advice(921_600, None)
    assert advice(0, None) == 'none came: this machine or the network is too busy'
