import pytest
from tables_from_files import tables_of

from skillnad.analysis.disclosure.table_set.families import families_of, natural
from skillnad.lib.errors import UserError

ROWS = "muni region kind n / A 1 t 3 / B 1 l 3 / C 2 l 3 / D 2 t 3"
BOTH = (("muni", "region"), ("muni", "kind"))


def families(*texts, groupings=()):
    return {family.columns[0]: family for family in families_of(tables_of(*texts, groupings=groupings))}


def refused(*texts, groupings):
    with pytest.raises(UserError) as error:
        families(*texts, groupings=groupings)
    return error.value


def test_column_without_groupings_is_a_family_of_its_own():
    assert set(families(ROWS)) == {"muni", "region", "kind"}


def test_groupings_that_overlap_are_one_family():
    family = families(ROWS, groupings=BOTH)["muni"]
    assert family.columns == ("muni", "kind", "region")
    assert family.members["region", "1"] == {0, 1}
    assert family.members["kind", "t"] == {0, 3}


def test_grouping_of_a_grouping_holds_what_both_do():
    rows = "muni region land n / A 1 S 3 / B 1 S 3 / C 2 N 3"
    family = families(rows, groupings=[("region", "land"), ("muni", "region")])["muni"]
    assert family.columns == ("muni", "region", "land")
    assert family.members["land", "S"] == {0, 1}
    assert family.all_above("muni") == ("region", "land")


def test_codes_of_all_tables_are_the_family_s():
    assert families("a n / 9 3", "a n / 10 3")["a"].codes == ("9", "10")


def test_total_and_empty_are_no_codes():
    assert families("muni region n / A 1 3 / Total 1 3", groupings=[("muni", "region")])["muni"].codes == ("A",)


def test_numbers_stand_in_the_order_of_their_size():
    assert sorted(["b10", "b9", "10", "9", "a"], key=natural) == ["9", "10", "a", "b9", "b10"]


def test_hole_is_refused_by_its_codes():
    error = refused("muni region n / A 1 3 / B Total 3", groupings=[("muni", "region")])
    assert error.code == "DISC-047"
    assert "muni=B saknar region" in error.text()


def test_hole_in_another_table_is_refused():
    assert refused("muni region n / A 1 3", "muni n / B 3", groupings=[("muni", "region")]).code == "DISC-047"


def test_parent_that_nothing_lies_in_is_refused():
    error = refused("muni region n / A 1 3", "region n / 1 3 / 2 4", groupings=[("muni", "region")])
    assert (error.code, error.problems[0].where) == ("DISC-047", "region=2")


def test_two_parents_are_refused_by_their_codes():
    error = refused("muni region sex n / A 1 k 3 / A 2 m 3", groupings=[("muni", "region")])
    assert error.code == "DISC-048"
    assert "muni=A i region=1, region=2" in error.text()


def test_two_ways_up_that_disagree_are_refused():
    rows = "muni region kind land n / A 1 t S 3 / B 1 l S 3"
    edges = [*BOTH, ("region", "land"), ("kind", "land")]
    assert families(rows, groupings=edges)["muni"].members["land", "S"] == {0, 1}
    other = ["region land n / 1 S 3", "kind land n / t S 1 / l N 2", "muni region kind n / A 1 t 3 / B 1 l 3"]
    assert refused(*other, groupings=edges).code == "DISC-048"


@pytest.mark.parametrize(
    "groupings",
    [
        [("muni", "muni")],
        [("muni", "region"), ("region", "muni")],
        [("muni", "region"), ("kind", "region")],
    ],
)
def test_groupings_that_are_no_hierarchy_are_refused(groupings):
    assert refused(ROWS, groupings=groupings).code == "DISC-049"


def test_grouping_of_a_column_that_is_not_there_is_refused():
    error = refused(ROWS, groupings=[("muni", "county")])
    assert error.code == "DISC-042"
    assert "kind, muni, region" in error.text()
