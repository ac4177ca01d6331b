import numpy as np
import pytest
from optimum_tasks import LONE, chosen, column, task

from skillnad.analysis.disclosure.optimum.archive import Archive
from skillnad.analysis.disclosure.optimum.cuts import line_cuts
from skillnad.analysis.disclosure.optimum.patterns import Tried
from skillnad.analysis.disclosure.optimum.pool import Pool
from skillnad.analysis.disclosure.optimum.separation import Separation, broken
from skillnad.analysis.disclosure.optimum.shown import Shown

ROW, COLUMN, CORNER = ("a00", "b01"), ("a01", "b00"), ("a01", "b01")
OWN = ("a00", "b00")


@pytest.fixture
def lone():
    return task(LONE)


def test_cell_reaches_its_need_around_a_rectangle(lone):
    told, small = lone
    separation = Separation(small)
    separation.bound(chosen(told, small, ROW, COLUMN, CORNER))
    reached, move, _ = separation.reach((column(told, small, *OWN), 2.0))
    assert reached == pytest.approx(2)
    assert np.abs(small.matrix @ move).max() < 1e-9
    assert move[column(told, small, *CORNER)] == pytest.approx(2)


def test_cell_reaches_nothing_alone_and_its_cut_says_why(lone):
    told, small = lone
    separation = Separation(small)
    alone = chosen(told, small)
    separation.bound(alone)
    need = (column(told, small, *OWN), 2.0)
    reached, _, slopes = separation.reach(need)
    assert reached == 0
    assert separation.cut(need, slopes).missing(alone) == pytest.approx(1)


def test_cell_reaches_no_farther_than_it_and_others_have_room():
    told, small = task(np.array([[4, 7, 30], [9, 50, 60]]))
    separation = Separation(small)
    separation.bound(chosen(told, small, ROW, COLUMN, CORNER))
    assert separation.reach((column(told, small, *OWN), -9.0))[0] == pytest.approx(3)
    assert separation.reach((column(told, small, *CORNER), 90.0))[0] == pytest.approx(6)


def test_programme_is_as_before_after_a_need(lone):
    told, small = lone
    separation = Separation(small)
    separation.bound(chosen(told, small, ROW, COLUMN, CORNER))
    first = separation.reach((column(told, small, *OWN), 2.0))[0]
    separation.together([(column(told, small, *ROW), -3.0), (column(told, small, *COLUMN), -3.0)])
    assert separation.reach((column(told, small, *OWN), 2.0))[0] == first


def test_choice_in_parts_is_broken_until_it_is_whole(lone):
    told, small = lone
    separation, half = Separation(small), np.where(small.open, 1.0, 0.0)
    cuts, hit, _ = broken(separation, half, list(small.wanted), 10)
    assert cuts
    assert hit <= set(small.wanted)
    whole = chosen(told, small, ROW, COLUMN, CORNER)
    assert broken(separation, whole, list(small.wanted), 10)[0] == []


def test_shown_knows_how_far_and_forgets_what_is_laid_aside():
    shown = Shown(3)
    first = shown.add(np.array([2.0, -1.0, 0.0]))
    shown.add(np.array([0.0, 1.0, 1.0]))
    assert shown.met(0, 2.0)
    assert shown.leaning([0]).tolist() == [first]
    shown.lay_aside([first])
    assert not shown.met(0, 2.0)
    assert shown.met(1, 1.0)
    shown.take_up([first])
    assert shown.met(1, -1.0)


def test_shown_holds_more_moves_than_it_began_with():
    shown = Shown(2)
    for amount in range(100):
        shown.add(np.array([float(amount), 0.0]))
    assert shown.met(0, 99.0)
    assert len(shown.in_use()) == 100


def test_archive_serves_only_choices_that_have_the_moves_cells():
    archive = Archive(3)
    archive.add(np.array([1.0, -1.0, 0.0]))
    assert len(archive.serving(np.array([1.0, 1.0, 0.0]), [(0, 1.0)])) == 1
    assert archive.serving(np.array([1.0, 0.0, 1.0]), [(0, 1.0)]) == []


