"""Who the tables speak of: the finest codes, sets of them, and the ways to divide a set."""

import pytest
from published_tables import published

from skillnad.analysis.disclosure.attack.published import Publication, Statement
from skillnad.analysis.disclosure.attack.universe import EVERYBODY, OTHERS, Universe

EDGES = (("a", "g"), ("a", "h"))
OVERLAPPING = "a,g,h,n\n1,G,K,4\n2,G,L,5\n3,H,L,6\nTotal,G,Total,9\n"
CHAIN = "a,g,h,n\n1,G,K,4\n2,G,K,5\n3,H,K,6\n4,I,L,7\n"


def universe(text, **manner):
    return Universe([published(text, **manner)])


def test_column_that_groups_no_other_is_a_dimension_of_its_own():
    told = universe("a,b,n\nA,x,3\nB,y,4\n")
    assert [dimension.name for dimension in told.dimensions] == ["a", "b"]
    assert told.within(("b",)) == (1,)
    assert told.within(("b", "a")) == (0, 1)


def test_groupings_are_of_the_finest_column_s_dimension():
    told = universe(OVERLAPPING, groupings=EDGES)
    assert [dimension.name for dimension in told.dimensions] == ["a"]
    assert told.within(("g",)) == told.within(("h", "a")) == (0,)


def test_chain_of_groupings_is_followed_to_its_end():
    told = universe(CHAIN, groupings=(("a", "g"), ("g", "h")))
    (dimension,) = told.dimensions
    place = dimension.columns["h"]
    assert dimension.sets[place["K"]] == {"1", "2", "3"}
    assert dimension.sets[place["L"]] == {"4"}


def test_value_means_the_codes_that_lie_in_it():
    told = universe(OVERLAPPING, groupings=EDGES)
    (dimension,) = told.dimensions
    assert dimension.sets[told.key((("g", "G"),))[0]] == {"1", "2"}
    assert dimension.sets[told.key((("h", "L"),))[0]] == {"2", "3"}


def test_two_values_of_a_dimension_mean_who_is_in_both():
    told = universe(OVERLAPPING, groupings=EDGES)
    assert told.key((("g", "G"), ("h", "L"))) == told.key((("a", "2"),))
    assert told.key((("a", "1"), ("g", "G"), ("h", "K"))) == told.key((("a", "1"),))


def test_nobody_named_is_everybody():
    assert universe(OVERLAPPING, groupings=EDGES).key(()) == (EVERYBODY,)


def test_set_that_is_everybody_is_called_by_no_value():
    told = universe("a,g,n\n1,G,4\n2,G,5\n", groupings=(("a", "g"),))
    assert told.words(told.key((("g", "G"),))) == ()


def test_set_is_called_by_a_value_that_means_it():
    told = universe(OVERLAPPING, groupings=EDGES)
    assert told.words(told.key((("g", "G"),))) == (("g", "G"),)
    assert told.words(told.key((("h", "K"),))) == (("a", "1"),)


def test_set_without_a_name_is_called_by_its_codes():
    told = universe("a,g,h,n\n1,G,K,4\n2,G,L,5\n3,G,L,6\n4,H,L,9\n", groupings=EDGES)
    assert told.words(told.key((("g", "G"), ("h", "L")))) == (("a", "2 + 3"),)


def test_everybody_is_divided_once_by_each_column():
    told = universe(OVERLAPPING, groupings=EDGES)
    (dimension,) = told.dimensions
    assert {len(parts) for parts in dimension.partitions(EVERYBODY)} == {2, 3}
    assert len(dimension.partitions(EVERYBODY)) == 3


def test_two_columns_that_divide_alike_are_one_way():
    told = universe("a,g,h,n\n1,G,K,4\n2,G,K,5\n3,H,L,6\n4,H,L,7\n", groupings=EDGES)
    assert len(told.dimensions[0].partitions(EVERYBODY)) == 2


def test_group_is_divided_by_finer_columns_alone():
    told = universe(CHAIN, groupings=(("a", "g"), ("g", "h")))
    (dimension,) = told.dimensions
    parts = dimension.partitions(dimension.columns["h"]["K"])
    assert sorted(map(len, parts)) == [2, 3]
    assert dimension.partitions(dimension.columns["a"]["1"]) == []


def test_columns_that_leave_somebody_out_divide_nothing():
    """Who is in a combined category and who is not is no division without the others."""
    told = universe("a,n\nA,3\nB,4\nC,5\nA+B,7\n", groups={"a": {"A+B": frozenset("AB")}})
    (dimension,) = told.dimensions
    assert dimension.partitions(EVERYBODY) == [tuple(sorted(dimension.single(code) for code in "ABC"))]


def test_combined_category_is_the_set_of_its_codes():
    told = universe("a,n\nA,3\nB,4\nC,5\nA+B,7\n", groups={"a": {"A+B": frozenset("AB")}})
    key = told.key((("a", "A+B"),))
    assert told.dimensions[0].sets[key[0]] == {"A", "B"}
    assert told.words(key) == (("a", "A+B"),)


def test_code_that_only_a_combined_category_names_is_there():
    told = universe("a,n\nA,3\nA+B,7\n", groups={"a": {"A+B": frozenset("AB")}})
    assert told.dimensions[0].sets[EVERYBODY] == {"A", "B"}


@pytest.mark.parametrize(("complete", "codes"), [(True, {"A"}), (False, {"A", OTHERS})])
def test_lone_value_has_others_beside_it_unless_all_rows_are_there(complete, codes):
    rows = (Statement((("a", "A"),), 3, False),)
    told = Universe([Publication("t.csv", ("a",), rows, complete=complete)])
    assert told.dimensions[0].sets[EVERYBODY] == codes


def test_groupings_of_one_table_hold_in_the_other():
    first = published("a,g,n\n1,G,4\n2,G,5\n3,H,6\n", groupings=(("a", "g"),))
    told = Universe([first, published("g,n\nG,9\nH,6\n", "o.csv")])
    assert [dimension.name for dimension in told.dimensions] == ["a"]
    assert told.key((("g", "H"),)) == told.key((("a", "3"),))


def test_lone_value_has_others_beside_it_where_only_a_table_of_other_columns_has_all_rows():
    whole = Publication(
        "b.csv", ("b",), (Statement((("b", "x"),), 3, False), Statement((("b", "y"),), 4, False)), complete=True
    )
    told = Universe([published("a,n\nA,3\n"), whole])
    assert [dimension.sets[EVERYBODY] for dimension in told.dimensions] == [{"A", OTHERS}, {"x", "y"}]
