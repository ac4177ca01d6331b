"""Register to files and back, through the writer's own process."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import people
import polars as pl
import pytest

from skillnad.analysis.snapshot import open_snapshot
from skillnad.audit.models import AuditEvent
from skillnad.codebook.snapshot_schema import Population
from skillnad.lib.errors import UserError
from skillnad.register.models import Cost, Review
from skillnad.snapshots.actions import make_snapshot
from skillnad.snapshots.models import Snapshot
from skillnad.snapshots.queries import latest_snapshot

pytestmark = pytest.mark.django_db(transaction=True)

DAY = date(2025, 12, 31)


def make(home: Path, as_of: date = DAY) -> Snapshot:
    return make_snapshot(by=people.BY, at=people.NOW, as_of=as_of, home=home)


def rows(made: Snapshot, population: Population) -> list[dict[str, Any]]:
    """A table's rows with codes in place of levels."""
    opened = open_snapshot(made.path, verify=True)
    columns = opened.table(population).columns
    found = pl.read_parquet(opened.file(population)).to_dicts()
    return [{name: said(columns[name], value) for name, value in row.items()} for row in found]


def said(column: Any, value: Any) -> Any:
    codes = ["", *(level.code for level in column.levels)]
    if not column.levels:
        return value
    return [codes[level] for level in value] if isinstance(value, list) else codes[value]


@pytest.fixture
def placement() -> Any:
    """Cecilia (24) in residential care, followed up twice."""
    case = people.case(
        people.cecilia(origin="1"),
        unit=people.unit(),
        intake_date=date(2025, 2, 2),
        intake_reason="1;14",
        problem="6",
        closed_date=date(2026, 2, 1),
    )
    intervention = people.intervention(
        case, decision_date=date(2025, 2, 20), start_date=date(2025, 3, 1), end_date=date(2026, 1, 31),
        intervention_type="12", adherence_to_plan="1", closing_reason="9",
    )  # fmt: skip
    people.follow_up(intervention, "1", follow_up_date=date(2025, 6, 1), goal_attainment="4", collaboration="3")
    people.follow_up(intervention, "2", follow_up_date=date(2025, 9, 1), goal_attainment="2")
    return intervention


def test_snapshot_intervention_has_client_case_and_latest_follow_up(placement: Any, tmp_path: Path) -> None:
    (row,) = rows(make(tmp_path), Population.INTERVENTIONS)
    assert row["legal_sex"] == "1"
    assert row["intake_reason"] == ["1", "14"]
    assert row["intervention_type"] == ["12"]
    assert (row["unit"], row["committee"], row["provider"]) == ("BU", "SN", "")
    assert (row["follow_ups"], row["goal_attainment"], row["collaboration"]) == (2, "2", [])
    assert (row["age"], row["age_group"]) == (24, "21-24")


def test_snapshot_day_leaves_open_what_ended_later(placement: Any, tmp_path: Path) -> None:
    (row,) = rows(make(tmp_path), Population.INTERVENTIONS)
    assert row["end_date"] is None
    assert row["closed_date"] is None
    assert (row["closing_reason"], row["adherence_to_plan"]) == ("", "")


def test_snapshot_later_day_sees_the_end(placement: Any, tmp_path: Path) -> None:
    (row,) = rows(make(tmp_path, date(2026, 2, 1)), Population.INTERVENTIONS)
    assert (row["end_date"], row["closing_reason"]) == (date(2026, 1, 31), "9")


def test_snapshot_before_the_intervention_has_the_case_alone(placement: Any, tmp_path: Path) -> None:
    made = make(tmp_path, date(2025, 2, 20))
    assert made.rows["cases"] == 1
    assert made.rows["interventions"] == made.rows["follow_ups"] == 0


def test_snapshot_case_is_decided_by_its_earliest_intervention(placement: Any, tmp_path: Path) -> None:
    (row,) = rows(make(tmp_path, date(2025, 2, 20)), Population.CASES)
    assert (row["decision_date"], row["interventions"]) == (date(2025, 2, 20), 0)


