"""A comparison in every file: people read it with intervals beside, machines take each number by itself."""

import csv
import io
import json
import re

import openpyxl
import pytest
from compared_tables import FOUR, TWO, compared, course, funnel_of_units, ranked_units
from made_tables import frequency

from skillnad.analysis.comparisons.questions import Chart
from skillnad.analysis.door import restore
from skillnad.reports.comparison_counting import NO_CAUSE
from skillnad.reports.render.notebook import notebook_html
from skillnad.reports.render.tables import HOW_MADE, as_csv, as_html, as_json, as_markdown
from skillnad.reports.render.workbook import table_workbook
from skillnad.reports.render.xlsx import number_format

S = "\N{NO-BREAK SPACE}"


def _lines(table) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(table)), delimiter=";"))


def _sheet(table) -> list[list[openpyxl.cell.Cell]]:
    return list(openpyxl.load_workbook(io.BytesIO(table_workbook(table))).active.iter_rows())


def test_markdown_reads_verdict_first_then_figures_with_intervals() -> None:
    text = as_markdown(compared(TWO))
    assert text.index("Skillnad visad: Ett mot Två") < text.index("| Ett | 120 | 55")
    assert f"| Ett | 120 | 55{S}% (46–64) | +15,0 (+2,6{S}till{S}+26,8) | skillnad visad |" in text


def test_csv_has_every_number_by_itself_and_the_verdict_in_words() -> None:
    ett = _lines(compared(TWO))[0]
    assert (ett["Antal"], ett["Av"], ett["Andel"]) == ("66", "120", "0,5500")
    assert (ett["Skillnad"], ett["Skillnad, lägst"], ett["Skillnad, högst"]) == ("0,1500", "0,0262", "0,2676")
    assert ett["Utfall"] == "skillnad visad"
    assert float(ett["p"].replace(",", ".")) == pytest.approx(0.018, abs=0.0005)


def test_csv_keeps_a_small_p_from_being_nought() -> None:
    assert _lines(compared({"1": (60, 60), "2": (35, 95)}))[0]["p"] == "0,000173"


def test_csv_of_a_ranking_and_a_funnel_has_places_and_words() -> None:
    assert (_lines(ranked_units())[0]["Bästa möjliga plats"], _lines(ranked_units())[3]["Andel"]) == ("1", "..")
    assert _lines(funnel_of_units())[0]["Läge"] == "inom gränserna"


def test_json_tells_what_the_numbers_of_a_verdict_mean_and_comes_back() -> None:
    table = compared(FOUR)
    data = json.loads(as_json(table))
    verdict = next(measure for measure in data["measures"] if measure["id"] == "verdict")
    assert verdict["words"] == ["skillnad visad", "ingen skillnad visad", "för få för att avgöra"]
    assert restore(data).cells == table.cells
    assert restore(data).measures == table.measures


def test_workbook_has_numbers_that_look_as_what_they_are() -> None:
    heads, ett = _sheet(compared(TWO))[2:4]
    found = dict(zip([cell.value for cell in heads], ett, strict=True))
    assert found["Skillnad"].value == pytest.approx(0.15)
    assert found["Skillnad"].number_format == '+0.0 %"-enheter";−0.0 %"-enheter";0.0 %"-enheter"'
    assert found["Minsta skillnad som kunnat synas"].number_format == '0.0 %"-enheter"'
    assert (found["p"].number_format, found["Kvot"].number_format) == ("0.000", "0.00")
    assert found["Utfall"].value == "skillnad visad"


def test_workbook_says_what_is_shown_above_its_table() -> None:
    said = _sheet(compared(TWO))[1][0]
    assert said.value.startswith("Skillnad visad: Ett mot Två")
    assert _sheet(frequency({"1": 30, "2": 10}))[1][0].value is None


def test_workbook_keeps_long_notes_within_the_page() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(table_workbook(compared(TWO)))).active
    note = next(row[0] for row in sheet.iter_rows() if str(row[0].value).startswith("Räknat på"))
    assert note.alignment.wrap_text
    assert sheet.row_dimensions[note.row].height > 60
    assert any(merged.min_row == note.row and merged.max_col == 6 for merged in sheet.merged_cells.ranges)


def test_every_kind_has_a_look_in_a_workbook() -> None:
    for table in (ranked_units(), funnel_of_units(), course([30, 34] * 12, chart=Chart.CONTROL)):
        assert len(_sheet(table)) > 4
    assert number_format(compared(TWO).measures[0].kind) == "#,##0"


def test_html_says_what_is_shown_first_and_how_it_was_made_for_who_asks() -> None:
    page = as_html(compared(TWO))
    assert page.startswith('<ul class="said"><li>Skillnad visad: Ett mot Två')
    opened, _, folded = page.partition(f"<summary>{HOW_MADE}</summary>")
    assert NO_CAUSE in opened
    assert "Newcombes för skillnader" in folded
    assert "Newcombes" not in opened


def test_html_of_a_plain_table_is_as_it_was() -> None:
    page = as_html(frequency({"1": 30, "2": 10}))
    assert page.startswith('<table class="skillnad-table">')
    assert HOW_MADE not in page


def test_words_stand_on_the_left_and_numbers_on_the_right() -> None:
    page = as_html(compared(TWO))
    assert re.search('<th scope="col" class="words"[^>]*>Utfall</th>', page)
    assert re.search('<td class="words"[^>]*>skillnad visad</td>', page)
    assert page.count('class="words"') == 2


def test_notebook_reads_as_the_page_does() -> None:
    page = notebook_html(compared(TWO))
    assert f"<td>+15,0 (+2,6{S}till{S}+26,8)</td><td>skillnad visad</td>" in page
    assert "<th>Antal (n)</th>" in page


def test_ranking_stands_in_its_order_for_people_and_in_the_codebooks_in_files() -> None:
    order = [line.split("|")[1].strip() for line in as_markdown(ranked_units()).splitlines() if line.startswith("|")]
    assert order[2:] == ["Ett", "Tre", "Två", "Fyra", "Alla"]
    lowest = as_markdown(ranked_units(highest_first=False))
    assert lowest.index("| Två") < lowest.index("| Ett")
    assert [line["Unit"] for line in _lines(ranked_units())][:3] == ["Ett", "Två", "Tre"]


def test_two_ends_without_a_figure_share_a_column() -> None:
    assert f"| Ett | 100 | 60{S}% (50–69) | 1 |" in as_markdown(ranked_units())
    assert "| Inre gränser |" in as_markdown(funnel_of_units())
    assert "| Tre | 40 | 25" in as_markdown(ranked_units())
    assert "| 2–3 |" in as_markdown(ranked_units({"1": (60, 40), "2": (11, 90), "3": (5, 35)}))


def test_course_has_a_column_for_a_rule_that_is_broken_and_none_for_others() -> None:
    text = as_markdown(course([30, 34] * 6 + [50] * 12, chart=Chart.CONTROL))
    assert "| minst åtta punkter i rad" in text
    assert "i rad som ökar" not in text.partition("Räknat")[0]
