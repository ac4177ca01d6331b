"""Coarser questions that leave fewer gaps, found by asking them."""

import random
from datetime import date, timedelta
from math import log2

import pytest
from snapshots_made import make_snapshot

from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.disclosure.attackers import Way
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.door import ask
from skillnad.analysis.protected_set import ProtectedSet
from skillnad.analysis.questions import Count, CrossTable, Flow, Selection, Sequence, Share, Where
from skillnad.analysis.suggested.coarser import coarser, with_column
from skillnad.analysis.suggested.suggesting import held, suggestions_for
from skillnad.codebook.periods import Period
from skillnad.lib.errors import UserError

YEAR = Selection(period=Period.year(2025))
STARTS = "month:start_date"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    rng = random.Random(1)
    rows = [
        {
            "client": number // 2,
            "unit": rng.choice("AABC"),
            "legal_sex": rng.choice("12"),
            "age_group": rng.choice(["0", "13", "21", "21"]),
            "origin": rng.choice("11234"),
            "rating": rng.choice("12239"),
            "start_date": date(2024, 6, 1) + timedelta(days=rng.randrange(560)),
            "end_date": "",
        }
        for number in range(160)
    ]
    return make_snapshot(tmp_path_factory.mktemp("suggested"), interventions=rows)


def offered(snapshot, question) -> dict[str, object]:
    return {each.sv: each.to for each in coarser(snapshot, question, ask(snapshot, question))}


@pytest.mark.parametrize(
    "question",
    [
        Count(YEAR, (STARTS, "unit")),
        CrossTable("age_group", "unit", YEAR, by=("origin",)),
        Share(Where("rating", ("3",)), YEAR, ("origin", "age_group")),
    ],
    ids=lambda question: type(question).__name__,
)
def test_suggestion_leaves_as_many_gaps_as_it_says(snapshot, question):
    found = suggestions_for(snapshot, question)
    assert found
    for each in found:
        assert each.after.gaps == ask(snapshot, each.to).gaps
        assert each.before.gaps == ask(snapshot, question).gaps


def test_suggestions_are_the_same_each_time(snapshot):
    question = CrossTable("age_group", "unit", YEAR, by=("origin",))
    assert suggestions_for(snapshot, question) == suggestions_for(snapshot, question)


def test_no_more_are_given_than_asked_for(snapshot):
    assert len(suggestions_for(snapshot, CrossTable("age_group", "unit", YEAR, by=("origin",)), limit=1)) == 1


def test_table_without_gaps_has_no_suggestion(snapshot):
    assert suggestions_for(snapshot, Count(by=("legal_sex",))) == ()


@pytest.mark.parametrize(
    "question", [Comparison(Share(Where("rating", ("3",)), YEAR, ("unit",))), Sequence(("unit", "origin"), YEAR)]
)
def test_what_is_made_of_other_answers_has_no_suggestion(snapshot, question):
    assert suggestions_for(snapshot, question) == ()


def test_numbers_with_noise_have_no_gaps_to_win_back(snapshot):
    question = CrossTable("age_group", "unit", YEAR, by=("origin",))
    assert suggestions_for(snapshot, question, Policy(way=Way.CELL_KEYS)) == ()


def test_suggestion_joins_no_protected_set(snapshot):
    suggestions_for(snapshot, CrossTable("age_group", "unit", YEAR, by=("origin",)))
    assert list(ProtectedSet(snapshot)) == []


def test_question_that_cannot_be_answered_is_refused(snapshot):
    with pytest.raises(UserError):
        suggestions_for(snapshot, Count(by=("no_such_column",)))


def test_neighbouring_ages_are_put_together(snapshot):
    question = CrossTable("age_group", "unit", YEAR, by=("origin",))
    to = offered(snapshot, question)["Slå ihop 0–12 år och 13–20 år"]
    assert to.rows == "merged:age_group:0–20 år=0,13;21 år och äldre=21"
    assert ask(snapshot, to).gaps < ask(snapshot, question).gaps


def test_scale_is_put_together_in_its_order(snapshot):
    told = offered(snapshot, CrossTable("rating", "unit", YEAR, by=("origin",)))
    assert {"Slå ihop Lätt och Lagom", "Slå ihop Lagom och Svårt"} <= set(told)
    assert not any("Lätt och Svårt" in sv for sv in told)


def test_months_become_quarters(snapshot):
    assert offered(snapshot, Count(YEAR, (STARTS,)))["Visa per kvartal"].by == ("quarter:start_date",)


def test_bands_lose_a_limit(snapshot):
    question = Count(YEAR, ("days:start_date..end_date:3,5", "unit"))
    told = offered(snapshot, question)
    assert told["Ta bort gränsen 3"].by == ("days:start_date..end_date:5", "unit")


def test_column_can_be_left_out_where_there_are_others(snapshot):
    told = offered(snapshot, Count(YEAR, ("unit", "origin")))
    assert told["Ta bort indelningen efter unit"].by == ("origin",)
    assert not any("Ta bort" in sv for sv in offered(snapshot, Count(YEAR, ("unit",))))


def test_period_begins_a_year_before(snapshot):
    to = offered(snapshot, Count(YEAR, ("unit", "origin")))["Låt perioden börja 2024-01-01"]
    assert to.selection.period == Period.through(date(2024, 1, 1), date(2025, 12, 31))


def test_flow_keeps_its_period(snapshot):
    question = Flow(Period.year(2025), by=("origin",))
    assert not any("perioden" in sv for sv in offered(snapshot, question))


@pytest.mark.parametrize("place", ["rows", "columns", "by"])
def test_column_is_changed_wherever_it_stands(place):
    question = CrossTable("unit", "origin", by=("legal_sex",))
    named = getattr(question, place)
    changed = with_column(question, named[0] if place == "by" else named, "other")
    assert getattr(changed, place) == (("other",) if place == "by" else "other")


def test_rows_with_values_outside_are_not_put_together(snapshot):
    question = CrossTable("origin", "unit", YEAR, outside=("4",))
    assert not any("origin" in sv for sv in offered(snapshot, question) if sv.startswith("Slå ihop"))


def test_what_is_told_is_of_inner_cells_that_are_shown(snapshot):
    table = ask(snapshot, Count(by=("legal_sex",)), DEFAULT)
    assert held(table).bits == pytest.approx(sum(log2(2 + table.value("count", code)) for code in "12"))