def test_archive_serves_few_moves():
    archive = Archive(3)
    archive.add(np.array([1.0, 0.0, 0.0]))
    archive.add(np.array([1.0, 1.0, 1.0]))
    assert len(archive.serving(np.ones(3), [(0, 1.0), (1, 1.0), (2, 1.0)])) == 1


def test_tried_names_the_needs_that_are_not_met(lone):
    told, small = lone
    tried = Tried(Separation(small), Pool(small))
    assert set(tried.unmet(chosen(told, small))) == set(small.wanted)
    assert tried.unmet(chosen(told, small, ROW, COLUMN, CORNER)) == []


def test_safe_choice_has_nothing_that_is_not_needed(lone):
    told, small = lone
    tried = Tried(Separation(small), Pool(small))
    made = tried.safe(np.ones(len(small.value)), np.zeros(len(small.value)))
    assert np.array_equal(made, chosen(told, small, ROW, COLUMN, CORNER))


def test_choice_is_repaired_from_its_cuts(lone):
    told, small = lone
    pool = Pool(small)
    pool.add(line_cuts(small))
    made = Tried(Separation(small), pool).safe(chosen(told, small), np.zeros(len(small.value)))
    assert np.array_equal(made, chosen(told, small, ROW, COLUMN, CORNER))


def test_nothing_is_repaired_when_no_time_is_left(lone):
    told, small = lone
    tried = Tried(Separation(small), Pool(small), lambda: 0.0)
    assert tried.safe(chosen(told, small), np.zeros(len(small.value))) is None


def test_move_is_drawn_out_as_many_whole_times_as_it_goes(lone):
    told, small = lone
    move = np.zeros(len(small.value))
    for name, sign in ((OWN, -1), (ROW, 1), (COLUMN, 1), (CORNER, -1)):
        move[column(told, small, *name)] = sign
    assert small.drawn_out(move)[column(told, small, *OWN)] == -2
    assert small.drawn_out(-move)[column(told, small, *ROW)] == -19


def test_move_that_goes_too_far_is_drawn_in(lone):
    told, small = lone
    move = np.zeros(len(small.value))
    move[column(told, small, *OWN)] = -8.0
    assert small.drawn_out(move)[column(told, small, *OWN)] == pytest.approx(-2)


def test_no_move_is_not_drawn_out(lone):
    assert lone[1].drawn_out(np.zeros(len(lone[1].value))) is None


def test_thinned_choice_has_nothing_that_is_not_needed(lone):
    told, small = lone
    tried = Tried(Separation(small), Pool(small))
    assert not tried.made
    assert tried.unmet(np.ones(len(small.value))) == []
    assert np.array_equal(tried.thinned(np.zeros(len(small.value))), chosen(told, small, ROW, COLUMN, CORNER))
    assert tried.made


def test_need_that_held_a_gap_is_remembered(lone):
    told, small = lone
    tried = Tried(Separation(small), Pool(small))
    tried.unmet(np.ones(len(small.value)))
    tried.thinned(np.zeros(len(small.value)))
    assert tried.held[column(told, small, *CORNER)] in small.wanted


def test_what_was_given_up_is_asked_about_first(lone):
    told, small = lone
    tried = Tried(Separation(small), Pool(small))
    before = chosen(told, small, ROW, COLUMN, CORNER)
    assert tried.unmet(before) == []
    assert len(tried.unmet(chosen(told, small, ROW, COLUMN), 1, before)) == 1
    assert len(tried.pool) >= 1


def test_choice_that_is_safe_is_so_whatever_was_given_up(lone):
    told, small = lone
    tried = Tried(Separation(small), Pool(small))
    assert tried.unmet(chosen(told, small, ROW, COLUMN, CORNER), 1, np.ones(len(small.value))) == []
