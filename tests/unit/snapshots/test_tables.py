"""Frames to the six wide tables."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from skillnad.codebook.snapshot_schema import EVENT, KEYS, Column, Population, SnapshotLevel
from skillnad.snapshots.tables import make_tables
from tests.unit.snapshots.registers import made_register, standard

REGISTERED = [population for population in Population if population is not Population.ANSWERS]
"""The tables that every snapshot has: that of answers is there only where there are any."""


def tables(**given: Any) -> dict[Population, pl.DataFrame]:
    return {name: table.rows for name, table in make_tables(made_register(**given), standard()).items()}


def only(population: Population, **given: Any) -> dict[str, Any]:
    (row,) = tables(**given)[population].to_dicts()
    return row


@pytest.mark.parametrize("population", REGISTERED)
def test_tables_have_their_keys_and_their_event(population: Population) -> None:
    table = make_tables(made_register(), standard())[population]
    assert list(table.rows.columns) == list(table.columns)
    assert {*KEYS[population], EVENT[population], "unit", "committee", "age", "age_group"} <= set(table.columns)


@pytest.mark.parametrize("population", REGISTERED)
def test_tables_have_nothing_that_names_a_person(population: Population) -> None:
    assert not {"birth_date", "protected", "identity_number", "unit_id"} & set(tables()[population].columns)


def test_tables_coded_columns_are_small_integers() -> None:
    table = make_tables(made_register(), standard())[Population.INTERVENTIONS]
    kinds = {Column.CODE: pl.Int16, Column.CODES: pl.List(pl.Int16), Column.KEY: pl.Int64, Column.DATE: pl.Date}
    for column in table.columns.values():
        assert table.rows.schema[column.id] == kinds.get(column.kind, pl.Int64)


@pytest.mark.parametrize(
    ("birth", "start", "age", "band"),
    [
        (date(2010, 3, 2), date(2025, 3, 1), 14, 3),
        (date(2010, 3, 1), date(2025, 3, 1), 15, 3),
        (date(2008, 2, 29), date(2026, 2, 28), 17, 3),
        (date(2008, 2, 29), date(2026, 3, 1), 18, 4),
        (date(2004, 3, 2), date(2025, 3, 1), 20, 4),
        (date(2004, 3, 1), date(2025, 3, 1), 21, 5),
        (date(1940, 1, 1), date(2025, 3, 1), 85, 9),
        (date(2025, 3, 1), date(2025, 3, 1), 0, 1),
        (date(2025, 3, 2), date(2025, 3, 1), 0, 1),
        (date(2025, 12, 31), date(2025, 3, 1), 0, 1),
        (date(2026, 1, 1), date(2025, 3, 1), None, 0),
        (None, date(2025, 3, 1), None, 0),
        (date(2010, 3, 2), None, None, 0),
    ],
)
def test_tables_age_is_whole_years_at_the_event(
    birth: date | None, start: date | None, age: int | None, band: int
) -> None:
    row = only(
        Population.INTERVENTIONS,
        clients=[{"client": 11, "birth_date": birth}],
        interventions=[{"intervention": 31, "case": 21, "start_date": start}],
    )
    assert (row["age"], row["age_group"]) == (age, band)


def test_tables_age_differs_between_the_case_and_its_intervention() -> None:
    clients = [{"client": 11, "birth_date": date(2010, 1, 20)}]
    found = tables(clients=clients)
    assert (found[Population.CASES]["age"].item(), found[Population.INTERVENTIONS]["age"].item()) == (14, 15)


BORN = date(2004, 6, 1)
"""17, in the third band, until 2022-06-01; 18–20, in the fourth, until 2025-06-01."""
AT_17, AT_20, AT_21 = date(2022, 5, 31), date(2025, 5, 31), date(2025, 6, 1)


def ages(population: Population, **given: Any) -> tuple[int, int]:
    """The band at the row's own event, and the one when the intervention began."""
    row = only(population, clients=[{"client": 11, "birth_date": BORN}], **given)
    return row["age_group"], row["age_group_at_start"]


def began(*days: date | None) -> list[dict[str, Any]]:
    return [{"intervention": number, "case": 21, "start_date": day} for number, day in enumerate(days, start=31)]


@pytest.mark.parametrize(
    ("population", "given"),
    [
        (Population.FOLLOW_UPS, {"follow_ups": [{"follow_up": 1, "intervention": 31, "follow_up_date": AT_21}]}),
        (Population.REVIEWS, {"reviews": [{"case": 21, "intervention": 31, "due_date": AT_21}]}),
        (Population.REVIEWS, {"reviews": [{"case": 21, "due_date": AT_21}]}),
        (Population.COSTS, {"costs": [{"intervention": 31, "cost_from": AT_21, "amount": 100}]}),
    ],
)
def test_tables_below_interventions_also_have_the_age_when_it_began(population: Population, given: Any) -> None:
    assert ages(population, interventions=began(AT_17), **given) == (5, 3)


