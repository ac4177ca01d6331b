"""Scores of one sheet, exactly."""

import math
from dataclasses import replace
from fractions import Fraction

import pytest
from made_instruments import AGREES, bands, number, scale, score, scored, small

from skillnad.instruments.answers import AnswerSheet, Level
from skillnad.instruments.asked import Ages, Clause, Condition, Means, Option, OptionSet
from skillnad.instruments.counted import Term
from skillnad.instruments.model import Share
from skillnad.instruments.scoring import (
    WhyMissing,
    band_of,
    band_sets_of,
    logarithm,
    points_of,
    rule_in_words,
    scores_of,
    share_of,
    span_of,
)
from skillnad.instruments.scoring import (
    bands as bands_of_sheet,
)
from skillnad.instruments.scoring import (
    score as score_sheet,
)

ITEMS = ("a", "b", "c", "d")
WORDS = OptionSet("words", scored().items["p1"].direction, (Option("ja", "Ja", "Yes"), Option("nej", "Nej", "No")))
YES = Condition(all=(Clause("a", frozenset("2")),))


def sheet(answers, perspective="client", instrument=None, age=None):
    instrument = instrument or scored()
    return AnswerSheet(instrument.id, instrument.version, perspective, answers, age=age)


def counted(rule, answers, items=None, on=()):
    """The result of one score on four items of 0, 1 and 2."""
    made = items or {name: scale(name, AGREES) for name in ITEMS}
    instrument = replace(small(), items=made, scores={rule.id: rule})
    return score_sheet(instrument, sheet(answers, instrument=instrument), on)[rule.id]


def value(rule, answers, items=None):
    return counted(rule, answers, items).value


def answered(codes):
    """ "21-0" answers a, b and d, and leaves c."""
    return {name: code for name, code in zip(ITEMS, codes, strict=True) if code != "-"}


@pytest.mark.parametrize(
    ("missing", "minimum", "codes", "expected"),
    [
        ("refuse", 1, "2101", 4),
        ("refuse", 1, "210-", None),
        ("zero", 1, "2---", 2),
        ("zero", 2, "2---", None),
        ("zero", 1, "----", None),
        ("known", 3, "210-", 3),
        ("known", 3, "21--", None),
        ("prorate", 3, "211-", Fraction(16, 3)),
        ("prorate", 2, "20--", 4),
        ("prorate", 3, "20--", None),
        ("prorate", 1, "2222", 8),
    ],
)
def test_a_sum_does_with_missing_parts_as_its_rule_says(missing, minimum, codes, expected):
    assert value(score("s", items=ITEMS, missing=missing, minimum=minimum), answered(codes)) == expected


@pytest.mark.parametrize(
    ("missing", "codes", "expected"),
    [
        ("refuse", "2111", Fraction(5, 4)),
        ("refuse", "211-", None),
        ("known", "21--", Fraction(3, 2)),
        ("prorate", "21--", Fraction(3, 2)),
        ("zero", "21--", Fraction(3, 4)),
    ],
)
def test_a_mean_is_of_the_known_unless_the_missing_are_zero(missing, codes, expected):
    assert value(score("s", "mean", items=ITEMS, missing=missing), answered(codes)) == expected


@pytest.mark.parametrize(("codes", "expected"), [("2101", 4), ("0000", 2), ("2220", 8), ("2222", 6), ("21-1", None)])
def test_a_reversed_item_counts_from_the_other_end(codes, expected):
    assert value(score("s", items=ITEMS, reverse=frozenset({"d"})), answered(codes)) == expected


def test_a_number_is_reversed_within_its_limits():
    rule = score("s", items=("a",), reverse=frozenset({"a"}))
    assert value(rule, {"a": 3}, {"a": number("a", 10, least=1)}) == 8


def test_four_points_on_three_of_five_are_seven_and_a_half_goes_upwards():
    rule = score("s", items=("a", "b", "c", "d", "e"), missing="prorate", minimum=3, round="half_up")
    five = {name: scale(name, AGREES) for name in rule.items}
    assert value(rule, {"a": "2", "b": "2", "c": "0"}, five) == 7
    assert value(rule, {"a": "2", "b": "0", "c": "0", "d": "0"}, five) == 3  # 2.5


def test_what_is_shown_is_what_counts():
    rule = score("s", "mean", items=("a", "b", "c"), decimals=2)
    assert value(rule, {"a": "2", "b": "0", "c": "0"}) == Fraction(67, 100)
    assert value(replace(rule, decimals=0), {"a": "2", "b": "0", "c": "0"}) == Fraction(2, 3)
    assert value(replace(rule, decimals=0, round="half_up"), {"a": "2", "b": "0", "c": "0"}) == 1


