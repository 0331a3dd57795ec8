"""Coarser copies of the robot's meshes: software rendering pays for every triangle."""
from functools import lru_cache
from pathlib import Path

import numpy as np

_FACET = np.dtype([('normal', '<f4', 3), ('corners', '<f4', (3, 3)), ('attribute', '<u2')])


@lru_cache(maxsize=128)
def simplified_mesh(path: Path, cell_m: float) -> tuple[np.ndarray, np.ndarray]:
    """
    Return vertices (V, 3) [m] and faces (F, 3) of a binary STL file.

    Vertices that fall into the same cubic cell are merged, and faces that collapse are dropped
    (vertex clustering; Rossignac and Borrel, 1993).
    """
    corners = _read_stl(path).reshape(-1, 3)
    _, first, where = np.unique(np.round(corners / cell_m).astype(int), axis=0,
                                return_index=True, return_inverse=True)
    faces = where.reshape(-1, 3)
    a, b, c = faces.T
    return corners[first], faces[(a != b) & (b != c) & (a != c)]


def _read_stl(path: Path) -> np.ndarray:
    """Return the triangles of a binary STL file, shape (F, 3, 3) [m]."""
    facets = np.frombuffer(path.read_bytes(), _FACET, offset=84)
    return facets['corners']
