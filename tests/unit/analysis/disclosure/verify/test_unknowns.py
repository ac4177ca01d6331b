"""What is left for a reader to find out, by the inner cells of a release alone."""

import numpy as np
import pytest
from released_tables import Made, Table, changed, given, released

from skillnad.analysis.disclosure.verify.incidence import incidence_of
from skillnad.analysis.disclosure.verify.unknowns import Contradiction, unknowns_of

SQUARE = given("a b", ("A", "x", 3), ("A", "y", 20), ("B", "x", 30), ("B", "y", 40))
ALL = ("A,x", "A,y", "B,x", "B,y")


def read(release):
    incidence = incidence_of([release])
    return incidence, unknowns_of(incidence)


def names(incidence, told):
    """The gaps by their coordinates."""
    return [",".join(incidence.rows[at].coordinates) for at in told.gap_rows]


def test_nothing_is_unknown_where_all_is_shown():
    _, told = read(released(SQUARE))
    assert (len(told.inner), told.gap_rows, told.told.shape[0]) == (0, (), 0)


def test_gap_alone_in_its_row_is_settled_and_has_no_unknown():
    incidence, told = read(released(SQUARE, ["A,x"]))
    assert len(told.inner) == 0
    assert names(incidence, told) == ["A,x"]
    assert told.known.tolist() == [3]


def test_unknowns_of_a_ring_stand_in_its_four_sums_and_the_whole():
    incidence, told = read(released(SQUARE, ALL))
    assert len(told.inner) == 4
    assert sorted(told.right.tolist()) == [23, 33, 60, 70, 93]
    assert sorted(names(incidence, told)) == sorted(ALL)
    assert told.known.tolist() == [0] * 4


def test_each_gap_is_the_sum_of_its_own_cells():
    incidence, told = read(released(SQUARE, (*ALL, "A,Total", "Total,x", "Total,Total")))
    across = dict(zip(names(incidence, told), np.diff(told.gaps.indptr).tolist(), strict=True))
    assert across == dict.fromkeys(ALL, 1) | {"A,Total": 2, "Total,x": 2, "Total,Total": 4}


def test_what_is_known_of_a_gap_is_counted_beside_its_unknowns():
    """B is shown but for its sum."""
    incidence, told = read(released(SQUARE, ("A,x", "A,y", "B,Total", "A,Total", "Total,x", "Total,y", "Total,Total")))
    known = dict(zip(names(incidence, told), told.known.tolist(), strict=True))
    assert known == {"A,x": 0, "A,y": 0, "A,Total": 0, "B,Total": 70, "Total,x": 30, "Total,y": 40, "Total,Total": 70}


def test_row_of_nobody_settles_all_of_it():
    empty = given("a b", ("A", "x", 0), ("A", "y", 0), ("B", "x", 30), ("B", "y", 40))
    release = released(empty, ("A,x", "A,y", "B,x", "B,y", "Total,x", "Total,y"))
    _, told = read(release)
    assert len(told.inner) == 2


def test_one_settled_cell_settles_the_next():
    row = given("a b", ("A", "x", 3), ("A", "y", 20), ("B", "x", 30), ("B", "y", 40), ("C", "x", 50), ("C", "y", 60))
    _, told = read(released(row, ("A,x", "A,y", "B,y", "Total,x")))
    assert len(told.inner) == 0


def test_same_people_in_two_rows_are_one_gap():
    told = given("a g", ("1", "G", 3), ("2", "H", 20), ("3", "H", 30))
    release = released(told, ("1,G", "1,Total", "Total,G", "2,H", "2,Total"), [("a", "g")])
    incidence, found = read(release)
    assert len(found.gap_rows) == 2
    assert {incidence.rows[at].coordinates for at in found.gap_rows} <= {
        ("Total", "G"), ("1", "Total"), ("1", "G"), ("2", "H"), ("2", "Total"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("gaps", "place", "count"),
    [
        (("A,x",), "A,Total", 19),
        ((), "A,Total", 24),
        (("A,x", "A,y"), "Total,x", 29),
        (("A,x", "A,y", "A,Total"), "Total,Total", 0),
    ],
)
def test_what_does_not_add_up_is_a_contradiction(gaps, place, count):
    """Less than its parts, more than them, and nothing where there is something."""
    with pytest.raises(Contradiction) as found:
        read(changed(released(SQUARE, gaps), place, count))
    assert str(found.value) == ""


def test_same_unknowns_with_two_sums_are_a_contradiction():
    release = released(SQUARE, ALL)
    (table,) = release.tables
    other = Table("u.csv", ("a",), ((("A",), 24), (("B",), 70), (("Total",), 94)))
    with pytest.raises(Contradiction):
        read(Made((table, other)))


def test_same_unknowns_are_told_once():
    release = released(SQUARE, ALL)
    (table,) = release.tables
    other = Table("u.csv", ("a",), ((("A",), 23), (("B",), 70), (("Total",), 93)))
    _, told = read(Made((table, other)))
    assert sorted(told.right.tolist()) == [23, 33, 60, 70, 93]
