"""The table of an adjusted comparison: the plain figures, and beside them the adjusted ones or why there are none."""

import pytest
from unit.analysis.comparisons.adjusted.registers import FewRows, groups, patterns, plain_table

from skillnad.analysis.comparisons.adjusted.model import REMAINING, levels_of
from skillnad.analysis.comparisons.adjusted.shares import MEASURES, adjusted_shares
from skillnad.analysis.comparisons.made import Made
from skillnad.analysis.comparisons.questions import REST, Adjusted, Comparison, Weight
from skillnad.analysis.comparisons.shares import compared_shares
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.formulas.verdicts import Verdict
from skillnad.analysis.questions import Share, Where
from skillnad.analysis.results import LeftOut

OF = Share(Where("rating", ("3",)), by=("unit",))
CONFOUNDED = patterns({"A x": (160, 200), "A y": (20, 100), "B x": (80, 100), "B y": (40, 200)})
"""Shares are 80 and 20 percent in both units; A has more of x."""
THREE = {"A x": (30, 60), "A y": (20, 60), "B x": (40, 80), "B y": (20, 60), "C x": (30, 60), "C y": (60, 90)}


def made(of, *, against: str = REST, standard: tuple[Weight, ...] | None = None, hidden: tuple[str, ...] = ()) -> Made:
    """Adjusted by the model, or standardised where there is a standard (an empty one is the rows' own)."""
    columns = tuple(f"column {n}" for n in range(1, len(next(iter(of)))))
    way = Adjusted.MODEL if standard is None else Adjusted.STANDARD
    question = Comparison(OF, against, columns, way, standard or ())
    return adjusted_shares(question, *plain_table(of, hidden=hidden), lambda: FewRows(of), DEFAULT)


def adjusted(table: Made, measure: str = "adjusted") -> dict[str, int | float | None]:
    return {key[0]: value for key, value in table.cells[measure].items()}


WAYS = pytest.mark.parametrize("standard", [None, ()], ids=["model", "standard"])


@WAYS
def test_difference_that_is_background_alone_goes_away(standard):
    table = made(CONFOUNDED, standard=standard)
    assert table.cells["difference"]["A",] == pytest.approx(0.2)
    assert table.cells["adjusted_difference"]["A",] == pytest.approx(0, abs=1e-9)
    assert adjusted(table) == {"A": 0.5, "B": 0.5}


@WAYS
def test_verdict_is_of_the_adjusted_difference(standard):
    table = made(CONFOUNDED, standard=standard)
    shown = list(Verdict).index(Verdict.DIFFERENCE_SHOWN)
    assert table.cells["verdict"]["A",] == shown != table.cells["adjusted_verdict"]["A",]
    assert table.cells["adjusted_p"]["A",] == pytest.approx(1)


@WAYS
def test_interval_holds_the_figure_and_tells_what_could_have_been_seen(standard):
    table = made(CONFOUNDED, standard=standard)
    low, high = (table.cells[f"adjusted_difference_{end}"]["A",] for end in ("low", "high"))
    assert low < 0 < high
    assert table.cells["adjusted_seen"]["A",] == pytest.approx((high - low) / 2 / 1.959964 * (1.959964 + 0.841621))


@WAYS
def test_plain_figures_are_those_of_the_plain_comparison(standard):
    table = made(CONFOUNDED, standard=standard)
    plain = compared_shares(Comparison(OF), *plain_table(CONFOUNDED))
    assert table.measures == (*plain.measures, *MEASURES)
    assert {name: table.cells[name] for name in plain.cells} == plain.cells


@WAYS
def test_each_of_several_groups_is_compared_with_the_others_by_size(standard):
    table = made(patterns(THREE), standard=standard)
    share = adjusted(table)
    assert set(adjusted(table, "adjusted_difference")) == set("ABC")
    others = (140 * share["B"] + 150 * share["C"]) / 290
    assert table.cells["adjusted_difference"]["A",] == pytest.approx(share["A"] - others, abs=1.1e-3)


