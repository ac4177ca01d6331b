"""What a reader of a standardised share can work out, by trying every way the group's strata could be.

The reader knows how many of the group are in each stratum, the weights, the plain count, and every figure as it is
told.
"""

from collections.abc import Iterator
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import default_rng
from proof_sizes import examples

from skillnad.analysis.comparisons.adjusted.figures import COARSE, FINEST, Share, told
from skillnad.analysis.comparisons.adjusted.standard import Strata, _standardised, _were, shown_share
from skillnad.analysis.comparisons.adjusted.strata import _spread, strata_of
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.formulas.standardisation import Weights

THRESHOLD = DEFAULT.threshold
Parts = tuple[int, ...]


def strata(*pairs: tuple[int, int]) -> Strata:
    return {(f"s{number}",): Counted(*pair) for number, pair in enumerate(pairs)}


def weights(*people: float) -> Weights:
    return {(f"s{number}",): weight for number, weight in enumerate(people) if weight}


def possible(cells: Strata) -> Iterator[Parts]:
    """Every way that the strata could be, to who knows the plain count."""
    part = sum(cell.part for cell in cells.values())
    return (way for way in product(*(range(c.whole + 1) for c in cells.values())) if sum(way) == part)


def margins(cells: Strata) -> list[list[int]]:
    """The strata that have the same levels of some of the columns, by number."""
    names, found = list(cells), {}
    for count in range(1, len(names[0]) + 1):
        for columns in combinations(range(len(names[0])), count):
            for number, name in enumerate(names):
                found.setdefault((columns, tuple(name[c] for c in columns)), []).append(number)
    return list(found.values())


def promised(number: int, whole: int) -> set[int]:
    few = set(range(1, THRESHOLD + 1)) if 0 < number < THRESHOLD else set()
    return few | {whole - n for n in range(1, THRESHOLD + 1) if 0 < whole - number < THRESHOLD}


def assert_open(cells: Strata, shown: Share, of: Weights, finest: int) -> None:
    before = list(possible(cells))
    after = [way for way in before if told(_were(cells, of, np.array(way)), finest) == shown]
    now, sizes = [cell.part for cell in cells.values()], [cell.whole for cell in cells.values()]
    for margin in margins(cells):
        could, can = ({sum(way[n] for n in margin) for way in each} for each in (before, after))
        assert promised(sum(now[n] for n in margin), sum(sizes[n] for n in margin)) & could <= can


def attack(cells: Strata, of: Weights) -> None:
    shown = shown_share(cells, of, DEFAULT)
    if shown is not None:
        finest = FINEST if shown == told(_standardised(cells, of)) else COARSE
        assert shown == told(_standardised(cells, of), finest)
        assert_open(cells, shown, of, finest)


SIZES = st.lists(st.integers(5, 14), min_size=3, max_size=4)


@given(SIZES, st.floats(0.1, 0.9), st.integers(0, 10**6))
@examples(40, 1000)
def test_no_stratum_is_given_away(sizes, share, seed):
    rng = default_rng(seed)
    parts = [int(rng.binomial(size, share)) for size in sizes]
    attack(strata(*zip(parts, sizes, strict=True)), weights(*rng.integers(1, 9, len(sizes)).tolist()))


@given(st.lists(st.integers(12, 28), min_size=3, max_size=3), st.floats(0.05, 0.3), st.integers(0, 10**6))
@examples(12, 600)
def test_no_stratum_is_given_away_where_weights_are_the_groups_own(sizes, share, seed):
    parts = [int(default_rng(seed).binomial(size, share)) for size in sizes]
    attack(strata(*zip(parts, sizes, strict=True)), weights(*sizes))


@given(SIZES, st.integers(1, 6), st.integers(0, 10**6))
@examples(25, 600)
def test_rows_without_background_are_not_given_away(sizes, lacking, seed):
    rng = default_rng(seed)
    counted = [*sizes, lacking]
    parts = [int(rng.binomial(size, 0.4)) for size in counted]
    attack(strata(*zip(parts, counted, strict=True)), weights(*sizes, 0))


@given(st.lists(st.integers(5, 9), min_size=4, max_size=4), st.floats(0.2, 0.8), st.integers(0, 10**6))
@examples(25, 600)
def test_no_margin_over_strata_is_given_away(sizes, share, seed):
    rng = default_rng(seed)
    names = list(product("xy", "12"))
    cells = {name: Counted(int(rng.binomial(size, share)), size) for name, size in zip(names, sizes, strict=True)}
    attack(cells, dict(zip(names, rng.integers(4, 7, 4).tolist(), strict=True)))


def test_attacker_solves_two_strata():
    cells, of = strata((3, 40), (30, 60)), weights(1, 1)
    with pytest.raises(AssertionError):
        assert_open(cells, told(_standardised(cells, of)), of, FINEST)


def test_two_strata_with_few_are_not_shown():
    assert shown_share(strata((3, 40), (30, 60)), weights(1, 1), DEFAULT) is None


def test_two_strata_with_many_are_shown():
    cells, of = strata((13, 40), (30, 60)), weights(1, 1)
    assert shown_share(cells, of, DEFAULT) == told(_standardised(cells, of))


def test_a_share_that_is_the_plain_one_tells_nothing():
    cells, of = strata((3, 500), (30, 500), (40, 500)), weights(1, 1, 1)
    found = shown_share(cells, of, DEFAULT)
    assert found is not None
    assert found.value == 0.049


def test_what_tenths_would_tell_is_told_in_whole_percent():
    cells, of = strata((3, 30), (9, 31), (9, 29), (12, 33)), weights(30, 31, 29, 33)
    assert not strata_of(cells, lambda part: _were(cells, of, part), FINEST).open(DEFAULT)
    found = shown_share(cells, of, DEFAULT)
    assert found == told(_standardised(cells, of), COARSE)


def test_nobody_with_the_outcome_is_no_secret():
    found = shown_share(strata((0, 40), (0, 60)), weights(1, 1), DEFAULT)
    assert found is not None
    assert (found.value, found.interval.low) == (0, 0)


@pytest.mark.parametrize(("most", "shared"), [(9, [3, 4, 0]), (1, [3, 2, 2])], ids=["in few strata", "in many strata"])
def test_amount_is_spread_over_strata_with_room(most, shared):
    assert _spread(np.array([0, 1, 2]), np.array([3, 9, 2]), 7, most).tolist() == shared


def test_amount_is_spread_as_far_as_there_is_room():
    assert _spread(np.array([2, 0]), np.array([1, 9, 2]), 7, 9).tolist() == [1, 0, 2]
