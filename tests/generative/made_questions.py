"""Random snapshots and random questions for Hypothesis. Levels and days are few, so that cells meet."""

from datetime import date
from pathlib import Path

from hypothesis import strategies as st
from snapshots_made import Row, make_snapshot

from skillnad.analysis.banded import banded_of
from skillnad.analysis.calendars import known_of
from skillnad.analysis.made_columns import stored_behind
from skillnad.analysis.merged import ungrouped
from skillnad.analysis.questions import (
    ONGOING,
    Change,
    Count,
    CrossTable,
    Duration,
    Flow,
    Percent,
    Question,
    Selection,
    Sequence,
    Share,
    Sum,
    Where,
)
from skillnad.analysis.selection import calendar_period
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.periods import Period

UNITS = ["", "A", "B", "C"]
CODES = {
    "unit": UNITS,
    "legal_sex": ["", "1", "2"],
    "origin": ["", "1", "3", "5"],
    "adherence_to_plan": ["", "1", "2", "3"],
}
SEVERAL = {"problem": ["1", "2", "35"], "language": ["sv", "ar", "x"]}
DATES = ["start_date", "end_date", "decision_date"]
KNOWN = {f"known:{day}": ["1", "2"] for day in DATES}
MERGED = [
    "merged:origin:One=3;Two=1,2",
    "merged:unit:North=A;South=B,C",
    "merged:problem:Few=1;More=2,14",
    "merged:language:All=sv",
]
BANDED = {
    "days:start_date..end_date:5,30": ["under", "5", "30"],
    "days:decision_date..start_date:1": ["under", "1"],
    "number:amount:0,100": ["under", "0", "100"],
}
AXES = [*CODES, *SEVERAL, *KNOWN, "month:start_date", "quarter:end_date", "year:decision_date", *MERGED, *BANDED]
DAYS = st.dates(date(2024, 11, 20), date(2025, 3, 10))
PERIODS = ["2024", "2025", "2025-01", "2025Q1", "2024H2", "2024-12-10..2025-01-20", "2030"]


def rows() -> st.SearchStrategy[list[Row]]:
    row = st.fixed_dictionaries(
        {"client": st.one_of(st.just(""), st.integers(1, 5)), "amount": st.one_of(st.just(""), st.integers(-5, 900))}
        | {name: st.sampled_from(codes) for name, codes in CODES.items()}
        | {name: st.lists(st.sampled_from(codes), unique=True).map(";".join) for name, codes in SEVERAL.items()}
        | dict.fromkeys(DATES, st.one_of(st.just(""), DAYS))
    )
    return st.lists(row, max_size=25)


def snapshot_of(folder: Path, rows: list[Row]) -> Snapshot:
    header = " | ".join(["client", "amount", *CODES, *SEVERAL, *DATES])
    return make_snapshot(folder, interventions=rows or header)


def follow_ups() -> st.SearchStrategy[list[Row]]:
    """Of few people and interventions, on few days, so that there is much to compare."""
    row = st.fixed_dictionaries(
        {
            "client": st.sampled_from(["", 1, 2, 3]),
            "intervention": st.sampled_from([10, 11, 12]),
            "unit": st.sampled_from(UNITS),
            "follow_up_date": st.one_of(st.just(""), st.dates(date(2025, 1, 1), date(2025, 1, 9))),
            "rating": st.sampled_from(["", "1", "2", "3", "9"]),
        }
    )
    return st.lists(row, min_size=1, max_size=25)