@WAYS
def test_groups_are_compared_with_the_one_that_is_named(standard):
    table = made(patterns(THREE), against="B", standard=standard)
    share = adjusted(table)
    assert set(adjusted(table, "adjusted_difference")) == {"A", "C"}
    assert table.cells["adjusted_difference"]["C",] == pytest.approx(share["C"] - share["B"], abs=1.1e-3)


@WAYS
def test_hidden_group_has_no_adjusted_figures(standard):
    of = patterns(THREE | {"D x": (2, 20), "D y": (9, 20), "E x": (6, 30), "E y": (8, 30)})
    table = made(of, standard=standard, hidden=("D", "E"))
    assert adjusted(table)["D"] is adjusted(table, "adjusted_difference")["D"] is None
    assert None not in [adjusted(table)[code] for code in "ABC"]


def test_hidden_groups_are_one_in_the_model():
    of = patterns(THREE | {"D x": (2, 20), "E x": (6, 30)})
    levels = levels_of(groups(of, hidden=("D", "E")), of, DEFAULT)
    assert levels == {"A": "A", "B": "B", "C": "C", "D": REMAINING, "E": REMAINING}


def test_hidden_groups_are_left_out_where_their_sum_is_not_known():
    of = patterns(THREE | {"D x": (2, 20), "E x": (6, 30)})
    assert set(levels_of(groups(of, hidden=("D", "E", "*")), of, DEFAULT)) == set("ABC")


def test_hidden_groups_are_left_out_where_they_are_few_together():
    of = patterns(THREE | {"D x": (2, 20), "E x": (2, 30)})
    assert set(levels_of(groups(of, hidden=("D", "E")), of, DEFAULT)) == set("ABC")


def test_group_where_nobody_has_the_outcome_has_no_adjusted_share():
    table = made(patterns(THREE | {"D x": (0, 20), "D y": (0, 20)}))
    assert set(adjusted(table)) == set("ABC")


def test_nothing_recorded_is_background_in_the_model():
    of = patterns(THREE | {"A -": (30, 90), "B -": (10, 80), "C -": (25, 40)})
    table = made(of)
    assert table.left_out == ()
    assert set(adjusted(table)) == set("ABC")


def test_rows_without_background_are_left_out_of_strata_and_counted():
    of = patterns(THREE | {"A -": (30, 90), "B -": (10, 80)})
    table = made(of, standard=())
    assert table.left_out == (LeftOut("no_background", 170),)
    assert adjusted(table) == adjusted(made(patterns(THREE), standard=()))


def test_few_rows_without_background_are_not_counted_out():
    assert made(patterns(THREE | {"A -": (1, 3)}), standard=()).left_out[0] == LeftOut("no_background", None)


def test_weights_of_the_question_are_the_standard():
    table = made(patterns(THREE), standard=(Weight(("x",), 1), Weight(("y",), 3)))
    assert adjusted(table)["C"] == pytest.approx(0.25 * 30 / 60 + 0.75 * 60 / 90, abs=5e-4)


def test_rows_outside_the_standard_are_left_out_and_counted():
    table = made(patterns(THREE), standard=(Weight(("y",), 3), Weight(("x",), 0)))
    assert table.left_out == (LeftOut("outside_standard", 200),)
    assert adjusted(table)["C"] == pytest.approx(60 / 90, abs=5e-4)


def test_group_with_few_in_a_stratum_is_not_standardised():
    table = made(patterns(THREE | {"C y": (3, 4)}), standard=())
    assert set(adjusted(table)) == {"A", "B"}
    assert table.left_out == (LeftOut("thin_stratum", 64),)
    assert adjusted(table, "adjusted_difference") == {}


def test_others_lack_few_that_cannot_be_standardised():
    """5 of C's rows are outside, of 145 and 125 others."""
    table = made(patterns(THREE | {"C x": (2, 4), "C y": (0, 1)}), standard=())
    assert set(adjusted(table, "adjusted_difference")) == {"A", "B"}


