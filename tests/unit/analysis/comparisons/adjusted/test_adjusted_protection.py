"""What a reader of a model's figures can work out, by trying every register that there could be.

The reader knows how many rows each pattern has, the plain table, and each adjusted figure as it is told. Registers are
so small that all that agree with the plain table can be fitted.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import default_rng
from proof_sizes import examples
from unit.analysis.comparisons.adjusted.registers import drawn, each_against_the_others, groups, patterns, to_adjust

from skillnad.analysis.comparisons.adjusted.background import Factor, Orders, Tally, factors_of, thick
from skillnad.analysis.comparisons.adjusted.figures import Adjustment, Patterns
from skillnad.analysis.comparisons.adjusted.model import (
    adjusted_by_model,
    fitted,
    sizes_of,
    told_of,
)
from skillnad.analysis.comparisons.adjusted.protection import kept_open, narrowed_classes, wanted
from skillnad.analysis.comparisons.adjusted.rest import Everyone, adjusted_by_models
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.formulas.estimable import NotEstimable
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.results import TOTAL

THRESHOLD = DEFAULT.threshold
Parts = tuple[int, ...]
Named = Sequence[tuple[str, ...]]
"""Each pattern's group, and what it has of background."""


def told(of: Patterns) -> Adjustment:
    return adjusted_by_model(to_adjust(of))


def registers(of: Patterns) -> Iterator[Parts]:
    """Every register with the same rows of each pattern and the same plain table, as how many have the outcome."""
    codes = [pattern[0] for pattern in of]
    ways = []
    for code in dict.fromkeys(codes):
        whole = [counted.whole for own, counted in zip(codes, of.values(), strict=True) if own == code]
        part = sum(counted.part for own, counted in zip(codes, of.values(), strict=True) if own == code)
        ways.append([way for way in product(*(range(n + 1) for n in whole)) if sum(way) == part])
    for chosen in product(*ways):
        yield tuple(number for way in chosen for number in way)


def replaced(of: Patterns, parts: Parts) -> Patterns:
    return {pattern: Counted(part, one.whole) for (pattern, one), part in zip(of.items(), parts, strict=True)}


def margins(of: Named, parts: Parts) -> tuple[int, ...]:
    """By level of each background column: what decides a model of the groups and those, or of coarser ones."""
    found: dict[tuple[int, str], int] = {}
    for pattern, part in zip(of, parts, strict=True):
        for place, level in enumerate(pattern[1:]):
            found[place, level] = found.get((place, level), 0) + part
    return tuple(found.values())


def cells(of: Named) -> list[list[int]]:
    """The patterns of each group and each of its levels or classes, by number."""
    found: dict[tuple[str, int, str], list[int]] = {}
    for number, pattern in enumerate(of):
        for place, level in enumerate(pattern[1:]):
            found.setdefault((pattern[0], place, level), []).append(number)
    return list(found.values())


def promised(number: int, whole: int) -> set[int]:
    """What a small count must still be able to be."""
    few = set(range(1, THRESHOLD + 1)) if 0 < number < THRESHOLD else set()
    return few | {whole - n for n in range(1, THRESHOLD + 1) if 0 < whole - number < THRESHOLD}


def assert_open(of: Patterns, named: Named, before: list[Parts], after: list[Parts]) -> None:
    """No number that a small cell is promised to be able to be, and could be before, is ruled out after."""
    now, sizes = [one.part for one in of.values()], [one.whole for one in of.values()]
    for cell in cells(named):
        could, can = ({sum(parts[n] for n in cell) for parts in each} for each in (before, after))
        assert promised(sum(now[n] for n in cell), sum(sizes[n] for n in cell)) & could <= can


def classes(of: Patterns, orders: Orders = ()) -> list[Factor]:
    """How the levels of the background are put together."""
    rows = tally(of)
    made = [thick(factor, rows, THRESHOLD) for factor in factors_of([pattern[1:] for pattern in of], orders)]
    return kept_open(rows, made, DEFAULT)


def by_class(of: Patterns, made: list[Factor]) -> Named:
    """Of the factors that are used: the class, and the level."""
    used = [each for factor in made if factor.count > 1 for each in (factor.grouped, factor.held)]
    names = zip(*(each.astype(str).tolist() for each in used), strict=True)
    return [(pattern[0], *name) for pattern, name in zip(of, names, strict=True)]


