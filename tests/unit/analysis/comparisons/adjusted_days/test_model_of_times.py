"""The model of adjusted times: R's figures, what its background is made of, and what a reader can work out."""

from collections.abc import Mapping
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import default_rng
from proof_sizes import examples
from r_figures import assert_same, r_figures
from unit.analysis.comparisons.adjusted.registers import drawn, each_against_the_others, groups
from unit.analysis.comparisons.adjusted.test_adjusted_protection import assert_open, margins, registers, replaced

from skillnad.analysis.comparisons.adjusted.figures import Patterns
from skillnad.analysis.comparisons.adjusted.model import GROUP, Model, levels_of, sizes_of, told_of
from skillnad.analysis.comparisons.adjusted_days.model import Asked, adjusted_within, background_of, fitted, model_of
from skillnad.analysis.comparisons.adjusted_days.outcomes import Timed, by_group
from skillnad.analysis.comparisons.rows import NOBODY, LastingBy, Pattern
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.formulas import margins as of_model
from skillnad.analysis.formulas.estimable import NotEstimable
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.results import TOTAL

R = r_figures("pseudo")
UNITS = {unit: unit for unit in "ABC"}


def timed(named: list[Pattern], days: list[int], over: list[int], client: list[int] | None = None) -> Timed:
    """A row each."""
    patterns = tuple(dict.fromkeys(named))
    place = np.array([patterns.index(pattern) for pattern in named])
    whose = np.full(len(named), NOBODY) if client is None else np.array(client)
    ended = np.array(over, dtype=bool)
    return Timed(patterns, place, whose, np.array(days), ended, np.ones(len(named), np.int64))


@pytest.fixture(scope="module")
def of_r() -> Model:
    rows = R["rows"]
    named = list(zip(rows["unit"], rows["age_group"], rows["home"], strict=True))
    found = model_of(timed(named, rows["days"], rows["over"], rows["client"]), UNITS, Asked(R["limit"]), DEFAULT)
    assert isinstance(found, Model)
    return found


def test_margins_are_those_of_rs_svyglm_of_pseudo_values(of_r):
    assert of_r.robust is not None
    found = {each.level: each for each in of_model.margins(of_r.robust, GROUP)}
    assert_same([found[unit].share for unit in UNITS], R["share"])
    assert_same([found[unit].interval.low for unit in UNITS], R["low"])
    assert_same([found[unit].interval.high for unit in UNITS], R["high"])


def test_differences_are_those_of_rs_svyglm_of_pseudo_values(of_r):
    size = {unit: R["rows"]["unit"].count(unit) for unit in UNITS}
    against = {unit: {other: size[other] for other in UNITS if other != unit} for unit in UNITS}
    assert of_r.robust is not None
    for unit, each in of_model.contrasts(of_r.robust, GROUP, against).items():
        told = each.compared()
        assert_same([told.value, told.interval.low, told.interval.high, told.p], R["against"][unit])


def even(days: Mapping[str, list[int]]) -> Timed:
    """Two units, both with the rows of each background, that have all ended."""
    rows = [((unit, need), day) for unit in "AB" for need, each in days.items() for day in each]
    return timed([pattern for pattern, _ in rows], [day for _, day in rows], [1] * len(rows))


def classes(rows: Timed, asked: Asked) -> list[list[int]]:
    return [factor.classes.tolist() for factor in background_of(rows, {"A": "A", "B": "B"}, asked, DEFAULT)]


MANY = [5] * 20 + [25] * 20 + [45] * 20 + [90] * 20


def test_background_with_many_between_the_limits_is_kept():
    assert classes(even({"x": MANY, "y": MANY, "z": MANY}), Asked(30, 14, 60)) == [[0, 1, 2]]


@pytest.mark.parametrize("few", [[5] * 20 + [25] + [45] * 20 + [90] * 20, [5] * 20 + [25] * 20 + [45] + [90] * 20])
def test_background_with_few_between_two_limits_is_put_together(few):
    rows = even({"x": MANY, "y": few, "z": MANY})
    assert classes(rows, Asked(30)) == [[0, 1, 2]]
    assert sorted(set(*classes(rows, Asked(30, 14, 60)))) == [0, 1]


def test_ages_with_few_between_two_limits_are_put_with_a_neighbour():
    few = [5] * 20 + [25] * 20 + [45] + [90] * 20
    rows = even({"z": MANY, "w": MANY[:60], "y": few, "x": [*MANY, 45]})
    found = background_of(rows, {"A": "A", "B": "B"}, Asked(30, 14, 60, ["xyzw"]), DEFAULT)
    assert [factor.classes.tolist() for factor in found] == [[0, 1, 1, 2]]


