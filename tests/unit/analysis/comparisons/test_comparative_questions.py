"""Comparative questions as data: saved and read again exactly, one text for each, refused where they cannot be read."""

import json
import tomllib
from pathlib import Path

import pytest

from skillnad.analysis.comparisons.questions import (
    Adjusted,
    Asked,
    Chart,
    Comparison,
    Drawn,
    Funnel,
    OverTime,
    Paired,
    Ranking,
    ResponseRate,
    Weight,
    plain,
)
from skillnad.analysis.formulas.samples import Chosen
from skillnad.analysis.question_data import canonical_json, question_as_data, question_from_data
from skillnad.analysis.questions import Count, Duration, Selection, Share, Where
from skillnad.analysis.saved_questions import SavedQuestion, as_toml, load, save
from skillnad.analysis.selection import selection_of
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population
from skillnad.lib.errors import UserError

WOMEN = Where("legal_sex", ("1",))
CASES = Selection(Population.CASES, Period.parse("2025Q2"), "decision_date", (WOMEN, Where("unit", ("B", "A"))))
SHARE = Share(Where("origin", ("2", "1")), CASES, by=("unit",), outside=("4",))
TIME = Duration("intake_date", "decision_date", CASES, by=("month:intake_date",), within=(120,))
WEIGHTS = (Weight(("1", "2"), 1200.5), Weight(("2", "1"), 3e22))
QUESTIONS: list[Asked] = [
    Comparison(SHARE),
    Comparison(SHARE, "B"),
    Comparison(SHARE, "B", ("legal_sex", "age_group")),
    Comparison(SHARE, "B", ("legal_sex", "age_group"), Adjusted.STANDARD, WEIGHTS),
    Comparison(Duration("intake_date", "decision_date", CASES, by=("unit",))),
    Comparison(Duration("intake_date", "decision_date", CASES, by=("unit",)), relevant=14.0),
    Comparison(SHARE, relevant=0.03),
    Comparison(SHARE, drawn=Drawn(Chosen.FIRST_MET)),
    Comparison(SHARE, drawn=Drawn(Chosen.BY_LOT, 1400)),
    Comparison(SHARE, drawn=Drawn(Chosen.BY_LOT, of_each=(("A", 300), ("B", 200)))),
    Ranking(SHARE),
    Ranking(SHARE, highest_first=False),
    Funnel(SHARE),
    Funnel(SHARE, 0.25),
    OverTime(Count(CASES, ("month:intake_date",))),
    OverTime(TIME, Chart.CONTROL, 24),
    OverTime(Share(Where("origin", ("1",)), by=("year:end_date",)), Chart.CONTROL),
    Paired(Where("rating", ("3",)), Where("goal_attainment", ("1", "2")), CASES, ("unit",)),
    Paired(Where("rating", ("3",)), Where("goal_attainment", ("1", "2"))),
    ResponseRate("rating"),
    ResponseRate("rating", ("3", "2"), CASES, ("unit", "legal_sex")),
]
EACH = pytest.mark.parametrize(
    "question", QUESTIONS, ids=[f"{type(question).__name__}-{n}" for n, question in enumerate(QUESTIONS)]
)


@EACH
def test_comparative_question_comes_back_exactly_through_json(question):
    assert question_from_data(json.loads(json.dumps(question_as_data(question)))) == question


@EACH
def test_comparative_question_comes_back_exactly_through_toml(question):
    assert question_from_data(tomllib.loads(as_toml({"question": question_as_data(question)}))["question"]) == question


@EACH
@pytest.mark.parametrize("name", ["x.toml", "x.json"])
def test_saved_comparative_question_comes_back_exactly(tmp_path: Path, question, name):
    saved = SavedQuestion("Skillnader", question)
    save(saved, tmp_path / name)
    assert load(tmp_path / name) == saved


@EACH
def test_canonical_text_is_a_question_that_has_the_same_text(question):
    text = canonical_json(question)
    assert canonical_json(question_from_data(json.loads(text))) == text


@EACH
def test_comparative_question_has_the_selection_of_its_plain_one(question):
    assert selection_of(question) == selection_of(plain(question)) == question.selection


def test_comparative_questions_that_differ_have_different_names():
    names = {canonical_json(question) for question in [*QUESTIONS, *map(plain, QUESTIONS)]}
    assert len(names) == len(QUESTIONS) + len({canonical_json(plain(question)) for question in QUESTIONS})


MIXED = Selection(Population.CASES, Period.parse("2025Q2"), "decision_date", (Where("unit", ("A", "B", "A")), WOMEN))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Ranking(SHARE), Ranking(Share(Where("origin", ("1", "2", "1")), MIXED, by=("unit",), outside=("4",)))),
        (
            Paired(Where("a", ("1", "2")), Where("b", ("3", "4")), CASES),
            Paired(Where("a", ("2", "1")), Where("b", ("4", "3", "3")), MIXED),
        ),
        (ResponseRate("a", ("2", "1"), CASES), ResponseRate("a", ("1", "2", "2"), MIXED)),
        (Comparison(SHARE, adjusted_for=("a", "b")), Comparison(SHARE, adjusted_for=("b", "a"))),
        (
            Comparison(SHARE, drawn=Drawn(Chosen.BY_LOT, of_each=(("A", 3), ("B", 2)))),
            Comparison(SHARE, drawn=Drawn(Chosen.BY_LOT, of_each=(("B", 2), ("A", 3)))),
        ),
    ],
)
def test_same_question_put_in_two_ways_has_one_name(one, other):
    assert canonical_json(one) == canonical_json(other)


