"""Fixtures of the tests with real ROS nodes."""
import pytest

pytest.importorskip('rclpy', reason='rclpy is not installed')


@pytest.fixture
def bench():
    """Return a bench in a private domain."""
    from harness import Bench
    bench = Bench()
    yield bench
    bench.close()
