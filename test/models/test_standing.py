"""Things of one name are told apart by how they stand, once a sentence says what that counts."""
import pytest
import torch

from vla_ros.models.standing import Standing, SURE

ROWS, COLUMNS = 6, 12
SIDES = ('left', 'right', 'higher', 'lower', 'other_left', 'other_right', 'always')


@pytest.fixture
def standing():
    torch.manual_seed(0)
    return Standing(16, ROWS, COLUMNS).requires_grad_(False)


def _at(*cells):
    """Return an image (1, N) that shows something in cells of two by two, (row, column)."""
    shown = torch.zeros(ROWS, COLUMNS)
    for row, column in cells:
        shown[row:row + 2, column:column + 2] = 1.0
    return shown.view(1, -1)


def _chosen(standing, named, other, **counts):
    """Return the row and the column of the cell that most probably shows what is meant."""
    weights = torch.zeros(1, 7)
    weights[:, 6] = SURE
    for name, count in counts.items():
        weights[:, SIDES.index(name)] = count
    log_probability = named.log() + standing(named, other, weights)
    return divmod(int(log_probability.argmax()), COLUMNS)


TWO, NOTHING = _at((0, 1), (4, 8)), _at()


@pytest.mark.parametrize('without, is_first', [
    ('left', True), ('right', False), ('lower', False), ('higher', True)])
def test_the_one_without_another_beside_it_is_chosen(standing, without, is_first):
    row, column = _chosen(standing, TWO, NOTHING, **{without: -12.0})
    assert (row < 2, column < 3) == (is_first, is_first)


def test_another_thing_tells_which_is_meant(standing):
    named, other = _at((2, 1), (2, 10)), _at((2, 5))
    assert _chosen(standing, named, other, other_right=12.0, always=-6.0)[1] < 3
    assert _chosen(standing, named, other, other_left=12.0, always=-6.0)[1] > 9


def test_before_it_has_learned_anything_all_cells_get_the_same(standing):
    weights = standing.weights(torch.randn(1, 16))
    added = standing(TWO, TWO, weights)
    assert added.unique().numel() == 1 and -0.01 < float(added.max()) < 0


def test_pairs_of_a_batch_do_not_know_each_other(standing):
    torch.nn.init.normal_(standing.counts.weight)
    named, other, told = torch.rand(3, 72), torch.rand(3, 72), torch.randn(3, 16)
    together = standing(named, other, standing.weights(told))
    for i in range(3):
        alone = standing(named[i:i + 1], other[i:i + 1], standing.weights(told[i:i + 1]))
        torch.testing.assert_close(together[i:i + 1], alone)
