"""How many rows have a background that only one of two sides has, and what is then told."""

import pytest
from unit.analysis.comparisons.adjusted.registers import FewRows, patterns, plain_table, to_adjust

from skillnad.analysis.comparisons.adjusted.figures import Unadjusted
from skillnad.analysis.comparisons.adjusted.overlap import MOST_APART, Overlap
from skillnad.analysis.comparisons.adjusted.rest import adjusted_by_models
from skillnad.analysis.comparisons.adjusted.shares import adjusted_shares
from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.questions import Share, Where
from skillnad.analysis.results import LeftOut

ALIKE = {"A x": (30, 60), "A y": (20, 60), "B x": (40, 80), "B y": (20, 60), "C x": (30, 60), "C y": (60, 90)}


def apart(of: dict, one: str = "A", others: str = "BC") -> float:
    return Overlap.of(patterns(of)).apart(one, list(others))


def adjusted(of: dict):
    return adjusted_by_models(to_adjust(patterns(of)))


def test_sides_that_have_the_same_background_are_not_apart():
    assert apart(ALIKE) == 0


def test_rows_of_a_background_that_the_group_lacks_are_apart():
    assert apart(ALIKE | {"B z": (20, 100)}) == pytest.approx(100 / 510)


def test_rows_of_a_background_that_the_others_lack_are_apart():
    assert apart(ALIKE | {"A z": (20, 50)}) == pytest.approx(50 / 460)


def test_next_to_nobody_is_as_nobody():
    """120 of 510 would be 24 of the hundred."""
    assert apart(ALIKE | {"A z": (1, 1), "B z": (20, 100)}) == pytest.approx(101 / 511)
    assert apart(ALIKE | {"A z": (1, 2), "B z": (20, 100)}) == 0


def test_background_that_a_small_group_lacks_by_chance_is_not_apart():
    of = {"A x": (5, 10), "A y": (5, 10), "B x": (40, 80), "B y": (40, 80), "B z": (10, 20)}
    assert apart(of, "A", "B") == 0
    assert apart({name: (10 * part, 10 * whole) for name, (part, whole) in of.items()}, "A", "B") == pytest.approx(0.1)


def test_row_that_lacks_a_counterpart_twice_is_one_row():
    of = {"A x 1": (30, 60), "B x 1": (30, 60), "B y 2": (30, 60)}
    assert apart(of, "A", "B") == pytest.approx(60 / 180)


def test_rows_of_groups_that_are_not_compared_are_not_counted():
    assert apart(ALIKE | {"D z": (20, 100)}) == 0


def test_levels_that_are_one_in_the_model_are_looked_at_apart():
    """z is too thin for the model, and still a background that A does not have."""
    of = ALIKE | {"B z": (4, 90), "C z": (0, 90)}
    assert apart(of) == pytest.approx(180 / 590)
    assert "A" not in adjusted(of).compared


def test_difference_of_groups_that_are_too_far_apart_is_not_told():
    of = ALIKE | {"B z": (50, 110), "C z": (50, 110)}
    found = adjusted(of)
    assert apart(of) > MOST_APART
    assert set(found.compared) == set(found.shares) == {"B", "C"}
    assert found.left_out == (LeftOut(Unadjusted.NO_COUNTERPART, 120),)


def test_how_far_apart_is_told_upwards_in_steps():
    assert adjusted(ALIKE | {"B z": (20, 40), "C z": (20, 40)}).apart["A"] == pytest.approx(0.2)


def test_table_says_how_far_apart_only_where_some_are():
    question = Comparison(Share(Where("rating", ("3",)), by=("unit",)), adjusted_for=("sex",))
    for extra, told in (({}, False), ({"B z": (20, 40), "C z": (20, 40)}, True)):
        of = patterns(ALIKE | extra)
        table = adjusted_shares(question, *plain_table(of), lambda of=of: FewRows(of), DEFAULT)
        assert ("adjusted_apart" in table.cells) is told
