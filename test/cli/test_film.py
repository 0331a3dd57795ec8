"""What a demo leaves behind shows the plan where there is one."""
import numpy as np

from vla_ros.cli.film import Film, plan_panel

PICTURES = {'robot': np.full((240, 320, 3), 90, np.uint8),
            'bystander': np.full((360, 480, 3), 160, np.uint8)}


def test_a_plan_is_a_map_beside_its_lines():
    floor = np.full((700, 690, 3), 40, np.uint8)
    bare, told = plan_panel(floor, []), plan_panel(floor, ['+ go to the kitchen', '> come back'])
    assert bare.shape == told.shape == PICTURES['bystander'].shape
    assert (bare[100, 100] == 40).all()
    changed = np.nonzero((bare != told).any(axis=2))[1]
    assert changed.min() > 340                          # nothing is written over the map


def test_the_contact_sheet_ends_with_the_plan(tmp_path):
    import cv2
    film = Film(None)
    film.begin('go to the kitchen, then come back')
    panel = plan_panel(np.full((700, 690, 3), 40, np.uint8), [])
    for _ in range(4):
        film.take({**PICTURES, 'plan': panel}, '1.0 s')
    film.end_with(panel)
    film.end('36.0 s', True)
    film.close(tmp_path / 'sheet.png')
    sheet = cv2.imread(str(tmp_path / 'sheet.png'))
    assert sheet.shape[1] == 5 * 320
    assert (sheet[100, 4 * 320 + 100] == 40).all() and (sheet[200, 100] == 160).all()
