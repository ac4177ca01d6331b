"""A period beside the year before."""

import pytest
from snapshots_made import make_snapshot

from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.door import ask
from skillnad.analysis.questions import Share, Where
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population
from skillnad.reports.beside_last_year import LastYearBeside, against_last_year, how_it_was_tried
from skillnad.reports.counting import counted_how

TOLD = LastYearBeside("Andelen avbrutna")


def _of(selection, by):
    return Comparison(Share(Where("legal_sex", ("2",)), selection, (by,)))


def _snapshot(folder, before, now):
    """Of 100 in October 2024 `before` are women; of 100 a year later `now` are; 50 men in between."""
    rows = [
        {"client": number, "legal_sex": "2" if number < women else "1", "end_date": day, "start_date": "2024-01-01"}
        for day, women in (("2024-10-05", before), ("2025-10-30", now), ("2025-03-01", 0))
        for number in range(100)
    ]
    return make_snapshot(folder, interventions=rows)


def _answer(made, period):
    question = against_last_year(_of, Population.INTERVENTIONS, "end_date")(Period.parse(period))
    return (ask(made, question),)


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    return _snapshot(tmp_path_factory.mktemp("changed"), 20, 60)


def test_month_stands_beside_the_same_month_of_the_year_before(changed):
    view = TOLD.show(_answer(changed, "2025-10"), "Avbrutna")
    rows = {row.label: [cell.value for cell in row.cells] for row in view.rows}
    assert rows == {"oktober 2025": [100, 0.6], "oktober 2024": [100, 0.2]}


def test_change_is_told_with_its_interval_in_one_piece(changed):
    (told,) = TOLD.say(_answer(changed, "2025-10"))
    share, verdict = told.split(". ", 1)
    assert f"{share}." == (
        "Andelen avbrutna var 60\N{NO-BREAK SPACE}% under oktober 2025, mot 20\N{NO-BREAK SPACE}% under oktober 2024."
    )
    assert verdict.startswith("Skillnaden är större än vad slumpen brukar ge: ")
    assert verdict.endswith(": +26,8\N{NO-BREAK SPACE}till\N{NO-BREAK SPACE}+51,2 procentenheter.")


def test_difference_that_may_be_very_small_is_not_told_as_none(tmp_path):
    (told,) = TOLD.say(_answer(_snapshot(tmp_path, 34, 48), "2025-10"))
    assert told.endswith(": +0,4\N{NO-BREAK SPACE}till\N{NO-BREAK SPACE}+26,9 procentenheter.")


def test_small_difference_of_few_is_not_told_of_as_one(tmp_path):
    made = _snapshot(tmp_path, 50, 52)
    (told,) = TOLD.say(_answer(made, "2025-10"))
    assert told.endswith(" De är för få för att avgöra om det är en förändring eller slumpen.")


def test_year_stands_beside_the_year_before(changed):
    view = TOLD.show(_answer(changed, "2025"), "Avbrutna")
    assert [(row.label, row.cells[0].value) for row in view.rows] == [("2024", 100), ("2025", 200)]


def test_period_that_is_no_unit_of_the_calendar_stands_alone(changed):
    tables = _answer(changed, "2025-09-15..2025-10-31")
    assert TOLD.say(tables) == ("Andelen avbrutna var 60\N{NO-BREAK SPACE}%.",)
    assert [[cell.value for cell in row.cells] for row in TOLD.show(tables, "Avbrutna").rows] == [[100, 0.6]]


def test_month_of_few_is_hidden_and_says_so(tmp_path):
    made = _snapshot(tmp_path, 50, 2)
    assert TOLD.say(_answer(made, "2025-10"))[0].startswith("Svaret visas inte")


def test_note_tells_of_the_test_and_of_no_figures_that_are_not_shown(changed):
    (table,) = _answer(changed, "2025-10")
    note = how_it_was_tried(table)
    assert "Räknat på insatser som avslutades" in note
    assert "Newcombe" in note
    assert "Fisher" not in note


def test_note_of_a_period_alone_is_that_of_a_share(changed):
    (table,) = _answer(changed, "2025-09-15..2025-10-31")
    assert how_it_was_tried(table) == counted_how(table)
