"""The tests of the recording need its library."""
import pytest

pytest.importorskip('rosbags', reason='rosbags is not installed')
