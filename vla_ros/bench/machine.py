"""Where figures were measured."""
from datetime import datetime, timezone
from importlib import metadata
import os
from pathlib import Path
import platform


def machine() -> dict[str, object]:
    """Return what decides how fast this machine is, and when that was asked."""
    return {'processor': _processor(), 'cores': len(os.sched_getaffinity(0)),
            'system': platform.platform(), 'python': platform.python_version(),
            'torch': _version('torch'), 'ros': os.environ.get('ROS_DISTRO', 'wheels'),
            'load_before': os.getloadavg()[0], 'nice': os.nice(0),
            'date': datetime.now(timezone.utc).isoformat(timespec='seconds')}


def _processor() -> str:
    cpuinfo = Path('/proc/cpuinfo')
    lines = cpuinfo.read_text().splitlines() if cpuinfo.is_file() else []
    names = [line.partition(':')[2].strip() for line in lines if line.startswith('model name')]
    return names[0] if names else platform.machine()


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None
