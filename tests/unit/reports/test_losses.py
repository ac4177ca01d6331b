"""What a report loses to protection, counted in what its reader sees."""

from pathlib import Path

import pytest
from pages_made import small_snapshot

from skillnad.analysis.protected_set import ProtectedSet
from skillnad.analysis.results import MeasureKind
from skillnad.codebook.periods import Period
from skillnad.reports.editions import COMMITTEE, STANDARD
from skillnad.reports.losses import Losses, Lost, _counted, losses
from skillnad.reports.making import is_prepared, prepare
from skillnad.reports.report import Report
from skillnad.reports.views import BLANK, Cell, Group, Heading, Row, View

YEAR = Period.year(2025)


def view(*cells: Cell, full: tuple[View, ...] = ()) -> View:
    return View("R", "V", tuple(Heading("h") for _ in cells), (Group((Row("x", cells),)),), full=full)


def lost(id: str, shown: int, gaps: int) -> Lost:
    return Lost(id, "Fråga", "Tabell", shown, gaps)


THREE = Losses((lost("a", 10, 2), lost("b", 0, 4), lost("c", 4, 0)))


def test_figures_are_counted_as_shown_or_as_gaps_and_blanks_as_neither() -> None:
    assert _counted(view(Cell(7), Cell(None), BLANK, Cell(None, MeasureKind.SHARE))) == (1, 2)


def test_whole_table_is_counted_where_the_view_is_a_part_of_it() -> None:
    assert _counted(view(Cell(7), full=(view(Cell(7), Cell(None)), view(Cell(8))))) == (2, 1)


def test_losses_add_up_over_tables() -> None:
    assert (THREE.shown, THREE.gaps, THREE.share) == (14, 6, 0.7)


def test_table_is_withheld_where_it_shows_nothing_but_gaps() -> None:
    assert [each.id for each in THREE.withheld] == ["b"]
    assert not lost("tom", 0, 0).withheld


def test_tables_with_most_gaps_come_first_and_those_without_are_left() -> None:
    assert [each.id for each in THREE.most] == ["b", "a"]


def test_table_is_found_by_its_id_alone() -> None:
    found = THREE.table("a")
    assert found is not None
    assert (found.figures, THREE.table("x")) == (12, None)


def test_nothing_asked_loses_nothing() -> None:
    assert (Losses(()).share, Losses(()).gaps) == (1.0, 0)


def test_report_of_gaps_alone_loses_everything(gaps: Report) -> None:
    found = losses(gaps)
    assert (found.shown, found.share) == (0, 0.0)
    assert all(each.withheld for each in found.tables if each.gaps)


def test_report_with_its_numbers_loses_no_table_of_counts(report: Report) -> None:
    found = losses(report)
    assert found.share > 0.9
    assert not found.tables[0].gaps


def test_every_table_knows_its_questions(report: Report) -> None:
    parts = [part for item in report.items for part in item.item.parts]
    assert [each.asked for each in losses(report).tables] == [tuple(ask(YEAR) for ask in part.asks) for part in parts]


@pytest.mark.parametrize(("edition", "other"), [(COMMITTEE, STANDARD), (STANDARD, COMMITTEE)])
def test_report_is_prepared_with_all_editions_of_its_period(tmp_path: Path, edition, other) -> None:
    answers = ProtectedSet(small_snapshot(tmp_path / "s"))
    assert not is_prepared(answers, YEAR, edition)
    told: list[tuple[int, int]] = []
    prepare(answers, YEAR, edition, lambda done, of: told.append((done, of)))
    assert is_prepared(answers, YEAR, edition)
    assert is_prepared(answers, YEAR, other)
    assert not is_prepared(answers, Period.year(2024), edition)
    assert told[-1][0] == told[-1][1] > 0
