"""The register as it was on a day."""

from datetime import date, timedelta
from typing import Any

import pytest

from skillnad.snapshots.as_of import as_of_day
from skillnad.snapshots.rows import Register
from tests.unit.snapshots.registers import made_register, standard

DAY = date(2025, 6, 30)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


def seen(**tables: Any) -> Register:
    return as_of_day(made_register(**tables), standard(), DAY)


@pytest.mark.parametrize(("start", "known"), [(BEFORE, 1), (DAY, 1), (AFTER, 0), (None, 1)])
def test_as_of_intervention_is_known_from_its_first_day(start: date | None, known: int) -> None:
    assert seen(interventions=[{"intervention": 31, "case": 21, "start_date": start}]).interventions.height == known


@pytest.mark.parametrize(("end", "kept"), [(BEFORE, BEFORE), (DAY, DAY), (AFTER, None)])
def test_as_of_end_after_the_day_is_open(end: date, kept: date | None) -> None:
    rows = [{"intervention": 31, "case": 21, "start_date": BEFORE, "end_date": end}]
    assert seen(interventions=rows).interventions["end_date"].to_list() == [kept]


@pytest.mark.parametrize(("end", "reason"), [(DAY, 4), (AFTER, 0), (None, 4)])
def test_as_of_closing_reason_follows_the_end(end: date | None, reason: int) -> None:
    rows = [{"intervention": 31, "case": 21, "start_date": BEFORE, "end_date": end, "closing_reason": 4}]
    assert seen(interventions=rows).interventions["closing_reason"].to_list() == [reason]


def test_as_of_what_hangs_on_a_later_case_is_left_out() -> None:
    register = seen(
        cases=[{"case": 21, "client": 11, "intake_date": AFTER}],
        interventions=[{"intervention": 31, "case": 21, "start_date": BEFORE}],
        follow_ups=[{"follow_up": 41, "intervention": 31, "follow_up_date": BEFORE}],
        costs=[{"intervention": 31, "cost_from": BEFORE, "amount": 1}],
    )
    assert [register.interventions.height, register.follow_ups.height, register.costs.height] == [0, 0, 0]


@pytest.mark.parametrize(
    ("intakes", "known"), [([BEFORE], 1), ([AFTER], 0), ([AFTER, BEFORE], 1), ([AFTER, AFTER], 0), ([], 1), ([None], 1)]
)
def test_as_of_client_is_known_from_the_first_case(intakes: list[date | None], known: int) -> None:
    cases = [{"case": number, "client": 11, "intake_date": intake} for number, intake in enumerate(intakes)]
    assert seen(cases=cases, interventions=[]).clients.height == known


def decided(own: date | None, *interventions: dict[str, Any]) -> date | None:
    rows = [{"intervention": n, "case": 21, "start_date": BEFORE, **row} for n, row in enumerate(interventions)]
    case = {"case": 21, "client": 11, "intake_date": BEFORE, "decision_date": own}
    found = seen(cases=[case], interventions=rows).cases["decision_date"].item()
    assert found is None or isinstance(found, date)
    return found


def test_as_of_case_has_its_own_decision_first() -> None:
    assert decided(DAY, {"decision_date": BEFORE}) == DAY


def test_as_of_case_without_decision_has_the_earliest_of_its_interventions() -> None:
    assert decided(None, {"decision_date": DAY}, {"decision_date": BEFORE}, {"decision_date": None}) == BEFORE


def test_as_of_case_is_decided_by_an_intervention_that_has_not_begun() -> None:
    assert decided(None, {"decision_date": BEFORE, "start_date": AFTER}) == BEFORE


def test_as_of_decision_after_the_day_is_none() -> None:
    assert decided(AFTER, {"decision_date": AFTER}) is None


@pytest.mark.parametrize(
    ("due", "held", "kept"),
    [
        (DAY, None, [(DAY, None)]),
        (DAY, AFTER, [(DAY, None)]),
        (AFTER, None, []),
        (AFTER, DAY, [(AFTER, DAY)]),
        (AFTER, AFTER, []),
        (None, DAY, [(None, DAY)]),
        (None, None, [(None, None)]),
    ],
)
def test_as_of_review_is_due_or_held(due: date | None, held: date | None, kept: list[Any]) -> None:
    reviews = seen(reviews=[{"case": 21, "intervention": 31, "due_date": due, "held_date": held}]).reviews
    assert reviews.select("due_date", "held_date").rows() == kept


def test_as_of_review_of_a_case_alone_goes_with_the_case() -> None:
    later = {"case": 22, "client": 11, "unit_id": 0, "intake_date": AFTER}
    reviews = [{"case": case, "held_date": DAY} for case in (21, 22)]
    found = seen(cases=[{"case": 21, "client": 11, "unit_id": 0, "intake_date": DAY}, later], reviews=reviews)
    assert found.reviews["case"].to_list() == [21]


def test_as_of_cost_keeps_the_whole_of_its_period() -> None:
    costs = seen(costs=[{"intervention": 31, "cost_from": DAY, "cost_to": AFTER, "amount": 100}]).costs
    assert costs["cost_from"].to_list() == [DAY]


def test_as_of_birth_date_is_no_event() -> None:
    assert seen(clients=[{"client": 11, "birth_date": AFTER}]).clients["birth_date"].to_list() == [AFTER]