def test_a_line_is_counted_in_tenths():
    lines = {name: number(name, 10, decimals=1) for name in ITEMS}
    assert value(score("s", items=ITEMS), dict(zip(ITEMS, (1.0, 5.6, 9.7, 8.7), strict=True)), lines) == 25


@pytest.mark.parametrize("code", ["9", "X", "N"])
def test_what_is_no_value_is_never_counted_as_one(code):
    silent = (
        Option("9", "Vet inte", "Don't know", Means.DONT_KNOW),
        Option("X", "Inte besvarad", "Not answered", Means.MISSING),
        Option("N", "Inte tillämplig", "Not applicable", Means.NOT_APPLICABLE),
    )
    items = {name: scale(name, replace(AGREES, options=(*AGREES.options, *silent))) for name in ITEMS}
    answers = {**answered("211-"), "d": code}
    assert value(score("s", items=ITEMS), answers, items) is None
    assert value(score("s", items=ITEMS, missing="known"), answers, items) == 4
    assert value(score("s", "mean", items=ITEMS, missing="known"), answers, items) == Fraction(4, 3)


def test_what_is_not_asked_is_no_value_though_it_was_answered():
    hidden = replace(scale("b", AGREES), when=YES)
    items = {"a": scale("a", AGREES), "b": hidden}
    rule = score("s", items=("a", "b"), missing="known")
    assert value(rule, {"a": "2", "b": "1"}, items) == 3
    assert value(rule, {"a": "1", "b": "1"}, items) == 1


def test_a_result_says_what_gave_it():
    result = score_sheet(scored(), sheet({"p1": "2", "p2": "2", "p3": "0"}))["problems"]
    assert (result.score, result.rule, result.version) == ("problems", "sum/prorate≥3/half_up", "samlat 2026.1")
    assert (result.source, result.verified, result.why_missing) == ("Eget mått", True, None)
    assert (result.value, result.number) == (7, 7.0)
    assert result.lacking == {"p4": Level.MISSING, "p5": Level.MISSING}


def test_a_result_without_value_says_why_and_what_is_lacking():
    result = score_sheet(scored(), sheet({"safe": "9", "mood": 5.0}))["line"]
    assert (result.value, result.number, result.why_missing) == (None, None, WhyMissing.UNKNOWN)
    assert result.lacking == {"rest": Level.MISSING}


def test_a_score_of_scores_says_which_it_lacks():
    results = score_sheet(scored(), sheet({"p1": "2", "p2": "2", "p3": "0"}))
    assert results["both"].lacking == {"yes": Level.MISSING}
    assert results["both"].why_missing is WhyMissing.UNKNOWN


def test_what_nobody_has_verified_says_so_in_the_result():
    answers = sheet({"p1": "0", "p2": "0", "p3": "0"})
    unsure = replace(scored(), verified=False)
    assert not score_sheet(unsure, answers)["problems"].verified
    assert not score_sheet(scored(), sheet({"days": 3, "money": 0}), on=("index",))["index"].verified


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (score("s"), "sum/refuse"),
        (score("s", "mean", missing="known", minimum=2), "mean/known≥2"),
        (score("s", "ratio", decimals=4), "ratio/refuse/4 decimals"),
        (score("s", missing="prorate", minimum=3, round="half_up"), "sum/prorate≥3/half_up"),
    ],
)
def test_a_rule_in_words(rule, words):
    assert rule_in_words(rule) == words


def test_scores_belong_to_their_perspective():
    assert "line" in {rule.id for rule in scores_of(scored(), "client")}
    assert "line" not in score_sheet(scored(), sheet({}, "staff"))
    assert "problems" in score_sheet(scored(), sheet({}, "staff"))


def test_what_is_off_is_counted_only_when_asked_for():
    answers = sheet({"days": 30, "money": 0})
    assert "index" not in score_sheet(scored(), answers)
    assert score_sheet(scored(), answers, on=("index",))["index"].value == Fraction(3, 4)
    assert "index" not in score_sheet(scored(), answers, on=("other",))


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"p1": "1", "p2": "2", "p3": "1"}, (3, None)),
        ({"p1": "0", "p2": "2", "p3": "1"}, (0, None)),  # zero_when
        ({"p2": "2", "p3": "1"}, (None, WhyMissing.NEEDED)),
        ({"p1": "1"}, (None, WhyMissing.UNKNOWN)),
        ({"p1": "0"}, (0, None)),
    ],
)
def test_needs_come_before_zero_and_zero_before_the_parts(answers, expected):
    result = score_sheet(scored(), sheet(answers))["burden"]
    assert (result.value, result.why_missing) == expected


