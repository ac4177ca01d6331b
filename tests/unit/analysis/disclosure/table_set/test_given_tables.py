import pytest
from tables_from_files import given, tables_of

from skillnad.analysis.disclosure.table_set.tables import cell_words


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ((("a", "x"), ("b", "y")), "a=x, b=y"),
        ((("a", "Total"), ("b", "y")), "b=y"),
        ((("a", "Total"), ("b", "Total")), "hela tabellen"),
    ],
)
def test_cell_is_told_of_by_what_is_not_total(cell, told):
    assert cell_words(cell) == told


def test_table_says_where_a_row_is():
    assert given("a b n / x y 3").where(("Total", "y")) == "b=y"


def test_set_of_tables_has_no_count_in_its_repr():
    assert "4711" not in repr(tables_of("a n / x 4711"))
