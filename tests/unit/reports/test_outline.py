from dataclasses import replace

import pytest
from made_tables import YEAR

from skillnad.analysis.questions import ONGOING, Count, CrossTable, Duration, Flow, Selection, Share, Sum, Where
from skillnad.analysis.validation import check_question
from skillnad.codebook.snapshot_schema import AT_START, Column, Population, SnapshotColumn, SnapshotLevel
from skillnad.reports.contents.standard import standard_outline, whole_outline
from skillnad.reports.outline import Outline, child_bands, columns_of, questions, supported

BANDS = ("0-6", "7-12", "13-17", "18-20")


def without(manifest, population, *names):
    """The manifest where a table lacks columns."""
    table = manifest.tables[population]
    columns = {name: column for name, column in table.columns.items() if name not in names}
    return replace(manifest, tables={**manifest.tables, population: replace(table, columns=columns)})


def item(outline: Outline, id: str):
    return next(item for item in outline.items if item.id == id)


def test_questions_are_asked_once_each():
    asked = questions(whole_outline(BANDS), YEAR)
    assert len(asked) == len(set(asked))


def test_every_question_can_be_answered_by_a_snapshot_of_the_standard(described):
    for question in questions(standard_outline(described.manifest, YEAR), YEAR):
        check_question(described.manifest, question)


def test_every_question_is_about_the_period_but_one_of_the_months_up_to_its_end():
    asked = questions(whole_outline(BANDS), YEAR)
    periods = [question.period if isinstance(question, Flow) else question.selection.period for question in asked]
    assert {period for period in periods if period != YEAR} == {YEAR.leading_up(24)}
    assert sum(period != YEAR for period in periods) == 1


def test_item_ids_are_unique_and_fit_in_an_address():
    outline = whole_outline(BANDS)
    ids = [item.id for item in outline.items] + [chapter.id for chapter in outline.chapters]
    assert len(ids) == len(set(ids))
    assert all(id.isascii() and id.replace("-", "").isalnum() for id in ids)


def test_captions_are_unique_so_that_regions_can_be_told_apart():
    captions = [part.caption for item in whole_outline(BANDS).items for part in item.parts]
    assert len(captions) == len(set(captions))


def test_columns_of_names_everything_that_a_question_needs():
    selection = Selection(Population.INTERVENTIONS, YEAR, "end_date", (Where("unit", ("A",)),))
    assert columns_of(Count(selection, ("month:start_date",))) == ("start_date", "unit", "end_date")
    assert columns_of(CrossTable("problem", "legal_sex", selection))[:2] == ("problem", "legal_sex")
    assert columns_of(Duration("start_date", "end_date", selection, ("origin",)))[:3] == (
        "start_date",
        "end_date",
        "origin",
    )
    assert columns_of(Share(Where("problem", ("1",)), selection))[0] == "problem"
    assert columns_of(
        Count(by=("merged:origin:Sverige=1", "days:start_date..end_date:7,30", "known:decision_date"))
    ) == (
        "origin",
        "start_date",
        "end_date",
        "decision_date",
    )
    assert columns_of(Sum("amount", selection, ("unit",)))[:2] == ("amount", "unit")
    assert columns_of(Flow(YEAR, where=(Where("unit", ("A",)),), by=("legal_sex",))) == (
        "legal_sex",
        "unit",
        "start_date",
        "end_date",
    )
    assert columns_of(Count(Selection(Population.CASES, YEAR))) == ("intake_date",)
    assert columns_of(Count(Selection(Population.CASES, YEAR, ONGOING))) == ("intake_date", "closed_date")
    assert columns_of(Count(Selection(Population.CASES))) == ()


def test_supported_leaves_a_whole_outline_as_it_is(described):
    outline = whole_outline(BANDS)
    assert supported(outline, described.manifest, YEAR) == outline


def test_supported_asks_nothing_of_a_variable_that_is_not_used(described):
    manifest = without(described.manifest, Population.CASES, "origin")
    outline = standard_outline(manifest, YEAR)
    assert item(outline, "ursprung").parts == ()
    assert "”Ursprung”" in item(outline, "ursprung").lacking


def test_supported_keeps_what_can_be_asked(described):
    manifest = without(described.manifest, Population.CASES, "origin")
    times = item(standard_outline(manifest, YEAR), "utredningstid")
    assert [ask(YEAR).by for ask in times.parts[1].asks] == [("legal_sex",), ("age_group",)]


def test_supported_says_that_a_snapshot_of_an_older_version_lacks_the_age_at_the_start(described):
    manifest = without(described.manifest, Population.REVIEWS, AT_START)
    law = item(standard_outline(manifest, YEAR), "laguppfyllelse")
    asked = [ask(YEAR).selection.population for part in law.parts for ask in part.asks]
    assert asked == [Population.CASES] * 2
    assert (
        "”Åldersgrupp när insatsen började” (ögonblicksbilden är gjord av en äldre version; gör en ny)" in law.lacking
    )


def test_supported_blames_no_version_where_the_municipality_uses_no_ages(described):
    manifest = without(described.manifest, Population.REVIEWS, AT_START, "age_group")
    assert "äldre version" not in item(standard_outline(manifest, YEAR), "laguppfyllelse").lacking


def test_supported_says_that_there_are_no_rows(described):
    empty = replace(described.manifest.tables[Population.COSTS], rows=0)
    manifest = replace(described.manifest, tables={**described.manifest.tables, Population.COSTS: empty})
    costs = item(standard_outline(manifest, YEAR), "vardkostnader")
    assert costs.parts == ()
    assert "några kostnader" in costs.lacking
    assert "budgeten" in costs.lacking


@pytest.mark.parametrize(
    ("codes", "young"),
    [
        (("0-6", "7-12", "13-17", "18-20", "21-24", "80+"), BANDS),
        (("13-17", "18-24"), ("13-17",)),
        (("0-17", "18-20", "21+"), ("0-17", "18-20")),
        (("a",), ()),
    ],
)
def test_child_bands_hold_no_one_over_20(codes, young):
    levels = tuple(SnapshotLevel(code, code, code) for code in codes)
    assert child_bands(SnapshotColumn("age_group", Column.CODE, "", "", levels)) == young
