"""Comparative questions that make no sense are refused, with what would do; through the door, as an analyst asks."""

import json
from datetime import date

import pytest
from snapshots_made import make_snapshot

from skillnad.analysis.comparisons.questions import (
    Asked,
    Chart,
    Comparison,
    Drawn,
    Funnel,
    OverTime,
    Paired,
    Ranking,
    ResponseRate,
)
from skillnad.analysis.door import ask, restore
from skillnad.analysis.formulas.samples import Chosen
from skillnad.analysis.questions import ONGOING, Count, CrossTable, Duration, Flow, Selection, Share, Sum, Where
from skillnad.analysis.results import MISSING_LEVEL
from skillnad.codebook.periods import Period
from skillnad.lib.errors import UserError

RATED = Where("rating", ("3",))
PLAN = Where("adherence_to_plan", ("1",))
FOLLOWED = Where("known:follow_up_date", ("1",))
LOT = Drawn(Chosen.BY_LOT, 900)
YEAR = Period.year(2025)
MONTHLY = Count(by=("month:end_date",))


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    rows = [
        {"unit": "AB"[n % 2], "rating": "13"[n % 3 > 0], "adherence_to_plan": "12"[n % 5 > 1], "origin": "135"[n % 3]}
        | {"problem": "1;2", "legal_sex": "12"[n % 4 > 1], "end_date": date(2024 + n % 2, 1 + n % 12, 1).isoformat()}
        | {"start_date": "2023-12-01", "follow_up_date": "2024-01-01" if n % 7 > 2 else ""}
        for n in range(120)
    ]
    return make_snapshot(tmp_path_factory.mktemp("asked"), interventions=rows)


def by(column: str, *codes: str, of: Where = RATED) -> Share:
    where = (Where(column, codes),) if codes else ()
    return Share(of, Selection(where=where), by=(column,))