def test_group_that_would_tell_of_a_stratum_is_hidden():
    table = made(patterns(THREE | {"C x": (3, 60)}), standard=(Weight(("x",), 1), Weight(("y",), 1)))
    assert adjusted(table)["C"] is adjusted(table, "adjusted_p")["C"] is None
    assert adjusted(table)["A"] is not None
    assert "A" not in adjusted(table, "adjusted_difference")
    assert table.left_out == (LeftOut("outside_model", 150),)


def test_other_group_that_is_named_is_compared_with_whoever_else_is_hidden():
    weights = (Weight(("x",), 1), Weight(("y",), 1))
    table = made(patterns(THREE | {"C x": (3, 60)}), against="B", standard=weights)
    apart = adjusted(table)["A"] - adjusted(table)["B"]
    assert adjusted(table, "adjusted_difference")["A"] == pytest.approx(apart, abs=1e-9)


def test_thin_background_leaves_nothing_to_adjust_for():
    table = made(patterns({"A x": (30, 60), "A y": (1, 6), "B x": (40, 80), "B y": (2, 9)}))
    assert adjusted(table) == {}
    assert table.left_out == (LeftOut("thin_background", 155),)


def test_column_that_is_too_thin_is_said_to_be_in_no_model():
    """Of those with a 2 in the second column 4 have the outcome."""
    thick = {f"{name} 1": counts for name, counts in THREE.items()}
    table = made(patterns(thick | {"A x 2": (3, 9), "B y 2": (1, 9)}))
    assert table.left_out == (LeftOut("unused_background", 0, "column 2"),)
    assert adjusted(table) == adjusted(made(patterns(THREE | {"A x": (33, 69), "B y": (21, 69)})))


def test_column_that_is_too_thin_is_in_no_model_of_groups_against_the_rest():
    thick = {f"{name} 1": counts for name, counts in THREE.items()} | {"D x 1": (0, 90), "D y 1": (0, 90)}
    table = made(patterns(thick | {"A x 2": (3, 9), "B y 2": (1, 9)}))
    assert set(adjusted(table)) == set("ABC")
    assert table.left_out == (LeftOut("unused_background", 0, "column 2"),)


def test_column_of_several_values_of_which_one_is_thick_is_in_the_model():
    thick = {f"{name} {code}": counts for name, counts in THREE.items() for code in ("1", "2", "1;2")}
    assert made(patterns(thick | {"A x 1;3": (1, 2)})).left_out == ()


def test_one_group_cannot_be_adjusted():
    table = made(patterns({"A x": (30, 60), "A y": (11, 60), "B x": (0, 80), "B y": (0, 9)}))
    assert table.left_out == (LeftOut("lone_group", 209),)
    assert adjusted(table) == adjusted(table, "adjusted_difference") == {}


def test_background_that_says_the_same_as_the_group_is_said():
    table = made(patterns({"A x": (30, 60), "B y": (40, 80), "C y": (30, 90)}))
    assert [left.reason for left in table.left_out] == ["collinear"]


def test_background_that_tells_outcomes_apart_is_said():
    table = made(patterns({"A x": (0, 60), "A y": (20, 40), "B x": (40, 80), "B y": (30, 30)}))
    assert table.left_out == (LeftOut("separated", 210),)
    assert adjusted(table) == {}


def test_two_values_of_which_each_row_has_one_are_adjusted_for_as_one_column_of_them():
    """With a third beside them that some rows have too; the others are as if the two were a column of their own."""
    several = {"A 1": (40, 60), "A 2": (30, 80), "A 1;3": (20, 60), "A 2;3": (30, 70)} | {
        "B 1": (30, 90),
        "B 2": (40, 60),
        "B 1;3": (40, 80),
        "B 2;3": (20, 90),
    }
    apart = {name.replace(";3", " y") if ";3" in name else f"{name} x": counts for name, counts in several.items()}
    found, right = (made(patterns(of)).cells["adjusted"] for of in (several, apart))
    assert found == right
    assert found["A",] is not None
