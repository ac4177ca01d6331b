"""The page of differences as a report: what is shown first, what is said of the rest, and what is asked only once."""

import fcntl
import re
from datetime import date

import pytest
from differing import YEAR, cases, differing_snapshot, interventions, prepared_snapshot
from snapshots_made import make_snapshot

from skillnad.analysis.protected_set import ProtectedSet
from skillnad.codebook.periods import Period
from skillnad.reports.comparison_counting import MERGED
from skillnad.reports.differences import (
    LOCK,
    differences_report,
    is_prepared,
    prepare,
    shown_differences,
    with_explanations,
)
from skillnad.reports.explanations import Explanations, Written
from skillnad.reports.notes import about

MADE = date(2026, 2, 1)
GOALS = "mal.legal_sex.1"


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    return ProtectedSet(prepared_snapshot(tmp_path_factory.mktemp("differing") / "snapshot"))


@pytest.fixture(scope="module")
def page(answers):
    return differences_report(answers, YEAR, made_on=MADE)


def chapter(page, id):
    return next(chapter for chapter in page.chapters if chapter.chapter.id == id)


def test_page_waits_for_whoever_is_making_one_of_the_same_snapshot(answers, monkeypatch):
    held = []
    monkeypatch.setattr(ProtectedSet, "precompute", lambda *asked, **how: held.append(is_held(answers)))
    prepare(answers, YEAR)
    assert held == [True]
    assert not is_held(answers)


def is_held(answers) -> bool:
    """Would another process have to wait?"""
    with (answers.directory / LOCK).open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def test_shown_differences_come_first_and_results_before_times(page):
    assert [one.chapter.id for one in page.chapters] == ["att-forklara", "for-fa", "ingen-skillnad"]
    shown = [item.item.id for item in chapter(page, "att-forklara").items]
    assert shown[:2] == ["oversikt", "mal-legal-sex-1"]
    assert shown.index("forandring-legal-sex-1") < shown.index("vantetid-legal-sex-1")


def test_the_rest_stand_in_the_same_order_as_what_is_shown(page):
    kinds = [item.item.id.removeprefix("for-fa-") for item in chapter(page, "for-fa").items]
    assert kinds == ["resultat", "tider", "erbjudande"]


def test_rows_of_the_overview_lead_to_what_they_are_of(page):
    overview, *told = chapter(page, "att-forklara").items
    links = [row.link for row in overview.answers[0].view.rows]
    assert links == [item.item.id for item in told]
    assert links


def test_shown_difference_is_told_and_asks_for_an_explanation(page):
    item = next(item for item in page.items if item.item.id == "mal-legal-sex-1")
    (answer,) = item.answers
    assert "30 procentenheter lägre" in answer.sentences[0]
    assert answer.explained.of.key == GOALS
    assert answer.explained.of.figures["difference"] == pytest.approx(-0.3)
    assert "avslutades under 2025" in answer.counted


def test_waiting_is_told_in_days_and_then_with_background(page):
    items = {item.item.id: item.answers[0] for item in page.items if item.answers}
    assert "högst" in items["vantetid-legal-sex-1"].sentences[0]
    within = items["vantetid-inom-legal-sex-1"]
    assert re.search(r"verkställdes \d+\s% inom \d+ dagar från beslutet", within.sentences[0])
    assert within.sentences[1].startswith("Med hänsyn till problematik, ålder, ursprung och hushåll")
    assert [heading.label for heading in within.view.headings][1:] == ["Som det är", "Med hänsyn till bakgrund"]


def test_follow_up_and_decisions_are_compared(page):
    items = {item.item.id: item.answers[0] for item in page.items if item.answers}
    assert "följdes 60\xa0% upp, för pojkar och män 80\xa0%" in items["uppfoljning-legal-sex-1"].sentences[0]
    rows = [row.label for one in page.chapters for item in one.items for a in item.answers for row in a.view.groups]
    assert "Ärendet ledde till beslut, procentenheter" in rows


def test_lead_says_that_only_needs_and_wishes_can_tell(page):
    assert "Bara människors behov och önskemål kan avgöra" in chapter(page, "att-forklara").chapter.lead


def test_summary_is_of_the_foremost(page):
    assert 1 <= len(page.summary) <= 5
    assert page.summary[0][0] == "mal-legal-sex-1"


def test_what_is_too_few_says_what_it_would_take(page):
    few = chapter(page, "for-fa")
    assert "hur många gånger fler som skulle behövas" in few.chapter.lead
    assert all(len(answer.view.headings) == 4 for item in few.items for answer in item.answers)


def test_every_comparison_stands_once(page):
    long = [row for one in page.chapters[1:] for item in one.items for a in item.answers for row in a.view.rows]
    shown = shown_differences(page)
    lead = chapter(page, "att-forklara").chapter.lead
    assert f"{len(shown)} av {len(shown) + len(long)} jämförelser" in lead


def test_ids_are_unique_and_fit_in_an_address(page):
    ids = [item.item.id for item in page.items]
    assert len(ids) == len(set(ids))
    assert all(id.isascii() and id.replace("-", "").isalnum() for id in ids)


