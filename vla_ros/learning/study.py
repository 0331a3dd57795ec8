"""What is asked about a policy on a suite, answered in one report."""
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace

from vla_ros.learning.comparison import paired
from vla_ros.learning.evaluate import evaluate, Outcome, Plan, report_of, summary
from vla_ros.learning.other_words import can_be_told_otherwise
from vla_ros.learning.robustness import AS_IT_IS, variants

OTHER_WORDS = 'other words'


@dataclass(frozen=True)
class Questions:
    """What is asked besides how often it does what it is told."""

    against: str | None = None
    """A policy that is to be compared on the same episodes."""
    other_words: bool = False
    """Whether it does something else in the same scene when it is told something else."""
    robustness: float | None = None
    """Strength of the randomisations that it is to bear, 0 to 1."""

    def plans(self, plan: Plan) -> dict[str, Plan]:
        """Return the plans that have to be run, by name; the first is the plan itself."""
        others = {}
        if self.against:
            others[self.against] = replace(plan, policy=self.against)
        if self.other_words and can_be_told_otherwise(plan.task(0)):
            others[OTHER_WORDS] = replace(plan, has_other_words=True)
        if self.robustness is not None:
            others |= variants(plan, self.robustness)
            del others[AS_IT_IS]
        return {AS_IT_IS: plan, **others}


def study(plan: Plan, episodes: int, jobs: int, questions: Questions,
          report: Callable[[str, Outcome], None]) -> tuple[dict, list[Outcome]]:
    """
    Run a plan and what is asked besides; return the report and the plan's outcomes.

    :param report: called after each episode with (what is run, its outcome).
    """
    ended: dict[str, list[Outcome]] = {}
    for name, asked in questions.plans(plan).items():
        ended[name] = []
        for outcome in evaluate(asked, episodes, jobs):
            ended[name].append(outcome)
            report(name, outcome)
    own = ended[AS_IT_IS]
    return {'policy': plan.policy, 'seed': plan.seed, **report_of(plan.suite, own),
            **_answers(own, ended, questions)}, own


def _answers(own: list[Outcome], ended: dict[str, list[Outcome]], questions: Questions) -> dict:
    answers = {}
    if questions.against:
        other = ended[questions.against]
        answers['against'] = {'policy': questions.against, **summary(other),
                              **paired(own, other).document()}
    if OTHER_WORDS in ended:
        answers['other_words'] = paired(own, ended[OTHER_WORDS]).document()
    if questions.robustness is not None:
        known = {AS_IT_IS, OTHER_WORDS, questions.against}
        answers['robustness'] = {'strength': questions.robustness, 'variants': {
            name: {**summary(outcomes), **_change(own, outcomes)}
            for name, outcomes in ended.items() if name not in known}}
    return answers


def _change(own: list[Outcome], other: list[Outcome]) -> dict:
    """Return how much less often the same episodes succeed, and how likely that is by chance."""
    pairs = paired(own, other)
    return {'lost': pairs.difference, 'p_value': pairs.p_value}


def outcome_rows(outcomes: list[Outcome]) -> list[dict]:
    """Return outcomes as JSON, in order."""
    return [asdict(o) for o in sorted(outcomes, key=lambda o: o.index)]
