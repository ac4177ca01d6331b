"""On which step a unit stands: read off what is shown, and of nothing else."""

from pathlib import Path

import pytest

from skillnad.reports.contents.useful import GOALS
from skillnad.reports.useful.ladder import Step
from skillnad.reports.useful.standing import Figure, Rule, Standing, Steps, parent_of, standings, steps_of

from .units_asked import NONE, PLENTY, Shown, asked, told

GAP = Shown(None, (None, None))
HALF = Shown(20, (12, None, None))


def found(**units) -> tuple[Standing, ...]:
    return standings(steps_of(GOALS, told(**units)))


@pytest.mark.parametrize(
    ("shown", "step"),
    [
        ((HALF, HALF, HALF), Step.ANSWERS),
        ((GAP, HALF, HALF), Step.GROUPS),
        ((GAP, GAP, HALF), Step.LONGER),
        ((GAP, GAP, GAP), Step.PARENT),
        ((NONE, NONE, HALF), Step.LONGER),
        ((HALF, GAP, GAP), Step.ANSWERS),
    ],
)
def test_unit_stands_on_the_first_step_that_can_be_used(shown, step: Step) -> None:
    first, *_ = found(norr=(*shown, "N"), n=(NONE, NONE, PLENTY, "N"))
    assert first.step is step


def test_unit_without_any_figure_stands_nowhere() -> None:
    (only,) = found(norr=(GAP, GAP, GAP, "N"), n=(NONE, NONE, GAP, "N"))
    assert (only.step, only.figure) == (Step.NOWHERE, None)


def test_unit_that_is_known_to_have_no_answers_is_not_among_them() -> None:
    assert [each.unit.code for each in found(norr=(HALF, HALF, HALF, "N"), tom=(NONE, NONE, NONE, "N"))] == ["norr"]


def test_unit_whose_number_of_answers_is_a_gap_is_among_them() -> None:
    assert len(found(norr=(GAP, NONE, NONE, "N"))) == 1


def test_figure_of_a_parent_says_whose_it_is() -> None:
    (through,) = found(norr=(GAP, GAP, GAP, "N"), n=(NONE, NONE, HALF, "N"))
    assert through.parent is not None
    assert (through.parent.code, through.figure and through.figure.of) == ("N", 20)


def test_same_shown_tables_give_the_same_steps_whatever_is_hidden(tmp_path: Path) -> None:
    """Two registers that differ only in what is hidden: the choice of step cannot tell them apart."""
    one = asked(tmp_path / "one", {"A": ([20, 20, 20, 3, 2], []), "B": ([20, 20, 20, 2, 3], [])})
    other = asked(tmp_path / "two", {"A": ([20, 20, 20, 2, 3], []), "B": ([20, 20, 20, 3, 2], [])})
    assert [table.cells["count"] for table in one] == [table.cells["count"] for table in other]
    assert standings(steps_of(GOALS, one)) == standings(steps_of(GOALS, other))


def test_tables_find_their_places_in_any_order(tmp_path: Path) -> None:
    made = asked(tmp_path / "s", {"A": ([9, 9, 9], [9, 9, 9]), "B": ([9, 9, 9], [])})
    steps = steps_of(GOALS, made)
    assert steps_of(GOALS, made[::-1]) == steps
    assert [steps.answers, steps.groups, steps.longer] == made


def test_ladder_without_its_longer_table_ends_in_groups() -> None:
    cut = steps_of(GOALS, told(norr=(GAP, GAP, HALF, "N"))[:2])
    assert cut.longer is None
    assert [each.step for each in standings(cut)] == [Step.NOWHERE]


def test_longer_table_alone_is_not_taken_for_the_years_groups() -> None:
    answers, _, longer = told(norr=(GAP, GAP, HALF, "N"))
    steps = steps_of(GOALS, (answers, longer))
    assert (steps.groups, steps.longer) == (None, longer)


def test_nothing_asked_stands_nowhere() -> None:
    assert standings(Steps(GOALS, None, None, None)) == ()


def test_parent_of_a_unit_without_rows_is_not_known() -> None:
    *_, longer = told(norr=(GAP, GAP, HALF, "N"), tom=(NONE, NONE, NONE, "S"))
    assert parent_of(longer, "tom") is None
    parent = parent_of(longer, "norr")
    assert parent is not None
    assert parent.code == "N"


@pytest.mark.parametrize(
    ("of", "shown", "rule", "met"),
    [(10, 5, 0.5, True), (10, 4, 0.5, False), (9, 9, 0.5, False), (None, 20, 0.5, False), (20, 19, 1.0, False)],
)
def test_figure_is_of_use_where_it_is_of_ten_and_tells_of_enough(of, shown: int, rule: float, met: bool) -> None:
    answers = ((None, shown, 0.5), (None, None, None))
    assert Figure(of, answers).meets(Rule(10, rule)) is met  # type: ignore[arg-type]


def test_count_without_its_share_tells_of_nothing() -> None:
    assert not Figure(20, ((None, 20, None),)).meets(Rule())  # type: ignore[arg-type]
