"""Which columns a table has, and what the manifest says of them."""

from dataclasses import replace

from skillnad.codebook.model import Codebook, Entity, Kind, Step, Value, Variable
from skillnad.codebook.snapshot_schema import AT_START, Column, Population, SnapshotLevel
from skillnad.snapshots.columns import columns_of, not_used
from tests.unit.snapshots.registers import standard

LEVELS = {"committee": (), "unit": (SnapshotLevel("BU", "Barn och unga", "Barn och unga"),), "provider": ()}


def codebook(*extra: Variable, without: str = "") -> Codebook:
    variables = {variable.id: variable for variable in (*standard().variables.values(), *extra)}
    if without:
        variables[without] = replace(variables[without], used=False)
    return replace(standard(), variables=variables)


def names(population: Population, book: Codebook) -> list[str]:
    return list(columns_of(population, book, LEVELS))


def test_columns_of_interventions_have_all_of_the_20_but_the_identity() -> None:
    wanted = {variable.id for variable in standard().standard} - {"identity_number"}
    assert wanted <= set(names(Population.INTERVENTIONS, standard()))


def test_columns_of_cases_have_the_decision_and_no_intervention() -> None:
    found = names(Population.CASES, standard())
    assert {"decision_date", "closed_date", "problem"} <= set(found)
    assert not {"start_date", "provider", "goal_attainment"} & set(found)


def test_columns_of_a_variable_that_is_not_used_are_in_no_table() -> None:
    book = codebook(without="decision_date")
    assert not any("decision_date" in names(population, book) for population in Population)
    assert "decision_date" in not_used(book)


def test_columns_of_age_are_absent_where_age_is_not_used() -> None:
    for population in Population:
        assert not {"age", "age_group", AT_START} & set(names(population, codebook(without="age")))


def test_columns_of_age_at_the_start_stand_below_interventions() -> None:
    having = {population for population in Population if AT_START in names(population, standard())}
    assert having == {Population.FOLLOW_UPS, Population.REVIEWS, Population.COSTS, Population.ANSWERS}


def test_columns_of_age_at_the_start_have_the_same_bands() -> None:
    found = columns_of(Population.COSTS, standard(), LEVELS)
    assert found[AT_START].levels == found["age_group"].levels
    assert found[AT_START].sv == "Åldersgrupp när insatsen började"


def test_columns_of_a_local_variable_stand_in_every_table_below_it() -> None:
    values = (Value("C1", "C1", "C1", local=True),)
    local = Variable("legal_status", Kind.SINGLE, Entity.CASE, Step.DECIDE, "Lagrum", "Legal status", values=values)
    having = [p for p in Population if "legal_status" in names(p, codebook(local))]
    assert having == [p for p in Population if p is not Population.CLIENTS]


def test_columns_of_free_text_are_never_there() -> None:
    local = Variable("note", Kind.TEXT, Entity.CASE, Step.DECIDE, "Anteckning", "Note")
    assert "note" not in names(Population.CASES, codebook(local))


def test_columns_of_organisation_have_names_as_labels() -> None:
    unit = columns_of(Population.CASES, standard(), LEVELS)["unit"]
    assert (unit.kind, unit.levels[0].sv) == (Column.CODE, "Barn och unga")


def test_columns_of_age_bands_are_levels_in_both_languages() -> None:
    bands = columns_of(Population.CLIENTS, standard(), LEVELS)["age_group"].levels
    assert bands[0] == SnapshotLevel("0-6", "0–6 år", "0–6 years")
    assert bands[-1] == SnapshotLevel("80+", "80 år och äldre", "80 years and over")


def test_columns_of_an_intervention_have_its_first_follow_up_where_follow_ups_have_a_day() -> None:
    assert "first_follow_up_date" in names(Population.INTERVENTIONS, standard())
    assert "first_follow_up_date" not in names(Population.INTERVENTIONS, codebook(without="follow_up_date"))
