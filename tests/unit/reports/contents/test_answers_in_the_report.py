"""A chapter for each instrument that someone has answered, and no word of it where nobody has."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from made_answers import answered_snapshot, check_sheets, sheet
from made_reports import described_snapshot
from made_tables import YEAR

from skillnad.analysis.comparisons.questions import Comparison, Paired, ResponseRate
from skillnad.analysis.door import ask
from skillnad.analysis.questions import Count, Share
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population
from skillnad.reports.contents.answers import MOST_QUESTIONS, POINTS, chapters, instruments
from skillnad.reports.contents.standard import standard_outline
from skillnad.reports.outline import Outline, questions
from skillnad.reports.report import Report, ReportAnswer, answer_outline, facts_of
from skillnad.reports.wording import TOO_FEW

PERIOD = Period.parse("2022")
LATER = date(2022, 9, 1)
FEW: Any = {"cases": [], "interventions": []}
PILOT, SIX = "svar-hvb-pilot-2022", "svar-skr6"


def sheets() -> list[Any]:
    """60 clients answer the pilot beside their caseworker, and the six questions twice, the second time half of them
    from the first; 40 more are scored."""
    made: list[Any] = []
    for n in range(1, 61):
        one, two = str(1 + n % 4), str(1 + n % 3)
        made.append(sheet("hvb_pilot_2022", {"c1": one, "c2": one, "c3": two}, "client", client=n))
        made.append(sheet("hvb_pilot_2022", {"w1": "1", "w2": two, "w3": two, "w4": one}, "caseworker", client=n))
        made.append(sheet("skr6", {"b1a": "3", "b1b": "3", "b3": one}, client=n, slots={"since": "start"}))
        again = {"since": "previous"}
        made.append(sheet("skr6", {"b1a": "1", "b1b": "3", "b2": "1", "b3": two}, client=n, slots=again, day=LATER))
        parts = ("individual", "close", "social", "overall")
        made.append(sheet("ors", dict.fromkeys(parts, 4.0 + n % 5), client=n))
    return made


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    given = sheets()
    check_sheets(given)
    home: Path = tmp_path_factory.mktemp("s")
    people = [{"client": n, "legal_sex": 1 + n % 2, "birth_date": date(1980, 1, 1)} for n in range(1, 61)]
    return answered_snapshot(home, given, clients=people, cases=[], interventions=[])


@pytest.fixture(scope="module")
def report(snapshot: Snapshot) -> Report:
    return report_of(snapshot)


def report_of(snapshot: Snapshot, period: Period = PERIOD) -> Report:
    facts = facts_of(snapshot.manifest, period, title="Uppföljning", municipality="", made_on=date(2026, 2, 1))
    return answer_outline(Outline(chapters(snapshot.manifest)), lambda asked: ask(snapshot, asked), facts)


def parts(report: Report, chapter: str, item: str) -> tuple[ReportAnswer, ...]:
    answered = next(each for each in report.chapters if each.chapter.id == chapter)
    return next(each for each in answered.items if each.item.id == item).answers


def part(report: Report, chapter: str, item: str, place: int) -> ReportAnswer:
    return parts(report, chapter, item)[place]


def sentences(report: Report, chapter: str, item: str) -> list[str]:
    return [sentence for answer in parts(report, chapter, item) for sentence in answer.sentences]


def test_snapshot_without_answers_has_the_report_that_it_had() -> None:
    manifest = described_snapshot().manifest
    assert chapters(manifest) == ()
    assert not any(chapter.id.startswith("svar") for chapter in standard_outline(manifest, YEAR).chapters)


def test_each_instrument_with_answers_has_a_chapter_last_in_the_standard_report(snapshot: Snapshot) -> None:
    found = [chapter.id for chapter in standard_outline(snapshot.manifest, PERIOD).chapters]
    assert found[-3:] == [PILOT, "svar-ors", SIX]


def test_all_that_is_asked_is_of_answers_in_the_period(snapshot: Snapshot) -> None:
    asked = questions(Outline(chapters(snapshot.manifest)), PERIOD)
    kinds = {type(question) for question in asked}
    assert kinds == {Count, Share, Comparison, Paired, ResponseRate}
    assert {question.selection.population for question in asked} == {Population.ANSWERS}  # type: ignore[union-attr]
    assert {question.selection.period for question in asked} == {PERIOD}  # type: ignore[union-attr]


def test_question_says_how_many_answered_it(report: Report) -> None:
    assert "60 av 60 som fick frågan svarade (100\xa0%)." in sentences(report, SIX, "skr6-b2")


def test_question_says_how_many_think_well_of_it_and_ill(report: Report) -> None:
    first, *_ = sentences(report, SIX, "skr6-b3")
    assert first.startswith(
        "Nöjdhet, brukaren själv: av 120 som hade en uppfattning svarade 58\xa0% ”Mycket nöjd” eller ”Ganska nöjd”"
    )


def test_question_says_the_share_of_good_answers_with_its_interval(report: Report) -> None:
    said = " ".join(sentences(report, SIX, "skr6-b3"))
    assert "Andelen är 58\xa0% (95 procents intervall 49–67) av dem som hade en uppfattning." in said


def test_question_is_shown_for_women_and_men_beside_everyone(report: Report) -> None:
    everyone, *groups = part(report, SIX, "skr6-b3", 1).view.groups
    assert [row.label for row in everyone.rows] == ["Alla"]
    assert ("Juridiskt kön", ["Flicka/Kvinna", "Pojke/Man"]) in [
        (group.label, [row.label for row in group.rows]) for group in groups
    ]


def test_share_in_a_group_has_its_interval_beside_it(report: Report) -> None:
    (row,) = part(report, SIX, "skr6-b3", 1).view.groups[0].rows
    of, share = row.cells
    assert of.value == 120
    assert share.ends is not None
    assert share.ends[0] < (share.value or 0) < share.ends[1]


def test_chapter_begins_with_all_questions_in_short(report: Report) -> None:
    answered = next(each for each in report.chapters if each.chapter.id == SIX)
    assert answered.items[0].item.id == "skr6-i-korthet"
    rows = {row.label: row.cells for row in answered.items[0].answers[0].view.rows}
    asked, gave, unsure, good = rows["Nöjdhet: Mycket nöjd eller Ganska nöjd"]
    assert (asked.value, gave.value, gave.share, unsure.value) == (120, 120, 1.0, 0)
    assert good.ends is not None


def test_first_sentence_of_the_chapter_is_one_of_the_reports_key_figures(report: Report) -> None:
    told = {id: sentence for id, _, sentence in report.summary}
    assert told["skr6-i-korthet"].startswith("Andelen bra svar är 50\xa0% om ”Förändrad situation”,")


def test_those_who_left_a_question_out_are_in_no_count_of_answers(tmp_path: Path) -> None:
    made = [sheet("skr6", {"b3": "1"} if n <= 20 else {}, client=n) for n in range(1, 41)]
    answered = report_of(answered_snapshot(tmp_path, made))
    assert "20 av 40 som fick frågan svarade (50\xa0%)." in sentences(answered, SIX, "skr6-b3")
    assert sentences(answered, SIX, "skr6-b3")[0].startswith("Nöjdhet, brukaren själv: av 20 som hade en uppfattning")
    assert "Uppgift saknas" not in [row.label for row in part(answered, SIX, "skr6-b3", 0).view.rows]


def test_question_that_nobody_was_asked_in_the_period_says_so(snapshot: Snapshot) -> None:
    empty = report_of(snapshot, Period.parse("2019"))
    assert sentences(empty, SIX, "skr6-b3") == ["Nöjdhet, brukaren själv: ingen fick frågan under perioden.", TOO_FEW]


def test_guardians_answers_are_shown_for_girls_and_boys_alone(tmp_path: Path) -> None:
    made = [sheet("skr6", {"b3": "1"}, who, client=n) for n in range(1, 21) for who in ("client", "guardian")]
    manifest = answered_snapshot(tmp_path, made, **FEW).manifest
    asked = {item.id: len(item.parts[1].asks) for item in chapters(manifest)[0].items if len(item.parts) > 1}
    assert asked["skr6-b3-at-guardian"] == 1 < asked["skr6-b3"]


def test_response_rate_is_told_by_form(tmp_path: Path) -> None:
    forms = ("adult", "easy_read")
    made = [sheet("skr6", {"b1a": "1"} if n % 3 else {}, client=n, variant=forms[n % 2]) for n in range(1, 61)]
    answered = report_of(answered_snapshot(tmp_path, made))
    rates = part(answered, SIX, "skr6-svarsfrekvens", 0).view
    assert [row.label for row in rates.groups[-1].rows] == ["Vuxen", "Lättläst"]
    assert rates.groups[0].rows[0].cells[1].value == 40


def test_those_who_were_not_asked_are_told_of_nowhere(report: Report) -> None:
    answered = next(each for each in report.chapters if each.chapter.id == SIX)
    told = [part for item in answered.items for answer in item.answers for part in (answer.basis, *answer.sentences)]
    assert any("n = " in part for part in told)
    assert not any("Frågades inte" in part for part in told)


def test_caseworkers_judgement_is_not_divided_by_the_clients_sex(report: Report) -> None:
    assert not any("Kvinna" in sentence for sentence in sentences(report, PILOT, "hvb-pilot-2022-w4"))


def test_view_of_a_provider_and_the_judgement_beside_it_are_by_provider(snapshot: Snapshot) -> None:
    found = next(each for each in instruments(snapshot.manifest) if each.instrument == "hvb_pilot_2022")
    whole = replace(found, beside=frozenset({"legal_sex", "age_group", "unit", "provider"}))
    by = {column.id: whole.by(column) for column in whole.questions}
    assert by["hvb_pilot_2022__w4"] == ("provider",)
    assert by["hvb_pilot_2022__c1"] == ("provider",)


def test_clients_own_answers_are_of_who_they_are_and_where(snapshot: Snapshot) -> None:
    found = next(each for each in instruments(snapshot.manifest) if each.instrument == "skr6")
    whole = replace(found, beside=frozenset({"legal_sex", "age_group", "unit", "provider"}))
    assert whole.by(found.questions[0]) == ("legal_sex", "age_group", "unit")


def test_what_could_be_better_is_no_good_answer(snapshot: Snapshot) -> None:
    found = next(each for each in instruments(snapshot.manifest) if each.instrument == "hvb_pilot_2022")
    judged = {column.id for columns in found.judged for column in columns}
    assert "hvb_pilot_2022__w3" not in judged
    assert {"hvb_pilot_2022__c1", "hvb_pilot_2022__w4"} <= judged


def test_client_and_caseworker_have_a_table_each_in_short(report: Report) -> None:
    client, caseworker = parts(report, PILOT, "hvb-pilot-2022-i-korthet")
    assert [len(list(each.view.rows)) for each in (client, caseworker)] == [3, 3]
    assert caseworker.sentences[0].startswith("Den som bedömer: andelen bra svar är ")


def test_pair_stands_beside_each_other(report: Report) -> None:
    said = sentences(report, PILOT, "hvb-pilot-2022-c3-par")
    assert any("den första minus den andra" in sentence for sentence in said)


def test_change_of_the_same_person_is_told_with_what_gave_it(report: Report) -> None:
    answered = next(each for each in report.chapters if each.chapter.id == SIX)
    item = next(each.item for each in answered.items if each.item.id == "skr6-b3-change")
    assert item.lead.startswith("Räknat enligt skr6 2019.1")
    assert any("”Bättre”" in sentence for sentence in sentences(report, SIX, item.id))


def test_bands_of_a_score_are_told(report: Report) -> None:
    assert any("räknades" in sentence for sentence in sentences(report, "svar-ors", "ors-total-adult"))


def test_answers_from_different_points_are_said_to_be(snapshot: Snapshot, report: Report) -> None:
    six = next(chapter for chapter in chapters(snapshot.manifest) if chapter.id == SIX)
    leads = {item.id: item.lead for item in six.items}
    assert (leads["skr6-b1a"], leads["skr6-b3"]) == (POINTS, "")
    counted = [answer.counted for answered in report.chapters for item in answered.items for answer in item.answers]
    assert any("olika utgångspunkter" in how for how in counted)


def test_titles_do_not_repeat_the_instrument(snapshot: Snapshot) -> None:
    titles = [item.title for chapter in chapters(snapshot.manifest) for item in chapter.items]
    assert "Nöjdhet, brukaren själv" in titles
    assert not any("(" in title for title in titles)


def test_long_instrument_with_scores_tells_the_scores_alone(tmp_path: Path) -> None:
    made = [sheet("sdq", {}, "parent", client=11, told_age=8)]
    (chapter,) = chapters(answered_snapshot(tmp_path, made).manifest)
    assert len([item for item in chapter.items if not item.lead]) == 0
    assert len(chapter.items) > 0
    assert MOST_QUESTIONS < 31
