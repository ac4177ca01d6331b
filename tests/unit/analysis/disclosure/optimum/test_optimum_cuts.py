import numpy as np
from optimum_tasks import LONE, chosen, column, task

from skillnad.analysis.disclosure.optimum.cuts import Cut, bridge_cuts, capacity_cut, line_cuts

ROW, COLUMN, CORNER = ("a00", "b01"), ("a01", "b00"), ("a01", "b01")


def test_missing_is_what_a_choice_lacks():
    cut = Cut((0, 2), (0.5, 1.0), 1.0)
    assert cut.missing(np.array([1.0, 1.0, 0.0])) == 0.5
    assert cut.missing(np.array([1.0, 1.0, 1.0])) == -0.5


def test_line_cuts_ask_for_a_gap_beside_a_lone_one_in_each_line():
    told, small = task(LONE)
    own = column(told, small, "a00", "b00")
    cuts = line_cuts(small)
    assert len(cuts) == 2
    assert all(own not in cut.columns and cut.least == 1 for cut in cuts)
    assert {len(cut.columns) for cut in cuts} == {2, 3}


def test_line_cuts_ask_for_nothing_where_two_are_small():
    _, small = task(np.array([[3, 2, 30], [2, 3, 60]]))
    assert all(len(cut.columns) > 0 for cut in line_cuts(small))
    told, _ = task(np.array([[3, 2, 30], [2, 3, 60]]))
    assert ("a00", "b00") in told.position
    assert line_cuts(small) == []


def test_bridge_cut_is_broken_by_a_gap_alone_in_its_line():
    told, small = task(LONE)
    lone = chosen(told, small, CORNER)
    cuts = bridge_cuts(small, lone)
    assert cuts
    assert all(cut.missing(lone) == 1 for cut in cuts)


def test_bridge_cuts_of_a_rectangle_are_kept():
    told, small = task(LONE)
    assert bridge_cuts(small, chosen(told, small, ROW, COLUMN, CORNER)) == []


def test_capacity_cut_counts_no_cell_for_more_than_the_need():
    _, small = task(LONE)
    slopes = np.where(small.open, 0.0, 1.0)
    cut = capacity_cut(small, 2.0, slopes)
    assert set(cut.weight) == {1.0}
    assert len(cut.columns) == len(small.choices)


def test_capacity_cut_counts_a_fall_for_its_room_at_most():
    told, small = task(LONE)
    slopes = np.zeros(len(small.value))
    slopes[column(told, small, *ROW)] = -0.05
    cut = capacity_cut(small, 2.0, slopes)
    assert cut.weight == (round(0.05 * 19 / 2, 9),)


def test_capacity_cut_is_none_where_open_cells_are_enough():
    told, small = task(LONE)
    slopes = np.zeros(len(small.value))
    slopes[column(told, small, "a00", "b00")] = 1.0
    assert capacity_cut(small, 2.0, slopes) is None
