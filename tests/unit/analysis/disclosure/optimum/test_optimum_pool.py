import numpy as np
import pytest
from optimum_tasks import LONE, chosen, column, task

from skillnad.analysis.disclosure.optimum.cuts import Cut, line_cuts
from skillnad.analysis.disclosure.optimum.master import Relaxation, cheapest
from skillnad.analysis.disclosure.optimum.pool import Pool

ROW, COLUMN = ("a00", "b01"), ("a01", "b00")


@pytest.fixture
def lone():
    told, small = task(LONE)
    pool = Pool(small)
    pool.add(line_cuts(small))
    return told, small, pool


def test_pool_adds_a_cut_once(lone):
    _, small, pool = lone
    assert pool.add(line_cuts(small)) == []
    assert len(pool) == 2


def test_spare_is_negative_where_a_cut_is_broken(lone):
    told, small, pool = lone
    assert pool.spare(chosen(told, small)).tolist() == [-1.0, -1.0]
    assert pool.spare(chosen(told, small, ROW, COLUMN)).tolist() == [0.0, 0.0]


def test_covered_takes_the_cheapest_that_mends(lone):
    told, small, pool = lone
    made = pool.covered(chosen(told, small), np.zeros(len(small.value)))
    assert np.array_equal(made, chosen(told, small, ROW, COLUMN))


def test_covered_takes_what_is_near_before_what_is_cheap(lone):
    told, small, pool = lone
    dear = ("a00", "b02")
    made = pool.covered(chosen(told, small), chosen(told, small, dear))
    assert made[column(told, small, *dear)] == 1


def test_covered_leaves_what_nothing_mends():
    told, small = task(LONE)
    pool = Pool(small)
    pool.add([Cut((column(told, small, *ROW),), (0.4,), 1.0)])
    assert (pool.spare(pool.covered(chosen(told, small), np.zeros(len(small.value)))) < 0).all()


def test_mended_adds_only_what_one_cut_lacks(lone):
    told, small, pool = lone
    cut = Cut((column(told, small, *ROW), column(told, small, *COLUMN)), (1.0, 1.0), 1.0)
    made = pool.mended(chosen(told, small), np.zeros(len(small.value)), cut)
    assert np.array_equal(made, chosen(told, small, ROW))


def test_needed_says_whether_a_cut_leans_on_a_column(lone):
    told, small, pool = lone
    spare = pool.spare(chosen(told, small, ROW, COLUMN, ("a00", "b02")))
    assert not pool.needed(spare, column(told, small, *ROW))
    assert pool.needed(spare, column(told, small, *COLUMN))


def test_without_a_column_the_rest_is_needed(lone):
    told, small, pool = lone
    spare = pool.spare(chosen(told, small, ROW, COLUMN, ("a00", "b02")))
    pool.without(spare, column(told, small, "a00", "b02"))
    assert pool.needed(spare, column(told, small, *ROW))


def test_relaxation_bounds_what_keeps_the_cuts(lone):
    _, small, pool = lone
    relaxed = Relaxation(small)
    relaxed.add(pool.cuts)
    relaxed.solve()
    assert relaxed.bound == pytest.approx(np.log2(22) + np.log2(42))


def test_whole_master_finds_the_cheapest_cover(lone):
    told, small, pool = lone
    whole = cheapest(pool, ~small.open, small.open.astype(float))
    assert np.array_equal(whole.chosen, chosen(told, small, ROW, COLUMN))
    assert whole.done
    assert whole.bound == pytest.approx(np.log2(22) + np.log2(42))


def test_whole_master_finds_none_below_the_cheapest(lone):
    _, small, pool = lone
    whole = cheapest(pool, ~small.open, small.open.astype(float), below=np.log2(22) + np.log2(42) - 0.01)
    assert whole.chosen is None


def test_whole_master_keeps_what_is_not_free(lone):
    told, small, pool = lone
    dear = chosen(told, small, ("a00", "b02"), COLUMN)
    free = np.zeros(len(small.value), dtype=bool)
    free[column(told, small, *COLUMN)] = True
    assert np.array_equal(cheapest(pool, free, dear).chosen, dear)


def test_whole_master_has_none_where_what_is_kept_breaks_a_cut(lone):
    told, small, pool = lone
    nothing = np.zeros(len(small.value), dtype=bool)
    assert cheapest(pool, nothing, chosen(told, small)).chosen is None
