"""A median and the ends of its interval stand where as many rows lie beyond them as the policy asks for: who knows all
rows but the shortest, or the longest, is told nothing more of it."""

from dataclasses import replace
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from proof_sizes import examples
from unit.analysis.comparisons.days.days_made import ENDED, asked, spread, told

from skillnad.analysis.comparisons.days.ends import (
    NONE_TOLD,
    enough_for_a_difference,
    sides,
    told_interval,
    told_median,
)
from skillnad.analysis.engines.lasting_rows import Stay
from skillnad.analysis.engines.lasting_rows import lasting as measured
from skillnad.analysis.formulas.followed import NARROW, difference
from skillnad.analysis.formulas.intervals import Interval
from skillnad.analysis.formulas.life_tables import LifeTable, from_rows
from skillnad.analysis.formulas.survival import Curve, kaplan_meier, time_until
from skillnad.analysis.measures import beside, followed
from skillnad.analysis.questions import Duration

FEW = 5
DAYS = st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=10, max_size=40)
OF = Duration("start_date", "end_date")


def table(ended: list[int], still_open: list[int] = ()) -> LifeTable:
    return from_rows([*ended, *still_open], [True] * len(ended) + [False] * len(still_open))


def curve(of: LifeTable, at: float = 0.95) -> Curve:
    found = kaplan_meier(of, confidence=at)
    assert isinstance(found, Curve)
    return found


@pytest.mark.parametrize(("n", "interval", "apart"), [(16, False, False), (17, True, False), (19, True, True)])
def test_ends_are_told_from_the_fifth_row_inwards(n: int, interval: bool, apart: bool) -> None:
    days = list(range(10, 10 + n))
    found = told_interval(days, FEW)
    assert (found != NONE_TOLD) is interval
    assert enough_for_a_difference(days, FEW) is apart
    assert not interval or (isinstance(found, Interval) and found.low >= days[4] and found.high <= days[-5])


@examples(20, 500)
@given(st.integers(10, 60), st.integers(2, 8), st.booleans())
def test_shortest_and_longest_four_are_no_part_of_any_end(n: int, threshold: int, longest: bool) -> None:
    """An attacker who knows all others tries every number of days that the row can have."""
    days = [100 + 10 * place for place in range(n)]
    for place in range(threshold - 1):
        at = n - 1 - place if longest else place
        tried = range(days[at], 10_000, 997) if longest else range(0, days[at] + 1, 9)
        told = {told_interval(sorted([*days[:at], other, *days[at + 1 :]]), threshold) for other in tried}
        assert len(told) == 1


@examples(60, 1_000)
@given(DAYS)
def test_rows_on_each_side_of_a_followed_median_are_the_plain_tables(rows: list[tuple[int, bool]]) -> None:
    plain = measured(OF, [Stay(*row) for row in rows])
    of = from_rows([day for day, _ in rows], [over for _, over in rows])
    if plain[followed("median")] is None:
        assert told_median(of, FEW) is None
    else:
        assert min(sides(curve(of), "share")) == plain[beside(followed("median"))]
        assert (told_median(of, FEW) is None) is (plain[beside(followed("median"))] < FEW)


@pytest.mark.parametrize(("ended", "still_open"), [([5, 6, 7, 8, 9, 9], [20]), ([1, 2, 3, 4], [9] * 4)])
def test_median_with_few_on_a_side_is_not_told(ended: list[int], still_open: list[int]) -> None:
    assert told_median(table(ended, still_open), 2) is None or told_median(table(ended, still_open), FEW) is None
    assert told_median(table(ended, still_open), FEW) is None


def test_median_of_a_stretch_to_the_last_day_is_not_told() -> None:
    days = list(range(1, 11))
    assert time_until(curve(table(days, [90] * 10)), 0.5).value == 50
    assert told_median(table(days, [90] * 10), FEW) is None
    assert told_median(table([*days, 90], [90] * 10), FEW) is not None


@examples(20, 500)
@given(st.integers(20, 50), st.integers(0, 12), st.sampled_from([0.95, NARROW]), st.booleans())
def test_extreme_rows_move_no_end_of_a_followed_median(n: int, still_open: int, at: float, longest: bool) -> None:
    days, seen = [100 + 10 * place for place in range(n)], [] if longest else [2_000] * still_open
    for place in range(FEW - 1):
        row = n - 1 - place if longest else place
        tried = (days[row], 1_000, 1_900) if longest else (0, 7, days[row])
        told = {str(told_median(table([*days[:row], one, *days[row + 1 :]], seen), FEW, at=at)) for one in tried}
        assert len(told) == 1


def test_rows_of_one_day_end_in_some_order() -> None:
    together = curve(table([*[3] * 4, *[40] * 20, *[50] * 6]))
    assert [sides(together, line) for line in ("low", "share", "high")] == [(9, 20), (15, 15), (20, 9)]
    found = told_median(together.table, FEW)
    assert found is not None
    assert found.interval == Interval(40, 40)
    assert told_median(together.table, 10) == replace(found, interval=NONE_TOLD)


def test_ends_that_few_lie_beyond_are_none() -> None:
    found = told_median(table(spread(60, 12), [70] * 4), FEW)
    assert found is not None
    assert found.interval == NONE_TOLD
    wide = told_median(table(spread(60, 12), [70] * 30), 2)
    assert wide is None


def test_one_end_can_be_told_alone() -> None:
    rows = table(spread(50, 40), [45] * 20)
    found = told_median(rows, 12)
    assert found is not None
    assert isinstance(found.interval, Interval)
    assert found.interval.low > 0
    assert found.interval.high == inf
    assert difference(found, found).interval.high == inf


@pytest.mark.parametrize("first", [3, 90, 111])
def test_shortest_time_is_nowhere_in_what_is_told(first: int) -> None:
    others, days = (spread(200, 40, 3), [400] * 6), spread(150, 30, 2)
    days[0] = first
    table = asked({"A": (days, [400] * 6), "B": others})
    assert (
        told(table, "median", "A")[1]
        == told(asked({"A": (spread(150, 30, 2), [400] * 6), "B": others}), "median", "A")[1]
    )
    assert not any(cells.get(("A",)) == first for cells in table.cells.values())


def test_ended_rows_are_told_no_longest() -> None:
    told_of = {
        str(asked({"A": ([*spread(60, 11), last], ()), "B": (spread(60, 60), ())}, ENDED).cells["median"])
        for last in (66, 400)
    }
    assert len(told_of) == 1
