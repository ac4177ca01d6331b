"""Designs: which columns a background makes, and what it looks like had all been of one kind."""

import pytest

from skillnad.analysis.formulas.designs import INTERCEPT, Term, design

PEOPLE = {"sex": ["K", "M", "K"], "unit": ["B", "A", "C"]}


def test_columns_are_levels_but_the_first_and_numbers() -> None:
    made = design(PEOPLE, {"age": [30, 40, 50]})
    assert made.columns == (INTERCEPT, Term("sex", "M"), Term("unit", "B"), Term("unit", "C"), Term("age"))
    assert made.matrix.tolist() == [[1, 0, 1, 0, 30], [1, 1, 0, 0, 40], [1, 0, 0, 1, 50]]


def test_order_chooses_what_others_are_compared_with() -> None:
    made = design(PEOPLE, order={"unit": ["D", "C", "A", "B"]})
    assert made.levels["unit"] == ("C", "A", "B")
    assert Term("unit", "C") not in made.columns


@pytest.mark.parametrize(("level", "columns"), [("A", [0, 0]), ("B", [1, 0]), ("C", [0, 1])])
def test_everybody_may_be_given_a_level(level: str, columns: list[int]) -> None:
    made = design(PEOPLE)
    changed = made.with_level("unit", level)
    assert changed[:, 2:].tolist() == [columns] * 3
    assert changed[:, :2].tolist() == made.matrix[:, :2].tolist()


@pytest.mark.parametrize(("variable", "level"), [("unit", "D"), ("age", "")])
def test_level_that_is_not_there_is_refused(variable: str, level: str) -> None:
    with pytest.raises(KeyError):
        design(PEOPLE).with_level(variable, level)


@pytest.mark.parametrize(
    ("factors", "numbers"), [({}, {}), ({"sex": ["K"]}, {"age": [1, 2]}), ({"age": ["30"]}, {"age": [30]})]
)
def test_variables_that_do_not_fit_together_are_refused(factors, numbers) -> None:
    with pytest.raises(ValueError, match="equally long"):
        design(factors, numbers)


def test_level_outside_the_order_is_refused() -> None:
    with pytest.raises(ValueError, match="order"):
        design(PEOPLE, order={"sex": ["K"]})
