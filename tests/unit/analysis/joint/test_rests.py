"""Tables that together tell of a group as a whole: found, and hidden where the policy guards the column."""

import pytest
from snapshots_made import make_snapshot

from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.joint.groups import PEOPLE, Group
from skillnad.analysis.joint.rests import rests
from skillnad.analysis.joint.sets import among, holding
from skillnad.analysis.protected_set import ProtectedSet
from skillnad.analysis.questions import Count, Selection, Where
from skillnad.codebook.snapshot_schema import Column, SnapshotColumn

ORIGIN = SnapshotColumn("origin", Column.CODE, "o", "o", (), unknown=frozenset({"9"}))
GUARDED = Policy(zeros_printed=False, sensitive=("origin",))
UNIT = Group("rows").having(("unit", among("A")))


def of(*codes, whole=UNIT):
    return whole.having(("origin", among(*codes)))


def found(counts, policy=GUARDED):
    groups, values = {group.name: group for group in counts}, {group.name: n for group, n in counts.items()}
    told = rests(groups, values, policy, lambda _, feature: ORIGIN if feature == "origin" else None)
    return {cell.name[1:]: (cell.value, dict(relation)) for cell, relation in told}


def test_group_that_all_have_one_value_has_a_rest_of_nobody():
    assert found({UNIT: 12, of("1"): 12})[of("1").name][0] == 0


def test_those_who_do_not_know_are_no_rest():
    told = found({UNIT: 14, of("1"): 12, of("9"): 2})
    assert told[of("1").name] == (
        0,
        {UNIT.name: 1, of("1").name: -1, of("9").name: -1, ("rest:", *of("1").name): -1},
    )


@pytest.mark.parametrize(("number", "small"), [(12, True), (8, True), (7, False)])
def test_rest_of_a_few_is_small(number, small):
    assert (of("1").name in found({UNIT: 12, of("1"): number})) is small


@pytest.mark.parametrize("group", [of("1", "2"), of("9"), of(""), UNIT.having(("origin", holding("12")))])
def test_more_than_one_value_or_none_tells_nothing(group):
    assert found({UNIT: 12, group: 12}) == {}


def test_who_can_have_several_and_people_have_rests_too():
    several, people = UNIT.having(("origin", holding("1"))), Group(f"{PEOPLE}rows")
    assert found({UNIT: 12, several: 12})[several.name][0] == 0
    assert found({people: 12, of("1", whole=people): 11})[of("1", whole=people).name][0] == 1


def test_policy_without_sensitive_columns_guards_nothing():
    assert found({UNIT: 12, of("1"): 12}, DEFAULT) == {}
    assert found({UNIT: 12, of("1"): 12}, Policy(zeros_printed=False, sensitive=("unit",))) == {}


ROWS = [*["A1"] * 12, *["B1"] * 20, *["B2"] * 30, *["C1"] * 25, *["C2"] * 40]
FIRST = Count(Selection(where=(Where("origin", ("1",)),)), ("unit",))


@pytest.mark.parametrize(("policy", "hidden"), [(GUARDED, True), (Policy(zeros_printed=False), False)])
def test_table_does_not_say_beside_another_that_all_of_a_unit_have_one_value(tmp_path, policy, hidden):
    rows = [{"client": n, "unit": unit, "origin": origin} for n, (unit, origin) in enumerate(ROWS)]
    answers = ProtectedSet(make_snapshot(tmp_path / "one", interventions=rows), policy)
    assert answers.get_or_protect(Count(by=("unit",))).value("count", "A") == 12
    shown = answers.get_or_protect(FIRST)
    assert (shown.value("count", "A") is None) is hidden
    assert shown.value("count", "C") == 25


def test_table_alone_says_what_only_another_would_make_of_it(tmp_path):
    rows = [{"client": n, "unit": unit, "origin": origin} for n, (unit, origin) in enumerate(ROWS)]
    answers = ProtectedSet(make_snapshot(tmp_path / "one", interventions=rows), GUARDED)
    assert answers.get_or_protect(FIRST).value("count", "A") == 12
