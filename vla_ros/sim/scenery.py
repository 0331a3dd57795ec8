"""What changes in a world besides its robot: doorways are shut, solids moved, things touched."""
from dataclasses import replace

import mujoco

from vla_ros.core.errors import ConfigurationError
from vla_ros.sim.apartment import DOOR_PREFIX, HIDDEN_M, WALL_HEIGHT_M
from vla_ros.sim.scene import Scene
from vla_ros.sim.solids import SOLID_PREFIX


_APART_S = 0.5
"""Whoever touches the same thing again within this time has not let go of it."""


class Scenery:
    """The scene of a running world. Belongs to the thread that steps the world."""

    def __init__(self, model: mujoco.MjModel, data: mujoco.MjData, scene: Scene):
        self._model, self._data, self.scene = model, data, scene
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
        self._touchable = self._names_of_touchable()

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
        self._model.body(f'{SOLID_PREFIX}{found[0]}').pos[:2] = x, y
        self.scene = replace(self.scene, solids=tuple(
            replace(s, position=(x, y)) if i == found[0] else s
            for i, s in enumerate(self.scene.solids)))

    def note_contacts(self) -> None:
        """Count what the robot has begun to touch since the last call."""
        touched = frozenset(
            name for pair in self._data.contact.geom for geom in pair
            if (name := self._touchable.get(int(geom))) is not None)
        now_s = self._data.time
        self.contacts += sum(now_s - self._touched_s.get(name, -_APART_S) >= _APART_S
                             for name in touched)
        self._touched_s.update(dict.fromkeys(touched, now_s))
        self.touched = touched

    def _names_of_touchable(self) -> dict[int, str]:
        """
        Return the name of every geometry that stands still, the floor and solids left out.

        Contacts are between these and the robot alone: what stands still meets nothing else.
        """
        model, names = self._model, {}
        for index in range(model.ngeom):
            geom, body = model.geom(index), model.body(model.geom_bodyid[index])
            is_furniture = body.weldid[0] == 0 and not body.name.startswith(SOLID_PREFIX)
            if is_furniture and not geom.name.startswith('floor'):
                names[index] = geom.name if body.id == 0 else body.name
        return names
