"""Every kind of row that a few groups tell apart: when values are spared, when they cannot be, and when none agree."""

import pytest

from skillnad.analysis.joint import kinds as kinds_module
from skillnad.analysis.joint.groups import Group
from skillnad.analysis.joint.kinds import MOST_CODES, Disagreeing, kinds, most_of
from skillnad.analysis.joint.sets import Among, among, holding

ALL = Group("rows")
UNITS, SEXES = among("A", "B", "C"), among("1", "2")


def of(unit=None, sex=None, **more):
    told = {"unit": unit, "sex": sex, **more}
    return ALL.having(*((feature, values) for feature, values in told.items() if values is not None))


def whole(_group, feature):
    return {"unit": UNITS, "sex": SEXES}.get(feature)


def made(*told):
    return kinds({group.name: group for group, _ in told}, {group.name: float(n) for group, n in told}, whole)


def wrong(told, cells, relations):
    """How far the relations are from true."""
    values = {cell.name: cell.value for cell in cells} | {group.name: n for group, n in told}
    return max(abs(sum(values[name] * amount for name, amount in relation)) for relation in relations)


def features(cells):
    return {part for cell in cells for part in cell.name[2:]}


def test_every_group_is_the_sum_of_its_kinds():
    told = [(ALL, 9), (of(among("A")), 4), (of(among("A"), among("1")), 1), (of(None, among("1")), 3)]
    cells, relations = made(*told)
    assert len(relations) == len(told)
    assert wrong(told, cells, relations) == 0
    assert all(cell.latent and cell.slack for cell in cells)


def test_value_that_no_table_has_anybody_of_is_spared():
    cells, _ = made((ALL, 9), (of(among("A")), 0), (of(among("B")), 4))
    assert "unit=A" not in features(cells)


ELSEWHERE = [(of(among("A"), among("1")), 0), (of(among("A", "B")), 9), (of(among("B")), 4)]
"""Five have A, though the one group that says so of exactly A is empty."""


def test_value_is_not_spared_where_somebody_has_to_have_it():
    cells, relations = made(*ELSEWHERE)
    assert "unit=A" in features(cells)
    assert wrong(ELSEWHERE, cells, relations) == 0


def test_group_of_nobody_hides_no_kinds_of_others():
    told = [(of(Among()), 0), (of(Among(), among("1")), 0), (of(None, among("2")), 7)]
    cells, relations = made(*told)
    assert wrong(told, cells, relations) == 0
    assert sum(cell.value for cell in cells) >= 7


def test_feature_of_which_nobody_knows_the_whole_has_something_else():
    told = [(ALL, 9), (of(path=among("others")), 4)]
    cells, relations = made(*told)
    assert sorted(cell.value for cell in cells) == [4, 5]
    assert wrong(told, cells, relations) == 0


def test_who_holds_only_other_codes_is_somebody_where_codes_are_too_few():
    codes = ["1", "2", "3", "4"]
    told = [(ALL, 9), *((of(problem=holding(code)), 1) for code in codes), (of(problem=holding([""])), 2)]
    cells, relations = made(*told)
    assert wrong(told, cells, relations) == 0
    assert "problem=none of them" in features(cells)


def test_nobody_holds_only_other_codes_where_a_table_has_every_code():
    """But one code alone may be all that somebody holds."""
    cells, _ = made((ALL, 12), *((of(problem=holding(code)), 3) for code in "1234"))
    assert "problem=none of them" not in features(cells)
    assert {f"problem={code}" for code in "1234"} <= features(cells)


def test_groups_that_no_rows_can_be_in_are_a_fault():
    with pytest.raises(Disagreeing):
        made((of(among("A", "B")), 9), (of(among("B")), 10))


def test_too_many_kinds_are_not_looked_at():
    codes = [str(code) for code in range(MOST_CODES + 1)]
    assert made((ALL, 99), *((of(problem=holding([code])), 5) for code in codes)) == ([], [])


@pytest.mark.parametrize(("most", "looked_at"), [(2, True), (1, False)])
def test_so_many_codes_are_looked_at_and_no_more(monkeypatch, most, looked_at):
    monkeypatch.setattr(kinds_module, "MOST_CODES", most)
    cells, _ = made((ALL, 9), (of(problem=holding("1")), 5), (of(problem=holding("2")), 6))
    assert bool(cells) is looked_at


@pytest.mark.parametrize(("most", "looked_at"), [(4, True), (3, False)])
def test_so_many_kinds_are_looked_at_and_no_more(monkeypatch, most, looked_at):
    """Two units or none of them, by two sexes; with all of both."""
    monkeypatch.setattr(kinds_module, "MOST_KINDS", most)
    cells, _ = made((ALL, 9), (of(among("A")), 5), (of(None, among("1")), 6))
    assert len(cells) == (4 if looked_at else 0)


def test_people_are_of_no_kind():
    people = Group("people of rows")
    assert made((people, 9), (people.having(("unit", among("A"))), 4)) == ([], [])


def test_value_of_nobody_is_no_more_spared_than_others_where_zeros_may_be_hidden():
    told = [(ALL, 9), (of(among("A")), 0), (of(among("B")), 4)]
    groups, values = {group.name: group for group, _ in told}, {group.name: float(n) for group, n in told}
    cells, relations = kinds(groups, values, whole, zeros_known=False)
    assert "unit=A" in features(cells)
    assert wrong(told, cells, relations) == 0


def test_what_groups_have_is_told_in_parts_as_well_as_at_once():
    told = [(ALL, 9), (of(among("A")), 4), (of(among("A"), among("1")), 1), (of(None, among("1")), 3)]
    groups, values = {group.name: group for group, _ in told}, {group.name: float(n) for group, n in told}
    parts = [most_of({name: group}, values) for name, group in groups.items()]
    assert kinds(groups, values, whole, parts) == made(*told)
