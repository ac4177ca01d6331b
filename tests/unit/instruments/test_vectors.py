"""What is counted over columns is what is counted of each sheet."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from made_instruments import AGREES, bands, number, scale, score, scored, small

from skillnad.instruments.answers import AnswerSheet
from skillnad.instruments.asked import Clause, Condition, Means, Option
from skillnad.instruments.columns import NO_AGE, NOT_ANSWERED, Column, column_of
from skillnad.instruments.counted import Term
from skillnad.instruments.scoring import band_of
from skillnad.instruments.scoring import score as score_sheet
from skillnad.instruments.vectors import NO_BAND, band_columns, score_columns


def columns(instrument, **answers):
    return {name: column_of(instrument.items[name], given) for name, given in answers.items()}


def one(rule, items, **answers):
    """The values of one score on these items, row by row."""
    instrument = replace(small(), items=items, scores={rule.id: rule})
    return score_columns(instrument, "client", columns(instrument, **answers))[rule.id].values.tolist()


def test_a_row_without_a_score_is_not_a_number():
    found = one(score("s", items=("a",)), {"a": scale("a", AGREES)}, a=["1", None, "2"])
    assert found[::2] == [1.0, 2.0]
    assert np.isnan(found[1])


def test_codes_and_steps_can_be_given_as_they_are():
    given = {"day": Column(np.array([2, NOT_ANSWERED], np.int8)), "night": Column(np.array([3, 0], np.int8))}
    found = score_columns(small(), "client", given)["safety"]
    assert found.known.tolist() == [True, False]
    assert found.values[0] == 3.5


def test_no_rows_have_no_scores():
    found = score_columns(scored(), "client", {"p1": column_of(scored().items["p1"], [])})
    assert {name: len(each.values) for name, each in found.items()} == dict.fromkeys(found, 0)


def test_what_is_off_is_counted_only_when_asked_for():
    given = columns(scored(), days=[30, "X"], money=[1500, 1500])
    assert "index" not in score_columns(scored(), "client", given)
    found = score_columns(scored(), "client", given, on=("index",))["index"]
    assert found.values[0] == pytest.approx(1.1157)
    assert found.known.tolist() == [True, False]


def test_a_score_of_another_perspective_is_not_counted_nor_known_to_others():
    given = columns(scored(), mood=[5.0], rest=[5.0], words=[9], good_words=[4], bad_words=[1])
    assert score_columns(scored(), "client", given)["known"].values.tolist() == [2]
    staff = score_columns(scored(), "staff", given)
    assert "line" not in staff
    assert staff["known"].values.tolist() == [1]


@pytest.mark.parametrize("kind", ["sum", "mean"])
@pytest.mark.parametrize(("count", "decimals"), [(50, 2), (50, 0), (38, 0)])
def test_numbers_that_outgrow_64_bits_stay_exact(kind, count, decimals):
    items = {f"n{place}": number(f"n{place}", None, decimals=3) for place in range(count)}
    rule = score("s", kind, items=tuple(items), missing="prorate", decimals=decimals)
    answers = {name: [10**9 - place, 0.001] for place, name in enumerate(items)}
    answers["n7"] = [None, None]
    instrument = replace(small(), items=items, scores={"s": rule})
    found = one(rule, items, **answers)
    for row in (0, 1):
        sheet = AnswerSheet("trygghet", "2026.1", "client", {name: given[row] for name, given in answers.items()})
        assert found[row] == score_sheet(instrument, sheet)["s"].number


def test_narrow_numbers_do_not_run_over():
    items = {f"n{place}": number(f"n{place}", 30_000) for place in range(4)}
    rule = score("s", items=tuple(items), missing="prorate", round="half_up")
    assert one(rule, items, **{name: [30_000, 1] for name in items}) == [120_000, 4]


def test_large_points_do_not_run_over():
    options = tuple(replace(option, points=place * 20_000) for place, option in enumerate(AGREES.options))
    item = scale("a", replace(AGREES, options=options))
    assert one(score("s", items=("a",)), {"a": item}, a=["2", "0", "1"]) == [40_000, 0, 20_000]


def test_a_share_of_a_negative_number_keeps_its_sign():
    items = {name: number(name, 10, least=-10) for name in ("a", "b")}
    found = one(score("s", "ratio", items=("a", "b"), decimals=1), items, a=[5, -5, 5, 0], b=[-2, -2, 0, 4])
    assert found[:2] == [-2.5, 2.5]
    assert np.isnan(found[2])
    assert found[3] == 0


def test_a_weight_with_decimals_is_exact():
    rule = score("s", "weighted", terms=(Term("a", 0.1), Term("b", -0.3)), constant=0.7)
    items = {"a": number("a", decimals=1), "b": number("b", decimals=1)}
    assert one(rule, items, a=[0.3], b=[0.9]) == [0.7]


def test_bands_are_by_place_and_by_age():
    given = columns(scored(), mood=[6.2, 6.3, 6.2, 7.0], rest=[6.2, 6.2, 6.2, None])
    scores = score_columns(scored(), "client", given)
    found = band_columns(scored(), "client", scores, np.array([18, 40, NO_AGE, 18]))
    assert found["adult"].tolist() == [0, 1, NO_BAND, NO_BAND]
    assert found["young"].tolist() == [NO_BAND] * 4


def test_bands_for_ages_hold_of_nobody_where_no_age_is_known():
    scores = score_columns(scored(), "client", columns(scored(), mood=[6.2], rest=[6.2]))
    found = band_columns(scored(), "client", scores)
    assert found["adult"].tolist() == [NO_BAND]
    assert found["three"].tolist() == [NO_BAND]  # problems has no value


def test_bands_belong_to_their_perspective():
    scores = score_columns(scored(), "staff", columns(scored(), p1=["2"], p2=["2"], p3=["2"]))
    assert {name: places.tolist() for name, places in band_columns(scored(), "staff", scores).items()} == {"three": [2]}


def test_a_value_outside_all_bands_has_none():
    low = replace(scored().band_sets[0], bands=scored().band_sets[0].bands[1:2])  # 4–5 only
    instrument = replace(scored(), band_sets=(low,))
    given = columns(scored(), p1=["0", "1", "2"], p2=["0", "1", "2"], p3=["0", "1", "2"])
    scores = score_columns(instrument, "client", given)
    assert scores["problems"].values.tolist() == [0, 5, 10]
    assert band_columns(instrument, "client", scores)["three"].tolist() == [NO_BAND, 0, NO_BAND]


HALVES = replace(
    AGREES,
    options=(
        Option("0", "Nej", "No", points=0.5),
        Option("1", "Lite", "A little", points=3),
        Option("2", "Ja", "Yes", points=-1),
        Option("9", "Vet inte", "Don't know", Means.DONT_KNOW),
        Option("X", "-", "-", Means.MISSING),
    ),
)
THREE = {"a": scale("a", HALVES), "b": number("b", 10, least=-10, decimals=1), "c": scale("c", AGREES)}
ANSWERS = tuple(product(("0", "1", "2", "9", "X", None), (-1.5, 0.0, 2.5, None), ("0", "1", "2", None)))
LIKE = Condition(all=(Clause("c", frozenset("1")),))


@pytest.mark.parametrize("missing", ["refuse", "prorate", "zero", "known"])
@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("sum", {"minimum": 2}),
        ("sum", {"round": "half_up", "reverse": frozenset("ab")}),
        ("mean", {"decimals": 1}),
        ("mean", {"minimum": 2, "needs": ("a",)}),
        ("sum", {"zero_when": LIKE}),
        ("sum", {"only_when": LIKE}),
        ("count", {"codes": frozenset("12")}),
    ],
)
def test_every_combination_of_answers_counts_as_its_sheet_does(missing, kind, more):
    _as_sheets(score("s", kind, items=("a", "b", "c"), missing=missing, **more))


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("difference", {"items": ("a", "b")}),
        ("difference", {"items": ("c", "a"), "round": "half_up"}),
        ("ratio", {"items": ("a", "b"), "factor": (85, 18), "decimals": 4}),
        ("ratio", {"items": ("b", "c")}),
        ("weighted", {"terms": (Term("a", -4), Term("b", 2.5)), "constant": 0.25}),
        ("weighted", {"terms": (Term("c", 3, ln=True), Term("b", 7, ln=True)), "decimals": 3}),
    ],
)
def test_every_combination_of_two_answers_counts_as_its_sheet_does(kind, more):
    _as_sheets(score("s", kind, **more))


@pytest.mark.parametrize("first", ["ratio", "difference", "mean"])
@pytest.mark.parametrize(
    ("kind", "more"),
    [("sum", {}), ("mean", {"missing": "zero"}), ("count_scores", {"at_most": 0.5}), ("count_scores", {"minimum": 2})],
)
def test_scores_of_scores_count_as_their_sheets_do(first, kind, more):
    parts = [score("p", first, items=("b", "c")), score("q", "sum", items=("a", "b"), missing="known")]
    _as_sheets(*parts, score("s", kind, scores=("p", "q"), **more))


def _as_sheets(*rules):
    """Each row's scores and bands are the sheet's own, over every combination of answers to three questions."""
    cuts = bands("set", rules[0].id, ("low", -20, 0), ("middle", 0.25, 2), ("high", 2.25, 20), step=0.25)
    instrument = replace(small(), items=THREE, scores={rule.id: rule for rule in rules}, band_sets=(cuts,), shares=())
    given = dict(zip(THREE, zip(*ANSWERS, strict=True), strict=True))
    found = score_columns(instrument, "client", columns(instrument, **given))
    banded = band_columns(instrument, "client", found)["set"]
    values = {name: each.values for name, each in found.items()}
    for row, answers in enumerate(ANSWERS):
        told = {name: answer for name, answer in zip(THREE, answers, strict=True) if answer is not None}
        results = score_sheet(instrument, AnswerSheet("trygghet", "2026.1", "client", told))
        expected = {name: np.nan if result.number is None else result.number for name, result in results.items()}
        assert np.array_equal([values[name][row] for name in expected], list(expected.values()), equal_nan=True)
        band = band_of(cuts, results[rules[0].id].value)
        assert banded[row] == (NO_BAND if band is None else cuts.bands.index(band))


@pytest.mark.parametrize("points", [(3, 5, 7), (5, 2, -1), (1, 1, 1), (0, 20_000, 40_000), (-9, 0, 9)])
def test_points_that_rise_evenly_are_those_of_each_option(points):
    options = tuple(replace(option, points=each) for option, each in zip(AGREES.options, points, strict=True))
    item = scale("a", replace(AGREES, options=options))
    found = one(score("s", items=("a",)), {"a": item}, a=["0", "1", "2", None])
    assert tuple(found[:3]) == points
    assert np.isnan(found[3])


def test_bands_of_one_perspective_are_not_anothers_though_the_score_is():
    staffs = replace(scored().band_sets[0], perspectives=("staff",))
    instrument = replace(scored(), band_sets=(staffs,))
    scores = score_columns(instrument, "client", columns(scored(), p1=["2"], p2=["2"], p3=["2"]))
    assert band_columns(instrument, "client", scores) == {}
    assert list(band_columns(instrument, "staff", scores)) == ["three"]
