"""Simulated registers of times in which a client has one to four rows that go together: intervals of medians hold the
truth as often as they say, and differences are shown by chance as seldom. Taken as different people's they would not.

Times are lognormal. How alike a client's are (on the scale of logarithms) is drawn anew for each register, evenly from
0 to 0.5; where some are open, when each was seen last is another chance.
"""

from math import sqrt

import numpy as np
import pytest
from generative.test_clients_cover import sizes
from numpy.random import Generator, default_rng
from numpy.typing import NDArray
from proof_sizes import PROOF, SEED, size

from skillnad.analysis.comparisons.days.ended import put_ended
from skillnad.analysis.comparisons.days.followed import log_rank_p, put_followed
from skillnad.analysis.comparisons.days.groups import Groups
from skillnad.analysis.comparisons.days.together import Together, effect_of, middle_day
from skillnad.analysis.comparisons.days.told import judge
from skillnad.analysis.comparisons.made import Figures
from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.comparisons.repeats import NONE
from skillnad.analysis.comparisons.rows import Lasting, LastingBy
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.formulas.verdicts import Verdict
from skillnad.analysis.measures import OPEN, followed
from skillnad.analysis.questions import Duration
from skillnad.analysis.results import TOTAL, Axis, Level

REGISTERS = size(120, 10_000)
DRAW = 3.5 * sqrt(0.05 * 0.95 / REGISTERS)
LUCK = 0.0 if PROOF else DRAW
SIZES = (20, 30, 100, 1_000, 10_000)
UNITS = 6
MIDDLE = 2_000
"""Days, so many that whole ones matter little."""
QUESTION = Comparison(Duration("start_date", "end_date", by=("unit",)))


def times(rng: Generator, client: np.ndarray, alike: float) -> np.ndarray:
    own, each = rng.normal(0, 1, client.max() + 1)[client], rng.normal(0, 1, len(client))
    return np.exp(sqrt(alike) * own + sqrt(1 - alike) * each)


