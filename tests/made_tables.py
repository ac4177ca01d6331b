"""Protected tables out of literal numbers, for tests of what comes after the door. A number that is None is a gap.

This is the one place in the tests that reaches the private mint of `analysis.results`.
"""

from collections.abc import Mapping
from datetime import date
from itertools import product
from typing import Any

from skillnad.analysis.axes import axes_of
from skillnad.analysis.comparisons.questions import Asked
from skillnad.analysis.formulas.shares import cross_shares, outcome_shares
from skillnad.analysis.questions import (
    Count,
    CrossTable,
    Duration,
    Flow,
    Percent,
    Question,
    Selection,
    Share,
    Sum,
    Where,
)
from skillnad.analysis.results import (
    _MINT,
    MISSING_LEVEL,
    NO,
    TOTAL,
    UNKNOWN_OUTCOME,
    YES,
    Axis,
    Key,
    LeftOut,
    Level,
    LevelKind,
    Measure,
    MeasureKind,
    ProtectedTable,
    Provenance,
)
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population

Number = int | float | None
YEAR = Period.year(2025)
CASES = Selection(Population.CASES, YEAR)
LABELS = {"1": "Ett", "2": "Två", "3": "Tre", "4": "Fyra", "5": "Fem", "x": "Vet ej", MISSING_LEVEL: "Uppgift saknas"}
PROVENANCE = Provenance("5" * 64, date(2025, 12, 31), "cases", "a" * 64, "kommun-12345678")


def axis(id: str, *codes: str, multiple: bool = False, label: str = "") -> Axis:
    """An axis with these codes; `x` is unknown, and the missing stands last whether or not it is given."""
    kinds = {"x": LevelKind.UNKNOWN, MISSING_LEVEL: LevelKind.MISSING}
    every = dict.fromkeys((*codes, MISSING_LEVEL))
    levels = tuple(Level(code, LABELS.get(code, code), kinds.get(code, LevelKind.VALUE)) for code in every)
    return Axis(id, label or id.capitalize(), levels, multiple)


def made(
    question: Asked,
    axes: tuple[Axis, ...],
    cells: Mapping[str, Mapping[Key, Number]],
    left_out: tuple[LeftOut, ...] = (),
    measures: tuple[Measure, ...] = (),
) -> ProtectedTable:
    return ProtectedTable(
        mint=_MINT,
        question=question,
        axes=axes,
        measures=measures or tuple(Measure(id, id, MeasureKind.COUNT) for id in cells),
        cells=cells,
        left_out=left_out,
        provenance=PROVENANCE,
    )


def frequency(
    numbers: Mapping[str, Number],
    *,
    column: str = "problem",
    total: Number = 0,
    selection: Selection = CASES,
    multiple: bool = False,
    left_out: tuple[LeftOut, ...] = (),
) -> ProtectedTable:
    """A Count by one column. A total that is not given is the sum of what is shown."""
    cells: dict[Key, Number] = {(code,): number for code, number in {MISSING_LEVEL: 0, **numbers}.items()}
    cells[(TOTAL,)] = sum(number or 0 for number in cells.values()) if total == 0 else total
    return made(Count(selection, (column,)), (axis(column, *numbers, multiple=multiple),), {"count": cells}, left_out)


def cross(
    numbers: Mapping[tuple[str, str], Number],
    *,
    rows: str = "goal_attainment",
    columns: str = "legal_sex",
    percent: Percent = Percent.COLUMNS,
) -> ProtectedTable:
    """A CrossTable without anything missing; margins are sums, and a gap where a part is one."""
    down, across = (list(dict.fromkeys(key[place] for key in numbers)) for place in (0, 1))
    axes = (axis(rows, *down), axis(columns, *across))
    counts: dict[Key, Number] = dict.fromkeys(product((*down, MISSING_LEVEL), (*across, MISSING_LEVEL)), 0)
    counts.update(numbers)
    for left, right in product((*down, MISSING_LEVEL, TOTAL), (*across, MISSING_LEVEL, TOTAL)):
        if TOTAL in (left, right):
            counts[left, right] = _sum_of(counts, left, right)
    shares = cross_shares(counts, axes, percent)  # type: ignore[arg-type]
    meant = {key: part for key, part in shares.items() if part is not None or _is_gap(counts, key)}
    return made(CrossTable(rows, columns, CASES, percent), axes, {"count": counts, "share": meant})