def test_none_between_the_limits_is_no_secret():
    none = [5] * 20 + [45] * 20 + [90] * 20
    assert classes(even({"x": MANY, "y": none}), Asked(30, 14, 60)) == [[0, 1]]


def test_rows_last_seen_before_the_limit_are_known_neither_way():
    rows = timed([("A", "x")] * 5, [10, 20, 29, 30, 40], [1, 0, 1, 0, 0])
    assert rows.counted(-1, 30) == {("A", "x"): Counted(2, 4)}
    assert rows.counted(10, 30) == {("A", "x"): Counted(1, 3)}


def test_curve_of_its_own_has_each_group():
    rows = timed([("A", "x")] * 3 + [("B", "x")] * 3, [10, 20, 40, 10, 20, 40], [1, 1, 1, 1, 0, 1])
    alone = timed([("B", "x")] * 3, [10, 20, 40], [1, 0, 1])
    found = rows.outcomes(30, np.array([0, 0, 0, 1, 1, 1]))
    assert found.tolist() == [1, 1, 0, *alone.outcomes(30, np.zeros(3, np.int64)).tolist()]


def test_open_rows_are_left_out_where_there_can_be_none():
    told = LastingBy((("A",),), *(np.array(each) for each in ([0, 0], [7, 8], [3, 4], [2, 1], [1, 0])))
    assert Timed.of(told, with_open=False).rows.tolist() == [2, 1]
    assert Timed.of(told, with_open=True).rows.tolist() == [2, 1, 1]


def test_groups_add_up_their_patterns():
    assert by_group({("A", "x"): Counted(1, 3), ("A", "y"): Counted(2, 2), ("B", "x"): Counted(0, 4)}) == {
        "A": Counted(3, 5),
        "B": Counted(0, 4),
    }


def test_group_alone_is_not_adjusted():
    rows = even({"x": MANY, "y": MANY})
    shown = {"A": Counted(80, 160), "B": None, TOTAL: None}
    found = adjusted_within(shown, {"A": ("B",)}, rows, Asked(30), DEFAULT)
    assert (found.shares, [one.reason for one in found.left_out]) == ({}, ["lone_group"])


def as_days(of: Patterns) -> Timed:
    """What has the outcome has ended long before the limit, and what has not ends long after it."""
    named = [pattern for pattern, one in of.items() for _ in range(one.whole)]
    days = [day for one in of.values() for day in [1] * one.part + [999] * (one.whole - one.part)]
    return timed(named, days, [1] * len(named))


def attack(of: Patterns) -> None:
    """The reader knows how many rows each pattern has, the plain table, how levels were put together, and each figure
    as it is told."""
    rows, levels = as_days(of), levels_of(groups(of), of, DEFAULT)
    if len(levels) < len({pattern[0] for pattern in of}) or len(set(levels.values())) < 2:
        return
    factors = background_of(rows, levels, Asked(30, 14, 60), DEFAULT)
    if not factors:
        return

    def figures(register: Patterns) -> object:
        found = fitted(as_days(register), factors, levels, 30)
        sizes = sizes_of(register, levels)
        return (
            found
            if isinstance(found, NotEstimable)
            else told_of(found, levels, each_against_the_others(register), sizes, DEFAULT)
        )

    told = [each for factor in factors for each in (factor.grouped, factor.held)]
    names = zip(*(each.astype(str).tolist() for each in told), strict=True)
    seen = [(pattern[0], *name) for pattern, name in zip(of, names, strict=True)]
    before, mine = list(registers(of)), figures(of)
    found = {margins(seen, tuple(one.part for one in of.values())): mine}
    for parts in before:
        if (key := margins(seen, parts)) not in found:
            found[key] = figures(replaced(of, parts))
    assert_open(of, seen, before, [parts for parts in before if found[margins(seen, parts)] == mine])


@given(st.lists(st.integers(1, 11), min_size=6, max_size=6), st.sampled_from([2, 3]), st.integers(0, 10**6))
@examples(30, 600)
def test_no_register_is_given_away(sizes, levels, seed):
    names = list(product("ABC"[: 6 // levels], "xyz"[:levels]))
    attack(drawn(default_rng(seed), dict(zip(names, sizes, strict=True)), 0.5))