WRONG: list[tuple[str, Asked]] = [
    ("ASK-080", Comparison(Duration("start_date", "end_date", Selection(period=YEAR, event=ONGOING), ("unit",)))),
    ("ASK-085", Comparison(Sum("age", by=("unit",)))),
    ("ASK-085", Comparison(Count(by=("unit",)))),
    ("ASK-085", Comparison(Flow(YEAR, by=("unit",)))),
    ("ASK-085", Ranking(Duration("start_date", "end_date", by=("unit",)))),
    ("ASK-085", Funnel(Count(by=("unit",)))),
    ("ASK-085", OverTime(Sum("age", by=("month:end_date",)))),
    ("ASK-085", OverTime(CrossTable("unit", "month:end_date"))),
    ("ASK-036", Ranking(Share(RATED))),
    ("ASK-036", Funnel(Share(RATED, by=("unit", "origin")))),
    ("ASK-036", OverTime(Count(by=("unit", "month:end_date")))),
    ("ASK-037", OverTime(Count(by=("unit",)))),
    ("ASK-038", Comparison(by("unit"), "Z")),
    ("ASK-038", Comparison(by("known:end_date"), "3")),
    ("ASK-041", Comparison(by("unit", of=FOLLOWED), adjusted_for=("known:follow_up_date",))),
    ("ASK-058", Comparison(by("known:end_date", "1"))),
    ("ASK-059", ResponseRate("known:end_date")),
    ("ASK-039", Comparison(by("unit", "A"), "A")),
    ("ASK-046", Comparison(by("unit"), relevant=5.0)),
    ("ASK-046", Comparison(by("unit"), relevant=0.0)),
    ("ASK-046", Comparison(by("unit"), relevant=float("nan"))),
    ("ASK-046", Comparison(Duration("start_date", "end_date", by=("unit",)), relevant=-7.0)),
    ("ASK-046", Comparison(Duration("start_date", "end_date", by=("unit",)), relevant=float("inf"))),
    ("ASK-047", Comparison(Duration("start_date", "end_date", by=("unit",)), drawn=LOT)),
    ("ASK-047", Comparison(by("unit"), adjusted_for=("origin",), drawn=LOT)),
    ("ASK-048", Comparison(by("unit"), drawn=Drawn(Chosen.BY_LOT))),
    ("ASK-048", Comparison(by("unit"), drawn=Drawn(Chosen.BY_LOT, 900, (("A", 300), ("B", 600))))),
    ("ASK-048", Comparison(by("unit"), drawn=Drawn(Chosen.BY_LOT, 0))),
    ("ASK-048", Comparison(by("unit"), drawn=Drawn(Chosen.BY_LOT, of_each=(("A", 300), ("B", -2))))),
    ("ASK-048", Comparison(by("unit"), drawn=Drawn(Chosen.FIRST_MET, 900))),
    ("ASK-048", Comparison(by("unit"), drawn=Drawn(Chosen.BY_HAND, of_each=(("A", 300),)))),
    ("ASK-049", Comparison(by("unit"), drawn=Drawn(Chosen.BY_LOT, 119))),
    ("ASK-049", Comparison(by("unit"), drawn=Drawn(Chosen.EVERYONE, 119))),
    ("ASK-049", Comparison(by("unit"), drawn=Drawn(Chosen.BY_LOT, of_each=(("A", 300), ("B", 59))))),
    ("ASK-064", Comparison(by("unit"), drawn=Drawn(Chosen.BY_LOT, of_each=(("A", 300), ("Z", 200))))),
    ("ASK-064", Comparison(by("unit"), drawn=Drawn(Chosen.BY_LOT, of_each=(("A", 300), ("A", 200))))),
    ("ASK-064", Comparison(by("unit"), drawn=Drawn(Chosen.BY_LOT, of_each=(("A", 300),)))),
    ("ASK-064", Comparison(by("origin"), drawn=Drawn(Chosen.BY_LOT, of_each=(("1", 300), ("5", 200))))),
    ("ASK-064", Comparison(by("problem"), drawn=Drawn(Chosen.BY_LOT, of_each=(("1", 300), ("2", 200))))),
    ("ASK-064", Comparison(by("year:end_date"), drawn=Drawn(Chosen.BY_LOT, of_each=(("2024", 300), ("1999", 2))))),
    ("ASK-050", Ranking(by("problem"))),
    ("ASK-050", Funnel(by("problem"))),
    ("ASK-051", Funnel(by("unit"), 80.0)),
    ("ASK-051", Funnel(by("unit"), 0.0)),
    ("ASK-051", Funnel(by("unit"), 1.0)),
    ("ASK-051", Funnel(by("unit"), float("nan"))),
    ("ASK-052", OverTime(MONTHLY, baseline=9)),
    ("ASK-052", OverTime(MONTHLY, baseline=-12)),
    ("ASK-052", OverTime(MONTHLY, Chart.CONTROL, baseline=11)),
    ("ASK-087", OverTime(Count(Selection(period=YEAR), by=("month:end_date",)))),
    ("ASK-087", OverTime(Count(Selection(period=YEAR, event="end_date"), by=("month:start_date",)))),
    ("ASK-087", OverTime(Count(Selection(period=YEAR, event=ONGOING), by=("month:end_date",)))),
    ("ASK-053", Paired(Where("problem", ("1",)), PLAN)),
    ("ASK-053", Paired(RATED, Where("problem", ("1",)))),
    ("ASK-008", Paired(RATED, Where("adherence_to_plan", ("7",)))),
    ("ASK-008", Paired(Where("rating", ("7",)), PLAN)),
    ("ASK-009", Paired(PLAN, Where("rating", ("9",)))),
    ("ASK-017", Paired(RATED, Where("adherence_to_plan", ()))),
    ("ASK-001", Paired(RATED, Where("adherense_to_plan", ("1",)))),
    ("ASK-035", Paired(RATED, RATED)),
    ("ASK-035", Paired(RATED, PLAN, Selection(where=(PLAN,)))),
    ("ASK-012", Paired(RATED, PLAN, Selection(people=True))),
    ("ASK-054", Comparison(by("problem"), "1")),
    ("ASK-054", Comparison(Duration("start_date", "end_date", by=("problem",)), "1")),
    ("ASK-055", Comparison(by("origin"), "5")),
    ("ASK-056", Comparison(by("year:end_date"), "A")),
    ("ASK-056", Comparison(by("year:end_date"), "2019")),
    ("ASK-056", Comparison(by("year:end_date"), "*")),
    ("ASK-057", Comparison(by("unit", "A", "B"), "C")),
    ("ASK-058", Comparison(by("unit", "A"))),
    ("ASK-058", Ranking(by("unit", "A", MISSING_LEVEL))),
    ("ASK-058", Funnel(by("origin", "1", "5"))),
    ("ASK-059", ResponseRate("rating", selection=Selection(where=(Where("rating", ("1", "3")),)))),
    ("ASK-012", ResponseRate("rating", selection=Selection(people=True))),
    ("ASK-005", ResponseRate("rating", by=("rating",))),
    ("ASK-010", ResponseRate("end_date")),
    ("ASK-009", ResponseRate("rating", ("9",))),
    ("ASK-012", Ranking(Share(RATED, Selection(people=True), by=("unit",)))),
    ("ASK-035", Ranking(by("rating"))),
]


