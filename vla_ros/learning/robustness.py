"""How much a policy loses where the world is not as it was trained: one change alone, or all."""
from dataclasses import replace

from vla_ros.learning.evaluate import Plan
from vla_ros.sim.randomisation import Kind, Randomisation

AS_IT_IS, TOGETHER = 'as it is', 'together'


def variants(plan: Plan, strength: float) -> dict[str, Plan]:
    """
    Return a plan as it is, with each kind of randomisation alone, and with all of them.

    Episodes have the same scenes and words in all.

    :raises InvalidValueError: if the strength is not within 0 to 1.
    """
    changes = {AS_IT_IS: frozenset(), **{kind.value: frozenset([kind]) for kind in Kind},
               TOGETHER: frozenset(Kind)}
    return {name: replace(plan, randomisation=Randomisation(kinds, strength))
            for name, kinds in changes.items()}
