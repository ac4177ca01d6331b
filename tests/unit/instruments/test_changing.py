"""What has changed between two occasions."""

from dataclasses import replace
from fractions import Fraction

import pytest
from made_instruments import scored

from skillnad.instruments.answers import AnswerSheet
from skillnad.instruments.asked import Direction
from skillnad.instruments.changing import RELIABLE, STEPS, Changed, change, change_in_words, changed, verdicts_of

RULES = scored().changes


def said(rule, before, after, **more):
    result = change(scored(), RULES[rule], before, after, **{"perspective": "client", **more})
    return result.verdict, result.steps


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [(2, 4, (Changed.BETTER, 2)), (4, 3, (Changed.WORSE, -1)), (3, 3, (Changed.SAME, 0))],
)
def test_more_is_better_where_high_is_good(before, after, expected):
    assert said("safe_change", before, after) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [(9, 4, (Changed.BETTER, 5)), (4, 4.5, (Changed.WORSE, Fraction(-1, 2))), (0, 0, (Changed.SAME, 0))],
)
def test_less_is_better_where_high_is_bad(before, after, expected):
    assert said("days_change", before, after) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [(4, 2, Changed.BETTER), (4, 3, Changed.SAME), (3, 4, Changed.SAME), (2, 4, Changed.WORSE)],
)
def test_a_change_counts_from_its_threshold(before, after, expected):
    assert said("problems_change", before, after)[0] is expected


@pytest.mark.parametrize(
    ("before", "after", "age", "expected"),
    [
        (5.0, 15.0, 18, Changed.CLINICALLY_IMPROVED),
        (7.5, 12.5, 18, Changed.CLINICALLY_IMPROVED),
        (7.4, 12.4, 18, Changed.IMPROVED),  # 4.999… in floats, and still clinical
        (13.0, 18.5, 18, Changed.IMPROVED),  # was not clinical
        (12.0, 16.9, 18, Changed.NO_RELIABLE_CHANGE),
        (12.0, 12.0, 18, Changed.NO_RELIABLE_CHANGE),
        (12.0, 7.1, 18, Changed.NO_RELIABLE_CHANGE),
        (16.4, 11.4, 18, Changed.DETERIORATED),
        (7.5, 12.5, 17, Changed.IMPROVED),  # the cut-off of the young is 14
        (9.0, 14.0, 13, Changed.CLINICALLY_IMPROVED),
        (9.0, 14.0, None, None),  # nobody knows which cut-off, and so not whether it was crossed
    ],
)
def test_a_reliable_change_that_crosses_the_cut_off_is_clinical(before, after, age, expected):
    assert said("reliable", before, after, age=age)[0] is expected


def test_another_perspective_has_no_cut_off_of_this_ones():
    assert said("reliable", 5.0, 15.0, age=18, perspective="staff")[0] is Changed.IMPROVED


def test_a_reliable_change_uses_only_the_cut_offs_it_names():
    rule = replace(RULES["reliable"], band_sets=("young",))
    result = change(scored(), rule, 5.0, 15.0, perspective="client", age=18)
    assert result.verdict is Changed.IMPROVED


@pytest.mark.parametrize(("before", "after"), [(None, 3), (3, None), (None, None)])
def test_without_two_values_there_is_no_change(before, after):
    assert said("safe_change", before, after) == (None, None)


def test_a_result_says_what_gave_it():
    result = change(scored(), RULES["reliable"], 11.4, 16.4, perspective="client", age=18)
    assert (result.change, result.rule, result.version) == ("reliable", "reliable≥5, adult", "samlat 2026.1")
    assert (result.source, result.verified, result.steps) == ("Eget mått", False, 5)
    assert change(scored(), RULES["safe_change"], None, 1, perspective="client").verified
    assert not change(replace(scored(), verified=False), RULES["safe_change"], 1, 1, perspective="client").verified


@pytest.mark.parametrize(
    ("rule", "words"), [("safe_change", "step"), ("problems_change", "step≥2"), ("reliable", "reliable≥5")]
)
def test_a_rule_in_words(rule, words):
    assert change_in_words(RULES[rule]) == words


def test_each_kind_of_rule_has_its_own_words_the_best_first():
    assert verdicts_of(RULES["reliable"]) == RELIABLE
    assert verdicts_of(RULES["days_change"]) == STEPS


def sheet(answers, perspective="client", age=18):
    return AnswerSheet("samlat", "2026.1", perspective, answers, age=age)


@pytest.mark.parametrize(
    ("rule", "first", "later", "expected"),
    [
        ("safe_change", {"safe": "4"}, {"safe": "2"}, (Changed.WORSE, -2)),
        ("safe_change", {"safe": "4"}, {"safe": "9"}, (None, None)),
        ("days_change", {"days": 10}, {"days": 3}, (Changed.BETTER, 7)),
        ("days_change", {"days": "X"}, {"days": 3}, (None, None)),
        ("reliable", {"mood": 1.0, "rest": 4.0}, {"mood": 7.0, "rest": 8.0}, (Changed.CLINICALLY_IMPROVED, 10)),
        ("reliable", {"mood": 1.0}, {"mood": 7.0, "rest": 8.0}, (None, None)),
    ],
)
def test_the_values_are_read_from_two_sheets(rule, first, later, expected):
    result = changed(scored(), RULES[rule], sheet(first), sheet(later))
    assert (result.verdict, result.steps) == expected


def test_the_first_occasions_age_chooses_the_cut_off():
    first, later = sheet({"mood": 4.0, "rest": 5.0}, age=17), sheet({"mood": 6.5, "rest": 7.0}, age=18)
    lower = replace(RULES["reliable"], reliable=4)
    assert changed(scored(), lower, first, later).verdict is Changed.IMPROVED  # 13.5 is under the young's 14
    assert changed(scored(), lower, replace(first, age=18), later).verdict is Changed.CLINICALLY_IMPROVED


def test_a_score_that_is_off_or_of_another_perspective():
    index = replace(RULES["problems_change"], score="index", threshold=0)
    result = changed(scored(), index, sheet({"days": 60, "money": 0}), sheet({"days": 30, "money": 0}))
    assert (result.verdict, result.steps) == (Changed.BETTER, Fraction(1, 2))
    assert changed(scored(), RULES["reliable"], sheet({}, "staff"), sheet({}, "staff")).verdict is None


def test_two_perspectives_are_never_pooled():
    with pytest.raises(ValueError, match="same perspective"):
        changed(scored(), RULES["safe_change"], sheet({}), sheet({}, "staff"))


def test_what_has_no_better_has_no_change():
    item = replace(scored().items["safe"], direction=Direction.NONE)
    instrument = replace(scored(), items={**scored().items, "safe": item})
    with pytest.raises(ValueError, match="no better and worse"):
        change(instrument, RULES["safe_change"], 1, 2, perspective="client")
