from types import SimpleNamespace

import numpy as np
import pytest
from released_tables import given, released

from skillnad.analysis.disclosure.attackers import Attacker
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.disclosure.verify import promises
from skillnad.analysis.disclosure.verify.incidence import incidence_of
from skillnad.analysis.disclosure.verify.promises import Promise, few, known_of, promises_of, unkept
from skillnad.analysis.disclosure.verify.reader import GapReader, OutOfBudget
from skillnad.analysis.disclosure.verify.unknowns import unknowns_of

A2 = Policy(attacker=Attacker.PRIMARY_KNOWN)
PROTECTED = Policy(zeros_printed=False, zeros_protected=True)
ROW = given("a", ("A", 3), ("B", 20), ("C", 0), ("D", 40))


def reader_of(budget=1e9, policy=DEFAULT):
    told = unknowns_of(incidence_of([released(ROW, ["A", "B"])]))
    counts = [3, 20]
    return told, counts, GapReader(told, *known_of(counts, policy), budget)


@pytest.mark.parametrize(
    ("policy", "count", "ends"),
    [(DEFAULT, 3, (1, 5)), (DEFAULT, 20, (20, 20)), (A2, 3, (1, 4)), (PROTECTED, 0, (0, 5)), (PROTECTED, 3, (0, 5))],
)
def test_promise_by_policy(policy, count, ends):
    (promise,) = promises_of([count], policy)
    assert (promise.low, promise.high) == ends
    assert promise.secondary == (count == 20)


def test_promise_of_a_small_number_asks_for_both_ends():
    promise = Promise(0, 1, 5)
    assert promise.kept(np.array([1.0]), np.array([5.0]))
    assert not promise.kept(np.array([2.0]), np.array([9.0]))
    assert not promise.kept(np.array([1.0]), np.array([4.0]))


def test_promise_of_another_gap_asks_for_one_other_number():
    promise = Promise(0, 20, 20)
    assert promise.kept(np.array([19.0]), np.array([20.0]))
    assert promise.kept(np.array([20.0]), np.array([21.0]))
    assert not promise.kept(np.array([19.5]), np.array([20.5]))


@pytest.mark.parametrize(
    ("policy", "floor", "ceiling"),
    [(DEFAULT, [1, 1], [np.inf] * 2), (A2, [1, 5], [4, np.inf]), (PROTECTED, [0, 0], [np.inf] * 2)],
)
def test_what_is_known_of_gaps_by_policy(policy, floor, ceiling):
    low, high = known_of([3, 20], policy)
    assert (low.tolist(), high.tolist()) == (floor, ceiling)


def test_two_gaps_of_a_wide_sum_keep_what_is_promised():
    _, counts, reader = reader_of()
    assert unkept(promises_of(counts, DEFAULT), reader) == []
    assert reader.high[0] >= 5
    assert reader.low[0] <= 1


def test_table_that_does_not_agree_is_not_believed():
    _, _, reader = reader_of()
    reader._see(np.array([7.0, 7.0, 7.0, 7.0]))
    assert reader.seen == []


def test_gap_that_someone_knows_stays_until_it_is_freed():
    _, _, reader = reader_of()
    reader.fix(0, 3.0)
    reader.reach([1], [30.0], upward=True)
    assert reader.seen[-1][1] == pytest.approx(20)
    reader.free(0)
    reader.reach([1], [21.0], upward=True)
    assert reader.seen[-1][1] == pytest.approx(21)


def test_whole_numbers_are_found_or_not_there():
    _, _, reader = reader_of()
    assert reader.whole(0, 22.0, upward=True)
    assert not reader.whole(0, 23.0, upward=True)


def test_reader_stops_where_its_budget_ends():
    _, counts, reader = reader_of(budget=3)
    with pytest.raises(OutOfBudget):
        unkept(promises_of(counts, DEFAULT), reader)


@pytest.mark.parametrize(("inner", "gaps", "asked"), [(300, 100, True), (300, 101, False), (401, 0, False)])
def test_whole_numbers_are_asked_of_few_unknowns(inner, gaps, asked):
    assert few(SimpleNamespace(first=inner, count=gaps)) is asked


def test_promises_are_asked_of_whole_numbers_too():
    """A reader of whole numbers alone is let see the last table."""
    _, counts, reader = reader_of()
    assert unkept(promises_of(counts, DEFAULT), reader) == []
    assert (reader.whole_low[0], reader.whole_high[0]) <= (1, 5)
    assert reader.whole_low[1] < 20 or reader.whole_high[1] > 20


class Halves(GapReader):
    """For whom no table of whole numbers agrees."""

    def whole(self, *_, **__) -> bool:
        self.whole_low, self.whole_high = np.full(2, np.inf), np.full(2, -np.inf)
        return False


def test_promise_that_only_fractions_keep_is_not_kept(monkeypatch):
    told, counts, _ = reader_of()
    asked = Promise(0, 1.5, 4.5)
    assert unkept([asked], Halves(told, *known_of(counts, DEFAULT), 1e9)) == [asked]
    monkeypatch.setattr(promises, "FEW", 0)
    assert unkept([asked], Halves(told, *known_of(counts, DEFAULT), 1e9)) == []


@pytest.mark.parametrize(("promise", "upward", "end"), [((1, 5), True, 5), ((1, 5), False, 1), ((20, 20), True, 21),
                                                        ((20, 20), False, 19)])  # fmt: skip
def test_end_is_that_of_a_small_number_and_one_past_any_other(promise, upward, end):
    assert Promise(0, *promise).end(upward) == end


class OneAtATime:
    """A reader for whom a table serves one gap or none."""

    first, count = 1000, 5

    def __init__(self, asked):
        self.low, self.high, self.asked = np.full(5, 3.0), np.full(5, 3.0), asked

    def reach(self, gaps, ends, *, upward):
        self.asked.append((len(gaps), upward))
        for gap, end in zip(gaps, ends, strict=True) if len(gaps) == 1 else ():
            (self.high if upward else self.low)[gap] = end


def test_each_gap_has_a_table_of_its_own_where_none_serves_several():
    reader = OneAtATime(asked := [])
    assert unkept([Promise(gap, 1, 5) for gap in range(5)], reader) == []
    assert (reader.low.tolist(), reader.high.tolist()) == ([1] * 5, [5] * 5)
    assert asked[:2] == [(5, True), (5, False)]
    assert {upward: asked.count((1, upward)) for upward in (True, False)} == {True: 5, False: 5}


def test_what_zeros_tell_is_not_promised_to_be_less():
    counts = [3, 3, 20]
    assert [(p.low, p.high) for p in promises_of(counts, DEFAULT, [2, 9, 2])] == [(2, 5), (3, 5), (20, 20)]
