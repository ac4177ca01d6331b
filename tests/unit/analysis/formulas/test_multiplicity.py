"""Benjamini and Hochberg's correction: R's figures, the published example, and what order may not change."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillnad.analysis.formulas.multiplicity import adjusted, selected_confidence

R = json.loads((Path(__file__).parents[3] / "fixtures/r/comparisons.json").read_text())["adjusted"]
MANY = st.lists(st.floats(0, 1), min_size=1, max_size=40)
PUBLISHED = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
PUBLISHED += [0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]


@pytest.mark.parametrize("case", R, ids=lambda case: f"{len(case['p'])}")
def test_adjusted_p_is_rs(case: dict) -> None:
    assert adjusted(case["p"]) == pytest.approx(case["adjusted"], rel=1e-6)


def test_four_of_the_published_fifteen_are_shown() -> None:
    # Benjamini and Hochberg (1995), section 4.1
    assert [p <= 0.05 for p in adjusted(PUBLISHED)] == [True] * 4 + [False] * 11


@given(MANY)
def test_correction_never_makes_a_p_smaller(p_values: list[float]) -> None:
    assert all(p <= corrected <= 1 for p, corrected in zip(p_values, adjusted(p_values), strict=True))
    assert max(adjusted(p_values)) == max(p_values)


@given(MANY)
def test_correction_keeps_the_order(p_values: list[float]) -> None:
    paired = sorted(zip(p_values, adjusted(p_values), strict=True))
    assert [corrected for _, corrected in paired] == sorted(corrected for _, corrected in paired)


@given(MANY)
def test_correction_does_not_mind_in_which_order_they_come(p_values: list[float]) -> None:
    assert adjusted(p_values[::-1]) == adjusted(p_values)[::-1]


@given(MANY, st.sampled_from([0.01, 0.05, 0.2]))
def test_adjusted_p_decides_as_the_step_up_rule(p_values: list[float], alpha: float) -> None:
    m = len(p_values)
    passed = [p for rank, p in enumerate(sorted(p_values), 1) if p * m / rank <= alpha]
    shown = [p for p, corrected in zip(p_values, adjusted(p_values), strict=True) if corrected <= alpha]
    assert sorted(shown) == [p for p in sorted(p_values) if passed and p <= max(passed)]


def test_no_comparisons_need_no_correction() -> None:
    assert adjusted([]) == ()


@pytest.mark.parametrize("wrong", [-0.1, 1.1, float("nan")])
def test_what_is_no_p_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        adjusted([0.5, wrong])


@pytest.mark.parametrize(("shown", "of", "expected"), [(0, 20, 0.95), (20, 20, 0.95), (1, 20, 0.9975), (5, 20, 0.9875)])
def test_intervals_of_the_picked_out_are_surer(shown: int, of: int, expected: float) -> None:
    assert selected_confidence(shown, of) == pytest.approx(expected)


@pytest.mark.parametrize(("shown", "of"), [(-1, 5), (6, 5)])
def test_more_cannot_be_picked_out_than_there_are(shown: int, of: int) -> None:
    with pytest.raises(ValueError, match="cannot be shown"):
        selected_confidence(shown, of)
