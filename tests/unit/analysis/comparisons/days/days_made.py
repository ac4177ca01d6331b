"""Registers whose rows have lasted so many days, and what the door tells of a comparison of them."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from snapshots_made import Row, make_snapshot

from skillnad.analysis.comparisons.questions import REST, Comparison
from skillnad.analysis.door import ask
from skillnad.analysis.formulas.verdicts import Verdict
from skillnad.analysis.questions import Duration, Selection
from skillnad.analysis.results import ProtectedTable
from skillnad.codebook.periods import Period

AS_OF = date(2025, 12, 31)
ENDED = Selection(period=Period(date(2020, 1, 1), date(2026, 1, 1)), event="end_date")
"""Rows that are chosen by when they ended: none is open."""
Groups = Mapping[str, tuple[Iterable[int], Iterable[int]]]
"""By group: the days of what has ended, and those so far of what is open."""


def rows_of(groups: Groups, column: str = "unit") -> list[Row]:
    """Both kinds of row are seen on the snapshot's day."""
    return [
        {column: code, "start_date": AS_OF - timedelta(days=days), "end_date": AS_OF if over else ""}
        for code, (ended, still_open) in groups.items()
        for over, each in ((True, ended), (False, still_open))
        for days in each
    ]


def asked(
    groups: Groups,
    selection: Selection | None = None,
    *,
    against: str = REST,
    column: str = "unit",
    within: tuple[int, ...] = (),
    engine: str = "",
) -> ProtectedTable:
    question = Comparison(Duration("start_date", "end_date", selection or Selection(), (column,), within), against)
    with TemporaryDirectory() as folder:
        snapshot = make_snapshot(Path(folder), as_of=AS_OF, interventions=rows_of(groups, column))
        return ask(snapshot, question, engine=engine)


def told(table: ProtectedTable, measure: str, code: str) -> tuple[float | None, ...]:
    """A figure and the ends of its interval."""
    return tuple(table.cells[f"{measure}{end}"].get((code,)) for end in ("", "_low", "_high"))


def verdict(table: ProtectedTable, code: str, measure: str = "verdict") -> Verdict:
    said = table.cells[measure][code,]
    assert said is not None
    return list(Verdict)[int(said)]


def spread(middle: int, n: int, step: int = 1) -> list[int]:
    """n different days about a middle."""
    return [middle + step * (place - n // 2) for place in range(n)]
