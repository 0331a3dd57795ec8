"""When a person steered: the times of corrections within an episode."""
from collections.abc import Collection

_LIVE = 'live: '


def steers(gate_state: str, inputs: Collection[str]) -> bool:
    """Return whether a state of the gate, such as 'live: teleop', names one of the inputs."""
    return gate_state.startswith(_LIVE) and gate_state.removeprefix(_LIVE) in inputs


class Corrections:
    """Notes the spans of an episode in which a person steers."""

    def __init__(self, start_ns: int, is_steered: bool):
        self._start_ns = start_ns
        self._ended: list[tuple[float, float]] = []
        self._since_s = 0.0 if is_steered else None

    @property
    def is_steered(self) -> bool:
        """Return whether a person steers now."""
        return self._since_s is not None

    def note(self, is_steered: bool, stamp_ns: int) -> None:
        """Take whether a person steers from now on."""
        if is_steered and self._since_s is None:
            self._since_s = self._after_s(stamp_ns)
        elif not is_steered and self._since_s is not None:
            self._ended.append((self._since_s, self._after_s(stamp_ns)))
            self._since_s = None

    def spans(self, now_ns: int) -> tuple[tuple[float, float], ...]:
        """Return from and to of each, in seconds after the start; one that goes on ends now."""
        if self._since_s is None:
            return tuple(self._ended)
        return (*self._ended, (self._since_s, self._after_s(now_ns)))

    def _after_s(self, stamp_ns: int) -> float:
        return max(0, stamp_ns - self._start_ns) / 1e9