def test_snapshot_protected_client_is_placed_nowhere(placement: Any, tmp_path: Path) -> None:
    type(placement.case.client).everyone.update(protected=True)
    made = make(tmp_path)
    for population in (Population.CLIENTS, Population.CASES, Population.INTERVENTIONS):
        (row,) = rows(made, population)
        assert (row["unit"], row["committee"]) == ("", "")


def test_snapshot_costs_are_in_kronor(placement: Any, tmp_path: Path) -> None:
    Cost.everyone.create(
        source="t", source_key="1", intervention=placement, from_date=date(2025, 3, 1), to_date=DAY, amount=1_234_550
    )
    (row,) = rows(make(tmp_path), Population.COSTS)
    assert (row["amount"], row["intervention_type"]) == (12_345.5, ["12"])


def test_snapshot_review_says_whether_it_was_in_time(placement: Any, tmp_path: Path) -> None:
    for key, held in enumerate([date(2025, 9, 1), date(2025, 9, 2), date(2026, 1, 2), None]):
        Review.everyone.create(
            source="t",
            source_key=key,
            case=placement.case,
            intervention=placement,
            due_date=date(2025, 9, 1),
            held_date=held,
        )
    found = [row["review_in_time"] for row in rows(make(tmp_path), Population.REVIEWS)]
    assert sorted(found) == ["in_time", "late", "not_held", "not_held"]


def test_snapshot_of_the_same_register_is_the_same_bytes(placement: Any, tmp_path: Path) -> None:
    first, second = make(tmp_path / "a"), make(tmp_path / "b")
    assert first.id == second.id
    for file in (tmp_path / "a" / first.id).glob("*.parquet"):
        assert file.read_bytes() == (tmp_path / "b" / first.id / file.name).read_bytes()


def test_snapshot_made_again_keeps_its_first_time_of_making(placement: Any, tmp_path: Path) -> None:
    first = make(tmp_path)
    again = make_snapshot(by="operator:other", at=people.NOW.replace(hour=23), as_of=DAY, home=tmp_path)
    assert (again.id, again.made_at, again.made_by) == (first.id, people.NOW, people.BY)
    assert Snapshot.objects.count() == 1


def test_snapshot_is_recorded_with_an_audit_event(placement: Any, tmp_path: Path) -> None:
    made = make(tmp_path)
    assert latest_snapshot() == made
    event = AuditEvent.objects.get(action="snapshot.made")
    assert (event.by, event.subjects, event.details["rows"]) == (people.BY, [made.id], made.rows)


def test_snapshot_says_which_variable_has_a_code_outside_the_codebook(placement: Any, tmp_path: Path) -> None:
    type(placement).everyone.update(closing_reason="99")
    with pytest.raises(UserError) as error:
        make(tmp_path)
    assert (error.value.code, error.value.problems[0].where) == ("SNAP-020", "closing_reason")
    assert not Snapshot.objects.exists()
    assert [path.name for path in tmp_path.iterdir()] == []


def test_snapshot_of_an_empty_register_says_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="SNAP-023"):
        make(tmp_path)


def test_snapshot_of_a_register_without_people_has_six_empty_tables(tmp_path: Path) -> None:
    people.exempelby()
    made = make(tmp_path)
    assert set(made.rows.values()) == {0}
    assert open_snapshot(made.path, verify=True).manifest.municipality == "Exempelby"


def test_snapshot_of_a_day_to_come_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="SNAP-026"):
        make(tmp_path, date(2026, 3, 3))


def test_snapshot_day_is_the_municipalitys_and_not_greenwichs(tmp_path: Path) -> None:
    people.exempelby()
    new_year = datetime(2025, 12, 31, 23, 30, tzinfo=UTC)
    made = make_snapshot(by=people.BY, at=new_year, as_of=date(2026, 1, 1), home=tmp_path)
    assert made.as_of == date(2026, 1, 1)
