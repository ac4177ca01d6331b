import pytest
from tables_from_files import tables_of

from skillnad.analysis.disclosure.table_set.dimensions import dimensions_of
from skillnad.analysis.disclosure.table_set.families import families_of

ROWS = "muni region kind n / A 1 t 3 / B 1 l 3 / C 2 l 3"
BOTH = (("muni", "region"), ("muni", "kind"))
CHAIN = "muni region land n / A 1 S 3 / B 1 S 3 / C 2 N 3"
UP = (("muni", "region"), ("region", "land"))


def dimensions(text, groupings=(), columns=None):
    told = tables_of(text, groupings=groupings)
    return dimensions_of(columns or told.tables[0].columns, families_of(told))


def named(dimension):
    return [(level.column, level.value) for level in dimension.levels]


def parts(dimension):
    names = [level.value for level in dimension.levels]
    return [(names[whole], *(names[part] for part in of)) for whole, of in dimension.parts]


def test_column_alone_has_its_values_and_their_total():
    (dimension,) = dimensions("a n / x 3 / y 4")
    assert named(dimension) == [("", "Total"), ("a", "x"), ("a", "y")]
    assert parts(dimension) == [("Total", "x", "y")]


def test_overlapping_groupings_each_add_up_to_the_total():
    (dimension,) = dimensions(ROWS, BOTH)
    assert parts(dimension) == [
        ("Total", "l", "t"),
        ("Total", "1", "2"),
        ("l", "B", "C"),
        ("t", "A"),
        ("1", "A", "B"),
        ("2", "C"),
    ]


def test_chain_adds_up_a_step_at_a_time():
    (dimension,) = dimensions(CHAIN, UP)
    assert ("Total", "N", "S") in parts(dimension)
    assert ("S", "1") in parts(dimension)
    assert not any(whole == "S" and "A" in of for whole, *of in parts(dimension))


def test_chain_with_a_step_that_the_table_lacks_adds_up_past_it():
    (dimension,) = dimensions(CHAIN, UP, columns=("muni", "land"))
    assert ("S", "A", "B") in parts(dimension)


def test_level_of_a_grouping_has_total_in_what_it_groups_and_in_other_groupings():
    (dimension,) = dimensions(ROWS, BOTH)
    told = {dimension.coordinates(level) for level in dimension.levels}
    assert dimension.columns == ("muni", "kind", "region")
    assert told >= {("Total", "Total", "1"), ("Total", "l", "Total"), ("B", "l", "1"), ("Total", "Total", "Total")}


def test_level_in_a_chain_keeps_what_it_lies_in():
    (dimension,) = dimensions(CHAIN, UP)
    assert ("Total", "1", "S") in {dimension.coordinates(level) for level in dimension.levels}


def test_own_values_of_each_level_are_summed():
    (dimension,) = dimensions(ROWS, BOTH)
    assert dimension.sums.sum(axis=1).tolist() == [3, 1, 1, 1, 2, 1, 2, 1]


def test_groupings_without_what_they_group_are_a_dimension_each():
    found = dimensions(ROWS, BOTH, columns=("region", "kind"))
    assert [dimension.columns for dimension in found] == [("kind",), ("region",)]


@pytest.mark.parametrize(
    ("muni", "kind", "region", "level"),
    [
        ("Total", "Total", "Total", ("", "Total")),
        ("A", "t", "1", ("muni", "A")),
        ("A", "Total", "1", ("muni", "A")),
        ("Total", "l", "Total", ("kind", "l")),
    ],
)
def test_row_stands_for_the_finest_level_that_it_names(muni, kind, region, level):
    (dimension,) = dimensions(ROWS, BOTH)
    place = dimension.level_of({"muni": muni, "kind": kind, "region": region})
    assert named(dimension)[place] == level


@pytest.mark.parametrize(("muni", "kind", "region"), [("A", "l", "1"), ("Total", "l", "1"), ("Z", "Total", "Total")])
def test_row_that_contradicts_itself_or_crosses_groupings_has_no_level(muni, kind, region):
    (dimension,) = dimensions(ROWS, BOTH)
    assert dimension.level_of({"muni": muni, "kind": kind, "region": region}) is None
