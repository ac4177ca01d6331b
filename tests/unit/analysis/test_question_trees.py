"""Divided by the organisation of a day: a series over a reorganisation stays whole, on the old tree and on the new."""

from dataclasses import replace
from datetime import date

import pytest
from reorganised import DAY, EVE, NEW, OLD, ON_NEW, ON_OLD, TREE, by_year_and_line, reorganised

from skillnad.analysis.asking import ask, protected_set
from skillnad.analysis.column_words import column_words
from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.engines.bits import BitsEngine
from skillnad.analysis.engines.duckdb import DuckDBEngine
from skillnad.analysis.engines.in_memory import InMemoryEngine
from skillnad.analysis.merged import merged_of
from skillnad.analysis.questions import Count, CrossTable, Selection, Share, Where
from skillnad.analysis.results import TOTAL
from skillnad.analysis.trees import by_the_days_units, days_of_change, of_tree, on_tree
from skillnad.codebook.snapshot_schema import SnapshotLevel
from skillnad.codebook.trees import NO_HISTORY, TreeHistory, UnitSpell
from skillnad.lib.errors import UserError

__all__ = ["reorganised"]

BOTH = pytest.mark.parametrize(("day", "lines"), [(OLD, ON_OLD), (NEW, ON_NEW)])


def series(day):
    return Count(by=("year:start_date", f"unit@{day}"))


def refused(snapshot, question):
    with pytest.raises(UserError) as error:
        ask(snapshot, question)
    return error.value.code


@BOTH
def test_series_over_the_reorganisation_is_whole(reorganised, day, lines):
    table = ask(reorganised(), series(day))
    found = {key: table.value("count", *key) for key in by_year_and_line(lines)}
    assert found == dict(by_year_and_line(lines))


@BOTH
def test_every_year_adds_up_to_the_same_whatever_the_tree(reorganised, day, lines):
    table, plain = ask(reorganised(), series(day)), ask(reorganised(), Count(by=("year:start_date",)))
    for year in ("2024", "2025"):
        assert sum(table.value("count", year, name) for name in lines) == plain.value("count", year)
    assert table.value("count") == 340


@BOTH
@pytest.mark.parametrize("engine", [InMemoryEngine, DuckDBEngine, BitsEngine])
def test_engines_count_the_lines_alike(reorganised, day, lines, engine):
    snapshot = reorganised()
    raw = engine().count(snapshot, on_tree(Count(by=(f"unit@{day}",)), snapshot.manifest))
    years = by_year_and_line(lines)
    assert all(raw.counts[(name,)] == years["2024", name] + years["2025", name] for name in lines)
    assert raw.counts[(TOTAL,)] == 340


def test_table_says_which_organisation_it_is_by(reorganised):
    axis = ask(reorganised(), Count(by=(f"unit@{OLD}",))).axes[0]
    assert axis.label == "Enhet enligt organisationen 2024-12-31"
    assert column_words(axis.id) == "enhet enligt organisationen 2024-12-31"


def test_day_that_is_not_said_is_the_snapshots(reorganised):
    manifest = reorganised().manifest
    assert of_tree("unit@", manifest) == of_tree(f"unit@{manifest.as_of}", manifest)


def test_same_question_is_the_same_answer_however_the_day_is_said(reorganised):
    answers = protected_set(reorganised())
    answers.get_or_protect(Count(by=("unit@",)))
    assert Count(by=("unit@2025-12-31",)) in answers
    assert Count(by=(f"unit@{OLD}",)) not in answers


def test_name_goes_to_groups_and_back(reorganised):
    made = of_tree(f"unit@{OLD}", reorganised().manifest)
    assert merged_of(made.name) == made
    assert dict(made.groups) == ON_OLD


def test_committees_of_a_day_are_made_of_units(reorganised):
    moved = tuple(replace(spell, committee="ON") if spell.code == "A1" else spell for spell in TREE.spells)
    manifest = reorganised(TreeHistory(moved, TREE.successions)).manifest
    groups = dict(of_tree(f"committee@{NEW}", manifest).groups)
    assert groups == {"ON + SN": ("A", "A1", "A2"), "SN": ("B", "BC", "C", "D")}


