"""Films of episodes that failed: run once more, the same from seed and number, with a camera."""
from collections.abc import Iterable
from pathlib import Path

from vla_ros.cli.film import Film, VIDEO_HZ


def film(plan, indices: Iterable[int], folder: Path) -> dict[int, tuple[Path, str]]:
    """
    Film episodes of a plan; return the file and the caption of each.

    The caption says how the episode ended this time.
    """
    folder.mkdir(parents=True, exist_ok=True)
    env, make_policy = plan.environment(), plan.policy_maker()
    try:
        return {index: _one(plan, env, make_policy, index,
                            folder / f'{plan.suite.value}-{index:03d}.mp4') for index in indices}
    finally:
        env.close()


def _one(plan, env, make_policy, index: int, file: Path) -> tuple[Path, str]:
    from vla_ros.learning.evaluate import run_episode
    task, pictures = plan.task(index), Film(file)
    pictures.begin(task.instruction)
    watcher = _Watcher(pictures)
    try:
        outcome = run_episode(env, make_policy, task, plan.has_feedback, plan.is_live,
                              watcher.watch)
    finally:
        watcher.close()
        pictures.close(file.with_suffix('.png'))
    ended = ('done when run again' if outcome.is_success else
             'fell' if outcome.is_fallen else 'not done')
    return file, (f'{index}: "{task.instruction}", {ended}, {outcome.seconds:.1f} s, '
                  f'{outcome.walked_m:.1f} m')


class _Watcher:
    """Takes the pictures of a film from an environment, at the film's rate."""

    def __init__(self, pictures: Film):
        self._pictures, self._bystander, self._due_s = pictures, None, 0.0

    def watch(self, env) -> None:
        """Take a picture if one is due."""
        from vla_ros.sim.camera import Bystander
        if env.elapsed_s < self._due_s:
            return
        self._due_s += 1 / VIDEO_HZ
        self._bystander = self._bystander or Bystander(env.world, 480, 360)
        self._pictures.take({'robot': env.render(), 'bystander': self._bystander.look()},
                            f'{env.elapsed_s:.1f} s')

    def close(self) -> None:
        """Free the bystander's camera."""
        if self._bystander:
            self._bystander.close()