@pytest.mark.parametrize(
    ("starts", "band"), [((AT_17, AT_20), 4), ((AT_20, AT_17), 4), ((AT_17, date(2025, 6, 2)), 3), ((None, AT_17), 3)]
)
def test_tables_review_of_a_case_goes_by_the_latest_intervention_begun_by_then(starts: Any, band: int) -> None:
    reviews = [{"case": 21, "held_date": AT_21}]
    assert ages(Population.REVIEWS, interventions=began(*starts), reviews=reviews) == (5, band)


@pytest.mark.parametrize("starts", [(), (None,), (date(2025, 6, 2),)])
def test_tables_review_of_a_case_where_nothing_has_begun_goes_by_its_own_day(starts: Any) -> None:
    reviews = [{"case": 21, "held_date": AT_21}]
    assert ages(Population.REVIEWS, interventions=began(*starts), reviews=reviews) == (5, 5)


def test_tables_review_of_a_case_is_not_aged_by_another_case() -> None:
    cases = [{"case": case, "client": 11, "unit_id": 7} for case in (21, 22)]
    other = [{"intervention": 31, "case": 22, "start_date": AT_17}]
    reviews = [{"case": 21, "held_date": AT_21}]
    assert ages(Population.REVIEWS, cases=cases, interventions=other, reviews=reviews) == (5, 5)


def test_tables_cost_of_an_intervention_without_a_first_day_has_no_age_at_its_start() -> None:
    costs = [{"intervention": 31, "cost_from": AT_21, "amount": 100}]
    assert ages(Population.COSTS, interventions=began(None), costs=costs) == (5, 0)


def test_tables_review_without_a_day_has_no_age() -> None:
    reviews = [{"case": 21}]
    assert ages(Population.REVIEWS, interventions=began(AT_17), reviews=reviews) == (0, 0)


def test_tables_intervention_without_a_unit_has_the_cases() -> None:
    assert (only(Population.INTERVENTIONS)["unit"], only(Population.INTERVENTIONS)["committee"]) == (1, 1)


def test_tables_intervention_has_its_own_unit_first() -> None:
    units = [
        {"id": 7, "code": "A", "name": "A", "committee_id": 1},
        {"id": 3, "code": "B", "name": "B", "committee_id": 1},
    ]
    rows = [{"intervention": 31, "case": 21, "unit_id": 3, "start_date": date(2025, 2, 1)}]
    assert only(Population.INTERVENTIONS, units=units, interventions=rows)["unit"] == 2


def test_tables_intervention_without_a_decision_has_the_cases() -> None:
    cases = [{"case": 21, "client": 11, "intake_date": date(2025, 1, 10), "decision_date": date(2025, 1, 20)}]
    assert only(Population.INTERVENTIONS, cases=cases)["decision_date"] == date(2025, 1, 20)


@pytest.mark.parametrize("population", [Population.CLIENTS, Population.CASES, Population.INTERVENTIONS])
def test_tables_protected_client_is_placed_nowhere(population: Population) -> None:
    providers = [{"id": 1, "code": "P", "name": "P"}]
    rows = [{"intervention": 31, "case": 21, "provider_id": 1, "start_date": date(2025, 2, 1)}]
    row = only(population, clients=[{"client": 11, "protected": True}], providers=providers, interventions=rows)
    assert [row[place] for place in ("committee", "unit", "provider") if place in row] in ([0, 0], [0, 0, 0])


def test_tables_client_has_the_day_and_unit_of_the_first_case() -> None:
    cases = [
        {"case": 22, "client": 11, "unit_id": 0, "intake_date": None},
        {"case": 23, "client": 11, "unit_id": 0, "intake_date": date(2025, 5, 1)},
        {"case": 21, "client": 11, "unit_id": 7, "intake_date": date(2024, 5, 1)},
    ]
    row = only(Population.CLIENTS, cases=cases)
    assert (row["first_intake_date"], row["unit"]) == (date(2024, 5, 1), 1)


def test_tables_client_without_a_case_has_a_row() -> None:
    row = only(Population.CLIENTS, cases=[], interventions=[])
    assert (row["first_intake_date"], row["unit"], row["age"]) == (None, 0, None)


def follow_up(number: int, day: date | None, **values: Any) -> dict[str, Any]:
    return {"follow_up": number, "intervention": 31, "follow_up_date": day, **values}


def test_tables_latest_follow_up_is_taken_whole() -> None:
    rows = [
        follow_up(1, date(2025, 9, 1), goal_attainment=2),
        follow_up(2, date(2025, 3, 1), goal_attainment=5, collaboration=[3], coordinated_plan=1),
        follow_up(3, None, goal_attainment=6),
    ]
    row = only(Population.INTERVENTIONS, follow_ups=rows)
    assert (row["follow_up_date"], row["goal_attainment"], row["follow_ups"]) == (date(2025, 9, 1), 2, 3)
    assert (row["collaboration"], row["coordinated_plan"]) == ([], 0)


