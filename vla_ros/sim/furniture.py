"""Pieces of furniture. In a piece's frame x points away from its back, y runs along it [m]."""
import mujoco
import numpy as np

GEOM = mujoco.mjtGeom
FURNITURE = ('shelf', 'table', 'sofa', 'plant')
"""Bodies along the walls of the one room."""
_WOODS = ((0.45, 0.30, 0.18), (0.62, 0.48, 0.32), (0.28, 0.20, 0.15))
_FABRICS = ((0.35, 0.37, 0.42), (0.52, 0.48, 0.42), (0.25, 0.28, 0.27))
_BENCH_RGB = (0.5, 0.45, 0.4)


class _Body:
    """A piece's body, to which geometry is added."""

    def __init__(self, spec: mujoco.MjSpec, name: str, back, yaw: float):
        self._body = spec.worldbody.add_body(
            name=name, pos=[*back, 0.0], quat=[np.cos(yaw / 2), 0.0, 0.0, np.sin(yaw / 2)])

    def add(self, kind: mujoco.mjtGeom, position, size, rgb, name: str = '') -> None:
        self._body.add_geom(type=kind, pos=position, size=size, rgba=[*rgb, 1], name=name)


def add_piece(spec: mujoco.MjSpec, kind: str, name: str, back, yaw: float,
              rng: np.random.Generator, suffix: str = '') -> None:
    """
    Add a piece of furniture.

    :param kind: a key of `_BUILDERS`, which `PieceKind` and `FURNITURE` name.
    :param name: of its body.
    :param back: middle of its back on the floor, x, y [m].
    :param yaw: where its front looks [rad].
    :param suffix: makes the names of its parts unique where there are several of a kind.
    """
    _BUILDERS[kind](_Body(spec, name, back, yaw), rng, suffix)


def _add_shelf(body: _Body, rng: np.random.Generator, suffix: str) -> None:
    wood = _WOODS[rng.integers(3)]
    body.add(GEOM.mjGEOM_BOX, [0.16, 0, 0.9], [0.15, 0.5, 0.9], wood)
    for row, height in enumerate((0.45, 0.95, 1.45)):
        body.add(GEOM.mjGEOM_BOX, [0.3, 0, height], [0.02, 0.42, 0.16],
                 [0.6 * c for c in wood], f'books_{row}{suffix}')


def _add_table(body: _Body, rng: np.random.Generator, suffix: str) -> None:
    wood = _WOODS[rng.integers(3)]
    body.add(GEOM.mjGEOM_BOX, [0.45, 0, 0.72], [0.35, 0.6, 0.03], wood)
    for x, y in ((0.15, 0.5), (0.15, -0.5), (0.75, 0.5), (0.75, -0.5)):
        body.add(GEOM.mjGEOM_BOX, [x, y, 0.35], [0.03, 0.03, 0.35], wood)


def _add_sofa(body: _Body, rng: np.random.Generator, suffix: str) -> None:
    fabric = _FABRICS[rng.integers(3)]
    body.add(GEOM.mjGEOM_BOX, [0.45, 0, 0.2], [0.4, 0.8, 0.2], fabric)
    body.add(GEOM.mjGEOM_BOX, [0.15, 0, 0.5], [0.12, 0.8, 0.35], fabric)


def _add_plant(body: _Body, rng: np.random.Generator, suffix: str) -> None:
    leaf = np.array((0.22, 0.30, 0.16)) * rng.uniform(0.7, 1.1)
    body.add(GEOM.mjGEOM_CYLINDER, [0.35, 0, 0.18], [0.18, 0.18, 0], (0.35, 0.25, 0.2),
             f'pot{suffix}')
    body.add(GEOM.mjGEOM_ELLIPSOID, [0.35, 0, 0.85], [0.28, 0.28, 0.5], leaf)


def _add_bench(body: _Body, rng: np.random.Generator, suffix: str) -> None:
    for place, half in (([0.22, 0, 0.42], [0.2, 0.5, 0.03]),
                        ([0.22, 0.42, 0.2], [0.18, 0.05, 0.2]),
                        ([0.22, -0.42, 0.2], [0.18, 0.05, 0.2])):
        body.add(GEOM.mjGEOM_BOX, place, half, _BENCH_RGB)


def _add_counter(body: _Body, rng: np.random.Generator, suffix: str) -> None:
    wood = _WOODS[rng.integers(3)]
    body.add(GEOM.mjGEOM_BOX, [0.3, 0, 0.43], [0.28, 1.2, 0.43], wood,
             f'counter_body{suffix}')
    body.add(GEOM.mjGEOM_BOX, [0.3, 0, 0.88], [0.3, 1.22, 0.02], (0.6, 0.58, 0.55),
             f'counter_top{suffix}')


_BUILDERS = {'shelf': _add_shelf, 'table': _add_table, 'sofa': _add_sofa, 'plant': _add_plant,
             'bench': _add_bench, 'counter': _add_counter}
