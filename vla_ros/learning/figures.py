"""A measured figure beside the bar that it has to reach."""
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One row of the report on the models."""

    area: str
    measure: str
    value: float
    bar: float
    is_at_least: bool = True
    """Whether the value must not be below the bar; else it must not be above."""

    @property
    def holds(self) -> bool:
        """Return whether the value reaches its bar; what is no number does not."""
        return self.value >= self.bar if self.is_at_least else self.value <= self.bar

    def document(self) -> dict:
        """Return the row as JSON."""
        return {'area': self.area, 'measure': self.measure, 'value': round(self.value, 5),
                'bar': self.bar, 'is_at_least': self.is_at_least, 'holds': bool(self.holds)}