def register(rng: Generator, wholes: list[int], lengths: list[float], alike: float, *, with_open: bool) -> LastingBy:
    """The median of a group's times is its length."""
    each = [sizes(rng, whole) for whole in wholes]
    client = np.repeat(np.arange(sum(map(len, each))), np.concatenate(each))
    group = np.repeat(np.arange(len(wholes)), wholes)
    lasted = np.rint(np.array(lengths)[group] * times(rng, client, alike)).astype(np.int64)
    seen = rng.integers(MIDDLE // 2, 8 * MIDDLE, len(client)) if with_open else lasted
    over, days = (lasted <= seen).astype(np.int64), np.minimum(lasted, seen)
    return LastingBy(tuple((str(number),) for number in range(len(wholes))), group, client, days, over, 1 - over)


def moved(rng: Generator, rows: LastingBy) -> LastingBy:
    """One row in ten is in a unit of its own: nobody's rows are of one group alone."""
    units = len(rows.patterns)
    away = np.where(rng.random(len(rows.client)) < 0.1, rng.integers(0, units, len(rows.client)), rows.pattern)
    return LastingBy(rows.patterns, away, rows.client, rows.days, rows.ended, rows.open)


def lasting(rows: LastingBy, own: NDArray[np.bool_]) -> Lasting:
    days, at = np.unique(rows.days[own], return_inverse=True)
    return Lasting(days, *(np.bincount(at, each[own], len(days)).astype(np.int64) for each in (rows.ended, rows.open)))


def grouped(rows: LastingBy) -> Groups:
    groups = {code: lasting(rows, rows.pattern == number) for number, (code,) in enumerate(rows.patterns)}
    whole = lasting(rows, rows.pattern >= 0)
    axis = Axis("unit", "Enhet", tuple(Level(code, code) for code in groups))
    return Groups(axis, groups | {TOTAL: whole}, DEFAULT)


def table(rows: LastingBy, *, with_open: bool, together: bool = True) -> Figures:
    groups, figures = grouped(rows), Figures()
    of = Together(rows if together else None, groups, with_open)
    repeats, pairs = of.by(middle_day(groups.rows[TOTAL])), groups.opposed(QUESTION)
    if with_open:
        told = {(code,): 0 for code in groups.rows}
        judged = put_followed(
            figures, groups, pairs, {followed("median"): told, OPEN: told}, 60.0, repeats, of.by_scores()
        )
    else:
        judged = put_ended(figures, groups, pairs, 60.0, repeats)
    judge(figures, judged)
    return figures


def holds(made: Figures, name: str, truth: float) -> bool | None:
    """None where there is no end."""
    low, high = (made.cells[f"{name}_{end}"].get(("0",)) for end in ("low", "high"))
    return None if low is None or high is None else low <= truth <= high


def held(n: int, *, with_open: bool, together: bool = True) -> tuple[float, float]:
    """How often the interval of a median, and that of two medians' difference, held the truth."""
    rng, found = default_rng([SEED, n]), []
    for _ in range(REGISTERS):
        one, other = rng.uniform(0.5, 1.5, 2) * MIDDLE
        rows = register(rng, [n, max(20, n // 2)], [one, other], rng.uniform(0, 0.5), with_open=with_open)
        made = table(rows, with_open=with_open, together=together)
        found.append((holds(made, "median", one), holds(made, "difference", one - other)))
    own, apart = ([each for each in all_of if each is not None] for all_of in zip(*found, strict=True))
    return float(np.mean(own)), float(np.mean(apart))


@pytest.mark.parametrize("with_open", [False, True])
@pytest.mark.parametrize("n", SIZES)
def test_medians_of_clients_rows_hold_the_truth_as_often_as_they_say(n: int, with_open: bool, record_property) -> None:
    own, apart = held(n, with_open=with_open)
    record_property("simulated registers", REGISTERS)
    record_property("per cent held the median", round(100 * own, 2))
    record_property("per cent held the difference", round(100 * apart, 2))
    assert own >= 0.93 - LUCK
    assert apart >= 0.93 - LUCK


def test_rows_taken_as_different_peoples_would_hold_it_too_seldom() -> None:
    assert min(held(300, with_open=False, together=False)) < 0.93


def shown_by_chance(alike: float, *, with_open: bool, together: bool = True) -> float:
    """Pages of units against all the others, without any difference. Rows of a client can be in two units."""
    rng, shown = default_rng([SEED, round(10 * alike)]), 0
    for _ in range(REGISTERS):
        wholes = (10 ** rng.uniform(1.4, 2.7, UNITS)).astype(int).tolist()
        rows = moved(rng, register(rng, wholes, [float(MIDDLE)] * UNITS, alike, with_open=with_open))
        made = table(rows, with_open=with_open, together=together)
        shown += list(Verdict).index(Verdict.DIFFERENCE_SHOWN) in made.cells["verdict"].values()
    return shown / REGISTERS


@pytest.mark.parametrize("with_open", [False, True])
@pytest.mark.parametrize("alike", [0.0, 0.2, 0.5])
def test_pages_of_clients_times_without_any_difference_seldom_show_one(
    alike: float, with_open: bool, record_property
) -> None:
    found = shown_by_chance(alike, with_open=with_open)
    record_property("simulated pages", REGISTERS)
    record_property("per cent showed a difference", round(100 * found, 2))
    assert found <= 0.05 + DRAW


@pytest.mark.parametrize("with_open", [False, True])
def test_pages_of_times_taken_as_different_peoples_would_show_one_too_often(with_open: bool) -> None:
    assert shown_by_chance(0.5, with_open=with_open, together=False) > 0.05 + DRAW


def small_p(clients: int, alike: float, *, together: bool = True) -> float:
    """How often the log-rank test's p is 0.05 or less by itself, of two groups of so many clients that are alike."""
    rng, small = default_rng([SEED, clients, round(10 * alike)]), 0
    for _ in range(REGISTERS):
        wholes = [int(rng.integers(1, 5, clients).sum()) for _ in range(2)]
        rows = register(rng, wholes, [float(MIDDLE)] * 2, alike, with_open=True)
        groups = grouped(rows)
        pair = groups.opposed(QUESTION)["0"]
        assert pair is not None
        of_test = Together(rows, groups, True).by_scores() if together else NONE
        p = log_rank_p(pair, effect_of(pair, "0", of_test))
        small += p is not None and p <= 0.05
    return small / REGISTERS


@pytest.mark.parametrize("alike", [0.0, 0.3, 0.5])
@pytest.mark.parametrize("clients", [10, 20])
def test_p_of_few_clients_times_is_seldom_small_by_itself(clients: int, alike: float, record_property) -> None:
    found = small_p(clients, alike)
    record_property("simulated pairs of groups", REGISTERS)
    record_property("per cent had a p of 0.05 or less", round(100 * found, 2))
    assert found <= 0.05 + DRAW


def test_p_of_few_clients_times_taken_as_different_peoples_would_be_small_too_often() -> None:
    assert small_p(10, 0.5, together=False) > 0.05 + DRAW


def test_clients_with_a_row_each_are_as_before() -> None:
    rows = register(default_rng(1), [60, 60], [90.0, 90.0], 0.3, with_open=True)
    alone = LastingBy(rows.patterns, rows.pattern, np.arange(len(rows.client)), rows.days, rows.ended, rows.open)
    groups = grouped(alone)
    of = Together(alone, groups, with_open=True)
    assert of.by(middle_day(groups.rows[TOTAL])) is of.by_scores() is NONE
    pair = groups.opposed(QUESTION)["0"]
    assert pair is not None
    assert effect_of(pair, "0", NONE) == 1.0