def test_order_of_judgements_and_of_weighted_backgrounds_matters():
    first, second = Where("a", ("1",)), Where("b", ("1",))
    assert canonical_json(Paired(first, second)) != canonical_json(Paired(second, first))
    one, other = (Comparison(SHARE, "", names, Adjusted.STANDARD, WEIGHTS) for names in (("a", "b"), ("b", "a")))
    assert canonical_json(one) != canonical_json(other)


def test_judgements_are_counted_as_a_share_by_the_second():
    asked = Paired(Where("a", ("1",)), Where("b", ("2",)), CASES, ("unit",))
    assert plain(asked) == Share(Where("a", ("1",)), CASES, by=("b", "unit"))


def test_response_rate_counts_answers_or_those_who_answered_so():
    assert plain(ResponseRate("a", by=("unit",))) == Count(by=("a", "unit"))
    assert plain(ResponseRate("a", ("1",), by=("unit",))) == Share(Where("a", ("1",)), by=("unit",))


def test_comparison_with_the_usual_relevant_difference_is_named_as_if_there_were_no_other():
    assert "relevant" not in canonical_json(Comparison(SHARE))
    assert question_from_data({"kind": "comparison", "of": PLAIN_SHARE}).relevant is None


def test_comparison_of_all_rows_is_named_as_if_there_were_no_samples():
    assert "drawn" not in canonical_json(Comparison(SHARE))
    assert question_from_data({"kind": "comparison", "of": PLAIN_SHARE}).drawn is None


HELD = {"column": "a", "codes": ["1"]}
PLAIN_SHARE = {"kind": "share", "of": HELD, "by": ["unit"]}


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("of", {"kind": "ranking"}),
        ("of.kind", {"kind": "ranking", "of": {**PLAIN_SHARE, "kind": "shares"}}),
        ("of.of.codes", {"kind": "ranking", "of": {**PLAIN_SHARE, "of": {"column": "a", "codes": "1"}}}),
        ("of.selection.period", {"kind": "funnel", "of": {**PLAIN_SHARE, "selection": {"period": "someday"}}}),
        ("target", {"kind": "funnel", "of": PLAIN_SHARE, "target": "half"}),
        ("target", {"kind": "funnel", "of": PLAIN_SHARE, "target": True}),
        ("highest_first", {"kind": "ranking", "of": PLAIN_SHARE, "highest_first": 1}),
        ("chart", {"kind": "over_time", "of": PLAIN_SHARE, "chart": "pie"}),
        ("baseline", {"kind": "over_time", "of": PLAIN_SHARE, "baseline": 1.5}),
        ("first", {"kind": "paired", "second": {"column": "b", "codes": []}}),
        (
            "second.codes",
            {"kind": "paired", "first": {"column": "a", "codes": []}, "second": {"column": "b", "codes": 3}},
        ),
        ("second.column", {"kind": "paired", "first": {"column": "a", "codes": []}, "second": {"codes": []}}),
        ("question", {"kind": "response_rate"}),
        ("codes", {"kind": "response_rate", "question": "a", "codes": "1"}),
        ("against", {"kind": "comparison", "of": PLAIN_SHARE, "against": 2}),
        ("way", {"kind": "comparison", "of": PLAIN_SHARE, "way": "magic"}),
        ("standard", {"kind": "comparison", "of": PLAIN_SHARE, "standard": [{"levels": ["1"]}]}),
        ("drawn", {"kind": "comparison", "of": PLAIN_SHARE, "drawn": "by_lot"}),
        ("drawn.chosen", {"kind": "comparison", "of": PLAIN_SHARE, "drawn": {"chosen": "at_will"}}),
        ("drawn.chosen", {"kind": "comparison", "of": PLAIN_SHARE, "drawn": {"of_all": 9}}),
        ("drawn.of_all", {"kind": "comparison", "of": PLAIN_SHARE, "drawn": {"chosen": "by_lot", "of_all": 1.5}}),
        ("drawn.of_each", {"kind": "comparison", "of": PLAIN_SHARE, "drawn": {"chosen": "by_lot", "of_each": ["A"]}}),
        ("drawn.of", {"kind": "comparison", "of": PLAIN_SHARE, "drawn": {"chosen": "by_lot", "of": 9}}),
        ("relevant", {"kind": "comparison", "of": PLAIN_SHARE, "relevant": "some"}),
        ("targets", {"kind": "funnel", "of": PLAIN_SHARE, "targets": 0.5}),
    ],
)
def test_comparative_question_that_cannot_be_read_names_its_key(key, wrong):
    with pytest.raises(UserError, match=f"ASK-020 asked.toml: .*”{key}”"):
        question_from_data(wrong, where="asked.toml")


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "ranking", "of": {"kind": "count", "by": ["unit"]}},
        {"kind": "ranking", "of": HELD},
        {"kind": "share", "of": PLAIN_SHARE},
        {"kind": "share", "of": "a"},
        {"kind": "sum", "of": HELD},
        {"kind": "over_time", "of": {"kind": "sum", "of": "amount", "by": ["month:end_date"]}},
        {"kind": "comparison", "of": {"kind": "ranking", "of": PLAIN_SHARE}},
        {"kind": "funnel", "of": "share"},
    ],
)
def test_question_about_what_it_cannot_be_about_is_refused(wrong):
    with pytest.raises(UserError, match=r"ASK-020 .*”of”"):
        question_from_data(wrong)
