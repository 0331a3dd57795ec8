"""A folder's training goes on as what it began as, or is refused."""
from dataclasses import dataclass, replace

import pytest

from vla_ros.core.errors import ConfigurationError
from vla_ros.learning.same_run import go_on_as, RUN


@dataclass(frozen=True)
class Recipe:
    steps: int = 10
    start: str = ''
    threads: int = 1


def _begun(folder, **facts):
    go_on_as(folder, Recipe(), **facts)
    (folder / 'state.pt').write_bytes(b'')


def test_what_began_goes_on_with_other_threads(tmp_path):
    _begun(tmp_path, data=[{'episodes': 3}])
    go_on_as(tmp_path, Recipe(threads=2), data=[{'episodes': 3}])


@pytest.mark.parametrize('recipe, data, told', [
    (Recipe(steps=20), 3, 'recipe steps: 10 there, 20 asked for'),
    (Recipe(start='base'), 3, 'recipe start: "" there, "base" asked for'),
    (Recipe(), 4, r'data: \[{"episodes": 3}\] there, \[{"episodes": 4}\] asked for')])
def test_another_training_is_refused_and_named_and_nothing_is_lost(tmp_path, recipe, data, told):
    _begun(tmp_path, data=[{'episodes': 3}])
    before = (tmp_path / RUN).read_text()
    with pytest.raises(ConfigurationError, match=told):
        go_on_as(tmp_path, recipe, data=[{'episodes': data}])
    assert (tmp_path / RUN).read_text() == before


def test_where_nothing_was_learned_yet_anything_may_begin(tmp_path):
    go_on_as(tmp_path, Recipe(), data=3)
    (tmp_path / 'sentences.pt').write_bytes(b'')
    go_on_as(tmp_path, replace(Recipe(), steps=20), data=4)
    (tmp_path / 'state.pt').write_bytes(b'')
    with pytest.raises(ConfigurationError, match='another --out'):
        go_on_as(tmp_path, Recipe(), data=4)
