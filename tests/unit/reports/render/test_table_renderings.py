import csv
import io
import json
from html import escape
from html.parser import HTMLParser

import pytest
from made_tables import frequency
from snapshots_made import make_snapshot

from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.door import ask
from skillnad.analysis.grid import grid
from skillnad.analysis.headline import headline
from skillnad.analysis.questions import Count, CrossTable, Duration, Flow, Percent, Share, Where
from skillnad.analysis.results import LeftOut
from skillnad.codebook.periods import Period
from skillnad.reports.comparison_counting import NO_CAUSE
from skillnad.reports.render.tables import FORMATS, notes, render

ROWS = [("A", "1", 12), ("A", "2", 9), ("B", "1", 3), ("B", "2", 15), ("C", "1", 28), ("C", "2", 27)]
CROSSED = CrossTable("unit", "legal_sex", percent=Percent.ROWS)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    rows = [
        {"unit": unit, "legal_sex": sex, "start_date": "2025-01-01", "end_date": f"2025-02-1{n % 9}"}
        for unit, sex, times in ROWS
        for n in range(times)
    ]
    return make_snapshot(tmp_path_factory.mktemp("snapshot"), interventions=rows)


@pytest.fixture(scope="module")
def table(snapshot):
    return ask(snapshot, CROSSED)


class Page(HTMLParser):
    """Counts tags, and the texts of cells."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.scopes = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.scopes.append(dict(attributes).get("scope"))


def read_csv(text):
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_grid_has_the_first_axis_down_and_the_second_across(table):
    shape = grid(table)
    assert [row.label for row in shape.rows] == ["Norr", "Söder", "Väster", "Uppgift saknas", "Alla"]
    assert [shape.heading(column) for column in shape.columns[:2]] == ["Kvinna, Antal", "Kvinna, Andel"]


def test_grid_has_no_share_column_for_the_missing(table):
    over = [(column.over, column.measure.id) for column in grid(table).columns]
    assert ("Uppgift saknas", "count") in over
    assert ("Uppgift saknas", "share") not in over


def test_grid_of_nothing_has_one_row(snapshot):
    shape = grid(ask(snapshot, Count()))
    assert [(row.label, row.cells[0].value) for row in shape.rows] == [("Alla", 94)]


def test_grid_of_a_share_has_its_outcome_across(snapshot):
    shape = grid(ask(snapshot, Share(Where("legal_sex", ("1",)), by=("unit",))))
    assert [row.label for row in shape.rows][:3] == ["Norr", "Söder", "Väster"]
    assert "Kvinna, Andel" in [shape.heading(column) for column in shape.columns]


def test_grid_of_a_flow_has_no_total_of_the_flow(snapshot):
    labels = [row.label for row in grid(ask(snapshot, Flow(Period.year(2025)))).rows]
    assert len(labels) == 4
    assert "Alla" not in labels


def test_grid_of_a_duration_has_its_measures_across(snapshot):
    shape = grid(ask(snapshot, Duration("start_date", "end_date", by=("unit",))))
    measures = [column.measure.id for column in shape.columns]
    assert measures[:6] == ["count", "q1", "median", "q3", "p90", "open"]
    assert "km_median" in measures


def test_csv_has_gaps_blanks_and_decimal_commas(table):
    rows = {row[0]: row[1:] for row in read_csv(render(table, "csv"))}
    assert rows["Söder"][:2] == ["..", ".."]
    assert rows["Uppgift saknas"][1] == ""
    assert rows["Väster"][1] == "0,5091"


def test_csv_can_be_the_international_kind(table):
    text = render(table, "csv", delimiter=",", decimal=".")
    assert "0.5091" in text
    assert ";" not in text


def test_csv_lines_end_as_the_standard_says(table):
    assert render(table, "csv").count("\r\n") == 6


@pytest.mark.parametrize("label", ["=1+1", "+46", "-x", "@you"])
def test_csv_makes_no_formula_of_a_label(label):
    from skillnad.reports.render.tables import _safe

    assert _safe(label) == f"'{label}"


def test_json_has_gaps_as_null(table):
    cells = {(*cell["key"],): cell["value"] for cell in json.loads(render(table, "json"))["cells"]["count"]}
    assert cells == table.cells["count"]


def test_markdown_has_as_many_cells_on_every_line(table):
    lines = [line for line in render(table, "markdown").splitlines() if line.startswith("|")]
    assert len({line.count("|") for line in lines}) == 1


def test_html_is_a_table_that_can_be_read_aloud(table):
    page = Page(render(table, "html"))
    assert page.tags.count("caption") == 1
    assert page.scopes.count("row") == 5
    assert page.scopes.count("colgroup") == 4


def test_html_explains_each_gap(table):
    assert render(table, "html").count('<span aria-hidden="true">..</span>') == table.gaps


@pytest.mark.parametrize("form", ["html", "markdown"])
def test_note_on_gaps_stands_where_there_are_gaps(snapshot, table, form):
    assert "färre än fem, eller skyddar ett annat tal" in render(table, form)
    assert "färre än fem" not in render(ask(snapshot, Count()), form)


@pytest.mark.parametrize("form", FORMATS[1:])
def test_rendering_names_its_snapshot(table, form):
    assert table.provenance.snapshot[:12] in render(table, form)


@pytest.mark.parametrize("form", ["html", "markdown"])
def test_rendering_says_what_is_counted_and_how(table, form):
    text = render(table, form)
    assert "Insatser, efter " in text
    assert "Räknat på insatser" in text


@pytest.mark.parametrize("form", ["csv", "html", "markdown"])
def test_months_stand_under_month(snapshot, form):
    text = render(ask(snapshot, Count(by=("month:start_date",))), form)
    assert "Månad" in text
    assert "start_date" not in text


def test_html_says_hidden_beside_each_gap(table):
    assert render(table, "html").count('<span class="only-read">dolt</span>') == table.gaps


def test_unknown_format_is_a_mistake_of_the_caller(table):
    with pytest.raises(ValueError, match="no such format"):
        render(table, "xml")


def test_notebook_shows_the_table_with_its_gaps(table):
    page = table._repr_html_()
    assert page.count("<td>..</td>") == table.gaps


def test_notebook_says_what_is_counted_and_left_out_as_a_saved_table_does():
    cut = frequency({"1": 30}, left_out=(LeftOut("end_before_start", 12),))
    assert "Utanför: 12 ärenden som har ett slut före sin början." in cut._repr_html_()
    assert all(escape(note) in cut._repr_html_() for note in notes(cut))


def test_notebook_says_that_a_comparison_tells_no_cause(snapshot):
    page = ask(snapshot, Comparison(Share(Where("unit", ("A",)), by=("legal_sex",))))._repr_html_()
    assert f"<p>{NO_CAUSE}</p><details>" in page


def test_notebook_calls_the_table_what_the_page_does(table):
    caption = f"<caption>{headline(table)}</caption>"
    assert caption in render(table, "html")
    assert caption in table._repr_html_()