def figures(of: Patterns, made: list[Factor]) -> object:
    """The adjusted figures, with the levels put together in one and the same way whatever the register."""
    levels = {code: code for code in dict.fromkeys(pattern[0] for pattern in of)}
    found = fitted(tally(of), [factor for factor in made if factor.count > 1], list(levels))
    if isinstance(found, NotEstimable):
        return found
    return told_of(found, levels, each_against_the_others(of), sizes_of(of, levels), DEFAULT)


def figures_of_the_rest(of: Patterns, made: list[Factor]) -> object:
    """Each group's that has one of its own, against all the others as one group."""
    used = [factor for factor in made if factor.count > 1]
    everyone = Everyone(tally(of), used, [pattern[0] for pattern in of], None)
    return {code: everyone.against(code, DEFAULT) for code, one in groups(of).items() if code != TOTAL and one.part}


def attack(of: Patterns, figures: Callable[[Patterns, list[Factor]], object] = figures, orders: Orders = ()) -> None:
    """The reader knows too which levels were put together. Margins decide the model, so one register of each set of
    margins is fitted."""
    if not adjusted_by_models(to_adjust(of, orders=orders)).shares:
        return
    made, before = classes(of, orders), list(registers(of))
    seen, mine = by_class(of, made), figures(of, made)
    # its own margins give its own figures, to the last digit: another register of them may round the other way
    found = {margins(seen, tuple(one.part for one in of.values())): mine}
    for parts in before:
        key = margins(seen, parts)
        if key not in found:
            found[key] = figures(replaced(of, parts), made)
    assert_open(of, seen, before, [parts for parts in before if found[margins(seen, parts)] == mine])


SIZES = st.lists(st.integers(1, 11), min_size=6, max_size=6)


