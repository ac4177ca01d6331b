"""Rounded tables keep what is promised of them: they add up, nothing small is shown, and nothing small follows."""

from itertools import product

import numpy as np
import pytest
from disclosure_tables import as_system, with_margins

from skillnad.analysis.disclosure.attackers import Way
from skillnad.analysis.disclosure.perturbed import rounding
from skillnad.analysis.disclosure.perturbed.rounding import Rounded, conclusions, rounded
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.system import Cell, system
from skillnad.lib.errors import UserError

THREE = Policy(threshold=3, way=Way.ROUND, base=3)
FIVE = Policy(way=Way.ROUND, base=5)
SHAPES = [(6, 5), (4, 3, 3)]


def table(seed: int, shape: tuple[int, ...] = (5, 4, 3), mean: float = 3) -> np.ndarray:
    return np.random.default_rng(seed).poisson(mean, shape)


def inner(shown: Rounded, shape: tuple[int, ...]) -> np.ndarray:
    keys = product(*([f"{'abcd'[axis]}{level:02d}" for level in range(size)] for axis, size in enumerate(shape)))
    return np.array([shown.values[key] for key in keys]).reshape(shape)


@pytest.mark.parametrize(("seed", "policy", "shape"), list(product(range(4), (THREE, FIVE), SHAPES)))
def test_rounded_table_adds_up(seed, policy, shape) -> None:
    shown = rounded(as_system(table(seed, shape)), policy)
    assert shown.values == with_margins(inner(shown, shape))


@pytest.mark.parametrize(("seed", "policy"), list(product(range(4), (THREE, FIVE))))
def test_small_cells_are_nought_or_the_base_and_others_as_they_were(seed, policy) -> None:
    counts = table(seed)
    found = inner(rounded(as_system(counts), policy), counts.shape)
    small = (counts > 0) & (counts < policy.base)
    assert set(found[small].tolist()) <= {0, policy.base}
    assert (found[~small] == counts[~small]).all()


@pytest.mark.parametrize(("seed", "policy"), list(product(range(4), (THREE, FIVE))))
def test_no_number_is_further_off_than_is_stated(seed, policy) -> None:
    told = as_system(table(seed))
    shown = rounded(told, policy)
    assert max(abs(shown.values[cell.name] - cell.value) for cell in told.cells) <= shown.distance


@pytest.mark.parametrize("seed", range(6))
def test_sum_of_all_is_off_by_half_the_base_at_most(seed) -> None:
    counts = table(seed)
    assert abs(rounded(as_system(counts), FIVE).values["*", "*", "*"] - counts.sum()) <= 2.5


@pytest.mark.parametrize("policy", [THREE, FIVE])
def test_no_small_number_is_shown(policy) -> None:
    shown = rounded(as_system(table(1)), policy)
    assert not any(0 < value < policy.base for value in shown.values.values())


def test_table_without_small_counts_is_shown_as_it_is() -> None:
    counts = table(1, mean=40)
    assert rounded(as_system(counts), FIVE).values == with_margins(counts)


@pytest.mark.parametrize("counts", [np.zeros((3, 2), dtype=int), np.ones((3, 2), dtype=int)])
def test_table_of_nothing_or_of_ones_can_be_rounded(counts) -> None:
    assert rounded(as_system(counts), THREE).values["*", "*"] == counts.sum()


def test_same_seed_gives_the_same_numbers() -> None:
    told = as_system(table(2))
    assert rounded(told, FIVE, seed=4) == rounded(told, FIVE, seed=4)


def test_order_of_levels_makes_no_difference() -> None:
    """No two rows or columns are alike, so nothing but names could tell them apart."""
    counts = table(2, (6, 5))
    turned = rounded(as_system(counts[::-1]), FIVE).values
    back = {(f"a{5 - int(row[1:]):02d}" if row != "*" else row, column): v for (row, column), v in turned.items()}
    assert back == rounded(as_system(counts), FIVE).values


@pytest.mark.parametrize("seed", range(8))
def test_sums_change_as_little_as_they_can(seed) -> None:
    """Against every choice of so many cells to raise."""
    counts = table(seed, (3, 3), mean=1.2)
    told, (y, x) = as_system(counts), np.nonzero((counts > 0) & (counts < 3))
    shown = rounded(told, THREE)
    many = sum(shown.values[f"a{a:02d}", f"b{b:02d}"] > 0 for a, b in zip(y, x, strict=True))
    assert furthest(counts, with_margins(inner(shown, (3, 3)))) == min(
        furthest(counts, with_margins(changed(counts, y, x, raised)))
        for raised in product((0, 3), repeat=len(y))
        if sum(raised) == 3 * many
    )


def changed(counts, y, x, raised) -> np.ndarray:
    other = counts.copy()
    other[y, x] = raised
    return other


def furthest(counts: np.ndarray, shown: dict) -> int:
    truth = with_margins(counts)
    return max(abs(shown[key] - truth[key]) for key in truth)


@pytest.mark.parametrize("seed", range(4))
def test_reader_cannot_tell_a_small_count_more_closely_than_the_base(seed) -> None:
    counts = table(seed, (3, 4), mean=2)
    told = as_system(counts)
    found = conclusions(told, rounded(told, FIVE), whole=True)
    wide = [one.high - one.low for one, cell in zip(found, told.cells, strict=True) if 0 < cell.value < 5]
    assert wide
    assert min(wide) >= 4


def test_readers_interval_holds_the_truth_and_what_is_shown() -> None:
    told = as_system(table(3))
    shown = rounded(told, FIVE)
    for one, cell in zip(conclusions(told, shown), told.cells, strict=True):
        assert one.low <= cell.value <= one.high
        assert one.low <= shown.values[cell.name] <= one.high


def test_shown_nought_can_be_anything_under_the_base() -> None:
    told = as_system(np.array([[1, 1, 30], [2, 2, 40]]))
    found = {one.name: (one.low, one.high) for one in conclusions(told, rounded(told, THREE))}
    assert {found["a00", "b00"], found["a00", "b01"]} <= {(0, 2), (1, 3)}
    assert found["a00", "b02"] == (30, 30)


def test_base_under_the_threshold_is_refused() -> None:
    with pytest.raises(UserError, match="DISC-070"):
        rounded(as_system(table(1)), Policy(way=Way.ROUND, base=3))


def test_what_is_no_whole_number_is_refused() -> None:
    told = system([Cell(("a",), 1.5), Cell(("b",), 2.0), Cell(("*",), 3.5)], [_sum("a", "b")])
    with pytest.raises(UserError, match="DISC-072"):
        rounded(told, FIVE)


def _sum(*parts: str):
    return (*(((part,), 1.0) for part in parts), (("*",), -1.0))


def test_audit_refuses_a_search_that_shows_small_numbers(monkeypatch) -> None:
    monkeypatch.setattr(rounding, "checked_base", lambda policy: 2)
    with pytest.raises(UserError, match="DISC-073"):
        rounded(as_system(table(1)), FIVE)


def test_audit_refuses_numbers_that_are_known_too_closely(monkeypatch) -> None:
    monkeypatch.setattr(Rounded, "ends", lambda self, told: (told.values, told.values))
    with pytest.raises(UserError, match="DISC-073"):
        rounded(as_system(table(1)), FIVE)


def test_refusal_tells_no_count(monkeypatch) -> None:
    monkeypatch.setattr(rounding, "checked_base", lambda policy: 2)
    with pytest.raises(UserError) as refused:
        rounded(as_system(np.array([[3, 77123], [4, 88321]])), FIVE)
    assert not {"77123", "88321"} & set(str(refused.value).split())
