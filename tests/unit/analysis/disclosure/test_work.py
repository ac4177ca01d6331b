import pytest

from skillnad.analysis.disclosure.work import TooMuch, Work


def test_work_within_the_budget_goes_on():
    work = Work(10)
    work.spend(9)
    assert work.left


def test_work_beyond_the_budget_stops():
    with pytest.raises(TooMuch):
        Work(10).spend(11)


def test_large_programme_takes_more_than_its_columns():
    small, large = Work(1e12), Work(1e12)
    small.solve(500)
    large.solve(5_000)
    assert large.spent == 100 * small.spent
