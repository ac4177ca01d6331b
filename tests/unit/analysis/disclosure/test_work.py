import pytest

from skillnad.analysis.disclosure.work import Timed, TooMuch, Work


def test_work_within_the_budget_goes_on():
    work = Work(10)
    work.spend(9)
    assert work.left


def test_budget_may_be_spent_to_its_end_and_then_nothing_is_left():
    work = Work(10)
    work.spend(10)
    assert not work.left


def test_work_beyond_the_budget_stops():
    with pytest.raises(TooMuch):
        Work(10).spend(10.5)


def test_work_adds_up():
    work = Work(10)
    work.spend(4)
    work.spend(5)
    assert work.spent == 9


@pytest.mark.parametrize(("columns", "cells"), [(1, 100), (500, 50_000), (1_000, 200_000), (5_000, 5_000_000)])
def test_programme_takes_a_hundred_cells_a_column_and_more_where_it_is_large(columns, cells):
    work = Work(1e12)
    work.solve(columns)
    assert work.spent == cells


def test_programme_beyond_the_budget_stops():
    with pytest.raises(TooMuch):
        Work(99).solve(1)


def test_timed_work_ends_with_the_time():
    seconds = iter([1.0, 0.0])
    work = Timed(100, seconds=lambda: next(seconds))
    work.spend(1)
    with pytest.raises(TooMuch):
        work.spend(1)


def test_timed_work_ends_with_the_budget_too():
    with pytest.raises(TooMuch):
        Timed(1, seconds=lambda: 1.0).spend(2)


def test_timed_work_says_what_is_left():
    assert Timed(1, seconds=lambda: 1.0).left
    assert not Timed(1, seconds=lambda: 0.0).left
