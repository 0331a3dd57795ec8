"""What a training run tells while it runs: a bar, tables, curves."""
from pathlib import Path
import sys


class TrainingLog:
    """What a run tells while it trains: a bar, tables, curves; silent where it is not shown."""

    def __init__(self, folder: Path, steps: int, has_board: bool, is_shown: bool):
        from vla_ros.learning.curves import LOSSES, SUCCESS
        from vla_ros.learning.step_table import StepTable
        self.is_shown, self._folder = is_shown, folder
        self._bar = TrainingBar(steps, folder / LOSSES)
        self._success = StepTable(folder / SUCCESS)
        self._board = _board(folder / 'tensorboard') if has_board and is_shown else None

    def __enter__(self):
        if self.is_shown:
            self._bar.__enter__()
        return self

    def __exit__(self, *error):
        if self.is_shown:
            self._bar.__exit__(*error)
        if self._board:
            self._board.close()

    def losses(self, step: int, parts: dict[str, float]) -> None:
        """Show and write the parts of the loss of a step."""
        self._bar(step, parts)
        if self._board:
            self._board.add('loss', step, parts)

    def success(self, step: int, rates: dict[str, float]) -> None:
        """Write how often the policy did what it was told, by suite."""
        self._success.add(step, rates)
        self._bar.say(f'step {step}: ' + ', '.join(f'{n} {r:.0%}' for n, r in rates.items()))
        if self._board:
            self._board.add('success', step, rates)
        self.draw()

    def end(self, checkpoint: Path) -> None:
        """Say where everything is."""
        if self.is_shown:
            print(f'checkpoint: {checkpoint}\ncurves: {self.draw()}')

    def draw(self) -> Path:
        """Draw the curves so far and return the picture."""
        from vla_ros.learning.curves import draw_curves
        return draw_curves(self._folder)


def _board(folder: Path):
    """Return a board of TensorBoard; where it is missing, say so and go on without."""
    from vla_ros.core.errors import MissingDependencyError
    from vla_ros.learning.board import Board
    try:
        return Board(folder)
    except MissingDependencyError as error:
        print(f'no curves for TensorBoard: {error}', file=sys.stderr)
        return None


class TrainingBar:
    """Shows the loss and writes its parts to a table."""

    def __init__(self, steps: int, table: Path):
        from rich.progress import Progress, TimeRemainingColumn

        from vla_ros.learning.step_table import StepTable
        self._progress = Progress(*Progress.get_default_columns()[:-1], TimeRemainingColumn())
        self._bar = self._progress.add_task('loading', total=steps)
        self._table = StepTable(table)

    def __enter__(self):
        self._progress.start()
        return self

    def __exit__(self, *error):
        self._progress.stop()

    def rooms(self, done: int, total: int) -> None:
        """Show how much of the data is there."""
        self._progress.update(self._bar, description=f'rooms {done} of {total}')

    def say(self, line: str) -> None:
        """Print a line above the bar."""
        self._progress.console.print(line)

    def __call__(self, step: int, parts: dict[str, float]) -> None:
        """Show the loss of a step and write its parts down."""
        self._progress.update(self._bar, completed=step,
                              description=f'loss {sum(parts.values()):.3f}')
        self._table.add(step, parts)
