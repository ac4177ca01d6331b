"""No group is told of as a whole along a sensitive column: not that all have one value, nor all but a few, nor none."""

import pytest
from tables_from_files import InnerReader, inner_of, shown, tables_of

from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.table_set.protecting import protect
from skillnad.analysis.disclosure.table_set.publication import publication_of
from skillnad.analysis.disclosure.table_set.sensitive import groups_of

ROWS = "unit cause n / A harm 12 / A debt 0 / B harm 20 / B debt 30 / C harm 9 / C debt 41 / D harm 15 / D debt 17"
SENSITIVE = Policy(zeros_printed=False, sensitive=("cause",))


def most(release, text, **where):
    """The most that a reader can think a cell to be."""
    told = tables_of(text).tables[0]
    reader = InnerReader(inner_of(told), release.tables, floor=0)
    row = list(dict(release.tables[0].rows)).index(tuple({"unit": "Total", "cause": "Total", **where}.values()))
    return reader.interval(row)[1]


def test_groups_are_those_of_every_other_column():
    told = publication_of(tables_of(ROWS))
    groups = groups_of(told, SENSITIVE)
    assert len(groups) == 5
    assert {group.known[0][0] for group in groups} == {("Total",), *((f"unit={unit}",) for unit in "ABCD")}
    assert groups_of(told, Policy()) == []


def test_unprotected_column_tells_that_all_have_one_value():
    told = protect(tables_of(ROWS), Policy(zeros_printed=False))
    assert shown(told, unit="A", cause="debt") == 0


def test_that_all_of_a_group_have_one_value_is_not_told():
    told = protect(tables_of(ROWS), SENSITIVE)
    assert shown(told, unit="A", cause="debt") is None
    assert most(told, ROWS, unit="A", cause="debt") >= 1


@pytest.mark.parametrize("none", [True, False])
def test_that_nobody_of_a_group_has_a_value_is_told_or_not_by_policy(none):
    rows = ROWS.replace("C harm 9", "C harm 0").replace(
        "D debt 17", "D debt 17 / A home 21 / C home 8 / B home 9 / D home 30"
    )
    policy = Policy(zeros_printed=False, sensitive=("cause",), group_all=False, all_but=1, group_none=none)
    told = protect(tables_of(rows), policy)
    assert (shown(told, unit="C", cause="harm") is None) == none
