"""Cells of different tables that count the same, or what is easily taken for the same."""

import pytest
from snapshots_made import make_snapshot

from skillnad.analysis.engines.in_memory import InMemoryEngine
from skillnad.analysis.joint.named import named_table
from skillnad.analysis.questions import (
    ONGOING,
    Count,
    CrossTable,
    Duration,
    Flow,
    Selection,
    Sequence,
    Share,
    Sum,
    Where,
)
from skillnad.codebook.periods import Period

YEAR, JANUARY = Period.year(2025), Period.month(2025, 1)
IN_YEAR, ONGOING_THEN = Selection(period=YEAR), Selection(period=YEAR, event=ONGOING)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    rows = [
        {"client": n, "unit": "ABC"[n % 3], "legal_sex": "12"[n % 2], "problem": ["1", "1;2", ""][n % 3], "amount": n}
        | {"origin": "135"[n % 3], "start_date": f"2025-0{1 + n % 4}-03", "end_date": "2025-06-01" if n % 4 else ""}
        for n in range(24)
    ]
    return make_snapshot(tmp_path_factory.mktemp("named") / "one", interventions=rows)


def named(snapshot, question, kind="rows"):
    part = named_table(snapshot, InMemoryEngine().count(snapshot, question)).parts[kind]
    return {name: part.names[name] for name in part.names}


def where(column, *codes, **more):
    return Selection(where=(Where(column, codes),), **more)


SAME = [
    (Count(by=("unit",)), ("unit=A",), Count(where("unit", "A")), ()),
    (CrossTable("unit", "legal_sex"), ("legal_sex=*", "unit=A"), Count(by=("unit",)), ("unit=A",)),
    (
        CrossTable("unit", "legal_sex"),
        ("legal_sex=1", "unit=A"),
        Count(where("legal_sex", "1"), ("unit",)),
        ("unit=A",),
    ),
    (Count(by=("problem",)), ("problem=1",), Count(where("problem", "1")), ()),
    (Count(where("problem", "1", "2"), ("problem",)), ("problem=1",), Count(by=("problem",)), ("problem=1",)),
    (Count(by=("merged:unit:Norr=A,B",)), ("merged:unit:Norr=A,B=Norr",), Count(where("unit", "A", "B")), ()),
    (Count(by=("merged:unit:Norr=A,B",)), ("merged:unit:Norr=A,B=others",), Count(where("unit", "C")), ()),
    (Count(IN_YEAR, ("month:start_date",)), ("month:start_date=2025-01",), Count(Selection(period=JANUARY)), ()),
    (Count(by=("year:start_date",)), ("year:start_date=2025",), Count(IN_YEAR), ()),
    (Count(where("known:end_date", "1")), (), Count(by=("known:end_date",)), ("known:end_date=1",)),
    (Share(Where("unit", ("A",))), ("share:unit=yes",), Count(where("unit", "A")), ()),
    (Share(Where("unit", ("A",))), ("share:unit=",), Count(where("unit", "")), ()),
    (Share(Where("unit", ("A",))), ("share:unit=no",), Count(where("unit", "B", "C")), ()),
    (Share(Where("problem", ("1",))), ("share:problem=yes",), Count(where("problem", "1")), ()),
    (Flow(YEAR), ("flow=*",), Count(ONGOING_THEN), ()),
    (Flow(YEAR, monthly=True), ("flow=new", "month=2025-01"), Flow(JANUARY), ("flow=new",)),
    (Sequence(("unit", "origin"), least=1), ("path=A>1",), CrossTable("unit", "origin"), ("origin=1", "unit=A")),
]


def total(names, name):
    """Totals stand in no name where an axis has none."""
    return names[name] if name in names else names[tuple(sorted((*name, *_totals(names, name))))]


def _totals(names, name):
    axes = {part.rsplit("=", 1)[0] for part in max(names, key=len)}
    return [f"{axis}=*" for axis in axes if not any(part.startswith(f"{axis}=") for part in name)]


@pytest.mark.parametrize(("one", "cell", "other", "same"), SAME)
def test_same_group_has_one_name(snapshot, one, cell, other, same):
    assert total(named(snapshot, one), cell) == total(named(snapshot, other), same)


DIFFERENT = [
    (Count(by=("unit",)), Count(Selection(people=True), ("unit",))),
    (Count(IN_YEAR), Count(ONGOING_THEN)),
    (Count(IN_YEAR), Count(Selection(period=YEAR, event="end_date"))),
    (Count(), Sum("amount")),
    (Count(), Duration("start_date", "end_date")),
    (Count(where("problem", "1")), Count(where("problem", "2"))),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_groups_have_different_names(snapshot, one, other):
    assert total(named(snapshot, one), ()) != total(named(snapshot, other), ())


def test_own_event_in_words_is_the_same(snapshot):
    named_event = Count(Selection(period=YEAR, event="start_date"))
    assert total(named(snapshot, named_event), ()) == total(named(snapshot, Count(IN_YEAR)), ())


def test_open_rows_are_a_group_beside_the_ended(snapshot):
    question = Duration("start_date", "end_date", by=("unit",))
    ended, still_open = (named(snapshot, question, kind)["unit=A",] for kind in ("rows", "open"))
    assert "days:start_date..end_date=open" in still_open
    assert set(ended) - set(still_open) == {"days:start_date..end_date=[0,10000000000)"}


def test_people_behind_a_sum_are_people(snapshot):
    assert named(snapshot, Sum("amount", by=("unit",)), "clients")["unit=A",][0] == "people of interventions"


def test_condition_that_everything_meets_is_no_part_of_a_name(snapshot):
    everyone = Count(where("legal_sex", "1", "2", ""))
    assert total(named(snapshot, everyone), ()) == total(named(snapshot, Count()), ())
