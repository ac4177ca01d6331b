"""Tables of comparisons out of literal numbers: shares worked out as the door does, all else as given."""

from collections.abc import Mapping
from dataclasses import replace

from made_tables import YEAR, axis, made

from skillnad.analysis.comparisons.made import with_ends
from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.comparisons.shares import compared_shares
from skillnad.analysis.questions import Duration, Selection, Share, Where
from skillnad.analysis.results import (
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

OUTCOME = Axis(
    "share:goal_attainment",
    "Mål",
    (
        Level(YES, "Ja"),
        Level(NO, "Nej"),
        Level(UNKNOWN_OUTCOME, "Vet ej", LevelKind.UNKNOWN),
        Level(MISSING_LEVEL, "Saknas", LevelKind.MISSING),
    ),
)
ENDED = Selection(period=YEAR, event="end_date")
Ends = tuple[float | None, float | None, float | None, float | None]
"""A difference, its lower and upper end, and p; None is what cannot be told."""
ADJUSTED = (
    *with_ends(Measure("adjusted", "Justerad andel", MeasureKind.SHARE)),
    *with_ends(Measure("adjusted_difference", "Justerad skillnad", MeasureKind.POINTS)),
    Measure("adjusted_p", "Justerat p", MeasureKind.CHANCE),
)


def compared_groups(
    groups: Mapping[str, tuple[int | None, int | None]],
    *,
    column: str = "legal_sex",
    adjusted: Mapping[str, Ends] | None = None,
    against: str = "",
    adjusted_for: tuple[str, ...] = (),
    of: Where = Where("goal_attainment", ("1", "3")),
    selection: Selection = ENDED,
    relevant: float | None = None,
) -> ProtectedTable:
    """How many of each group hold it, of how many; None is hidden. The total is the sum of what is shown."""
    plain = Share(of, selection, (column,))
    question = Comparison(plain, against=against, adjusted_for=adjusted_for, relevant=relevant)
    by = axis(column, *groups)
    told = compared_shares(question, (OUTCOME, by), _counts(groups))
    table = made(question, told.axes, told.cells, measures=told.measures)
    return _with_adjusted(table, adjusted) if adjusted is not None else table


def _counts(groups: Mapping[str, tuple[int | None, int | None]]) -> dict[Key, int | float | None]:
    counts: dict[Key, int | float | None] = {(YES, MISSING_LEVEL): 0, (NO, MISSING_LEVEL): 0}
    for code, (part, whole) in groups.items():
        counts[YES, code] = part
        counts[NO, code] = None if part is None or whole is None else whole - part
    for outcome in (YES, NO):
        counts[outcome, TOTAL] = sum(number or 0 for (held, _), number in counts.items() if held == outcome)
    return counts


def _with_adjusted(table: ProtectedTable, adjusted: Mapping[str, Ends]) -> ProtectedTable:
    names = ("adjusted_difference", "adjusted_difference_low", "adjusted_difference_high", "adjusted_p")
    more = {name: {(code,): ends[place] for code, ends in adjusted.items()} for place, name in enumerate(names)}
    question = replace(table.question, adjusted_for=table.question.adjusted_for or ("problem", "age_group"))  # type: ignore[type-var, union-attr]
    return made(question, table.axes, {**table.cells, **more}, measures=(*table.measures, *ADJUSTED))


def compared_days(
    groups: Mapping[str, Ends], medians: Mapping[str, float], seen: float = 5.0, relevant: float | None = None
) -> ProtectedTable:
    """Medians of days by sex, and each group's difference."""
    difference = with_ends(Measure("difference", "Skillnad", MeasureKind.DAYS))
    measures = (
        Measure("median", "Median", MeasureKind.DAYS),
        *difference,
        Measure("p", "p", MeasureKind.CHANCE),
        Measure("seen", "Minsta", MeasureKind.DAYS),
    )
    cells: dict[str, Mapping[Key, int | float | None]] = {
        "median": {(code,): days for code, days in medians.items()},
        "seen": {(code,): seen for code in groups},
    }
    for place, name in enumerate([*(measure.id for measure in difference), "p"]):
        cells[name] = {(code,): ends[place] for code, ends in groups.items()}
    question = Comparison(Duration("start_date", "end_date", ENDED, ("legal_sex",)), relevant=relevant)
    return made(question, (axis("legal_sex", "1", "2"),), cells, measures=measures)
