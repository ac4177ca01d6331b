import pytest
from tables_from_files import MUNICIPAL, fixture, tables_of

from skillnad.analysis.disclosure.table_set.likely import likely_groupings
from skillnad.analysis.disclosure.table_set.tables import TableSet

ROWS = "muni region sex n / A 1 k 3 / A 1 m 2 / B 1 k 4 / C 2 m 7"


def test_column_that_follows_from_another_is_likely_its_grouping():
    assert likely_groupings(tables_of(ROWS)) == [("muni", "region")]


def test_what_was_said_is_not_asked_about():
    assert likely_groupings(fixture("insatser.csv")) == []
    assert likely_groupings(TableSet(fixture("insatser.csv").tables, MUNICIPAL[:1])) == [MUNICIPAL[1]]


def test_chain_is_told_a_step_at_a_time():
    rows = "muni region land n / A 1 S 3 / B 1 S 3 / C 2 S 4 / D 3 N 5 / E 3 N 1"
    assert likely_groupings(tables_of(rows)) == [("muni", "region"), ("region", "land")]


@pytest.mark.parametrize(
    "text",
    [
        "a b n / x u 3 / x v 4 / y u 5",  # crossed
        "a b n / x u 3 / y v 4 / z w 5",  # two names of the same
        "a b n / x u 3 / y u 4 / z u 5",  # one value, which tells nothing
        "a b n / x u 3 / y u 4 / z v 5 / Total u 7 / x v 1",  # not in every row
    ],
)
def test_column_that_does_not_follow_is_no_grouping(text):
    assert likely_groupings(tables_of(text)) == []


def test_margins_are_no_values():
    assert likely_groupings(tables_of(f"{ROWS} / Total 1 Total 9 / Total Total Total 16")) == [("muni", "region")]


def test_every_table_that_has_both_must_agree():
    assert likely_groupings(tables_of(ROWS, "muni region n / A 1 3 / A 2 2 / B 1 4 / C 2 7")) == []
