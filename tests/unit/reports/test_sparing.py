"""Rows and columns of gaps alone are named in a line; everything that has a number stays."""

from skillnad.reports.sparing import NOTHING, spared
from skillnad.reports.views import BLANK, Cell, Group, Heading, Role, Row, View

GAP = Cell(None)


def view(*rows: Row, headings: str = "ab", **more) -> View:
    return View("Rubrik", "Värde", tuple(map(Heading, headings)), (Group(rows),), **more)


def labels(shown: View) -> list[str]:
    return [row.label for row in shown.rows]


def test_rows_of_gaps_are_gathered_in_one_line():
    shown = spared(view(Row("Ett", (GAP, GAP)), Row("Två", (GAP, BLANK)), Row("Tre", (Cell(1), Cell(2)))))
    assert labels(shown) == ["Tre"]
    assert shown.note == "För få att visa, eller dolt för att skydda andra tal: Ett och Två."


def test_one_row_of_gaps_stays():
    whole = view(Row("Ett", (GAP, GAP)), Row("Två", (Cell(1), Cell(2))))
    assert spared(whole) == whole


def test_row_with_any_number_stays():
    whole = view(Row("Ett", (GAP, Cell(0))), Row("Två", (Cell(0), GAP)))
    assert spared(whole) == whole


def test_row_of_blanks_is_no_row_of_gaps():
    whole = view(Row("Ett", (BLANK, BLANK)), Row("Två", (BLANK, BLANK)), Row("Tre", (Cell(1), Cell(2))))
    assert labels(spared(whole)) == ["Ett", "Två", "Tre"]


def test_total_of_gaps_stays():
    rows = (Row("Ett", (GAP,)), Row("Två", (GAP,)), Row("Tre", (Cell(5),)), Row("Alla", (GAP,), Role.TOTAL))
    assert labels(spared(view(*rows, headings="a"))) == ["Tre", "Alla"]


def test_missing_of_gaps_goes_with_the_others():
    rows = (Row("Ett", (GAP,)), Row("Uppgift saknas", (GAP,), Role.BESIDE), Row("Alla", (Cell(9),), Role.TOTAL))
    assert labels(spared(view(*rows, headings="a"))) == ["Alla"]


def test_months_keep_their_places():
    rows = (Row("januari", (GAP, GAP)), Row("februari", (GAP, GAP)), Row("mars", (Cell(8), Cell(9))))
    assert labels(spared(view(*rows, course=True))) == ["januari", "februari", "mars"]


def test_column_of_gaps_goes_and_is_named_once():
    shown = spared(view(Row("Ett", (Cell(1), GAP)), Row("Två", (Cell(2), GAP)), note="Dagar."))
    assert [heading.label for heading in shown.headings] == ["a"]
    assert [[cell.value for cell in row.cells] for row in shown.rows] == [[1], [2]]
    assert shown.note == "Dagar. Kan inte visas för någon rad: b."


def test_column_of_blanks_stays():
    whole = view(Row("Ett", (Cell(1), BLANK)))
    assert spared(whole) == whole


def test_column_under_another_heading_is_named_by_both():
    headings = (Heading("Antal", "Kvinnor"), Heading("Andel", "Kvinnor"))
    shown = spared(View("R", "V", headings, (Group((Row("Ett", (Cell(1), GAP)),)),)))
    assert shown.note.endswith(": Andel (Kvinnor).")


def test_rows_in_groups_are_named_with_their_group():
    ages = Group((Row("0–6 år", (GAP,)), Row("7–12 år", (Cell(8),))), "Ålder")
    origins = Group((Row("Europa", (GAP,)), Row("Utanför", (GAP,))), "Ursprung")
    shown = spared(View("R", "V", (Heading("Antal"),), (ages, origins)))
    assert [group.label for group in shown.groups] == ["Ålder"]
    assert shown.note.endswith("Ålder: 0–6 år; Ursprung: Europa och Utanför.")


def test_table_of_gaps_alone_leaves_its_note():
    shown = spared(view(Row("Ett", (GAP, GAP)), Row("Alla", (GAP, BLANK), Role.TOTAL)))
    assert (shown.headings, shown.groups, shown.note) == ((), (), NOTHING)


def test_table_without_rows_is_left_as_it_is():
    assert spared(view()) == view()
