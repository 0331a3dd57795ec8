"""The tests of the planning core need its two libraries."""
import pytest

pytest.importorskip('scipy', reason='scipy is not installed')
pytest.importorskip('py_trees', reason='py_trees is not installed')


@pytest.fixture(scope='session')
def language():
    """Return who understands sentences, with what it needs loaded."""
    pytest.importorskip('torch', reason='torch is not installed')
    from vla_ros.inference.understander import Understander
    understander = Understander(remembered=1)
    understander.understand('go to the red cube')       # the first answer is the slowest
    return understander
