import pytest
from tables_from_files import MUNICIPAL, fixture, given, tables_of

from skillnad.analysis.disclosure.table_set.publication import publication_of
from skillnad.analysis.disclosure.table_set.tables import TableSet
from skillnad.lib.errors import UserError


def test_every_set_of_people_is_one_cell():
    told = publication_of(tables_of("a b n / x y 3 / u z 4", "a c n / x p 3 / u q 4"))
    assert len(told.told.cells) == 1 + 2 + 2 + 4 + 2 + 4


def test_counts_are_by_name():
    assert publication_of(tables_of("a b n / x y 3 / u z 4")).counts["a=u",] == 4


def test_tables_that_disagree_are_refused_by_the_cells():
    with pytest.raises(UserError) as refused:
        publication_of(tables_of("a b n / x y 3 / u z 4711", "a c n / x p 3 / u q 4712"))
    assert refused.value.code == "DISC-050"
    assert "Total; a=u" in refused.value.text()
    assert "471" not in refused.value.text()


def test_tables_with_no_column_in_common_must_agree_on_everybody():
    with pytest.raises(UserError, match="DISC-050"):
        publication_of(tables_of("a n / x 3 / u 4", "b n / y 3 / z 5"))


def test_what_stands_beside_gives_codes_and_no_counts():
    beside = given("a n / w 4711", name="beside.csv")
    told = publication_of(tables_of("a n / x 3"), [beside])
    assert told.counts == {("Total",): 3, ("a=x",): 3, ("a=w",): 0}


def test_overlapping_groupings_of_the_fixture_add_up():
    told = publication_of(fixture("insatser.csv"))
    assert len(told.told.cells) == (1 + 8 + 3 + 2) * 5
    assert abs(told.told.matrix @ told.told.values).max() == 0


def test_same_tables_in_another_order_make_the_same_system():
    one, other = (given(text, name=f"{text[0]}.csv") for text in ("a b n / x y 3 / u z 4", "a c n / x p 3 / u q 4"))
    first, second = (publication_of(TableSet(tables)).told for tables in ((one, other), (other, one)))
    assert [cell.name for cell in first.cells] == [cell.name for cell in second.cells]
    assert (first.matrix != second.matrix).nnz == 0


def test_counts_are_in_no_repr():
    told = publication_of(tables_of("muni län slag n / x y z 4711", groupings=[("muni", "län")]))
    assert "4711" not in repr(told)
    assert "4711" not in repr(told.told)


def test_groupings_of_columns_that_no_table_has_are_refused():
    with pytest.raises(UserError, match="DISC-042"):
        publication_of(tables_of("a n / x 3", groupings=MUNICIPAL))
