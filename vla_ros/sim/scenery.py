"""What changes in a world besides its robot: doorways are shut, solids move, things touched."""
from dataclasses import replace

import mujoco
import numpy as np

from vla_ros.core.errors import ConfigurationError
from vla_ros.sim.apartment import DOOR_PREFIX, HIDDEN_M, WALL_HEIGHT_M
from vla_ros.sim.scene import Scene
from vla_ros.sim.solids import SOLID_PREFIX


_APART_S = 0.5
"""Whoever touches the same thing again within this time has not let go of it."""
_POLITE_M = 0.3
"""A thing that moves by itself comes no nearer to the robot's base than this."""


class Scenery:
    """The scene of a running world. Belongs to the thread that steps the world."""

    def __init__(self, model: mujoco.MjModel, data: mujoco.MjData, scene: Scene):
        self._model, self._data, self._scene = model, data, scene
        self._solids = [model.body(f'{SOLID_PREFIX}{i}').id for i in range(len(scene.solids))]
        self._ways = {i: (0.0, 1) for i, solid in enumerate(scene.solids) if solid.course}
        self._free = [i for i, solid in enumerate(scene.solids) if solid.mass_kg]
        bodies = (model.body(i) for i in range(model.nbody))
        self.doorways = tuple(b.name.removeprefix(DOOR_PREFIX) for b in bodies
                              if b.name.startswith(DOOR_PREFIX))
        """Names of the doorways there are."""
        self.blocked: frozenset[str] = frozenset()
        """Names of those that are blocked."""
        self.touched: frozenset[str] = frozenset()
        """Walls, doors and pieces of furniture that the robot touches now."""
        self.contacts = 0
        """How often it began to touch one."""
        self._touched_s: dict[str, float] = {}
        """When each was last touched, by the simulated time."""
        self.touches: frozenset[tuple[str, int]] = frozenset()
        """Every touch of a solid so far: part of the robot's body, number of the solid."""
        self._touchable, self._parts = self._names_of_touchable(), self._names_of_parts()
        self._solid_of = {model.body_geomadr[body]: i for i, body in enumerate(self._solids)}

    @property
    def scene(self) -> Scene:
        """Return what stands where by now."""
        if not self._free:
            return self._scene
        return _with_places(self._scene, {
            i: self._data.xpos[self._solids[i]][:2] for i in self._free})

    def advance(self, duration_s: float, robot_xy: np.ndarray) -> None:
        """Move on what moves by itself; it turns back where the robot is in its way."""
        places = {}
        for index, (way_m, sense) in self._ways.items():
            solid = self._scene.solids[index]
            further_m = way_m + sense * duration_s * solid.course.speed_m_s
            place = solid.course.at(further_m)
            now_m, then_m = (np.hypot(*(robot_xy - p)) for p in (solid.position, place))
            if then_m - solid.size_m < _POLITE_M and then_m < now_m:
                self._ways[index] = way_m, -sense
            else:
                self._ways[index], places[index] = (further_m, sense), place
                self._model.body_pos[self._solids[index]][:2] = place
        if places:
            self._scene = _with_places(self._scene, places)

    @property
    def met(self) -> frozenset[str]:
        """Return everything that the robot ever touched."""
        return frozenset(self._touched_s)

    def block(self, *names: str) -> None:
        """
        Shut these doorways and open all others.

        :raises ConfigurationError: if there is no doorway of a name; the message lists them.
        """
        if unknown := set(names) - set(self.doorways):
            raise ConfigurationError(f'no doorway {sorted(unknown)}; the world has: '
                                     f'{list(self.doorways)}')
        for name in self.doorways:
            body = self._model.body(DOOR_PREFIX + name)
            body.pos[2] = WALL_HEIGHT_M / 2 if name in names else HIDDEN_M
        self.blocked = frozenset(names)

    def move_solid(self, name: str, position: tuple[float, float]) -> None:
        """
        Put the only solid of a name ("red cube") elsewhere; x, y [m], world frame.

        :raises ConfigurationError: if there is none, or more than one.
        """
        found = [i for i, solid in enumerate(self.scene.solids) if solid.name == name]
        if len(found) != 1:
            raise ConfigurationError(
                f'{name!r}: {len(found)} in the scene, which has: '
                f'{", ".join(s.name for s in self.scene.solids)}')
        x, y = (float(v) for v in position)
        body = self._model.body(self._solids[found[0]])
        if body.jntnum[0]:
            address = self._model.jnt_qposadr[body.jntadr[0]]
            self._data.qpos[address:address + 2] = x, y
        body.pos[:2] = x, y
        self._scene = _with_places(self._scene, {found[0]: (x, y)})

    def note_contacts(self) -> None:
        """Count what the robot has begun to touch since the last call."""
        met = [(self._parts[a], b) for a, b in self._data.contact.geom.tolist()
               if a in self._parts]
        met += [(self._parts[b], a) for a, b in self._data.contact.geom.tolist()
                if b in self._parts]
        touched = frozenset(self._touchable[g] for _, g in met if g in self._touchable)
        self.touches |= {(part, self._solid_of[g]) for part, g in met if g in self._solid_of}
        now_s = self._data.time
        self.contacts += sum(now_s - self._touched_s.get(name, -_APART_S) >= _APART_S
                             for name in touched)
        self._touched_s.update(dict.fromkeys(touched, now_s))
        self.touched = touched

    def _names_of_touchable(self) -> dict[int, str]:
        """Return the name of every geometry that stands still, the floor and solids left out."""
        model, names = self._model, {}
        for index in range(model.ngeom):
            geom, body = model.geom(index), model.body(model.geom_bodyid[index])
            is_furniture = body.weldid[0] == 0 and not body.name.startswith(SOLID_PREFIX)
            if is_furniture and not geom.name.startswith('floor'):
                names[index] = geom.name if body.id == 0 else body.name
        return names

    def _names_of_parts(self) -> dict[int, str]:
        """Return the name of every geometry of the robot."""
        model, names = self._model, {}
        for index in range(model.ngeom):
            body = model.body(model.geom_bodyid[index])
            if body.weldid[0] != 0 and not body.name.startswith(SOLID_PREFIX):
                names[index] = model.geom(index).name
        return names


def _with_places(scene: Scene, places) -> Scene:
    """Return a scene with some solids elsewhere: {number: (x, y) [m]}."""
    return replace(scene, solids=tuple(
        replace(s, position=(float(places[i][0]), float(places[i][1]))) if i in places else s
        for i, s in enumerate(scene.solids)))
