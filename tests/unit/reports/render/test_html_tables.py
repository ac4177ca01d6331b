"""The table in markup: what is heard is the same in every form, and what is seen never has to be drawn sideways."""

from html.parser import HTMLParser

from skillnad.analysis.results import MeasureKind
from skillnad.reports.render.html_tables import table
from skillnad.reports.sparing import NOTHING
from skillnad.reports.views import BLANK, Cell, Group, Heading, Role, Row, View

ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}


class Elements(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict]:
        return [attributes for name, attributes in self.found if name == tag]


def wide(columns: int = 9, **more) -> View:
    headings = tuple(Heading("Andelar", "Kvinnor" if at % 2 else "") for at in range(columns))
    rows = (Row("Ett", (Cell(1234),) * columns), Row("Alla", (BLANK,) * columns, Role.TOTAL))
    return View("Rubrik", "Värde", headings, (Group(rows, "Ålder"),), **more)


def small(*cells: Cell, **more) -> View:
    return View("Rubrik", "Värde", (Heading("Antal"),) * len(cells), (Group((Row("Ett", cells, **more),)),))


def test_stacked_table_says_the_role_of_every_element():
    page = Elements(table(wide(), "t"))
    assert all(attributes["role"] == role for tag, role in ROLES.items() for attributes in page.all(tag))
    heads = [(th["scope"], th["role"]) for th in page.all("th")]
    assert set(heads) == {
        ("col", "columnheader"),
        ("colgroup", "columnheader"),
        ("row", "rowheader"),
        ("rowgroup", "rowheader"),
    }


def test_stacked_cells_are_named_for_the_eye_by_both_headings():
    cells = Elements(table(wide(), "t")).all("td")
    assert [cell["data-label"] for cell in cells[:2]] == ["Andelar", "Kvinnor, andelar"]
    assert len(cells) == 18


def test_table_of_many_columns_is_set_smaller_where_there_is_room():
    assert [Elements(table(wide(many), "t")).all("table")[0]["class"] for many in (8, 9)] == [
        "sk-stack sk-long",
        "sk-stack sk-long sk-many",
    ]


def test_table_that_fits_has_the_roles_of_its_elements_and_no_others():
    page = Elements(table(small(Cell(3)), "t"))
    assert not any("role" in attributes for tag in (*ROLES, "th") for attributes in page.all(tag))
    assert "data-label" not in page.all("td")[0]


def test_gap_is_heard_as_hidden():
    rows = (Row("Ett", (Cell(None),)), Row("Två", (Cell(7),)))
    assert '<span class="sk-only-read">dolt</span>' in table(View("R", "V", (Heading("a"),), (Group(rows),)), "t")


def test_row_leads_to_the_question_that_tells_more():
    assert '<th scope="row"><a href="#mal-kon">Ett</a></th>' in table(small(Cell(3), link="mal-kon"), "t")
    assert "<a" not in table(small(Cell(3)), "t")


def test_larger_shares_have_a_darker_ground():
    rows = (Row("Ett", (Cell(9, share=0.9), Cell(1, share=0.1))),)
    shown = View("R", "V", (Heading("a"), Heading("b")), (Group(rows),), shaded=True)
    assert [cell.get("class") for cell in Elements(table(shown, "t")).all("td")] == ["sk-shade-4", None]


def test_table_of_gaps_is_a_line_and_no_table():
    shown = table(small(Cell(None), Cell(None)), "t")
    assert shown == f'<p class="sk-note">Rubrik. {NOTHING}</p>'


def test_rows_of_gaps_are_named_under_the_table():
    rows = (Row("<Ett>", (Cell(None),)), Row("Två", (Cell(None),)), Row("Tre", (Cell(7),)))
    shown = table(View("R", "V", (Heading("Antal"),), (Group(rows),)), "t")
    assert len(Elements(shown).all("tr")) == 2
    assert "&lt;Ett&gt; och Två." in shown


def test_running_text_keeps_numbers_together():
    shown = table(View("Andel i 95 % av fallen", "V", (Heading("a"),), (Group((Row("r", (Cell(1),)),)),)), "t")
    assert "95\N{NO-BREAK SPACE}% av" in shown


def test_share_in_a_cell_does_not_break():
    assert "<td>9\N{NO-BREAK SPACE}(90\N{NO-BREAK SPACE}%)</td>" in table(
        small(Cell(9, MeasureKind.COUNT, share=0.9)), "t"
    )
