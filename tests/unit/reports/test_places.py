"""A report of some units: what their codes mean, and that every question is asked of their rows alone."""

from dataclasses import replace

import pytest
from made_tables import YEAR

from skillnad.analysis.comparisons.questions import Chart, Comparison, Funnel, OverTime, Paired, Ranking
from skillnad.analysis.questions import Count, Duration, Flow, Selection, Share, Where
from skillnad.analysis.selection import selection_of
from skillnad.codebook.snapshot_schema import Manifest, SnapshotLevel
from skillnad.lib.errors import UserError
from skillnad.reports.contents.committee import committee_outline
from skillnad.reports.contents.standard import standard_outline
from skillnad.reports.outline import Outline, columns_of, questions
from skillnad.reports.places import Places, narrowed, offered, places_of, with_condition

UNITS = (
    SnapshotLevel("BUO", "Barn öst", "East"),
    SnapshotLevel("BUV", "Barn väst", "West"),
    SnapshotLevel("SN", "Snabbspåret", "Fast"),
)
COMMITTEES = (SnapshotLevel("SN", "Socialnämnden", "Social"), SnapshotLevel("VON", "Vårdnämnden", "Care"))
EAST = Where("unit", ("BUO",))
GOALS = Share(Where("goal_attainment", ("1",)), by=("legal_sex",))


@pytest.fixture(scope="module")
def manifest(described) -> Manifest:
    """The standard's columns, with three units and two committees."""
    tables = {}
    for population, table in described.manifest.tables.items():
        unit = replace(table.columns["unit"], levels=UNITS)
        committee = replace(table.columns["committee"], levels=COMMITTEES)
        tables[population] = replace(table, columns={**table.columns, "unit": unit, "committee": committee})
    return replace(described.manifest, tables=tables)


def conditions(question) -> tuple[Where, ...]:
    return selection_of(question).where


def ids(outline: Outline) -> list[str]:
    return [chapter.id for chapter in outline.chapters]


def test_no_code_is_no_place(manifest):
    assert places_of(manifest, ()) is None


@pytest.mark.parametrize("told", ["BUO", "buo", "barn öst", " Barn öst "])
def test_a_place_is_told_by_its_code_or_its_name(manifest, told):
    assert places_of(manifest, [told]) == Places("unit", ("BUO",), ("Barn öst",))


def test_places_stand_in_the_trees_order_and_each_once(manifest):
    assert places_of(manifest, ["BUV", "BUO", "buv"]) == Places("unit", ("BUO", "BUV"), ("Barn öst", "Barn väst"))


def test_a_code_of_two_levels_is_the_lower_one(manifest):
    assert places_of(manifest, ["SN"]).column == "unit"
    assert places_of(manifest, ["Socialnämnden"]) == Places("committee", ("SN",), ("Socialnämnden",))


def test_an_unknown_place_is_refused_with_those_that_there_are(manifest):
    with pytest.raises(UserError) as refused:
        places_of(manifest, ["Granngården"])
    assert refused.value.code == "REP-023"
    assert "BUV (Barn väst)" in str(refused.value)
    assert "VON (Vårdnämnden)" in str(refused.value)
    assert "Granngården" not in str(refused.value)


def test_places_of_two_levels_are_refused(manifest):
    with pytest.raises(UserError) as refused:
        places_of(manifest, ["BUO", "VON"])
    assert refused.value.code == "REP-024"


@pytest.mark.parametrize(
    "question",
    [
        Count(Selection(where=(Where("legal_sex", ("1",)),)), ("problem",)),
        Duration("start_date", "end_date"),
        Flow(YEAR, where=(Where("legal_sex", ("1",)),), monthly=True),
        Comparison(GOALS, against="1"),
        Ranking(GOALS),
        Funnel(GOALS, 0.4),
        OverTime(Share(GOALS.of, by=("month:end_date",)), Chart.RUN),
        Paired(GOALS.of, Where("adherence_to_plan", ("1",))),
    ],
    ids=lambda question: type(question).__name__,
)
def test_a_condition_is_one_more_and_the_rest_is_as_it_was(question):
    made = with_condition(question, EAST)
    assert conditions(made) == (*conditions(question), EAST)
    assert type(made) is type(question)
    assert set(columns_of(made)) == {*columns_of(question), "unit"}


@pytest.mark.parametrize("outline", [standard_outline, committee_outline])
def test_every_question_of_a_units_report_is_of_its_rows(manifest, outline):
    whole = outline(manifest, YEAR)
    asked = questions(narrowed(whole, places_of(manifest, ["BUO"]), manifest, YEAR), YEAR)
    assert asked
    assert all(EAST in conditions(question) for question in asked)
    assert not any(EAST in conditions(question) for question in questions(whole, YEAR))


def test_one_unit_is_not_set_beside_others(manifest):
    whole = standard_outline(manifest, YEAR)
    assert "enheter" in ids(whole)
    assert ids(narrowed(whole, places_of(manifest, ["BUO"]), manifest, YEAR)) == [
        each for each in ids(whole) if each != "enheter"
    ]


@pytest.mark.parametrize("told", [["BUO", "BUV"], ["Socialnämnden"]])
def test_several_units_and_those_of_a_committee_are_set_beside_each_other(manifest, told):
    outline = narrowed(standard_outline(manifest, YEAR), places_of(manifest, told), manifest, YEAR)
    assert "enheter" in ids(outline)


def test_an_item_without_questions_stays_in_a_units_report(manifest):
    outline = narrowed(standard_outline(manifest, YEAR), places_of(manifest, ["BUO"]), manifest, YEAR)
    assert "personal" in [item.id for item in outline.items]


def test_a_table_without_units_is_said_to_lack_them(manifest):
    costs = manifest.tables["costs"]
    bare = replace(costs, columns={name: column for name, column in costs.columns.items() if name != "unit"})
    lacking = replace(manifest, tables={**manifest.tables, "costs": bare})
    outline = narrowed(standard_outline(lacking, YEAR), places_of(lacking, ["BUO"]), lacking, YEAR)
    item = next(item for item in outline.items if item.id == "vardkostnader")
    assert item.parts == ()
    assert "”Enhet”" in item.lacking


def test_what_is_offered_is_found_by_its_code_at_its_own_level(manifest):
    for _, own in offered(manifest):
        found = {places_of(manifest, [code]).column for code, _ in own}
        assert len(found) == 1
        assert [places_of(manifest, [code]).names for code, _ in own] == [(name,) for _, name in own]


def test_the_highest_level_is_offered_first(manifest):
    assert [places_of(manifest, [own[0][0]]).column for _, own in offered(manifest)][-1] == "unit"