@pytest.mark.parametrize(("code", "question"), WRONG, ids=[f"{code}-{n}" for n, (code, _) in enumerate(WRONG)])
def test_nonsense_is_refused_in_the_analysts_words(snapshot, code, question):
    with pytest.raises(UserError) as refused:
        ask(snapshot, question)
    assert code in {problem.code for problem in refused.value.problems}
    assert all(
        problem.sv.endswith((".", "?")) and problem.en.endswith((".", "?")) for problem in refused.value.problems
    )


RIGHT: list[Asked] = [
    Comparison(by("problem")),
    Comparison(by("problem", "1")),
    Comparison(by("unit", "A", "B"), "B"),
    Comparison(by("known:follow_up_date"), "2"),
    Comparison(by("unit", of=FOLLOWED), adjusted_for=("legal_sex", "problem")),
    Comparison(by("unit"), adjusted_for=("known:follow_up_date",)),
    Funnel(by("unit", of=FOLLOWED)),
    OverTime(Share(FOLLOWED, by=("month:end_date",))),
    Comparison(by("year:end_date"), "2024"),
    Comparison(by("unit"), relevant=0.1),
    Comparison(by("unit"), drawn=Drawn(Chosen.BY_LOT, 120)),
    Comparison(by("unit", "A", "B"), "B", drawn=Drawn(Chosen.BY_LOT, of_each=(("A", 300), ("B", 60)))),
    Comparison(by("problem"), drawn=Drawn(Chosen.BY_LOT, 900)),
    Comparison(by("year:end_date"), drawn=Drawn(Chosen.BY_LOT, of_each=(("2024", 300), ("2025", 200)))),
    Comparison(by("unit"), drawn=Drawn(Chosen.EVERYONE)),
    Comparison(by("unit"), drawn=Drawn(Chosen.THEMSELVES)),
    Comparison(Duration("start_date", "end_date", by=("unit",)), relevant=14.0),
    Ranking(by("unit", "A", "B")),
    Funnel(by("unit"), 0.5),
    OverTime(Count(Selection(period=YEAR), by=("month:start_date",))),
    OverTime(Count(Selection(period=YEAR, event="end_date"), by=("month:end_date",))),
    OverTime(MONTHLY, baseline=10),
    OverTime(MONTHLY, Chart.CONTROL, baseline=12),
    OverTime(Count(Selection(people=True), by=("year:end_date",))),
    Paired(RATED, PLAN, by=("unit", "legal_sex")),
    ResponseRate("problem", ("1", "2")),
    ResponseRate("rating", selection=Selection(where=(Where("rating", ("1", MISSING_LEVEL)),))),
]


@pytest.mark.parametrize("question", RIGHT, ids=[f"{type(question).__name__}-{n}" for n, question in enumerate(RIGHT)])
def test_what_makes_sense_is_answered(snapshot, question):
    table = ask(snapshot, question, engine="duckdb")
    assert table.question == question
    assert table.cells.keys() == {measure.id for measure in table.measures}
    stored = restore(json.loads(json.dumps(table.as_data(), allow_nan=False)))
    assert (stored.question, stored.cells, stored.measures) == (question, table.cells, table.measures)


def test_every_problem_is_named_at_once(snapshot):
    with pytest.raises(UserError) as refused:
        ask(snapshot, Funnel(by("problem"), 2.0))
    assert [problem.code for problem in refused.value.problems] == ["ASK-050", "ASK-051"]


def test_what_the_plain_question_left_out_is_told(tmp_path):
    rows = [
        {"unit": "AB"[n % 2], "end_date": "2025-02-01", "start_date": "2025-01-01" if n < 40 else ""} for n in range(50)
    ]
    snapshot = make_snapshot(tmp_path, interventions=rows)
    table = ask(snapshot, OverTime(Duration("start_date", "end_date", by=("month:end_date",))))
    assert [(one.reason, one.rows) for one in table.left_out] == [("no_first_day", 10)]