def _sum_of(counts: Mapping[Key, Number], left: str, right: str) -> Number:
    parts = [n for (a, b), n in counts.items() if TOTAL not in (a, b) and left in (a, TOTAL) and right in (b, TOTAL)]
    return None if None in parts else sum(part or 0 for part in parts)


def _is_gap(counts: Mapping[Key, Number], key: Key) -> bool:
    return counts[key] is None or counts[TOTAL, key[1]] is None or counts[key[0], TOTAL] is None


def durations(groups: Mapping[str, tuple[Number, Number]], *, column: str = "legal_sex") -> ProtectedTable:
    """A Duration by a column: (n, median) a group, TOTAL as "*"; quartiles are half and twice the median."""

    def days(factor: float) -> dict[Key, Number]:
        return {(g,): None if middle is None else middle * factor for g, (n, middle) in groups.items() if n != 0}

    cells: dict[str, Mapping[Key, Number]] = {
        "count": {(MISSING_LEVEL,): 0, **{(g,): n for g, (n, _) in groups.items()}},
        "q1": days(0.5),
        "median": days(1),
        "q3": days(2),
        "p90": days(3),
    }
    question = Duration("intake_date", "decision_date", Selection(Population.CASES, YEAR, "decision_date"), (column,))
    return made(question, (axis(column, *(g for g in groups if g != TOTAL)),), cells)


def shared(groups: Mapping[str, tuple[Number, Number]], *, column: str = "age_group") -> ProtectedTable:
    """A Share by a column: (yes, no) a group, everyone as "*"."""
    levels = (Level(YES, "I tid"), Level(NO, "Annat"))
    outside = (Level(UNKNOWN_OUTCOME, "Vet ej", LevelKind.UNKNOWN), Level(MISSING_LEVEL, "", LevelKind.MISSING))
    outcome = Axis("share:review_in_time", "Omprövning i tid", levels + outside)
    counts: dict[Key, Number] = {}
    for group, (yes, no) in groups.items():
        whole = None if yes is None or no is None else yes + no
        counts |= {(YES, group): yes, (NO, group): no, (UNKNOWN_OUTCOME, group): 0, (MISSING_LEVEL, group): 0}
        counts[TOTAL, group] = whole
    shares = {
        (YES, group): None if yes is None or no is None else yes / max(1, yes + no)
        for group, (yes, no) in groups.items()
    }
    by = axis(column, *(group for group in groups if group != TOTAL))
    question = Share(Where("review_in_time", ("in_time",)), Selection(Population.REVIEWS, YEAR), (column,))
    return made(question, (outcome, by), {"count": counts, "share": shares})


def flow(start: Number, new: Number, closed: Number, end: Number) -> ProtectedTable:
    """A Flow of one year that is not told by month."""
    codes = ("ongoing_start", "new", "closed", "ongoing_end")
    told = Axis("flow", "Flöde", tuple(Level(code, code) for code in codes), multiple=True)
    return made(
        Flow(YEAR), (told,), {"count": dict(zip(((c,) for c in codes), (start, new, closed, end), strict=True))}
    )


def invented(snapshot: Any, question: Question, *, hidden: bool = False) -> ProtectedTable:
    """An answer to any question of a snapshot that has columns but need not have rows: all gaps, or made-up numbers."""
    axes = axes_of(snapshot, question)
    keys = list(product(*(((*(level.code for level in axis.levels), TOTAL)) for axis in axes)))
    counts: dict[Key, Number] = {key: None if hidden else _number(axes, key) for key in keys}
    cells: dict[str, Mapping[Key, Number]] = {"count": counts}
    match question:
        case Duration():
            cells |= {
                m: dict.fromkeys(keys, None if hidden else 30.5 * n)
                for n, m in enumerate(("q1", "median", "q3", "p90"), 1)
            }
        case Sum():
            cells |= {"sum": dict.fromkeys(keys, None if hidden else 125000.0), "clients": counts}
        case Share():
            cells["share"] = {(YES, *key): part for key, part in outcome_shares(counts, axes).items()}  # type: ignore[arg-type]
        case CrossTable(percent=percent) if percent is not Percent.NONE:
            cells["share"] = cross_shares(counts, axes, percent)  # type: ignore[arg-type]
    return made(question, axes, cells)


def _number(axes: tuple[Axis, ...], key: Key) -> int:
    """Inner cells grow with their levels' places, so that something is most common; totals are larger than all."""
    places = [
        [level.code for level in axis.levels].index(code) + 1
        for axis, code in zip(axes, key, strict=True)
        if code != TOTAL
    ]
    return 10 * sum(places) if len(places) == len(axes) and places else 5000 // (1 + len(places))
