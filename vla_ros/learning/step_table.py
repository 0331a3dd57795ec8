"""Figures step by step, as a table on disk that goes on where training goes on."""
from collections.abc import Iterable, Mapping
import csv
from pathlib import Path

STEP = 'step'


class StepTable:
    """
    A CSV file with a row for each step; figures that come later get columns of their own.

    The first row that is added says where training goes on: rows of that step and of later ones,
    from before a kill, are dropped.
    """

    def __init__(self, file: Path):
        self._file = file
        self._columns: list[str] | None = None

    def add(self, step: int, figures: Mapping[str, float]) -> None:
        """Write the figures of a step, whose number has to rise."""
        if self._columns is None:
            self._begin(step)
        if new := [name for name in figures if name not in self._columns]:
            self._write([*self._columns, *new], _rows_of(self._file))
        with self._file.open('a', newline='') as file:
            csv.DictWriter(file, self._columns, lineterminator='\n').writerow(
                {STEP: step, **{name: f'{value:.5f}' for name, value in figures.items()}})

    def _begin(self, step: int) -> None:
        rows = _rows_of(self._file)
        columns = list(rows[0]) if rows else [STEP]
        self._write(columns, (row for row in rows if int(row[STEP]) < step))

    def _write(self, columns: list[str], rows: Iterable[dict]) -> None:
        self._columns = columns
        self._file.parent.mkdir(parents=True, exist_ok=True)
        partial = self._file.with_suffix('.partial')
        with partial.open('w', newline='') as file:
            writer = csv.DictWriter(file, columns, lineterminator='\n')
            writer.writeheader()
            writer.writerows(rows)
        partial.rename(self._file)


def read_steps(file: Path) -> dict[str, list[tuple[int, float]]]:
    """Return (step, value) of each column of a table; nothing where there is none."""
    columns: dict[str, list[tuple[int, float]]] = {}
    for row in _rows_of(file):
        for name, value in row.items():
            if name != STEP and value:
                columns.setdefault(name, []).append((int(row[STEP]), float(value)))
    return columns


def _rows_of(file: Path) -> list[dict[str, str]]:
    """Return the rows of a table, but for a last one that was cut off."""
    if not file.is_file():
        return []
    lines = file.read_text().splitlines(keepends=True)
    return list(csv.DictReader(line for line in lines if line.endswith('\n')))