def test_what_is_needed_must_be_a_value():
    items = {"a": scale("a"), "b": scale("b", AGREES)}
    rule = score("s", items=("b",), needs=("a",))
    assert counted(rule, {"a": "9", "b": "2"}, items).lacking == {"a": Level.DONT_KNOW}
    assert counted(rule, {"a": "9", "b": "2"}, items).why_missing is WhyMissing.NEEDED
    assert value(rule, {"a": "1", "b": "2"}, items) == 2


def test_a_score_on_a_condition():
    rule = score("s", items=("b",), only_when=YES)
    assert value(rule, {"a": "2", "b": "1"}) == 1
    assert counted(rule, {"a": "1", "b": "1"}).why_missing is WhyMissing.CONDITION


def test_zero_beats_the_condition():
    rule = score("s", items=("b",), zero_when=YES, only_when=Condition(all=(Clause("b", frozenset("1")),)))
    assert value(rule, {"a": "2"}) == 0
    assert value(rule, {"a": "1", "b": "1"}) == 1


@pytest.mark.parametrize(
    ("missing", "code", "expected"),
    [("refuse", "9", 2), ("refuse", "X", None), ("refuse", None, None), ("known", "9", 2), ("prorate", "9", 3)],
)
def test_counting_codes_takes_dont_know_for_neither(missing, code, expected):
    silent = (Option("9", "?", "?", Means.DONT_KNOW), Option("X", "-", "-", Means.MISSING))
    items = {name: scale(name, replace(AGREES, options=(*AGREES.options, *silent))) for name in ("a", "b", "c")}
    rule = score("s", "count", items=("a", "b", "c"), codes=frozenset({"1", "2"}), missing=missing, minimum=2)
    answers = {"a": "1", "b": "2", "c": code} if code else {"a": "1", "b": "2"}
    assert value(rule, answers, items) == expected


def test_counting_codes_can_leave_not_applicable_outside():
    item = scale("a", replace(AGREES, options=(*AGREES.options, Option("N", "-", "-", Means.NOT_APPLICABLE))))
    rule = score("s", "count", items=("a",), codes=frozenset({"1"}))
    assert value(rule, {"a": "N"}, {"a": item}) == 0
    assert value(replace(rule, missing="known"), {"a": "N"}, {"a": item}) is None


def test_a_score_of_scores_needs_them_all_where_it_says_so():
    answers = {f"p{n}": "2" for n in range(1, 6)}
    results = score_sheet(scored(), sheet(answers))
    assert results["problems"].value == 8  # p5 is reversed
    assert results["yes"].value == 5
    assert results["both"].value == 13


@pytest.mark.parametrize(
    ("answers", "known", "low"),
    [
        ({}, None, None),
        ({"words": 9, "good_words": 4, "bad_words": 1}, 1, None),
        ({"words": 9, "good_words": 4, "bad_words": 1, "mood": 2.0, "rest": 2.0}, 2, 2),
        ({"words": 9, "good_words": 6, "bad_words": 1, "mood": 2.0, "rest": 2.1}, 2, 0),
        ({"words": 9, "good_words": 5, "bad_words": 1, "mood": 2.0, "rest": 2.1}, 2, 1),
    ],
)
def test_counting_scores_is_of_those_that_are_known(answers, known, low):
    results = score_sheet(scored(), sheet(answers))
    assert (results["known"].value, results["low"].value) == (known, low)
    assert results["low"].why_missing is (WhyMissing.UNKNOWN if low is None else None)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [({"a": "2", "b": "0"}, 2), ({"a": "0", "b": "2"}, -2), ({"a": "1"}, None), ({"b": "1"}, None)],
)
def test_a_difference_is_the_first_less_the_second(answers, expected):
    assert value(score("s", "difference", items=("a", "b")), answers) == expected


@pytest.mark.parametrize(
    ("answers", "expected", "why"),
    [
        ({"words": 5, "good_words": 3}, Fraction(28333, 10_000), None),
        ({"words": 4, "good_words": 3}, None, WhyMissing.CONDITION),
        ({"words": 5}, None, WhyMissing.UNKNOWN),
        ({"good_words": 3}, None, WhyMissing.CONDITION),
    ],
)
def test_a_share_is_adjusted_by_its_factor(answers, expected, why):
    result = score_sheet(scored(), sheet(answers))["share"]
    assert (result.value, result.why_missing) == (expected, why)


