"""How well perception sees rooms that it was not trained on."""
from collections.abc import Callable, Iterator
import time

import numpy as np

from vla_ros.core.robot import RobotDescription
from vla_ros.inference.perception import Perceiver
from vla_ros.learning.figures import Figure
from vla_ros.learning.perception_batches import PRESENT_PIXELS
from vla_ros.learning.perception_data import pixels_of, Purpose, views_of_room
from vla_ros.perception.decoding import objects_of
from vla_ros.perception.kinds import Kind, OUTPUTS
from vla_ros.perception.percept import Percept
from vla_ros.perception.pictures import panel, stacked
from vla_ros.perception.segments import Segment, SEGMENTS
from vla_ros.sim.ground_truth import View

SCENES = 500
SCENES_PER_ROOM = 10
DEPTH_WITHIN_M, CENTRE_WITHIN_M = 6.0, 4.0
FOUND_MIN = 0.85
"""Errors of centres are of solids that were found, as detection benchmarks count them."""
LOOK_MAX_MS = 45.0
"""Longest look that leaves a third of one core at 15 Hz [ms]."""
Report = Callable[[int, int], None]


def evaluate_perception(robot: RobotDescription, seed: int, report: Report = lambda d, t: None,
                        checkpoint: str = 'perception', scenes: int = SCENES) -> list[Figure]:
    """
    Return what was measured.

    :param report: called with (scenes done, scenes in all).
    """
    perceiver = Perceiver(checkpoint)
    scores = Scores(perceiver.kinds)
    for done, view in enumerate(unseen_views(robot, seed, scenes), 1):
        start_s = time.perf_counter()
        percept = perceiver.perceive(view.image, view.intrinsics)
        objects = objects_of(percept, perceiver.kinds)
        scores.add(view, percept, objects, time.perf_counter() - start_s)
        report(done, scenes)
    return scores.figures()


def unseen_views(robot: RobotDescription, seed: int, count: int) -> Iterator[View]:
    """Return views for testing; no training ever sees them, whatever its seed."""
    for room in range(-(-count // SCENES_PER_ROOM)):
        first = room * SCENES_PER_ROOM
        yield from views_of_room(robot, Purpose.TESTING, seed, room,
                                 min(SCENES_PER_ROOM, count - first))


def example_picture(robot: RobotDescription, checkpoint: str, seed: int,
                    rooms: int) -> np.ndarray:
    """Return input, segmentation, depth and objects of unseen rooms, (H, W, 3) uint8 RGB."""
    perceiver, rows = Perceiver(checkpoint), []
    for room in range(rooms):
        views = views_of_room(robot, Purpose.TESTING, seed, room, SCENES_PER_ROOM)
        view = max(views, key=lambda v: len(v.solids))
        percept = perceiver.perceive(view.image, view.intrinsics)
        rows.append(panel(view.image, percept, objects_of(percept, perceiver.kinds)))
    return stacked(rows)


class Scores:
    """Adds up what was right and wrong."""

    def __init__(self, kinds: tuple[Kind, ...]):
        self._kinds = kinds
        self.confusion = np.zeros((SEGMENTS, SEGMENTS), np.int64)
        """[true class, said class], pixels."""
        self._depth = np.zeros(3)                       # pixels, sum of errors, within 1.25
        self._said: list[np.ndarray] = []
        self._present: list[np.ndarray] = []
        self._looks_s: list[float] = []
        self.centre_errors_m: dict[str, list[float]] = {}
        """By shape; infinite where a solid was not found or not by its name."""

    def add(self, view: View, percept: Percept, objects: list, look_s: float) -> None:
        """Add one view and what was said about it."""
        both = view.segmentation.astype(np.int64) * SEGMENTS + percept.segmentation
        self.confusion += np.bincount(both.ravel(), minlength=SEGMENTS ** 2).reshape(
            SEGMENTS, SEGMENTS)
        known = (view.depth_m > 0) & (view.depth_m <= DEPTH_WITHIN_M)
        true, said = view.depth_m[known], percept.depth_m[known]
        ratio = np.maximum(true / said, said / true)
        self._depth += len(true), np.sum(np.abs(said - true) / true), np.sum(ratio < 1.25)
        self._said.append(percept.object_map.max((0, 1)))
        self._present.append(pixels_of(view) >= PRESENT_PIXELS)
        self._looks_s.append(look_s)
        self._add_centres(view, objects)

    def _add_centres(self, view: View, objects: list) -> None:
        for solid in view.solids:
            if solid.pixels < PRESENT_PIXELS or np.linalg.norm(solid.centre) > CENTRE_WITHIN_M:
                continue
            kind = self._kinds[solid.kind]
            errors = [float(np.linalg.norm(seen.centre - solid.centre))
                      for seen in objects if seen.name == kind.name]
            self.centre_errors_m.setdefault(kind.segment.name.lower(), []).append(
                min(errors, default=np.inf))

    def iou(self) -> dict[str, float]:
        """Return intersection over union of each class that was present."""
        right = np.diag(self.confusion)
        union = self.confusion.sum(0) + self.confusion.sum(1) - right
        return {s.name.lower(): float(right[s] / union[s]) for s in Segment
                if self.confusion[s].sum()}

    def precision(self) -> dict[str, float]:
        """Return the average precision of each kind that was present somewhere."""
        said, present = np.stack(self._said), np.stack(self._present)
        assert said.shape[1] == OUTPUTS
        return {kind.name: average_precision(said[:, i], present[:, i])
                for i, kind in enumerate(self._kinds) if present[:, i].any()}

    def figures(self) -> list[Figure]:
        """Return the measures with their bars."""
        pixels, error, near = self._depth
        centres = np.concatenate(list(self.centre_errors_m.values()))
        found = centres[np.isfinite(centres)]
        median, most = (np.percentile(found, [50, 90], method='higher') if len(found)
                        else (np.inf, np.inf))
        return [
            _at_least('mean IoU over classes present', np.mean(list(self.iou().values())), 0.85),
            _at_most('depth: absolute relative error within 6 m', error / pixels, 0.08),
            _at_least('depth: delta_1 within 6 m', near / pixels, 0.95),
            _at_least('object presence: mean average precision',
                      np.mean(list(self.precision().values())), 0.95),
            _at_least('solids up to 4 m, partly hidden ones too: found by their name',
                      len(found) / len(centres), FOUND_MIN),
            _at_most('object centre up to 4 m: median error [m]', median, 0.10),
            _at_most('object centre up to 4 m: 90th percentile [m]', most, 0.25),
            _at_most('one look with decoding on one core: median [ms]',
                     1e3 * np.median(self._looks_s), LOOK_MAX_MS)]


def average_precision(said: np.ndarray, present: np.ndarray) -> float:
    """
    Return the area under precision over recall, without interpolation.

    :param said: (N,) scores; present: (N,) bool, with at least one true.
    """
    order = np.argsort(-said, kind='stable')
    right = present[order]
    return float((np.cumsum(right) / np.arange(1, len(right) + 1))[right].mean())


def _at_least(measure: str, value: float, bar: float) -> Figure:
    return Figure('perception', measure, float(value), bar)


def _at_most(measure: str, value: float, bar: float) -> Figure:
    return Figure('perception', measure, float(value), bar, False)