def test_last_chapter_is_the_pages_own(page):
    told = dict(about(page.facts))
    assert "Benjamini och Hochberg" in told["Skillnad visad"]
    assert "inte prövade statistiskt" not in " ".join(told.values())


def test_last_chapter_explains_the_interval_in_plain_words(page):
    (told,) = [text for term, text in about(page.facts) if term.startswith("Osäkerhetsintervall")]
    assert "när slumpen är räknad med" in told
    assert "av 100 sådana intervall" in told


def test_last_chapter_says_what_is_adjusted_and_who_is_counted_as_one(page):
    told = dict(about(page.facts))
    assert "inom mediantiden för alla" in told["Med hänsyn till bakgrund"]
    assert "Insatser för samma person liknar varandra" in told["Samma person flera gånger"]


def test_page_is_prepared_once_and_then_takes_no_asking(answers, page, monkeypatch):
    assert is_prepared(answers, YEAR)
    monkeypatch.setattr("skillnad.analysis.protected_set.ask_together", None)
    assert differences_report(answers, YEAR, made_on=MADE) == page


def test_page_of_another_period_is_not_prepared(answers):
    assert not is_prepared(answers, YEAR.a_year_before())


def test_snapshot_that_nobody_asked_is_not_prepared_until_it_is(tmp_path):
    answers, told = ProtectedSet(differing_snapshot(tmp_path)), []
    assert not is_prepared(answers, YEAR)
    prepare(answers, YEAR, lambda done, of: told.append((done, of)))
    assert is_prepared(answers, YEAR)
    assert told[-1][0] == told[-1][1] > 10


@pytest.mark.parametrize(
    ("rows", "cores", "workers"), [(100, 8, 1), (100_000, 8, 4), (100_000, 2, 2), (12_000_000, 8, 1), (7_000_000, 8, 2)]
)
def test_large_page_is_made_in_as_many_processes_as_have_room(tmp_path, monkeypatch, rows, cores, workers):
    asked = []
    monkeypatch.setattr(ProtectedSet, "precompute", lambda self, questions, progress, workers: asked.append(workers))
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    monkeypatch.setattr("skillnad.reports.differences._rows", lambda answers: rows)
    prepare(ProtectedSet(make_snapshot(tmp_path, cases=cases())), YEAR)
    assert asked == [workers]


def test_snapshot_without_interventions_has_times_of_cases_and_says_what_is_lacking(tmp_path):
    answers = ProtectedSet(make_snapshot(tmp_path, cases=cases()))
    page = differences_report(answers, YEAR, made_on=MADE)
    few = chapter(page, "for-fa")
    assert "några insatser" in next(item.item.lacking for item in few.items if item.item.id == "for-fa-resultat")


def test_page_without_differences_says_so(tmp_path):
    alike = [{**row, "legal_sex": "12"[place % 4 > 1], "goal_attainment": "1"} for place, row in enumerate(_alike())]
    page = differences_report(ProtectedSet(make_snapshot(tmp_path, interventions=alike)), YEAR, made_on=MADE)
    shown = chapter(page, "att-forklara")
    assert shown.items == ()
    assert "Ingen av" in shown.chapter.lead
    assert page.summary == ()


def test_page_of_a_period_without_rows_says_that_nothing_was_compared(tmp_path):
    before = ProtectedSet(make_snapshot(tmp_path, interventions=_alike()))
    page = differences_report(before, Period.year(2019), made_on=MADE)
    leads = {chapter(page, name).chapter.lead for name in ("att-forklara", "for-fa", "ingen-skillnad")}
    assert leads == {"Perioden har inga rader att jämföra grupper av."}


def _alike():
    """Everyone has the same of all that is compared."""
    same = {"age_group": "21", "origin": "1", "intervention_type": "10", "closing_reason": "1", "problem": "1"}
    days = {key: interventions()[0][key] for key in ("decision_date", "start_date", "end_date")}
    return [{"client": number, **same, **days} for number in range(1, 201)]


def test_explanations_stand_beside_their_difference_by_period(page):
    now, then = (Written("Text.", "Anna", MADE, period, "7 lägre") for period in ("2025", "2024"))
    explained = shown_differences(with_explanations(page, Explanations({GOALS: (now, then)})))
    assert (explained[GOALS].written, explained[GOALS].earlier) == ((now,), (then,))
    assert all(not one.written for key, one in explained.items() if key != GOALS)


def test_page_without_explanations_is_as_it_was(page):
    assert with_explanations(page, Explanations()) == page


def test_what_is_written_of_differences_no_longer_shown_is_found():
    now, then = (Written("Text.", "Anna", MADE, period, "7 lägre") for period in ("2025", "2024"))
    assert Explanations({"a": (now, then), "b": (now,)}).of_others({"b"}, "2025") == (now,)


def test_merged_background_and_goals_nobody_could_judge_are_told_of(page):
    told = dict(about(page.facts))
    assert MERGED in told["Med hänsyn till bakgrund"]
    assert "”Kan inte bedöma” är ett svar om mål, och räknas med i nämnaren." in told["Vilka som jämförs"]