def test_tables_intervention_has_the_day_of_its_first_follow_up_beside_the_latest() -> None:
    days = (date(2025, 9, 1), date(2025, 3, 1), None)
    row = only(Population.INTERVENTIONS, follow_ups=[follow_up(number, day) for number, day in enumerate(days)])
    assert (row["first_follow_up_date"], row["follow_up_date"]) == (date(2025, 3, 1), date(2025, 9, 1))


@pytest.mark.parametrize("follow_ups", [[], [follow_up(1, None)]])
def test_tables_intervention_that_nobody_followed_up_on_a_known_day_has_no_first(follow_ups: list) -> None:
    assert only(Population.INTERVENTIONS, follow_ups=follow_ups)["first_follow_up_date"] is None


def test_tables_follow_up_has_its_own_day_alone() -> None:
    found = tables(follow_ups=[follow_up(1, date(2025, 9, 1))])[Population.FOLLOW_UPS]
    assert "first_follow_up_date" not in found.columns


def test_tables_follow_up_of_the_same_day_goes_by_its_key() -> None:
    rows = [follow_up(2, date(2025, 3, 1), goal_attainment=5), follow_up(1, date(2025, 3, 1), goal_attainment=1)]
    assert only(Population.INTERVENTIONS, follow_ups=rows)["goal_attainment"] == 5


def test_tables_follow_up_has_its_own_values_and_what_stands_above() -> None:
    rows = [follow_up(1, date(2025, 9, 1), goal_attainment=2), follow_up(2, date(2025, 3, 1), goal_attainment=5)]
    found = tables(follow_ups=rows)[Population.FOLLOW_UPS]
    assert found["goal_attainment"].to_list() == [2, 5]
    assert found["start_date"].to_list() == [date(2025, 2, 1)] * 2


@pytest.mark.parametrize(
    ("due", "held", "verdict"),
    [
        (date(2025, 5, 1), date(2025, 5, 1), 1),
        (date(2025, 5, 1), date(2025, 5, 2), 2),
        (date(2025, 5, 1), None, 3),
        (None, date(2025, 5, 1), 0),
        (None, None, 0),
    ],
)
def test_tables_review_in_time(due: date | None, held: date | None, verdict: int) -> None:
    rows = [{"case": 21, "intervention": 31, "due_date": due, "held_date": held}]
    row = only(Population.REVIEWS, reviews=rows)
    assert (row["review_in_time"], row["review_date"]) == (verdict, due or held)


def test_tables_review_of_a_case_alone_has_the_columns_of_the_case() -> None:
    rows = [{"case": 21, "held_date": date(2025, 5, 1)}]
    row = only(Population.REVIEWS, clients=[{"client": 11, "birth_date": date(2015, 5, 1)}], reviews=rows)
    assert (row["intake_date"], row["unit"], row["age"]) == (date(2025, 1, 10), 1, 10)
    assert (row["intervention"], row["intervention_type"], row["provider"], row["start_date"]) == (None, [], 0, None)


def test_tables_reviews_of_both_kinds_stand_in_one_table() -> None:
    rows = [{"case": 21, "due_date": date(2025, 5, 1)}, {"case": 21, "intervention": 31, "due_date": date(2025, 6, 1)}]
    assert tables(reviews=rows)[Population.REVIEWS]["intervention"].to_list() == [None, 31]


def test_tables_cost_is_in_kronor() -> None:
    costs = [{"intervention": 31, "cost_from": date(2025, 3, 1), "amount": 123_456}]
    assert only(Population.COSTS, costs=costs)["amount"] == 1234.56


def test_tables_rows_are_in_the_order_of_their_keys() -> None:
    clients = [{"client": client} for client in (13, 11, 12)]
    cases = [{"case": case, "client": 11 + case % 3, "intake_date": date(2025, 1, 1)} for case in (5, 3, 4, 1)]
    found = tables(clients=clients, cases=cases, interventions=[])[Population.CASES]
    assert found.select("client", "case").rows() == [(11, 3), (12, 1), (12, 4), (13, 5)]


def test_tables_cases_count_their_interventions() -> None:
    rows = [{"intervention": number, "case": 21, "start_date": date(2025, 2, 1)} for number in (31, 32)]
    assert only(Population.CASES, interventions=rows)["interventions"] == 2


def test_level_has_the_days_that_its_unit_was_there() -> None:
    day = date(2025, 6, 30)
    units = [{"id": 7, "code": "BU", "name": "Barn och unga", "committee_id": 1, "valid_to": day}]
    table = make_tables(made_register(units=units), standard())[Population.CASES]
    assert table.columns["unit"].levels == (SnapshotLevel("BU", "Barn och unga", "Barn och unga", None, day),)
