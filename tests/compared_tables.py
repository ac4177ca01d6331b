"""Comparative tables out of literal counts, made as the door makes them, for tests of what comes after it."""

from collections.abc import Mapping, Sequence
from itertools import product

from made_tables import CASES, PROVENANCE, axis

from skillnad.analysis.comparisons.courses import over_time
from skillnad.analysis.comparisons.made import Made
from skillnad.analysis.comparisons.pairs import answered, paired
from skillnad.analysis.comparisons.places import in_a_funnel, ranked
from skillnad.analysis.comparisons.questions import (
    Chart,
    Comparative,
    Comparison,
    Funnel,
    OverTime,
    Paired,
    Ranking,
    ResponseRate,
)
from skillnad.analysis.comparisons.shares import compared_shares
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.protection import Protected
from skillnad.analysis.questions import Count, Duration, Selection, Share, Where
from skillnad.analysis.results import (
    _MINT,
    MISSING_LEVEL,
    NO,
    TOTAL,
    UNKNOWN_OUTCOME,
    YES,
    Axis,
    Key,
    Level,
    LevelKind,
    Measure,
    MeasureKind,
    ProtectedTable,
)
from skillnad.codebook.snapshot_schema import Population

Numbers = Mapping[str, tuple[int | None, int | None]]
GOALS = Where("goal_attainment", ("1", "3"))
FOUR: Numbers = {"1": (80, 120), "2": (20, 180), "3": (5, 5), "4": (None, None)}
"""Two groups that differ, one of too few, one that is hidden."""
TWO: Numbers = {"1": (66, 54), "2": (52, 78)}


def share_of(column: str = "legal_sex", selection: Selection = CASES) -> Share:
    return Share(GOALS, selection, by=(column,))


def compared(groups: Numbers, *, column: str = "legal_sex", against: str = "", label: str = "") -> ProtectedTable:
    """A Comparison of shares: (yes, no) a group; everyone is their sum."""
    question = Comparison(share_of(column), against)
    group = axis(column, *groups, label=label)
    return minted(question, compared_shares(question, (outcome(), group), counts_of(groups)))


def counts_of(groups: Numbers) -> dict[Key, int | None]:
    """What the door shows of the plain question: outcome by group; what is hidden is of ten, five each way."""
    everyone = {MISSING_LEVEL: (0, 0), **groups}
    counts: dict[Key, int | None] = {}
    for code, (yes, no) in everyone.items():
        counts |= {(YES, code): yes, (NO, code): no, (UNKNOWN_OUTCOME, code): 0, (MISSING_LEVEL, code): 0}
    for place, way in enumerate((YES, NO)):
        counts[way, TOTAL] = sum(5 if numbers[place] is None else numbers[place] or 0 for numbers in everyone.values())
    return counts


def outcome() -> Axis:
    return axis("share:goal_attainment", YES, NO)


def minted(question: Comparative, made: Made) -> ProtectedTable:
    return ProtectedTable(
        mint=_MINT,
        question=question,
        axes=made.axes,
        measures=made.measures,
        cells=made.cells,
        left_out=made.left_out,
        provenance=PROVENANCE,
    )


UNITS: Numbers = {"1": (60, 40), "2": (5, 95), "3": (10, 30), "4": (None, None)}
"""One unit far above, one far below, one that is like all, one that is hidden."""


def ranked_units(groups: Numbers = UNITS, *, highest_first: bool = True) -> ProtectedTable:
    made = ranked(Ranking(share_of("unit")), (outcome(), axis("unit", *groups)), counts_of(groups))
    return minted(Ranking(share_of("unit"), highest_first), made)


def funnel_of_units(groups: Numbers = UNITS, *, target: float | None = None) -> ProtectedTable:
    question = Funnel(share_of("unit"), target)
    return minted(question, in_a_funnel(question, (outcome(), axis("unit", *groups)), counts_of(groups)))


def course(
    values: Sequence[int | None], *, chart: Chart = Chart.RUN, first: int = 2022, kind: MeasureKind = MeasureKind.COUNT
) -> ProtectedTable:
    """Counts, or medians of days, month by month from January of the year `first`."""
    months = [f"{first + place // 12}-{place % 12 + 1:02}" for place in range(len(values))]
    time = axis("month:intake_date", *months, label="Datum")
    of = Count(Selection(Population.CASES), by=("month:intake_date",))
    days = Duration("intake_date", "decision_date", Selection(Population.CASES), by=("month:decision_date",))
    question = OverTime(of if kind is MeasureKind.COUNT else days, chart)
    id = "count" if kind is MeasureKind.COUNT else "median"
    cells = {(code,): value for code, value in zip(months, values, strict=True)} | {(MISSING_LEVEL,): 0}
    shown = Protected((Measure(id, "Antal", kind),), {id: {**cells, (TOTAL,): None}}, ())
    return minted(question, over_time(question, (time,), shown, PROVENANCE.as_of))


def paired_judgements(both: int, first: int, second: int, neither: int) -> ProtectedTable:
    """How many hold both judgements, the first alone, the second alone, none."""
    question = Paired(GOALS, Where("rating", ("1",)), CASES)
    counts = {(YES, "1"): both, (YES, "2"): first, (NO, "1"): second, (NO, "2"): neither}
    axes = (_judged(), axis("rating", "1", "2"))
    return minted(question, paired(question, axes, _with_margins(axes, counts), DEFAULT))


def answers(groups: Mapping[str, tuple[int, int, int]]) -> ProtectedTable:
    """Who answered so, who answered else, and who did not, of each group."""
    question = ResponseRate("goal_attainment", ("1",), CASES, ("unit",))
    axes = (_judged(), axis("unit", *groups))
    given = (YES, NO, MISSING_LEVEL)
    counts = {(way, code): told[place] for code, told in groups.items() for place, way in enumerate(given)}
    return minted(question, answered(question, axes, _with_margins(axes, counts), DEFAULT))


def _judged() -> Axis:
    levels = (Level(YES, "Ja"), Level(NO, "Nej"), Level(UNKNOWN_OUTCOME, "Vet ej", LevelKind.UNKNOWN))
    return Axis("share:goal_attainment", "Mål", (*levels, Level(MISSING_LEVEL, "Saknas", LevelKind.MISSING)))


def _with_margins(axes: tuple[Axis, ...], counts: Mapping[Key, int]) -> dict[Key, int]:
    every = [[level.code for level in axis.levels] for axis in axes]
    return {
        (one, other): sum(number for (a, b), number in counts.items() if one in (a, TOTAL) and other in (b, TOTAL))
        for one, other in product([*every[0], TOTAL], [*every[1], TOTAL])
    }
