"""Maps on disk: what map_server reads, and nothing is lost on the way."""
import numpy as np
import pytest
import yaml

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.grid_map import FREE, GridMap, OCCUPIED, Place, UNKNOWN
from vla_ros.core.map_files import load_map, save_map

CELLS = np.random.default_rng(0).choice([UNKNOWN, FREE, OCCUPIED], (7, 5)).astype(np.int8)
GRID = GridMap(CELLS, 0.05, np.array([-1.25, 3.5]),
               (Place('kitchen', np.array([0.5, 1.5, -1.0])),))


def test_a_map_comes_back(tmp_path):
    back = load_map(save_map(GRID, tmp_path / 'new'))
    assert (back.cells == CELLS).all() and back.resolution_m == 0.05
    assert back.origin.tolist() == [-1.25, 3.5]
    assert [(p.name, p.pose.tolist()) for p in back.places] == [('kitchen', [0.5, 1.5, -1.0])]


def test_the_files_are_those_of_map_server(tmp_path):
    about = yaml.safe_load(save_map(GRID, tmp_path).read_text())
    assert about == {'image': 'map.pgm', 'mode': 'trinary', 'resolution': 0.05, 'negate': 0,
                     'origin': [-1.25, 3.5, 0.0], 'occupied_thresh': 0.65, 'free_thresh': 0.196}
    header, pixels = (tmp_path / 'map.pgm').read_bytes().split(b'\n255\n', 1)
    assert header == b'P5\n5 7' and len(pixels) == 35
    # The least y is the last row; nav2's map_saver writes 254, 205 and 0.
    grey = {FREE: 254, UNKNOWN: 205, OCCUPIED: 0}
    assert list(pixels[-5:]) == [grey[cell] for cell in CELLS[0]]


def test_a_map_of_a_person_with_a_painting_program_is_read(tmp_path):
    (tmp_path / 'm.pgm').write_bytes(b'P5\n# made by hand\n2 1\n255\n\xff\x00')
    (tmp_path / 'm.yaml').write_text('image: m.pgm\nresolution: 0.1\norigin: [0, 0, 0]\n'
                                     'negate: 1\noccupied_thresh: 0.65\nfree_thresh: 0.25\n')
    assert load_map(tmp_path / 'm.yaml').cells.tolist() == [[OCCUPIED, FREE]]


@pytest.mark.parametrize('text, said', [
    ('[', 'no map can be read'), ('3', 'expected names with values'),
    ('image: map.pgm', "'resolution'"), ('{}', "'image'")])
def test_a_damaged_map_is_refused_with_a_reason(tmp_path, text, said):
    file = save_map(GRID, tmp_path)
    file.write_text(text)
    with pytest.raises(ConfigurationError, match=said):
        load_map(file)


def test_a_cut_image_is_refused_with_a_reason(tmp_path):
    file = save_map(GRID, tmp_path)
    image = tmp_path / 'map.pgm'
    image.write_bytes(image.read_bytes()[:-1])
    with pytest.raises(ConfigurationError, match='34 bytes for 5 by 7 pixels'):
        load_map(file)
    image.unlink()
    with pytest.raises(ConfigurationError, match='no image can be read'):
        load_map(file)
