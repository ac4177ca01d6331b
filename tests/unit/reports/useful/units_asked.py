"""The ladder's tables: of rows, protected as always; or out of literal numbers, where None is a gap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from made_tables import axis, made
from snapshots_made import make_snapshot

from skillnad.analysis.door import ask
from skillnad.analysis.questions import CrossTable
from skillnad.analysis.results import MISSING_LEVEL, TOTAL, Axis, Key, ProtectedTable
from skillnad.codebook.periods import Period
from skillnad.reports.contents.useful import GOALS

YEAR = Period.year(2025)
Number = int | float | None
Answers = Sequence[int]
GROUPS = tuple(GOALS.groups)


@dataclass(frozen=True)
class Shown:
    """What a table shows of one unit: of how many, and its first answers; the others are 0."""

    of: Number
    answers: Sequence[Number] = ()


NONE = Shown(0)
PLENTY = Shown(100, (60, 20, 20))
"""A unit that stands on the first step."""


def asked(folder: Path, units: Mapping[str, tuple[Answers, Answers]]) -> list[ProtectedTable]:
    """Each unit (A, B or C, all of one committee) with its answers of the year, and of the year before: the number of
    each answer from code 1 on."""
    rows = [
        {"unit": unit, "committee": "S", "goal_attainment": code, "end_date": day}
        for unit, years in units.items()
        for day, answers in zip(("2025-03-01", "2024-03-01"), years, strict=True)
        for code, many in enumerate(answers, start=1)
        for _ in range(many)
    ]
    snapshot = make_snapshot(folder, interventions=rows)
    return [ask(snapshot, question(YEAR)) for question in (GOALS.answers, GOALS.in_groups, GOALS.longer)]


def told(**units: tuple[Shown, Shown, Shown, str]) -> tuple[ProtectedTable, ...]:
    """Literal tables: what each unit shows on the first three steps, and what it is a part of. What a parent's own
    figure shows is said as of a unit of the parent's name, in lower case."""
    parents = {name: parent for name, (*_, parent) in units.items() if name != parent.lower()}
    steps: list[dict[str, Shown]] = [{name: shown[step] for name, shown in units.items()} for step in range(3)]
    own = [{name: each for name, each in step.items() if name in parents} for step in steps]
    return (
        _table(GOALS.answers(YEAR), list("123456"), own[0]),
        _table(GOALS.in_groups(YEAR), GROUPS, own[1]),
        _by_parent(own[2], parents, steps[2]),
    )


def _table(question: CrossTable, codes: Sequence[str], units: Mapping[str, Shown]) -> ProtectedTable:
    axes = (replace(axis(question.rows, *codes)), _units(units))
    counts = {key: count for name, shown in units.items() for key, count in _cells(codes, shown, name)}
    return _made(question, axes, counts)


def _by_parent(units: Mapping[str, Shown], parents: Mapping[str, str], every: Mapping[str, Shown]) -> ProtectedTable:
    names = tuple(dict.fromkeys(parents.values()))
    axes = (axis(GOALS.grouped, *GROUPS), _units(units), axis("committee", *names))
    counts: dict[Key, Number] = {}
    for name, shown in units.items():
        for parent in (*names, MISSING_LEVEL, TOTAL):
            mine = shown if parent in (parents[name], TOTAL) else NONE
            counts |= dict(_cells(GROUPS, mine, name, parent))
    for parent in names:
        counts |= dict(_cells(GROUPS, every.get(parent.lower(), NONE), TOTAL, parent))
    return _made(GOALS.longer(YEAR), axes, counts)


def _units(units: Mapping[str, Shown]) -> Axis:
    return axis("unit", *units, label="Enhet")


def _cells(codes: Sequence[str], shown: Shown, *places: str) -> list[tuple[Key, Number]]:
    numbers = [*shown.answers, *(0 for _ in codes[len(shown.answers) :])]
    cells: list[tuple[Key, Number]] = [((code, *places), n) for code, n in zip(codes, numbers, strict=True)]
    return [*cells, ((MISSING_LEVEL, *places), 0), ((TOTAL, *places), shown.of)]


def _made(question: CrossTable, axes: tuple[Axis, ...], counts: dict[Key, Number]) -> ProtectedTable:
    wholes = {key: counts[TOTAL, *key[1:]] for key in counts}
    shares = {key: n / whole if n is not None and (whole := wholes[key]) else None for key, n in counts.items()}
    return made(question, axes, {"count": counts, "share": shares})
