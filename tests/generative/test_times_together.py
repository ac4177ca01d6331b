"""Pages of times without any difference, of clients with several rows each: differences are shown as seldom as it says.

A client's rows are alike (a frailty of each: some people's cases take long), and clients are in one group. Groups are
as fast as each other.
"""

from collections.abc import Callable, Iterator
from functools import cache

import numpy as np
import pytest
from proof_sizes import size

from skillnad.analysis.comparisons.days.ended import medians_compared
from skillnad.analysis.comparisons.days.followed import log_rank_p
from skillnad.analysis.comparisons.days.groups import EachDay, Groups, Opposed, more
from skillnad.analysis.comparisons.days.together import Together, effect_of, middle_day, of_time
from skillnad.analysis.comparisons.repeats import NONE, Repeats
from skillnad.analysis.comparisons.rows import Lasting, LastingBy
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.formulas.clusters import weakened
from skillnad.analysis.formulas.intervals import Interval
from skillnad.analysis.formulas.medians import quantile_interval
from skillnad.analysis.results import TOTAL, Axis, Level

PAGES = size(600, 4_000)
AXIS = Axis("sex", "Kön", (Level("1", "Ett"), Level("2", "Två")))
TRUE_MEDIAN = 60.0


def lasting(days: np.ndarray, over: np.ndarray) -> Lasting:
    each = np.unique(days)
    at = np.searchsorted(each, days)
    return Lasting(each, *(np.bincount(at, kind).astype(np.int64) for kind in (over, ~over)))


def page(rng: np.random.Generator, *, with_open: bool) -> tuple[Groups, LastingBy]:
    clients = 90
    each = rng.choice([1, 2, 4], clients, p=[0.4, 0.3, 0.3])
    client = np.repeat(np.arange(clients), each)
    frailty = np.exp(rng.normal(0, 1.0, clients))[client]
    days = np.ceil(rng.exponential(1, len(client)) / np.log(2) * TRUE_MEDIAN * frailty).astype(np.int64)
    seen = rng.integers(30, 400, len(client)) if with_open else days
    over, days = days <= seen, np.minimum(days, seen)
    group = (np.arange(clients) % 2)[client]
    groups = {str(number + 1): lasting(days[group == number], over[group == number]) for number in (0, 1)}
    told = LastingBy((("1",), ("2",)), group, client, days, over.astype(np.int64), (~over).astype(np.int64))
    return Groups(AXIS, groups | {TOTAL: more(groups["1"], groups["2"])}, DEFAULT), told


def repeats_of_page(groups: Groups, told: LastingBy) -> Repeats:
    return Together(told, groups, with_open=True).by(middle_day(groups.rows[TOTAL]))


def pair_of(groups: Groups) -> Opposed:
    one, other = groups.rows["1"], groups.rows["2"]
    assert one is not None
    assert other is not None
    return Opposed(one, other, ("1", "2"), "2")


def median_p(pair: Opposed, effect: float) -> float:
    return weakened(medians_compared(EachDay(pair.own), EachDay(pair.other), DEFAULT.threshold).p or 1.0, effect)


def log_rank(pair: Opposed, effect: float) -> float:
    return log_rank_p(pair, effect) or 1.0


@cache
def effects(with_open: bool) -> tuple[tuple[Opposed, float], ...]:
    def made() -> Iterator[tuple[Opposed, float]]:
        rng = np.random.default_rng(17)
        for _ in range(PAGES):
            groups, told = page(rng, with_open=with_open)
            pair = pair_of(groups)
            yield pair, effect_of(pair, "1", repeats_of_page(groups, told))

    return tuple(made())


TESTS = pytest.mark.parametrize(("test", "with_open"), [(median_p, False), (log_rank, False), (log_rank, True)])


@TESTS
def test_pages_of_repeated_clients_show_no_difference_more_often_than_they_say(
    test: Callable[[Opposed, float], float], with_open: bool, record_property
):
    shown = float(np.mean([test(pair, effect) <= 0.05 for pair, effect in effects(with_open)]))
    record_property("shown", shown)
    assert shown <= 0.07


@TESTS
def test_without_it_they_would(test: Callable[[Opposed, float], float], with_open: bool):
    assert np.mean([test(pair, 1.0) <= 0.05 for pair, _ in effects(with_open)]) > 0.10


def test_medians_of_repeated_clients_are_covered():
    rng, held, narrow = np.random.default_rng(23), [], []
    # the median of a lognormal frailty times an exponential, by a large sample
    true = np.median(np.ceil(rng.exponential(1, 10**6) / np.log(2) * TRUE_MEDIAN * np.exp(rng.normal(0, 1.0, 10**6))))
    for _ in range(PAGES):
        groups, told = page(rng, with_open=False)
        effect = repeats_of_page(groups, told).of("1")
        rows = groups.rows["1"]
        assert rows is not None
        days = EachDay(rows)
        for times, found in ((effect, held), (1.0, narrow)):
            ends = of_time(float(np.median(np.asarray(days))), quantile_interval(days), times)
            assert isinstance(ends, Interval)
            found.append(ends.low <= true <= ends.high)
    assert 0.92 <= np.mean(held) <= 0.98
    assert np.mean(narrow) < 0.91


def test_clients_with_a_row_each_are_as_before():
    groups, told = page(np.random.default_rng(1), with_open=True)
    alone = LastingBy(told.patterns, told.pattern, np.arange(len(told.client)), told.days, told.ended, told.open)
    assert repeats_of_page(groups, alone) is NONE
    assert effect_of(pair_of(groups), "1", NONE) == 1.0