def test_every_place_that_divides_may_be_by_a_tree(reorganised):
    manifest, name = reorganised().manifest, f"unit@{OLD}"
    made = of_tree(name, manifest).name
    assert on_tree(CrossTable("legal_sex", name), manifest) == CrossTable("legal_sex", made)
    share = Share(Where("goal_attainment", ("1",)), by=(name,))
    assert on_tree(Comparison(share), manifest) == Comparison(replace(share, by=(made,)))


def test_question_without_a_tree_is_left_as_it_is(reorganised):
    question = Count(by=("unit", "legal_sex"))
    assert on_tree(question, reorganised().manifest) is question


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("provider@2024-12-31", "ASK-090"),
        ("unit@igår", "ASK-091"),
        ("unit@2026-01-01", "ASK-091"),
        ("unit@20241231", "ASK-091"),
    ],
)
def test_what_has_no_tree_is_refused(reorganised, name, code):
    assert refused(reorganised(), Count(by=(name,))) == code


def test_snapshot_that_knows_no_reorganisation_says_so(reorganised):
    assert refused(reorganised(NO_HISTORY), Count(by=(f"unit@{OLD}",))) == "ASK-092"


def test_condition_is_of_the_units_themselves(reorganised):
    asked = Count(Selection(where=(Where(f"unit@{OLD}", ("Norr",)),)))
    assert refused(reorganised(), asked) == "ASK-093"


def test_names_are_short_enough_and_their_own(reorganised):
    long = "Enheten för uppföljning av placerade barn och unga i norra delen av staden; a=b"
    spells = (*(UnitSpell(code, long, "SN", "", None, EVE) for code in "ABC"), UnitSpell("A", "Ny", "SN", "", DAY))
    names = [name for name, _ in of_tree("unit@2024-06-30", reorganised(TreeHistory(spells)).manifest).groups]
    assert len(set(names)) == len(names) == 3
    assert all(0 < len(name) <= 60 and not set(name) & set(";=") for name in names)


def test_many_units_in_a_line_are_told_by_the_first_and_how_many_more(reorganised):
    spells = [replace(spell, name=spell.name * 6) if spell.code in "BC" else spell for spell in TREE.spells]
    manifest = reorganised(TreeHistory(tuple(spells), TREE.successions)).manifest
    assert any(name.endswith(" + 1 till") for name, _ in of_tree(f"unit@{OLD}", manifest).groups)


def test_days_when_the_tree_changed_are_known(reorganised):
    assert days_of_change(reorganised().manifest) == (date(2025, 1, 1),)


def test_units_of_the_day_take_the_place_of_those_of_the_rows(reorganised):
    manifest = reorganised().manifest
    assert by_the_days_units(Count(by=("unit",)), manifest) == on_tree(Count(by=("unit@",)), manifest)
    assert by_the_days_units(Count(by=("legal_sex",)), manifest) == Count(by=("legal_sex",))


def test_units_stay_those_of_the_rows_where_none_follows_another(reorganised):
    manifest = reorganised(TreeHistory((UnitSpell("A", "N", "SN", "", None), UnitSpell("B", "Ö", "SN")))).manifest
    assert by_the_days_units(Count(by=("unit",)), manifest) == Count(by=("unit",))


def test_unit_whose_code_cannot_stand_in_a_group_is_refused(reorganised, monkeypatch):
    snapshot = reorganised(TreeHistory((UnitSpell("A", "N", "SN"), UnitSpell("B;1", "Ö", "SN"))))
    table = next(iter(snapshot.manifest.tables.values()))
    levels = (*table.columns["unit"].levels, SnapshotLevel("B;1", "Ö", "Ö"))
    monkeypatch.setitem(table.columns, "unit", replace(table.columns["unit"], levels=levels))
    with pytest.raises(UserError, match="ASK-094"):
        of_tree(f"unit@{OLD}", snapshot.manifest)
