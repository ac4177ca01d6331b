"""Units beside each other: never in the order of a figure, and none is named that chance may have put where it is."""

from dataclasses import replace

import made_tables
from compared_tables import UNITS, funnel_of_units
from made_tables import axis

from skillnad.analysis.measures import followed
from skillnad.analysis.questions import Duration, Selection
from skillnad.analysis.results import TOTAL
from skillnad.codebook.snapshot_schema import Population
from skillnad.reports.beside_units import placed_among_units, units_beside, units_placed, units_told
from skillnad.reports.contents.units import has_units
from skillnad.reports.views import BLANK, Role
from skillnad.reports.wording import TOO_FEW

ONE_ABOVE = {"1": (400, 600), "2": (410, 590), "3": (390, 610), "4": (41, 59), "5": (30, 10)}
MEDIAN = followed("median")
BEGAN = made_tables.frequency({"1": 40, "2": None, "3": 0}, column="unit", total=75)
SAY = placed_among_units("Andel där alla mål var uppnådda")


def waited(medians, counts, start="decision_date"):
    """A Duration by unit, with what is open counted in."""
    question = Duration(start, "start_date", Selection(Population.INTERVENTIONS), ("unit",))
    keyed = [{(code,): value for code, value in cells.items()} for cells in (counts, medians)]
    return made_tables.made(question, (axis("unit", "1", "2", "3"),), dict(zip(("count", MEDIAN), keyed, strict=True)))


WAITED = waited({"1": 12.0, "2": None, TOTAL: 14.5}, {"1": 30, "2": None, "3": 0, TOTAL: 60})


def row(view, label):
    return next(row for row in view.rows if row.label == label)


def test_units_stand_in_their_own_order_with_everyone_last():
    view = units_beside((BEGAN, WAITED), "Enheterna")
    assert [row.label for row in view.rows] == ["Ett", "Två", "Alla"]
    assert list(view.rows)[-1].role is Role.TOTAL


def test_a_unit_that_is_known_to_have_had_none_has_no_row():
    assert "Tre" not in [row.label for row in units_beside((BEGAN, WAITED), "Enheterna").rows]


def test_a_unit_that_is_hidden_somewhere_keeps_its_row():
    hidden = waited({TOTAL: 14.5}, {"1": 30, "2": 10, "3": None, TOTAL: 60})
    assert row(units_beside((BEGAN, hidden), "Enheterna"), "Tre").cells[1] == BLANK


def test_a_row_has_how_many_and_the_median_with_the_open():
    view = units_beside((BEGAN, WAITED), "Enheterna")
    assert [cell.value for cell in row(view, "Ett").cells] == [40, 12.0]
    assert [cell.value for cell in row(view, "Alla").cells] == [75, 14.5]


def test_a_hidden_median_is_a_gap_and_one_that_is_not_reached_is_blank():
    view = units_beside((BEGAN, waited({"2": None, TOTAL: 3.0}, {"1": 30, "2": None, "3": 0, TOTAL: 9})), "Enheterna")
    assert row(view, "Ett").cells[1] == BLANK
    assert (row(view, "Två").cells[1].value, row(view, "Två").cells[1].blank) == (None, False)


def test_a_time_has_the_heading_of_its_start():
    later = waited({TOTAL: 3.0}, {TOTAL: 9}, start="start_date")
    headings = [heading.label for heading in units_beside((BEGAN, WAITED, later), "Enheterna").headings]
    assert headings == ["Började", "Väntade, hälften högst", "Till avslut, hälften högst"]


def test_the_sentence_counts_the_units_that_can_be_shown():
    assert units_told((BEGAN, WAITED)) == ("75 insatser började under perioden, på 1 enhet som kan visas.",)


def test_nothing_is_said_of_how_many_where_they_are_not_asked():
    assert units_told((WAITED,)) == ()


def test_a_total_that_is_hidden_is_not_said():
    hidden = made_tables.frequency({"1": None, "2": None}, column="unit", total=None)
    assert units_told((hidden,)) == (TOO_FEW,)


def test_a_funnel_is_told_with_its_middle_and_those_outside():
    first, outside, *rest = SAY((funnel_of_units(ONE_ABOVE),))
    assert first.startswith("Andel där alla mål var uppnådda: 40\N{NO-BREAK SPACE}% för enheterna tillsammans")
    assert (outside, rest) == ("Över den yttre gränsen: Fem.", [])


def test_a_funnel_of_gaps_says_that_nothing_can_be_shown():
    assert SAY((funnel_of_units({"1": (None, None), "2": (None, None)}),)) == (TOO_FEW,)


def test_a_units_place_stands_in_its_row_and_its_limits_in_the_workbook():
    view = units_placed((funnel_of_units(),), "Mål")
    assert [row.label for row in view.rows] == ["Ett", "Två", "Tre", "Fyra", "Alla"]
    assert [cell.value for cell in row(view, "Ett").cells[:2]] == [100, 0.6]
    assert row(view, "Alla").cells[-1] == BLANK
    assert "Inre gräns, lägst" in [heading.label for heading in view.full[0].headings]


def test_a_unit_with_none_in_the_funnel_has_no_row():
    view = units_placed((funnel_of_units({**UNITS, "5": (0, 0)}),), "Mål")
    assert "Fem" not in [row.label for row in view.rows]


def test_a_report_of_one_unit_alone_has_no_chapter_of_them(described):
    assert not has_units(described.manifest)
    table = described.manifest.tables[Population.INTERVENTIONS]
    column = replace(table.columns["unit"], levels=(*table.columns["unit"].levels * 2,))
    two = replace(table, columns={**table.columns, "unit": column})
    assert has_units(replace(described.manifest, tables={Population.INTERVENTIONS: two}))
