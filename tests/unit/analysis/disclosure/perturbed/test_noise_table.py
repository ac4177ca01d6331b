"""The noise keeps the rules, and no other that keeps them has more entropy."""

import numpy as np
import pytest
from scipy.optimize import LinearConstraint, linprog, minimize

from skillnad.analysis.disclosure.perturbed.noise_table import (
    RESOLUTION,
    allowed,
    greatest_entropy,
    noise_table,
)
from skillnad.lib.errors import UserError

THRESHOLDS = (2, 3, 5, 10)


@pytest.mark.parametrize("threshold", THRESHOLDS)
def test_chances_are_chances(threshold) -> None:
    chances = noise_table(threshold).chances
    assert (chances >= 0).all()
    assert np.allclose(chances.sum(axis=1), 1)


@pytest.mark.parametrize("threshold", THRESHOLDS)
def test_noise_is_unbiased(threshold) -> None:
    table = noise_table(threshold)
    assert np.abs(table.chances @ values(table)).max() < 1e-9


@pytest.mark.parametrize("threshold", THRESHOLDS)
def test_variance_is_the_stated_one_for_every_count_but_nought(threshold) -> None:
    table = noise_table(threshold)
    found = table.chances @ values(table) ** 2
    assert found[0] == 0
    assert np.allclose(found[1:], table.variance)


@pytest.mark.parametrize("threshold", THRESHOLDS)
def test_nothing_small_and_nothing_negative_is_ever_shown(threshold) -> None:
    table = noise_table(threshold)
    for count, chances in enumerate(table.chances):
        shown = count + values(table)[chances > 0]
        assert ((shown == 0) | (shown >= threshold)).all()


def test_nought_is_always_shown_as_nought() -> None:
    table = noise_table(5)
    assert (table.noise(np.zeros(1000, dtype=int), keys(1000)) == 0).all()


def test_defaults_are_stated() -> None:
    table = noise_table(5)
    assert (table.maximum, table.variance) == (10, 7)


def values(table) -> np.ndarray:
    return np.arange(-table.maximum, table.maximum + 1)


def keys(many: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 1 << 64, many, dtype=np.uint64)


def entropy(chances: np.ndarray) -> float:
    kept = chances[chances > 0]
    return float(-(kept * np.log(kept)).sum())


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 9, 20])
def test_no_other_search_finds_more_entropy(count) -> None:
    """A general solver from an even start, on the chances themselves and not on the dual."""
    noise = allowed(count, 5, 10)
    rules = np.array([np.ones(len(noise)), noise, noise**2])
    even = np.full(len(noise), 1 / len(noise))
    found = minimize(
        lambda p: float((p * np.log(np.maximum(p, 1e-300))).sum()),
        even,
        jac=lambda p: np.log(np.maximum(p, 1e-300)) + 1,
        method="trust-constr",
        bounds=[(1e-12, 1)] * len(noise),
        constraints=[LinearConstraint(rules, [1, 0, 7], [1, 0, 7])],
        options={"maxiter": 2000, "gtol": 1e-10, "xtol": 1e-12},
    )
    mine = greatest_entropy(noise, 7.0)
    assert entropy(mine) >= entropy(found.x) - 1e-5
    assert entropy(mine) == pytest.approx(entropy(found.x), abs=1e-3)


@pytest.mark.parametrize("threshold", THRESHOLDS)
def test_least_variance_is_what_a_programme_says(threshold) -> None:
    """No distribution of the hardest count has less than threshold² / 4, rounded down."""
    least = []
    for count in range(1, threshold):
        noise = allowed(count, threshold, 3 * threshold)
        rules = np.array([np.ones(len(noise)), noise])
        least.append(linprog(noise**2, A_eq=rules, b_eq=[1, 0], method="highs").fun)
    assert max(least) == pytest.approx(threshold**2 // 4)


@pytest.mark.parametrize(("maximum", "variance"), [(10, 6.0), (10, 10.0), (5, 7.0)])
def test_rules_that_nothing_keeps_are_refused(maximum, variance) -> None:
    with pytest.raises(UserError, match="DISC-074") as refused:
        noise_table(5, maximum, variance)
    assert "större än 6" in str(refused.value)


def test_keys_give_the_chances_of_the_table() -> None:
    table = noise_table(5)
    drawn = table.noise(np.full(200_000, 7), keys(200_000))
    found = np.bincount(drawn + table.maximum, minlength=21) / 200_000
    assert np.abs(found - table.chances[7]).max() < 0.005


@pytest.mark.parametrize("key", [0, (1 << 64) - 1])
def test_outermost_keys_give_noise_that_is_allowed(key) -> None:
    table = noise_table(5)
    for count in range(40):
        noise = table.noise(np.array([count]), np.array([key], dtype=np.uint64))
        assert noise[0] in allowed(count, 5, 10)


def test_limits_end_at_the_whole() -> None:
    assert (noise_table(5).limits[:, -1] == RESOLUTION).all()


@pytest.mark.parametrize("shown", [0, 5, 6, 14, 15, 40])
def test_counts_behind_a_number_are_those_that_can_be_shown_so(shown) -> None:
    table = noise_table(5)
    behind = [count for count in range(60) if shown - count in allowed(count, 5, 10) and abs(shown - count) <= 10]
    assert table.counts_behind(shown) == (behind[0], behind[-1])


def test_large_counts_have_the_same_noise() -> None:
    table = noise_table(5)
    some = keys(500)
    assert (table.noise(np.full(500, 15), some) == table.noise(np.full(500, 9999), some)).all()


def test_noise_is_stable_over_editions() -> None:
    """Noise that changed with the program would cancel what was shown before."""
    counts = np.arange(1, 12)
    middle, high = (np.full(11, key, dtype=np.uint64) for key in (1 << 63, 0xF << 60))
    assert noise_table(5).noise(counts, middle).tolist() == [-1, -2, 2, 1, 0, 0, 0, 0, 0, 0, 0]
    assert noise_table(5).noise(counts, high).tolist() == [6, 4, 3, 3, 3, 4, 4, 4, 4, 4, 4]


def test_noise_is_that_of_the_published_example():
    """ptable's introduction (Enderle): at most 2 either way and variance 1, for counts that nothing else holds back."""
    assert greatest_entropy(np.arange(-2, 3), 1.0) == pytest.approx([0.0638, 0.2447, 0.383, 0.2447, 0.0638], abs=1e-4)
