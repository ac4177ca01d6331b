"""How many units have a figure that can be used, and how a report shows them."""

import pytest

from skillnad.analysis.results import Level
from skillnad.reports.contents.useful import GOALS, each_unit, goals_of
from skillnad.reports.useful.ladder import Step
from skillnad.reports.useful.layout import NO_FIGURE, NO_UNITS, answers_shown, groups_shown, said
from skillnad.reports.useful.reach import reach
from skillnad.reports.useful.standing import Standing

from .units_asked import NONE, PLENTY, Shown, told

GAP = Shown(None, (None, None))
HALF = Shown(20, (12, None, None))
ALL = {
    "norr": (HALF, HALF, HALF, "N"),
    "väst": (GAP, HALF, HALF, "N"),
    "öst": (GAP, GAP, GAP, "N"),
    "n": (NONE, NONE, PLENTY, "N"),
}


def on(*steps: Step) -> list[Standing]:
    return [Standing(Level(str(place), str(place)), step, None) for place, step in enumerate(steps)]


def test_reach_counts_own_figures_and_those_of_parents() -> None:
    found = reach(on(Step.ANSWERS, Step.GROUPS, Step.PARENT, Step.NOWHERE))
    assert (found.units, found.reached, found.own, found.without, found.share) == (4, 3, 2, 1, 0.75)


def test_reach_of_no_units_is_nothing() -> None:
    assert (reach([]).reached, reach([]).share) == (0, 0.0)


def test_report_says_how_many_units_have_a_figure_and_on_which_step() -> None:
    first, second = said(GOALS)(told(**ALL))
    assert first.startswith("3 av 3 enheter har minst en användbar siffra")
    assert first.endswith("utan stegen, hade 1 haft det.")
    assert "1 de enskilda svaren, 1 svaren i grupper och 1 nämndens siffra i stället för sin egen" in second


def test_report_of_no_answers_says_so() -> None:
    assert said(GOALS)(()) == (NO_UNITS,)


def test_units_on_the_first_step_have_every_answer() -> None:
    view = answers_shown(GOALS)(told(**ALL), "Rubrik")
    assert ([row.label for row in view.rows], len(view.headings)) == (["norr"], 7)


def test_others_stand_under_their_step_in_words() -> None:
    view = groups_shown(GOALS)(told(**ALL), "Rubrik")
    assert [group.label for group in view.groups] == [
        "Steg 2: svaren i grupper, 2025",
        "Steg 4: nämnden i stället för enheten, 1 januari 2024–31 december 2025",
    ]
    assert [row.label for row in view.rows] == ["väst", "N (i stället för öst)"]


def test_figure_is_a_count_with_its_share_and_a_gap_where_it_is_hidden() -> None:
    (row,) = answers_shown(GOALS)(told(norr=ALL["norr"]), "Rubrik").rows
    assert [(cell.value, cell.share) for cell in row.cells[:4]] == [(20, None), (12, 0.6), (None, None), (None, None)]


def test_units_without_any_figure_are_named_under_the_table() -> None:
    view = groups_shown(GOALS)(told(norr=(GAP, GAP, GAP, "N")), "Rubrik")
    assert view.note == "Ingen siffra kan visas på något steg för norr."


def test_table_of_nobody_says_so() -> None:
    view = answers_shown(GOALS)(told(väst=ALL["väst"]), "Rubrik")
    assert (view.headings, view.note) == ((), NO_FIGURE)


def test_one_row_stands_for_all_units_of_a_parent() -> None:
    units = dict.fromkeys(("öst", "syd"), (GAP, GAP, GAP, "N"))
    view = groups_shown(GOALS)(told(**units, n=(NONE, NONE, PLENTY, "N")), "Rubrik")
    assert [row.label for row in view.rows] == ["N (i stället för öst och syd)"]


def test_lead_says_what_can_be_used_and_names_the_steps() -> None:
    lead = each_unit(GOALS).lead
    assert "minst 10 svar" in lead
    assert "24 månader, och sist till nämnden" in lead


@pytest.mark.parametrize("units", [1, 4000])
def test_last_step_is_asked_where_its_table_can_be_protected(described, units: int) -> None:
    from dataclasses import replace

    from skillnad.codebook.snapshot_schema import Population, SnapshotLevel

    table = described.manifest.tables[Population.INTERVENTIONS]
    levels = tuple(SnapshotLevel(str(code), "", "") for code in range(units))
    column = replace(table.columns["unit"], levels=levels)
    large = replace(table, columns={**table.columns, "unit": column})
    manifest = replace(described.manifest, tables={**described.manifest.tables, Population.INTERVENTIONS: large})
    assert bool(goals_of(manifest).parent) is (units == 1)


def test_basis_is_told_once_and_of_the_period() -> None:
    first, second = each_unit(GOALS).parts
    assert first.base is not None
    assert second.base is not None
    assert first.base(told(**ALL)).startswith("n = ")
    assert (first.base(()), second.base(told(**ALL))) == ("", "")
