"""A grouping's value needs to stand on one line only."""

import pytest

from skillnad.analysis.disclosure.release import Layout
from skillnad.analysis.disclosure.table_set.filling import filled_rows
from skillnad.analysis.disclosure.table_set.reading import read_tables
from skillnad.analysis.disclosure.table_set.tables import GivenTable
from skillnad.lib.errors import UserError

EDGES = [("muni", "region"), ("region", "land")]


def table(columns, *rows):
    layout = Layout((*columns.split(), "n"), "n", ",", False)
    return GivenTable("t.csv", layout, {tuple(row): 7 for row in rows})


def filled(columns, *rows):
    return filled_rows([table(columns, *rows)], EDGES)[0]


def test_parent_is_taken_from_another_line():
    assert filled("muni region", ("A", "1"), ("A", "")) == [("A", "1"), ("A", "1")]


def test_parent_is_taken_from_another_table():
    other = table("muni region", ("A", "1"))
    assert filled_rows([table("muni region", ("A", "")), other], EDGES) == [[("A", "1")], [("A", "1")]]


def test_chain_is_filled_a_step_at_a_time():
    rows = [("A", "1", ""), ("B", "1", "x"), ("A", "", "")]
    assert filled("muni region land", *rows) == [("A", "1", "x"), ("B", "1", "x"), ("A", "1", "x")]


def test_parent_of_a_total_is_a_total():
    assert filled("muni region", ("A", "1"), ("Total", "")) == [("A", "1"), ("Total", "Total")]


def test_row_of_a_region_tells_nothing_of_who_lies_in_it():
    assert filled("muni region", ("Total", "1"), ("A", "")) == [("Total", "1"), ("A", "")]


@pytest.mark.parametrize("rows", [[("A", "")], [("A", "1"), ("A", "2"), ("A", "")]], ids=["none", "several"])
def test_what_is_not_known_is_left(rows):
    assert filled("muni region", *rows) == rows


def test_order_of_the_rows_stands():
    assert filled("muni region", ("B", ""), ("A", "1"), ("B", "2"))[0] == ("B", "2")


def test_two_lines_of_one_cell_are_refused(tmp_path):
    (tmp_path / "t.csv").write_text("muni,region,n\nA,1,7\nA,,7\n", encoding="utf-8")
    with pytest.raises(UserError, match="DISC-045"):
        read_tables([tmp_path / "t.csv"], "n", [("muni", "region")])


def test_counts_stay_with_their_rows(tmp_path):
    (tmp_path / "t.csv").write_text("muni,region,sex,n\nA,1,k,7\nA,,m,9\n", encoding="utf-8")
    told = read_tables([tmp_path / "t.csv"], "n", [("muni", "region")]).tables[0]
    assert dict(told.counts) == {("A", "1", "k"): 7, ("A", "1", "m"): 9}
