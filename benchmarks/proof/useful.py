"""How many units have a figure that can be used, where each has some twenty answers a year on five options."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.few_answers import Municipality, few_answers
from benchmarks.proof import Line, Outcome
from skillnad.analysis.protected_set import ProtectedSet
from skillnad.codebook.periods import Period
from skillnad.reports.contents.useful import goals_of
from skillnad.reports.useful.ladder import Step
from skillnad.reports.useful.reach import Reach, reach
from skillnad.reports.useful.standing import USUAL, Rule, Steps, standings, steps_of

YEAR = Period.year(2025)
SEEDS = 5
GOAL = 0.9
"""Of the units, that have a figure by the usual rule, where all who were asked have answered."""


@dataclass(frozen=True)
class Case:
    """A municipality, and by which rule its figures are of use; `asked` whether the goal is of it."""

    name: str
    of: Municipality
    rule: Rule
    asked: bool = False


CASES = (
    Case("100 units, 20 answers a year, half of the answers shown", Municipality(), USUAL, asked=True),
    Case("the same, every answer shown", Municipality(), Rule(told=1.0)),
    Case("the same, 10 answers a year", Municipality(answers=10), USUAL),
    Case("the same, 20 answers a year of which 5 % are missing", Municipality(missing=0.05), USUAL),
    Case("11 units of two committees, 20 answers a year", Municipality(units=11, districts=2), USUAL),
)


def useful(share: float, seed: int) -> Outcome:
    """Each case in as many made-up municipalities as the share asks for."""
    begun = time.perf_counter()
    lines = [line for case in CASES for line in _lines(case, range(seed, seed + max(1, round(SEEDS * share))))]
    return Outcome(lines, time.perf_counter() - begun)


def _lines(case: Case, seeds: range) -> Iterator[Line]:
    begun = time.perf_counter()
    found = [reached(case, seed) for seed in seeds]
    units = sum(each.units for each in found)
    with_steps, without = sum(each.reached for each in found), sum(each.without for each in found)
    steps = ", ".join(f"{step.name.lower()} {sum(each.at(step) for each in found)}" for step in Step)
    told = f"{units} units: {with_steps / units:.0%} with the steps, {without / units:.0%} without ({steps})"
    yield Line(case.name, told, time.perf_counter() - begun, not case.asked or with_steps >= GOAL * units)


def reached(case: Case, seed: int) -> Reach:
    """How many units the steps reach in one made-up municipality."""
    with TemporaryDirectory(prefix="skillnad-useful-") as folder:
        return reach(standings(steps(ProtectedSet(few_answers(Path(folder) / "s", case.of, seed=seed))), case.rule))


def steps(answers: ProtectedSet) -> Steps:
    """The steps' tables, protected together."""
    ladder = goals_of(answers.snapshot.manifest)
    asked = [ladder.answers(YEAR), ladder.in_groups(YEAR), ladder.longer(YEAR)]
    answers.precompute(asked, workers=1)
    return steps_of(ladder, [answers.get_or_protect(question) for question in asked])
