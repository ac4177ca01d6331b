"""What a reader of two snapshots knows of the first, as cells beside those of the second."""

from datetime import date

import pytest
from snapshots_made import make_snapshot

from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.engines.in_memory import InMemoryEngine
from skillnad.analysis.joint.copies import copies
from skillnad.analysis.joint.earlier import counts_of
from skillnad.analysis.joint.ledger import Heard
from skillnad.analysis.joint.named import named_table
from skillnad.analysis.joint.releases import Release
from skillnad.analysis.questions import Count

BY_UNIT = Count(by=("unit",))
RELEASE = Release("a.0", "first", date(2024, 12, 31), "rules", BY_UNIT, BY_UNIT)
A, B, ALL = ("interventions", "unit=A"), ("interventions", "unit=B"), ("interventions",)


@pytest.fixture
def now(tmp_path):
    """Twenty in A and ten in B."""
    rows = [{"unit": unit} for unit, number in (("A", 20), ("B", 10)) for _ in range(number)]
    made = make_snapshot(tmp_path, interventions=rows)
    return named_table(made, InMemoryEngine().count(made, BY_UNIT))


def copied(now, **before):
    """Groups with their numbers before; a negative one was hidden."""
    named = {"a": A, "b": B, "total": ALL}
    heard = {named[name]: [Heard("a.0", abs(number), number > 0)] for name, number in before.items()}
    return copies({"a.0": now}, {"a.0": RELEASE}, heard, counts_of([now]), DEFAULT)


def changes(told):
    return {cell.name[2:]: (cell.value, cell.slack) for cell in told.cells if cell.name[0] == "changed"}


def relations_of(told, name):
    return [dict(relation) for relation in told.relations if name in dict(relation)]


def test_group_that_has_not_changed_is_the_same_cell(now):
    told = copied(now, a=20)
    assert relations_of(told, A) == [{A: 1.0, ("earlier", "first", *A): -1.0}]
    assert changes(told) == {}


def test_difference_is_a_number_of_its_own(now):
    assert changes(copied(now, a=18)) == {A: (2.0, False)}


def test_large_difference_promises_nothing_of_its_own(now):
    assert changes(copied(now, a=12)) == {A: (8.0, True)}


def test_every_relation_holds(now):
    told = copied(now, a=18, b=10, total=28)
    values = counts_of([now]) | {cell.name: cell.value for cell in told.cells}
    assert len(told.relations) == 3
    for relation in told.relations:
        assert sum(values[name] * by for name, by in relation) == 0


def test_sums_of_before_are_known_where_all_of_their_numbers_are(now):
    whole = ("earlier", "first", *ALL)
    zero = {("interventions", "unit="): [Heard("a.0", 0.0, True)], ("interventions", "unit=C"): [Heard("a.0", 0, True)]}
    heard = {name: [Heard("a.0", number, True)] for name, number in ((A, 18), (B, 10), (ALL, 28))}
    told = copies({"a.0": now}, {"a.0": RELEASE}, heard | zero, counts_of([now]), DEFAULT)
    assert any(whole in relation and ("earlier", "first", *A) in relation for relation in map(dict, told.relations))


def test_where_somebody_was_taken_away_a_large_difference_bounds_nothing(now):
    assert changes(copied(now, a=12, b=11)) == {B: (1.0, False)}


def test_what_was_shown_is_known_and_what_was_hidden_is_not(now):
    told = copied(now, a=18, b=-10)
    assert told.shown == {("earlier", "first", *A)}
    assert told.hidden == {("earlier", "first", *B)}


def test_copies_tell_no_number(now):
    assert repr(copied(now, a=18)) == "Copies(2 cells)"