@given(SIZES, st.sampled_from([2, 3]), st.floats(0.15, 0.85), st.integers(0, 10**6))
@examples(60, 1500)
def test_no_register_with_one_background_column_is_given_away(sizes, levels, share, seed):
    names = list(product("ABC"[: 6 // levels], "xyz"[:levels]))
    attack(drawn(default_rng(seed), dict(zip(names, sizes, strict=True)), share))


@given(st.lists(st.integers(2, 6), min_size=8, max_size=8), st.floats(0.3, 0.7), st.integers(0, 10**6))
@examples(12, 300)
def test_no_register_with_two_background_columns_is_given_away(sizes, share, seed):
    names = list(product("AB", "xy", "12"))
    attack(drawn(default_rng(seed), dict(zip(names, sizes, strict=True)), share))


@given(st.lists(st.integers(2, 11), min_size=6, max_size=6), st.floats(0.25, 0.75), st.integers(0, 10**6))
@examples(40, 1000)
def test_no_register_is_given_away_by_groups_against_the_rest(sizes, share, seed):
    """One of the groups has nobody with the outcome."""
    of = drawn(default_rng(seed), dict(zip(product("ABC", "xy"), sizes, strict=True)), share)
    attack(of | {("C", level): Counted(0, of["C", level].whole) for level in "xy"}, figures_of_the_rest)


@given(st.lists(st.integers(1, 9), min_size=8, max_size=8), st.floats(0.2, 0.8), st.integers(0, 10**6))
@examples(30, 800)
def test_no_register_with_a_background_in_an_order_is_given_away(sizes, share, seed):
    of = drawn(default_rng(seed), dict(zip(product("AB", "xyz-"), sizes, strict=True)), share)
    attack(of, orders=["xyz"])


def known_by_its_margin() -> dict:
    """All of y are in A but one, and the margin of y is shown: A's own is known but for that one."""
    return patterns({"A x": (20, 40), "A y": (4, 9), "B x": (20, 40), "B y": (1, 1)})


def test_attacker_finds_a_cell_that_is_all_of_a_margin_but_one():
    of = known_by_its_margin()
    before = list(registers(of))
    mine = margins(list(of), tuple(one.part for one in of.values()))
    with pytest.raises(AssertionError):
        assert_open(of, list(of), before, [parts for parts in before if margins(list(of), parts) == mine])


def test_such_a_cell_is_not_behind_a_model():
    assert told(known_by_its_margin()).shares == {}


def tally(of: Patterns) -> Tally:
    codes = {code: number for number, code in enumerate(dict.fromkeys(pattern[0] for pattern in of))}
    group = np.array([codes[pattern[0]] for pattern in of])
    return Tally(group, group, *(np.array(each) for each in zip(*of.values(), strict=True)))


def narrowed(of: Patterns, place: int = 0) -> list[int]:
    return narrowed_classes(tally(of), factors_of([pattern[1:] for pattern in of]), place, DEFAULT).tolist()


def test_small_cell_is_open_where_another_group_can_make_up_for_it():
    assert narrowed(patterns({"A x": (20, 40), "A y": (4, 9), "B x": (20, 40), "B y": (5, 12)})) == []


def test_small_cell_is_closed_where_the_other_group_has_too_few_rows():
    assert narrowed(patterns({"A x": (20, 40), "A y": (4, 9), "B x": (20, 40), "B y": (1, 2)})) == [1]


def test_all_but_small_cell_is_as_closed():
    assert narrowed(patterns({"A x": (20, 40), "A y": (5, 9), "B x": (20, 40), "B y": (1, 2)})) == [1]


def test_cell_that_is_neither_needs_not_be_open():
    assert narrowed(patterns({"A x": (20, 40), "A y": (9, 18), "B x": (20, 40), "B y": (0, 1)})) == []


def test_rows_that_differ_in_another_column_cannot_change_places():
    alike = {"A x 1": (20, 40), "A y 1": (4, 9), "B x 1": (20, 40), "B y 1": (5, 12)}
    assert narrowed(patterns(alike)) == []
    apart = {"A x 1": (20, 40), "A y 2": (4, 9), "B x 1": (20, 40), "B y 1": (5, 12)}
    assert 1 in narrowed(patterns(apart))


def test_groups_that_are_one_in_the_model_are_looked_at_each_by_itself():
    of = patterns({"A x": (20, 40), "A y": (20, 40), "D x": (20, 40), "D y": (4, 9), "E x": (3, 9), "E y": (1, 1)})
    apart = tally(of)
    together = replace(apart, group=np.minimum(apart.group, 1))
    factors = factors_of([pattern[1:] for pattern in of])
    assert narrowed_classes(together, factors, 0, DEFAULT).tolist() == []
    lonely = patterns({"A x": (20, 40), "A y": (1, 1), "D x": (20, 40), "D y": (4, 9), "E x": (3, 9), "E y": (1, 1)})
    together = replace(tally(lonely), group=np.minimum(apart.group, 1))
    assert narrowed_classes(together, factors, 0, DEFAULT).tolist() == [1]


def test_columns_are_made_coarser_until_every_cell_is_open():
    of = patterns({"A x": (20, 40), "A y": (4, 9), "A z": (20, 50), "B x": (20, 40), "B y": (5, 5), "B z": (25, 60)})
    made = kept_open(tally(of), factors_of([pattern[1:] for pattern in of]), DEFAULT)
    assert 1 <= made[0].count < 3
    assert made[0].count == 1 or narrowed_classes(tally(of), made, 0, DEFAULT).tolist() == []


def test_narrowed_class_of_an_order_is_put_with_its_neighbour():
    """y's only neighbours are x and z; w is the smallest of all, and far from it."""
    counts = {"x": (40, 80), "y": (20, 40), "z": (30, 60), "w": (10, 20)}
    of = patterns({f"{unit} {need}": pair for unit in "AB" for need, pair in counts.items()})
    of |= {("A", "y"): Counted(4, 9), ("B", "y"): Counted(1, 2)}
    put_together = [
        kept_open(tally(of), factors_of([pattern[1:] for pattern in of], orders), DEFAULT)[0].classes.tolist()
        for orders in (["xyzw"], ())
    ]
    assert put_together == [[0, 1, 1, 2], [0, 1, 2, 1]]


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ((3, 20, 0, 20), (1, 5)),
        ((3, 20, 2, 20), (2, 5)),
        ((3, 20, 0, 4), (1, 4)),
        ((17, 20, 0, 20), (15, 19)),
        ((2, 3, 0, 3), (0, 3)),
        ((0, 20, 0, 20), (0, 0)),
        ((5, 20, 0, 20), (5, 5)),
        ((15, 20, 0, 20), (15, 15)),
    ],
    ids=["few", "at least 2 anyway", "at most 4 anyway", "few without", "few rows", "none", "enough", "enough without"],
)
def test_what_a_count_must_still_be_able_to_be(cell, numbers):
    low, high = wanted(*(np.array([number]) for number in cell), DEFAULT)
    assert (int(low[0]), int(high[0])) == numbers


def test_model_is_decided_by_its_margins() -> None:
    """What the protection rests on: two registers with the same margins have the same figures."""
    sizes = dict.fromkeys(product("AB", "xy", "12"), 30)
    one = drawn(default_rng(5), sizes, 0.4)
    moved = dict(one)
    for name, step in ((("A", "x", "1"), 1), (("A", "y", "1"), -1), (("B", "x", "1"), -1), (("B", "y", "1"), 1)):
        moved[name] = Counted(one[name].part + step, 30)
    assert moved != one
    assert told(moved) == told(one)