def test_a_share_of_nothing_has_no_value():
    rule = score("s", "ratio", items=("a", "b"))
    assert counted(rule, {"a": "1", "b": "0"}).why_missing is WhyMissing.NOTHING
    assert counted(rule, {"a": "1"}).why_missing is WhyMissing.UNKNOWN
    assert value(rule, {"a": "1", "b": "2"}) == Fraction(1, 2)


@pytest.mark.parametrize(("money", "expected"), [(0, 0.75), (1, 0.75), (1500, 0.75 + math.log(1500) / 20)])
def test_a_weighted_score_with_a_logarithm_that_is_nothing_of_nothing(money, expected):
    result = score_sheet(scored(), sheet({"days": 30, "money": money}), on=("index",))["index"]
    assert result.number == pytest.approx(expected, abs=5e-5)
    assert result.value.denominator <= 10_000


def test_a_weighted_score_needs_every_term():
    result = score_sheet(scored(), sheet({"days": "X", "money": 5}), on=("index",))["index"]
    assert result.why_missing is WhyMissing.UNKNOWN
    assert result.lacking == {"days": Level.MISSING}


def test_a_weight_can_be_negative_and_the_sum_begins_at_the_constant():
    rule = score("s", "weighted", terms=(Term("a", -4), Term("b", 0.5)), constant=1)
    assert value(rule, {"a": "1", "b": "2"}) == Fraction(19, 4)


def test_a_logarithm_has_nine_decimals():
    assert logarithm(Fraction(1500)) == Fraction(7_313_220_387, 10**9)
    assert logarithm(Fraction(1, 2)) == Fraction(-693_147_181, 10**9)
    assert logarithm(Fraction(0)) == logarithm(Fraction(-1)) == logarithm(Fraction(1)) == 0


def test_points_are_the_options_own_or_its_code():
    item = scale("a", replace(AGREES, options=(Option("1", "A", "A", points=0), Option("2", "B", "B"))))
    assert [points_of(item, code) for code in ("1", "2", None, "")] == [0, 2, None, None]
    assert points_of(number("n", decimals=1), 5.6) == Fraction(28, 5)


def test_what_is_no_number_cannot_be_added():
    with pytest.raises(ValueError, match="a are no numbers"):
        points_of(scale("a", WORDS), "ja")


def test_the_span_of_an_item_is_of_its_values():
    assert span_of(scale("a")) == (1, 4)  # not 9, which is don't know
    assert span_of(number("n", 30)) == (0, 30)
    assert span_of(scored().items["days"]) == (0, 30)  # X and N are no values


SET = bands("set", "s", ("low", 0, 24.9), ("high", 25, 40), step=0.1)


@pytest.mark.parametrize(
    ("number", "code"),
    [(0, "low"), (24.9, "low"), (25, "high"), (40, "high"), (24.95, "low"), (40.1, None), (-0.1, None), (None, None)],
)
def test_a_band_holds_from_where_it_begins_to_the_next(number, code):
    band = band_of(SET, None if number is None else Fraction(str(number)))
    assert (band and band.code) == code


@pytest.mark.parametrize(
    ("age", "found"), [(12, []), (13, ["young"]), (17, ["young"]), (18, ["adult"]), (70, ["adult"]), (None, [])]
)
def test_bands_for_some_ages_hold_only_of_them(age, found):
    assert [each.id for each in band_sets_of(scored(), "line", "client", age)] == found


def test_bands_belong_to_their_score_and_perspective():
    assert [each.id for each in band_sets_of(scored(), "problems", "staff", None)] == ["three"]
    assert band_sets_of(scored(), "line", "staff", 20) == []


def test_the_bands_of_a_sheet_are_those_whose_scores_have_values():
    answers = sheet({"mood": 6.2, "rest": 6.2, "p1": "2"}, age=18)
    found = bands_of_sheet(scored(), answers, score_sheet(scored(), answers))
    assert {name: band.code for name, band in found.items()} == {"adult": "clinical"}


@pytest.mark.parametrize(("answer", "inside"), [("3", True), ("4", True), ("1", False), ("9", None), (None, None)])
def test_a_share_stands_outside_dont_know_and_no_answer(answer, inside):
    answers = sheet({"safe": answer} if answer else {})
    assert share_of(scored(), scored().shares[0], answers) is inside


def test_a_share_stands_outside_what_is_not_asked():
    helped = Share("helped", "Hjälpta", "Helped", "helped", frozenset({"2"}))
    assert share_of(scored(), helped, sheet({"help": ["none"], "p1": "1", "helped": "2"})) is None
    assert share_of(scored(), helped, sheet({"help": ["a"], "p1": "1", "helped": "2"})) is True


def test_ages_without_end_have_none():
    assert 10**3 in Ages(18)
