from tables_from_files import tables_of

from skillnad.analysis.disclosure.table_set.publication import publication_of

ROWS = "muni region kind n / A 1 t 3 / B 1 l 3 / C 2 l 3"
BOTH = (("muni", "region"), ("muni", "kind"))


def names(*texts, groupings=()):
    told = publication_of(tables_of(*texts, groupings=groupings))
    return {row: name for place in range(len(texts)) for row, name in told.rows(place)}


def test_cell_is_named_by_what_is_not_total():
    named = names("a b n / x y 3 / u z 4")
    assert named["x", "y"] == ("a=x", "b=y")
    assert named["Total", "z"] == ("b=z",)
    assert named["Total", "Total"] == ("Total",)


def test_region_of_one_municipality_is_that_municipality():
    named = names(ROWS, groupings=BOTH)
    assert named["Total", "2", "Total"] == named["C", "2", "l"] == ("muni=C",)


def test_same_group_by_two_groupings_is_one():
    rows = "muni region kind n / A 1 t 3 / B 1 t 3 / C 2 l 3 / D 2 l 3"
    named = names(rows, groupings=BOTH)
    assert named["Total", "1", "Total"] == named["Total", "Total", "t"]


def test_grouping_that_everything_is_in_is_the_total():
    named = names("muni land n / A S 3 / B S 3", groupings=[("muni", "land")])
    assert named["Total", "S"] == named["Total", "Total"] == ("Total",)


def test_order_of_columns_makes_no_difference():
    named = names("a b n / x y 3 / u z 4", "b a n / y x 3 / z u 4")
    assert named["x", "y"] == named["y", "x"]


def test_values_of_two_groupings_name_who_is_in_both():
    named = names("region kind n / 1 t 3 / 1 l 3 / 2 l 3", ROWS, groupings=BOTH)
    assert named["1", "t"] == ("muni=A",)
    assert named["2", "t"] == ()
