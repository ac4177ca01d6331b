"""Midpoints of bands, what a reader makes of several, and rates of them."""

import numpy as np
import pytest
from disclosure_tables import as_system, with_margins
from scipy.optimize import Bounds, LinearConstraint, milp

from skillnad.analysis.disclosure.perturbed.midpoints import band, midpoint, midpoint_rate, midpoints
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.disclosure.system import Cell, system

THREE_IN_A_BAND = np.array([[1, 1, 2], [60, 70, 80]])


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (1, 3), (5, 3), (6, 8), (10, 8), (11, 13)])
def test_count_is_shown_as_the_middle_of_its_band(count, shown) -> None:
    assert midpoint(count, 5) == shown


@pytest.mark.parametrize("width", [3, 4, 5, 6, 10])
def test_band_holds_the_counts_that_are_shown_so(width) -> None:
    for count in range(100):
        low, high = band(midpoint(count, width), width)
        assert low <= count <= high
        assert high - low == (width - 1 if count else 0)


@pytest.mark.parametrize(
    ("part", "whole", "rate"), [(3, 8, 0.375), (8, 3, 1.0), (0, 8, 0.0), (None, 8, None), (3, None, None), (3, 0, None)]
)
def test_rate_is_of_midpoints(part, whole, rate) -> None:
    assert midpoint_rate(part, whole) == rate


def test_table_of_large_counts_has_no_gap() -> None:
    shown = midpoints(as_system(np.array([[50, 61], [72, 83]])), DEFAULT)
    assert shown.gaps == 0
    assert shown.values["a00", "b00"] == 48


def test_sum_that_tells_its_parts_is_a_gap() -> None:
    """1 + 1 + 2 = 4: a band of 1–5 for each and for the sum would leave the parts at most 3."""
    shown = midpoints(as_system(THREE_IN_A_BAND), DEFAULT)
    assert shown.values["a00", "*"] is None
    assert shown.values["a00", "b00"] == 3


def test_latent_numbers_are_not_shown() -> None:
    told = system(
        [Cell(("a",), 28), Cell(("not",), 2, latent=True), Cell(("*",), 30)],
        [((("a",), 1.0), (("not",), 1.0), (("*",), -1.0))],
    )
    assert set(midpoints(told, DEFAULT).values) == {("a",), ("*",)}


@pytest.mark.parametrize("policy", [DEFAULT, Policy(threshold=3), Policy(zeros_printed=False)])
@pytest.mark.parametrize("seed", range(4))
def test_every_small_count_could_be_anything_up_to_the_threshold(seed, policy) -> None:
    """By another reader, whose unknowns are inner cells alone; more than one step of a line may be implied by zeros."""
    counts = np.random.default_rng(seed).poisson(3, (4, 4)) + 1
    shown = midpoints(as_system(counts), policy).values
    for name, value in with_margins(counts).items():
        if 0 < value < policy.threshold:
            low, high = interval(counts.shape, shown, name, policy)
            assert low <= 1
            assert high >= policy.threshold


def interval(shape, shown, name, policy) -> tuple[float, float]:
    sums, low, high = [], [], []
    for each, value in shown.items():
        ends = band(value, policy.threshold) if value is not None else (policy.gap_floor, np.inf)
        sums.append(mask(shape, each))
        low.append(ends[0])
        high.append(ends[1])
    agrees = LinearConstraint(np.array(sums), low, high)
    asked, whole = mask(shape, name), np.ones(int(np.prod(shape)))
    found = [milp(sign * asked, constraints=agrees, bounds=Bounds(0, 9999), integrality=whole) for sign in (1, -1)]
    return found[0].fun, -found[1].fun


def mask(shape, name) -> np.ndarray:
    chosen = np.zeros(shape)
    chosen[tuple(slice(None) if code == "*" else int(code[1:]) for code in name)] = 1
    return chosen.ravel()
