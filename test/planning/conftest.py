"""The tests of the planning core need its two libraries."""
import pytest

pytest.importorskip('scipy', reason='scipy is not installed')
pytest.importorskip('py_trees', reason='py_trees is not installed')
