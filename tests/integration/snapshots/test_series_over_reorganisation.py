"""From the register to the answer: a unit that splits, and two that merge, keep their series on the old tree and on the
new, counted beside by plain loops over the register's own rows."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import people
import pytest

from skillnad.analysis.engines.in_memory import InMemoryEngine
from skillnad.analysis.questions import Count, Selection
from skillnad.analysis.results import TOTAL
from skillnad.analysis.snapshot import Snapshot, open_snapshot
from skillnad.analysis.trees import on_tree
from skillnad.codebook.snapshot_schema import Population
from skillnad.codebook.trees import UnitSpell
from skillnad.organisation.actions import add_units
from skillnad.organisation.history import actions
from skillnad.organisation.models import Unit
from skillnad.organisation.places import UnitPlace
from skillnad.register.models import Case
from skillnad.snapshots.actions import make_snapshot

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
WHEN: dict[str, Any] = {"by": people.BY, "at": people.NOW}
DAY = date(2025, 1, 1)
BEFORE, AFTER = {"BU": 5, "V": 3, "O": 2}, {"BARN": 2, "UNGA": 4, "VO": 6}
OLD = {"Barn och unga": {"BU", "BARN", "UNGA"}, "Väster + Öster": {"V", "O", "VO"}, "Funktionsstöd": {"LSS"}}
NEW = {"Barn + Unga": {"BU", "BARN", "UNGA"}, "Vuxna": {"V", "O", "VO"}, "Funktionsstöd": {"LSS"}}


def worked(code: str, year: int, many: int) -> None:
    unit = Unit.objects.get(code=code)
    for number in range(1, many + 1):
        client = people.client(unit.pk * 100 + number, birth_date=date(2001, 2, 3))
        people.case(client, f"{code}-{number}", unit=unit, intake_date=date(year, 2, number))


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    """Two years of cases, with the reorganisation between them."""
    municipality = people.exempelby()
    places = (UnitPlace("V", "Väster", committee="SN"), UnitPlace("O", "Öster", committee="SN"))
    add_units(municipality=municipality, units=places, **WHEN)
    for code, many in BEFORE.items():
        worked(code, 2024, many)
    into = [UnitSpell("BARN", "Barn", ""), UnitSpell("UNGA", "Unga", "")]
    actions.split_unit(unit="BU", into=into, day=DAY, **WHEN)
    actions.merge_units(units=["V", "O"], into=UnitSpell("VO", "Vuxna", ""), day=DAY, **WHEN)
    for code, many in AFTER.items():
        worked(code, 2025, many)
    return open_snapshot(make_snapshot(as_of=date(2025, 12, 31), home=tmp_path, **WHEN).path)


def plainly(lines: dict[str, set[str]]) -> Counter[tuple[str, str]]:
    """Each case of the register by its year, in the line that has its unit."""
    told = Case.objects.values_list("intake_date", "unit__code")
    return Counter((str(day.year), name) for day, code in told if day for name, units in lines.items() if code in units)


@pytest.mark.parametrize(("day", "lines"), [("2024-12-31", OLD), ("2025-01-01", NEW), ("", NEW)])
def test_unit_that_split_and_units_that_merged_keep_their_series(snapshot: Snapshot, day: str, lines: Any) -> None:
    question = Count(Selection(Population.CASES), ("year:intake_date", f"unit@{day}"))
    raw = InMemoryEngine().count(snapshot, on_tree(question, snapshot.manifest))
    expected = plainly(lines)
    assert {key: count for key, count in raw.counts.items() if key in expected} == dict(expected)
    assert [raw.counts[(year, TOTAL)] for year in ("2024", "2025")] == [10, 12]
    assert sum(expected.values()) == raw.counts[(TOTAL, TOTAL)] == 22
