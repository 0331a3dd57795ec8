"""
Which transport of Fast DDS carries the messages; other middlewares are left as they are.

Large images need shared memory. But a process that is killed while it holds a lock in there holds
up all that share it for one to four seconds, wherever they happen to send or to read (seen in one
of thirty kills, Fast DDS 3.2). The gate promises zeros sooner, so it keeps out of shared memory.
"""
from importlib import metadata
import os
from pathlib import Path

from vla_ros.core.package_files import config_dir

PROFILE_VARIABLES = ('FASTDDS_DEFAULT_PROFILES_FILE', 'FASTRTPS_DEFAULT_PROFILES_FILE')
"""Where Fast DDS looks for its profile: version 3, and version 2."""
_VERSION_2 = ('humble', 'iron', 'jazzy')
_FOR_IMAGES = 'fastdds_shm.xml'


def for_images() -> dict[str, str]:
    """Return the environment in which large images arrive whole."""
    return _profile(_FOR_IMAGES)


def avoid_shared_memory() -> None:
    """
    Keep this process to UDP; call it before `rclpy.init`.

    A profile that somebody has chosen is respected.
    """
    chosen = {Path(os.environ[v]).name for v in PROFILE_VARIABLES if os.environ.get(v)}
    if chosen - {_FOR_IMAGES}:
        return
    is_local = (os.environ.get('ROS_LOCALHOST_ONLY') == '1' or os.environ.get(
        'ROS_AUTOMATIC_DISCOVERY_RANGE', '').upper() == 'LOCALHOST')
    os.environ.update(_profile('fastdds_udp_local.xml' if is_local else 'fastdds_udp.xml'))
    if is_local:
        # For this range rmw_fastrtps adds shared memory to any profile; ours keeps to lo itself.
        os.environ.update(ROS_AUTOMATIC_DISCOVERY_RANGE='SYSTEM_DEFAULT', ROS_LOCALHOST_ONLY='0')


def _profile(name: str) -> dict[str, str]:
    """Return the environment with a shipped profile; version 3 complains about 2's variable."""
    return {PROFILE_VARIABLES[_distribution() in _VERSION_2]: str(config_dir() / name)}


def _distribution() -> str:
    """Return the ROS distribution; an environment made of wheels does not say it."""
    if sourced := os.environ.get('ROS_DISTRO'):
        return sourced
    installed = {d.name for d in metadata.distributions()}
    return next((n for n in _VERSION_2 if f'ros-{n}-rclpy' in installed), '')
