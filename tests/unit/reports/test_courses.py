"""A course as a report tells it."""

from snapshots_made import make_snapshot

from skillnad.analysis.comparisons.questions import OverTime
from skillnad.analysis.door import ask
from skillnad.analysis.questions import Count, Selection, Share, Where
from skillnad.codebook.periods import Period
from skillnad.reports.courses import LATEST, course_shown, course_told
from skillnad.reports.wording import TOO_FEW


def _course(folder, *women):
    """Of 20 rows in each month of 2024 and on so many are women."""
    days = [f"{2024 + place // 12}-{place % 12 + 1:02}-05" for place in range(len(women))]
    rows = [
        {"client": number, "legal_sex": "2" if number < of else "1", "end_date": day, "start_date": "2023-01-01"}
        for day, of in zip(days, women, strict=True)
        for number in range(20)
    ]
    made = make_snapshot(folder, interventions=rows)
    selection = Selection(period=Period.parse("2024-01-01..2025-12-31"), event="end_date")
    return (ask(made, OverTime(Share(Where("legal_sex", ("2",)), selection, ("month:end_date",)))),)


def test_latest_month_and_the_centre_are_told(tmp_path):
    said = course_told("Andelen")(_course(tmp_path, *[8, 12] * 10))
    assert said[0].startswith(
        "Andelen var 60\N{NO-BREAK SPACE}% under augusti 2025; medianen av diagrammets punkter är 50\N{NO-BREAK SPACE}%"
    )


def test_shift_is_told_as_a_sign_of_change(tmp_path):
    said = course_told("Andelen")(_course(tmp_path, *[8, 7, 9] * 4, *[14, 13, 15] * 4))
    assert any(sentence.startswith("Tecken på förändring: ") for sentence in said)


def test_chance_alone_is_told_as_chance(tmp_path):
    said = course_told("Andelen")(_course(tmp_path, *[8, 12, 12, 8, 8, 12, 8, 12, 12, 8] * 2))
    assert said[1] == "Ingen av diagrammets regler tyder på annat än slumpmässig variation."


def test_few_months_tell_nothing_of_change(tmp_path):
    said = course_told("Andelen")(_course(tmp_path, 8, 12, 8))
    assert said[-1] == "De är för få för att avgöra om något har förändrats."


def test_course_of_hidden_months_says_that_they_are(tmp_path):
    assert course_told("Andelen")(_course(tmp_path, *[2] * 12))[0].startswith("Svaret visas inte")


def test_old_point_before_hidden_ones_is_no_news(tmp_path):
    assert course_told("Andelen")(_course(tmp_path, 10, *[2] * 12)) == (TOO_FEW,)


def test_table_has_the_latest_months_and_the_workbook_all(tmp_path):
    view = course_shown("Månad")(_course(tmp_path, *[8, 12] * 12), "Andel")
    assert [row.label for row in view.rows][0::11] == ["Januari 2025", "December 2025"]
    assert (len(list(view.rows)), len(list(view.full[0].rows))) == (LATEST, 24)


def test_short_course_is_shown_whole(tmp_path):
    made = make_snapshot(tmp_path, interventions=[{"client": 1, "end_date": "2025-01-05"}] * 6)
    selection = Selection(period=Period.year(2025), event="end_date")
    table = ask(made, OverTime(Count(selection, ("quarter:end_date",))))
    view = course_shown("Kvartal")((table,), "Antal")
    assert (len(list(view.rows)), view.full) == (4, ())
