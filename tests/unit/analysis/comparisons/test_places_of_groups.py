"""Rankings and funnels of what is shown: who takes part, and that the figures are the formulas'."""

import pytest
from unit.analysis.comparisons.shown_tables import OF, by_group

from skillnad.analysis.comparisons.made import Made
from skillnad.analysis.comparisons.places import LIMITS, PLACES, in_a_funnel, ranked
from skillnad.analysis.comparisons.questions import Funnel, Ranking
from skillnad.analysis.formulas.funnel import Place, funnel
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.formulas.ranking import rank_shares
from skillnad.analysis.results import MISSING_LEVEL, TOTAL, MeasureKind

APART = {"A": (90, 10), "B": (50, 50), "C": (10, 90)}
MANY = {"A": (180, 20), "B": (96, 104), "C": (21, 19), "D": (4, 6), "E": (30, 170), "F": (110, 90)}


def places(groups, *, highest_first: bool = True, **how) -> dict[str, tuple[object, object]]:
    made = ranked(Ranking(OF, highest_first), *by_group(groups, **how))
    best, worst = (made.cells[measure.id] for measure in PLACES)
    return {code: (best[code,], worst[code,]) for (code,) in best}


def in_funnel(groups, target: float | None = None, **how) -> Made:
    return in_a_funnel(Funnel(OF, target), *by_group(groups, **how))


def test_groups_that_differ_have_each_a_place():
    assert places(APART) == {"A": (1, 1), "B": (2, 2), "C": (3, 3)}


def test_lowest_can_be_first():
    assert places(APART, highest_first=False) == {"C": (1, 1), "B": (2, 2), "A": (3, 3)}


def test_groups_that_do_not_differ_may_have_any_place():
    assert set(places({"A": (5, 6), "B": (6, 5), "C": (5, 5)}).values()) == {(1, 3)}


def test_places_are_those_of_the_formula():
    formula = rank_shares({code: Counted(yes, yes + no) for code, (yes, no) in MANY.items()})
    assert places(MANY) == {each.unit: (each.best, each.worst) for each in formula.units}


def test_hidden_group_takes_no_part_and_has_gaps():
    assert places(APART, hidden=["A"]) == {"A": (None, None), "B": (1, 1), "C": (2, 2)}


def test_empty_group_has_no_place():
    assert places({**APART, "D": (0, 0)}) == places(APART)


def test_those_whose_group_nobody_knows_are_no_group():
    assert places({**APART, "x": (100, 0), MISSING_LEVEL: (0, 100)}, unknown="x") == places(APART)


@pytest.mark.parametrize("how", [{"hidden": ["A", "B"]}, {"hidden": ["A", "B", "C", TOTAL]}])
def test_fewer_than_two_groups_have_no_order(how):
    assert set(places(APART, **how).values()) == {(None, None)}


def test_one_group_alone_has_no_place():
    assert places({"A": (5, 5), "B": (0, 0)}) == {}


def test_ranking_shows_shares_with_intervals_and_places():
    made = ranked(Ranking(OF), *by_group(APART))
    assert [measure.id for measure in made.measures] == [
        *("part", "whole", "share", "share_low", "share_high", "best", "worst")
    ]
    assert {measure.kind for measure in made.measures[-2:]} == {MeasureKind.PLACE}
    assert made.axes[0].id == "unit"


def test_limits_are_those_of_the_formula():
    made, formula = in_funnel(MANY), funnel({code: Counted(yes, yes + no) for code, (yes, no) in MANY.items()})
    for point in formula.points:
        found = [made.cells[measure.id][point.unit,] for measure in LIMITS]
        assert found == [*point.inner, *point.outer, list(Place).index(point.place)]


def test_middle_of_a_funnel_is_the_common_share_and_stands_at_the_total():
    assert in_funnel({"A": (90, 10), "B": (30, 170)}).cells["target"] == {(TOTAL,): 0.4}


def test_place_is_the_number_of_its_words():
    made = in_funnel(
        {"A": (61, 39), "B": (50, 50), "C": (50, 50), "D": (50, 50), "E": (50, 50), "F": (34, 66)}, target=0.5
    )
    assert [made.cells["placing"][code,] for code in "ABF"] == [3, 2, 0]
    assert [list(Place)[number] for number in (3, 2, 0)] == [Place.ABOVE, Place.INSIDE, Place.FAR_BELOW]


def test_funnel_says_how_much_its_limits_are_widened():
    made = in_funnel(MANY)
    assert made.cells["spread"][TOTAL,] > 2
    assert made.cells["widened"][TOTAL,] == made.cells["spread"][TOTAL,] ** 0.5


def test_groups_that_vary_as_chance_has_limits_as_they_are():
    made = in_funnel({"A": (50, 50), "B": (55, 45), "C": (48, 52)})
    assert made.cells["widened"] == {(TOTAL,): 1.0}
    assert set(made.cells["placing"].values()) == {list(Place).index(Place.INSIDE)}


def test_target_that_is_given_is_the_middle():
    made = in_funnel({"A": (50, 50), "B": (55, 45)}, target=0.8)
    assert made.cells["target"][TOTAL,] == 0.8
    assert made.cells["widened"][TOTAL,] > 5


def test_group_that_is_hidden_from_a_funnel_has_gaps_and_moves_nothing():
    two = {"A": (50, 50), "B": (55, 45)}
    without, made = in_funnel(two), in_funnel({**two, "C": (2, 1)}, hidden="C")
    for measure in LIMITS:
        assert made.cells[measure.id] == {**without.cells[measure.id], ("C",): None}
    assert made.cells["target"] == without.cells["target"]


def test_those_nobody_knows_have_a_share_and_no_limits():
    made = in_funnel({"A": (50, 50), "B": (55, 45), MISSING_LEVEL: (100, 0)})
    assert made.cells["share"][MISSING_LEVEL,] == 1.0
    assert (MISSING_LEVEL,) not in made.cells["placing"]
    assert made.cells["target"] == {(TOTAL,): 0.525}


@pytest.mark.parametrize("groups", [{"A": (5, 5), "B": (0, 0)}, {"A": (9, 0), "B": (7, 0)}])
def test_no_funnel_of_one_group_or_of_all_who_have_it(groups):
    made = in_funnel(groups)
    assert not any(made.cells[name] for name in ("target", "spread", "widened", *(measure.id for measure in LIMITS)))
    assert made.cells["share"]


def test_funnel_has_limits_and_no_intervals():
    assert "share_low" not in [measure.id for measure in in_funnel(APART).measures]
