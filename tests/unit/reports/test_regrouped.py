"""A report over a reorganisation: its tables of units are by the organisation of the snapshot's day."""

from datetime import date

from reorganised import DAY, NO_TREE, ON_NEW, TREE, reorganised

from skillnad.analysis.asking import ask
from skillnad.analysis.comparisons.questions import plain
from skillnad.analysis.merged import merged_of
from skillnad.analysis.questions import Count
from skillnad.analysis.selection import by_of
from skillnad.codebook.periods import Period
from skillnad.codebook.trees import Succession, TreeHistory
from skillnad.reports.contents.standard import standard_outline
from skillnad.reports.contents.units import has_units
from skillnad.reports.contents.useful import goals_of
from skillnad.reports.counting import counted_how, rows_counted
from skillnad.reports.making import report_of
from skillnad.reports.outline import questions
from skillnad.reports.render.html import report_page

__all__ = ["reorganised"]
YEAR = Period.parse("2024")


def axes(snapshot):
    asked = questions(standard_outline(snapshot.manifest, YEAR), YEAR)
    return {name for question in asked for name in by_of(plain(question))}


def test_report_is_by_the_units_of_the_day(reorganised):
    found = axes(reorganised())
    trees = [made for made in map(merged_of, found) if made and made.tree]
    assert [made.tree for made in trees] == ["unit@2025-12-31"]
    assert dict(trees[0].groups) == ON_NEW
    assert "unit" not in found


def test_report_of_a_tree_that_never_changed_is_by_its_units(reorganised):
    assert "unit" in axes(reorganised(NO_TREE))


def test_step_to_the_committee_is_left_where_units_are_counted_together(reorganised):
    assert goals_of(reorganised().manifest).parent == ""


def test_table_says_which_units_are_counted_together(reorganised):
    table = ask(reorganised(), Count(by=("unit@2024-12-31",)))
    for said in (counted_how(table), rows_counted(table)):
        assert "Indelningen är organisationens 2024-12-31." in said
        assert "Norr (A, A1, A2)" in said
        assert "Söder" not in said


def test_report_of_the_year_before_has_the_series_whole(reorganised):
    page = report_page(report_of(reorganised(), YEAR, made_on=date(2026, 1, 2)))
    assert "Norra skog + Norra strand" in page
    assert "Mitten (B, BC, C)" in page


def test_chapter_of_units_is_left_where_one_line_is_all(reorganised):
    pairs = tuple(Succession(code, "D", DAY) for code in ("A", "A1", "A2", "B", "C", "BC"))
    manifest = reorganised(TreeHistory(TREE.spells, pairs)).manifest
    assert not has_units(manifest)
    assert "enheter" not in [chapter.id for chapter in standard_outline(manifest, YEAR).chapters]
