from contextlib import nullcontext

import numpy as np
import pytest
from released_tables import Made, Table, changed, given, released

from skillnad.analysis.disclosure.verify import incidence
from skillnad.analysis.disclosure.verify.incidence import TooWide, incidence_of
from skillnad.analysis.disclosure.verify.unknowns import Contradiction, unknowns_of

SQUARE = given("a b", ("A", "x", 3), ("A", "y", 20), ("B", "x", 0), ("B", "y", 50))
GROUPED = given("a g", ("1", "G", 3), ("2", "G", 4), ("3", "H", 5))


def counted(release):
    """Which inner cells each row counts."""
    told = incidence_of([release])
    return {",".join(row.coordinates): int(told.matrix[[at], :].sum()) for at, row in enumerate(told.rows)}


def test_each_row_counts_the_inner_cells_that_agree_with_it():
    inner, rows = dict.fromkeys(("A,x", "A,y", "B,x", "B,y"), 1), ("A,Total", "B,Total", "Total,x", "Total,y")
    assert counted(released(SQUARE)) == {**inner, **dict.fromkeys(rows, 2), "Total,Total": 4}


def test_row_of_a_group_counts_what_lies_in_it():
    told = counted(released(GROUPED, groupings=[("a", "g")]))
    assert (told["Total,G"], told["Total,H"], told["1,G"]) == (2, 1, 1)


def test_table_of_fewer_columns_counts_all_of_the_others():
    other = released(given("b", ("x", 3), ("y", 70), name="o.csv"))
    told = incidence_of([released(SQUARE), other])
    assert told.shape == (2, 2)
    sizes = {",".join(row.coordinates): told.matrix[[at], :].sum() for at, row in enumerate(told.rows)}
    assert (sizes["x"], sizes["Total"]) == (2, 4)


def test_numbers_that_follow_at_once_are_no_unknowns():
    told = unknowns_of(incidence_of([released(SQUARE, ["A,x"])]))
    assert len(told.inner) == 0
    assert told.known.tolist() == [3]


def test_inner_cells_of_a_row_of_zero_are_zero():
    told = unknowns_of(incidence_of([released(SQUARE, ["A,x", "A,y", "Total,x", "Total,y"])]))
    assert len(told.inner) == 2
    assert told.told.toarray().tolist() == [[1, 1]]
    assert told.right.tolist() == [23]


def test_gaps_of_the_same_people_are_one():
    both = Made((*released(SQUARE, ["A,x"]).tables, *released(SQUARE, ["A,x"]).tables))
    assert len(unknowns_of(incidence_of([both])).gap_rows) == 1


@pytest.mark.parametrize(("place", "count"), [("Total,Total", 72), ("A,Total", 19), ("B,x", 1)])
def test_rows_that_contradict_each_other_are_no_table(place, count):
    with pytest.raises(Contradiction):
        unknowns_of(incidence_of([changed(released(SQUARE, ["A,x"]), place, count)]))


def test_incidence_is_of_ones():
    assert np.unique(incidence_of([released(SQUARE)]).matrix.data).tolist() == [1.0]


@pytest.mark.parametrize(("most", "wide"), [(4, False), (3, True)])
def test_so_many_inner_cells_are_looked_at_and_no_more(monkeypatch, most, wide):
    monkeypatch.setattr(incidence, "MOST_INNER", most)
    with pytest.raises(TooWide) if wide else nullcontext():
        incidence_of([released(SQUARE)])


def test_groupings_that_one_table_shows_hold_in_one_of_groups_alone():
    other = Table("g.csv", ("g",), ((("G",), 7), (("H",), 5), (("Total",), 12)))
    told = incidence_of([Made((*released(GROUPED).tables, other), (("a", "g"),))])
    assert [int(told.matrix[[at], :].sum()) for at, row in enumerate(told.rows) if row.table == "g.csv"] == [2, 1, 3]


def test_release_of_nothing_has_no_rows():
    told = incidence_of([Made(())])
    assert (told.rows, told.matrix.shape[0], told.matrix.nnz) == ((), 0, 0)
