"""A dataset of another robot, written by `lerobot` itself, and one that is written here."""
from pathlib import Path

import pytest

pytest.importorskip('pyarrow', reason='pyarrow is not installed')
pytest.importorskip('av', reason='av is not installed')


@pytest.fixture(scope='session')
def arm():
    """Return a dataset of seven joints and two cameras that lerobot 0.6.1 wrote."""
    from vla_ros.learning.lerobot.reader import Dataset
    return Dataset(Path(__file__).parent / 'lerobot_arm')
