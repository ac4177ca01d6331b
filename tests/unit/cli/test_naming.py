"""Columns by the names that people know."""

from datetime import date

import pytest

from skillnad.analysis.questions import ONGOING, Count, CrossTable, Duration, Flow, Percent, Selection, Where
from skillnad.cli.kernel.naming import called, column_id, in_ids, near, variable_id
from skillnad.codebook.loading import load_codebook
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Column, Manifest, Population, SnapshotColumn, SnapshotTable
from skillnad.lib.errors import UserError

KNOWN = {
    "problem": ("Problematik", "Problem"),
    "legal_sex": ("Juridiskt kön", "Legal sex"),
    "start_date": ("Datum för verkställande", "Start date"),
    "stated_gender": ("Självangivet kön", "Stated gender"),
}
YEAR = Period.year(2025)


def manifest(**tables):
    """A manifest whose tables have these columns: `cases=[("problem", "Problematik")]`."""
    made = {}
    for name, columns in tables.items():
        held = {id: SnapshotColumn(id, Column.CODE, sv, id) for id, sv in columns}
        made[Population(name)] = SnapshotTable(Population(name), 0, "", held)
    return Manifest("", date(2025, 12, 31), "1", "", "", made, ("origin",))


BOTH = manifest(
    cases=[("problem", "Problematik"), ("day", "Första dagen")],
    interventions=[("other", "Problematik"), ("start", "Början"), ("end", "Slutet"), ("unit", "Enhet")],
)


@pytest.mark.parametrize("name", ["problem", "PROBLEM", "Problematik", "problematik", " problematik "])
def test_id_and_label_mean_the_column_in_any_case(name):
    assert column_id(name, KNOWN) == "problem"


@pytest.mark.parametrize("name", ["legal_sex", "legal sex", "Juridiskt  kön", "LEGAL SEX"])
def test_blanks_and_underscores_are_alike(name):
    assert column_id(name, KNOWN) == "legal_sex"


@pytest.mark.parametrize("name", ["skr6.b3", "SKR6.B3", "skr6__b3", "year:skr6.b3"])
def test_question_may_be_named_after_its_instrument_with_a_point(name):
    assert column_id(name, {"skr6__b3": ("Nöjdhet", "Satisfaction")}).endswith("skr6__b3")


def test_point_that_leads_to_no_question_is_refused():
    with pytest.raises(UserError, match="ASK-001"):
        column_id("skr6.b9", {"skr6__b3": ("Nöjdhet", "Satisfaction")})


def test_id_goes_before_another_columns_label():
    assert called("b", {"a": ("B", "x"), "b": ("C", "y")}) == "b"


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("month:start_date", "month:start_date"),
        ("månad:Datum för verkställande", "month:start_date"),
        ("Kvartal:start_date", "quarter:start_date"),
        ("år:START_DATE", "year:start_date"),
        ("known:start_date", "known:start_date"),
        ("Finns:datum för verkställande", "known:start_date"),
        ("dagar:start_date..Datum för verkställande:7,30", "days:start_date..start_date:7,30"),
        ("number:problem:7", "number:problem:7"),
        ("Tal:Problematik:7", "number:problem:7"),
        ("merged:problem:A=1,2;B=3", "merged:problem:A=1,2;B=3"),
        ("Grupper:Problematik:Å=1,2", "merged:problem:Å=1,2"),
    ],
)
def test_calendar_of_a_date_may_be_said_in_swedish(name, id):
    assert column_id(name, KNOWN) == id


@pytest.mark.parametrize("name", ["ongoing", "Pågående"])
def test_ongoing_is_no_column(name):
    assert column_id(name, KNOWN) == ONGOING


def test_nothing_is_left_as_nothing():
    assert column_id("", KNOWN) == ""


@pytest.mark.parametrize("name", ["problemtik", "skostorlek", "vecka:start_date", "month:problemtik"])
def test_name_that_no_column_has_is_refused(name):
    with pytest.raises(UserError, match="ASK-001"):
        column_id(name, KNOWN)


def test_refusal_lists_what_is_near_with_labels():
    with pytest.raises(UserError, match=r"Menade du problem \(Problematik\)\?"):
        column_id("problemtik", KNOWN)


def test_refusal_lists_every_column_where_none_is_near():
    with pytest.raises(UserError, match="Kolumnerna är problem, legal_sex, start_date, stated_gender"):
        column_id("xyz", KNOWN)


def test_part_of_a_label_is_near():
    assert set(near("kön", KNOWN)) == {"legal_sex (Juridiskt kön)", "stated_gender (Självangivet kön)"}


def test_near_are_few_and_each_once():
    many = {f"kolumn_{n}": (f"Kolumn {n}", f"Column {n}") for n in range(9)}
    assert len(near("kolumn", many)) == len(set(near("kolumn", many))) == 4


@pytest.mark.parametrize(("population", "id"), [(Population.CASES, "problem"), (Population.INTERVENTIONS, "other")])
def test_label_of_two_columns_means_the_asked_populations(population, id):
    assert in_ids(Count(Selection(population), ("Problematik",)), BOTH).by == (id,)


def test_every_name_of_a_cross_table_becomes_an_id():
    selection = Selection(event="Början", where=(Where("enhet", ("A",)),), period=YEAR)
    found = in_ids(CrossTable("Enhet", "problematik", selection, Percent.ROWS), BOTH)
    expected = Selection(event="start", where=(Where("unit", ("A",)),), period=YEAR)
    assert found == CrossTable("unit", "other", expected, Percent.ROWS)


def test_every_name_of_a_duration_becomes_an_id():
    assert in_ids(Duration("början", "Slutet", by=("enhet",)), BOTH) == Duration("start", "end", by=("unit",))


def test_every_name_of_a_flow_becomes_an_id():
    asked = Flow(YEAR, Population.CASES, (Where("Problematik", ("1",)),), ("Första dagen",), monthly=True)
    found = in_ids(asked, BOTH)
    assert found == Flow(YEAR, Population.CASES, (Where("problem", ("1",)),), ("day",), monthly=True)


def test_column_of_another_population_is_left_to_be_told_of():
    assert in_ids(Count(by=("Första dagen",)), BOTH).by == ("day",)


def test_variable_that_is_not_used_is_known_by_its_label():
    assert in_ids(Count(by=("Ursprung",)), BOTH).by == ("origin",)


@pytest.mark.parametrize("name", ["problem", "9", "PROBLEMATIK"])
def test_variable_of_the_codebook_has_an_id_a_number_and_a_label(name):
    assert variable_id(name, load_codebook()) == "problem"


@pytest.mark.parametrize(
    ("name", "hint"), [("Problemtik", r"Menade du problem \(Problematik\)"), ("99", "codebook show")]
)
def test_variable_that_the_codebook_lacks_leads_on(name, hint):
    with pytest.raises(UserError, match=hint) as raised:
        variable_id(name, load_codebook())
    assert raised.value.code == "CODE-001"


@pytest.mark.parametrize("name", ["problem@2024-12-31", "Problematik@2024-12-31", "problematik@ 2024-12-31"])
def test_column_on_a_day_keeps_its_day(name):
    assert column_id(name, KNOWN) == "problem@2024-12-31"


def test_unknown_column_on_a_day_is_refused():
    with pytest.raises(UserError, match="ASK-001"):
        column_id("enheten@2024-12-31", KNOWN)