def columns(most: int, least: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    """Different ones: no column is divided by in two ways at once."""
    return st.lists(st.sampled_from(AXES), unique_by=ungrouped, min_size=least, max_size=most).map(tuple)


def wheres() -> st.SearchStrategy[tuple[Where, ...]]:
    codes = CODES | {name: ["", *levels] for name, levels in SEVERAL.items()} | {"month:start_date": ["", "2025-01"]}
    codes |= {name: ["", *levels] for name, levels in {**KNOWN, **BANDED}.items()}
    one = st.sampled_from(sorted(codes)).flatmap(
        lambda name: st.lists(st.sampled_from(codes[name]), min_size=1, unique=True).map(
            lambda held: Where(name, tuple(held))
        )
    )
    return st.lists(one, max_size=2).map(tuple)


def periods() -> st.SearchStrategy[Period]:
    return st.sampled_from(PERIODS).map(Period.parse)


def selections(*, people: bool = False) -> st.SearchStrategy[Selection]:
    counted = st.booleans() if people else st.just(False)
    anytime = st.builds(Selection, where=wheres(), people=counted)
    in_period = st.builds(
        Selection, period=periods(), event=st.sampled_from(["", ONGOING, *DATES]), where=wheres(), people=counted
    )
    return st.one_of(anytime, in_period)


def shares(*, people: bool = False) -> st.SearchStrategy[Share]:
    known = {"unit": "A", "origin": "3", "problem": "35", "language": "ar", "known:end_date": "1"}
    known |= {name: levels[-1] for name, levels in BANDED.items()}
    of = st.sampled_from(sorted(known)).map(lambda name: Where(name, (known[name],)))
    return st.builds(
        lambda of, held, by, codes: Share(of, held, by, _held(of.column, codes)),
        of,
        selections(people=people),
        columns(2),
        st.sampled_from([(), ("B",), ("1", "C")]),
    ).filter(lambda share: not _with_itself(share))


def _with_itself(share: Share) -> bool:
    held = (where for where in share.selection.where if where.column == share.of.column)
    day = known_of(share.of.column)
    if day and (calendar_period(share, day) or (day,) in map(stored_behind, share.by)):
        return True
    return share.of.column in (*CODES, *KNOWN, *BANDED) and (
        share.of.column in share.by or any(set(where.codes) <= set(share.of.codes) for where in held)
    )


def _held(column: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    """The codes that a column of one value a row has."""
    return tuple(code for code in codes if code in CODES.get(column, ()))


def durations() -> st.SearchStrategy[Duration]:
    ends = st.permutations(DATES)
    return st.builds(
        lambda ends, selection, by, within: Duration(ends[0], ends[1], selection, by, within),
        ends,
        selections(),
        columns(2),
        st.sampled_from([(), (30,), (0, 14, 400)]),
    ).filter(lambda duration: not _by_its_own_length(duration))


def _by_its_own_length(duration: Duration) -> bool:
    names = (*duration.by, *(where.column for where in duration.selection.where))
    return any(duration.end in made.columns for made in filter(None, map(banded_of, names)))


def cross_tables() -> st.SearchStrategy[CrossTable]:
    crossed = columns(4, 2)
    plain = st.builds(
        lambda names, held: CrossTable(*names[:2], held, by=tuple(names[2:])), crossed, selections(people=True)
    )
    shared = st.builds(
        lambda names, held, percent, codes: CrossTable(
            *names[:2], held, percent, _held(names[0], codes), tuple(names[2:])
        ),
        crossed,
        selections(people=True),
        st.sampled_from(Percent),
        st.sampled_from([(), ("A", "1")]),
    )
    return st.one_of(plain, shared)


def flows() -> st.SearchStrategy[Flow]:
    return st.builds(Flow, period=periods(), where=wheres(), by=columns(2), monthly=st.booleans())


def changes() -> st.SearchStrategy[Change]:
    days = st.tuples(DAYS, DAYS).filter(lambda two: two[0] < two[1])
    within = st.builds(
        Selection, period=st.one_of(st.none(), periods()), event=st.sampled_from(["", *DATES]), where=wheres()
    )
    return st.builds(
        Change,
        st.just("adherence_to_plan"),
        selection=within,
        by=columns(2),
        between=st.one_of(st.none(), days),
    )


def sequences() -> st.SearchStrategy[Sequence]:
    return st.builds(Sequence, columns(4, 2), selections(), st.integers(1, 6), st.integers(1, 4))


def questions() -> st.SearchStrategy[Question]:
    return st.one_of(
        st.builds(
            lambda held, by, shares: Count(held, by, shares and bool(by)),
            selections(people=True),
            columns(4),
            st.booleans(),
        ),
        cross_tables(),
        shares(people=True),
        durations(),
        flows(),
        changes(),
        sequences(),
        st.builds(Sum, of=st.just("amount"), selection=selections(), by=columns(2)),
    )
