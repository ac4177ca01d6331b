"""Quantiles against R's worked values and NumPy's."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillnad.analysis.formulas.quantiles import interpolate, place, quantile


@pytest.mark.parametrize(
    ("values", "p", "expected"),
    [
        ([], 0.5, None),
        ([7], 0.9, 7),
        ([1, 2], 0.5, 1.5),
        ([1, 2, 3, 10], 0.25, 1.75),
        ([1, 2, 3, 10], 0.9, 7.9),
        ([1, 2, 3], 0.0, 1),
        ([1, 2, 3], 1.0, 3),
    ],
)
def test_quantile_of_few_values(values: list[float], p: float, expected: float | None) -> None:
    assert quantile(values, p) == (None if expected is None else pytest.approx(expected))


@given(st.lists(st.integers(0, 4000), min_size=1), st.sampled_from([0.1, 0.25, 0.5, 0.75, 0.9]))
def test_quantile_is_numpys_linear(values: list[int], p: float) -> None:
    assert quantile(sorted(values), p) == pytest.approx(np.quantile(values, p, method="linear"), rel=1e-12)


def test_place_is_counted_from_nought() -> None:
    assert place(5, 0.5) == (2, 0.0)
    assert place(4, 0.5) == (1, 0.5)


def test_interpolation_goes_straight() -> None:
    assert interpolate(10, 20, 0.3) == pytest.approx(13)
