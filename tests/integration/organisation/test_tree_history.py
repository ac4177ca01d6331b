"""The tree's history in the database: told by actions, never rewritten, and refused whole."""

from datetime import date
from importlib import import_module
from typing import Any

import people
import pytest
from django.apps import apps
from django.db import transaction
from django.db.utils import DatabaseError

from skillnad.audit.models import AuditEvent
from skillnad.codebook.trees import Succession, TreeHistory, UnitSpell
from skillnad.lib.errors import UserError
from skillnad.organisation.actions import add_units, set_up_tree
from skillnad.organisation.history import actions
from skillnad.organisation.history.queries import all_records, recorded_history
from skillnad.organisation.history.records import SuccessionRecord, UnitRecord
from skillnad.organisation.models import Unit
from skillnad.organisation.places import Place, Tree, UnitPlace

pytestmark = [pytest.mark.django_db, pytest.mark.database]
WHEN: dict[str, Any] = {"by": people.BY, "at": people.NOW}
DAY, EVE = date(2025, 1, 1), date(2024, 12, 31)


def told(code: str = "BU") -> list[tuple[str, date | None, date | None]]:
    spells = recorded_history().spells
    return [(spell.name, spell.first_day, spell.last_day) for spell in spells if spell.code == code]


def split_bu() -> None:
    into = [UnitSpell("B", "Barn", ""), UnitSpell("U", "Unga", "")]
    actions.split_unit(unit="BU", into=into, day=DAY, **WHEN)


def test_units_are_told_of_when_the_tree_is_set_up() -> None:
    people.exempelby()
    assert told() == [("Barn och unga", None, None)]
    assert UnitRecord.objects.count() == 2


def test_unit_of_an_extract_is_told_of() -> None:
    add_units(municipality=people.exempelby(), units=(UnitPlace("NY", "Nya enheten"),), **WHEN)
    assert UnitRecord.objects.get(unit__code="NY").made_by == people.BY


def test_unit_that_nobody_has_told_of_is_as_it_is() -> None:
    Unit.objects.create(code="X", name="X", municipality=people.exempelby(), committee=people.committee())
    assert told("X") == [("X", None, None)]


def test_renamed_unit_has_both_names_each_in_its_time() -> None:
    people.exempelby()
    actions.rename_unit(unit="BU", name="Barnenheten", day=DAY, **WHEN)
    assert told() == [("Barn och unga", None, EVE), ("Barnenheten", DAY, None)]
    assert Unit.objects.get(code="BU").name == "Barnenheten"


def test_moved_unit_is_in_its_new_committee() -> None:
    people.exempelby()
    actions.move_unit(unit="BU", committee="ON", day=DAY, **WHEN)
    assert Unit.objects.get(code="BU").committee.code == "ON"
    assert [spell.committee for spell in recorded_history().spells if spell.code == "BU"] == ["SN", "ON"]


def test_closed_unit_ends_and_stays() -> None:
    people.exempelby()
    actions.close_unit(unit="BU", day=EVE, **WHEN)
    assert Unit.objects.get(code="BU").valid_to == EVE


def test_split_unit_makes_its_successors() -> None:
    people.exempelby()
    split_bu()
    assert Unit.objects.get(code="U").committee.code == "SN"
    assert recorded_history().successions == (Succession("BU", "B", DAY), Succession("BU", "U", DAY))


def test_merged_units_make_one() -> None:
    people.exempelby()
    actions.merge_units(units=["BU", "LSS"], into=UnitSpell("ALLA", "Alla", "SN"), day=DAY, **WHEN)
    ended = Unit.objects.filter(valid_to=EVE).values_list("code", flat=True)
    assert sorted(ended) == ["BU", "LSS"]
    assert Unit.objects.get(code="ALLA").valid_from == DAY


def test_what_was_said_before_stays_and_says_by_whom() -> None:
    people.exempelby()
    first = UnitRecord.objects.get(unit__code="BU")
    actions.rename_unit(unit="BU", name="Barnenheten", day=DAY, by="operator:other", at=people.NOW)
    assert UnitRecord.objects.get(pk=first.pk).valid_to is None
    assert UnitRecord.objects.get(replaces=first).made_by == "operator:other"
    assert next(all_records()) == first


@pytest.mark.parametrize("model", [UnitRecord, SuccessionRecord])
def test_database_refuses_to_change_or_remove(model: Any) -> None:
    people.exempelby()
    split_bu()
    for write in (lambda: model.objects.update(made_by="nobody"), lambda: model.objects.all()._raw_delete("default")):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            write()


def test_each_change_is_one_event_of_the_log() -> None:
    people.exempelby()
    before = AuditEvent.objects.count()
    split_bu()
    event = AuditEvent.objects.latest("pk")
    assert AuditEvent.objects.count() == before + 1
    assert (event.action, event.subjects) == ("organisation.split_unit", ["BU"])
    assert event.details == {"from": "2025-01-01", "into": ["B", "U"]}


@pytest.mark.parametrize(
    ("unit", "committee", "code"), [("BUU", "ON", "ORG-001"), ("BU", "XX", "ORG-002"), ("LSS", "ON2", "ORG-002")]
)
def test_refused_change_changes_nothing(unit: str, committee: str, code: str) -> None:
    people.exempelby()
    before = (UnitRecord.objects.count(), AuditEvent.objects.count(), recorded_history())
    with pytest.raises(UserError, match=code):
        actions.move_unit(unit=unit, committee=committee, day=DAY, **WHEN)
    assert (UnitRecord.objects.count(), AuditEvent.objects.count(), recorded_history()) == before


def test_split_into_a_place_that_is_not_there_makes_no_unit() -> None:
    people.exempelby()
    into = [UnitSpell("B", "Barn", "SN"), UnitSpell("U", "Unga", "XX")]
    with pytest.raises(UserError, match="ORG-002"):
        actions.split_unit(unit="BU", into=into, day=DAY, **WHEN)
    assert Unit.objects.count() == 2


HISTORY = TreeHistory(
    (
        UnitSpell("BU", "Barn, unga", "SN", "", date(2020, 1, 1), EVE),
        UnitSpell("BUV", "Barn, unga, vuxna", "SN", "", DAY),
    ),
    (Succession("BU", "BUV", DAY),),
)


def test_history_of_a_file_takes_the_place_of_what_was_known() -> None:
    people.exempelby()
    assert actions.import_history(told=HISTORY, **WHEN) == 3
    assert told() == [("Barn, unga", date(2020, 1, 1), EVE)]
    assert told("LSS") == [("Funktionsstöd", None, None)]


def test_same_history_again_adds_nothing() -> None:
    people.exempelby()
    actions.import_history(told=HISTORY, **WHEN)
    assert actions.import_history(told=HISTORY, **WHEN) == 0


def test_corrected_succession_is_withdrawn_and_not_removed() -> None:
    people.exempelby()
    actions.import_history(told=HISTORY, **WHEN)
    actions.import_history(told=TreeHistory(HISTORY.spells), **WHEN)
    assert recorded_history().successions == ()
    assert SuccessionRecord.objects.count() == 2


def test_circular_history_is_refused_whole() -> None:
    people.exempelby()
    pairs = (*HISTORY.successions, Succession("BUV", "BU", DAY))
    with pytest.raises(UserError, match="ORG-006"):
        actions.import_history(told=TreeHistory(HISTORY.spells, pairs), **WHEN)
    assert Unit.objects.filter(code="BUV").count() == 0


def test_tree_that_is_set_up_again_leaves_the_reorganised_as_they_are() -> None:
    people.exempelby()
    actions.rename_unit(unit="BU", name="Barnenheten", day=DAY, **WHEN)
    people.exempelby()
    assert Unit.objects.get(code="BU").name == "Barnenheten"


def test_other_name_in_the_tree_is_a_correction_of_one_that_was_never_reorganised() -> None:
    people.exempelby()
    set_up_tree(tree=Tree(Place("1234", "Exempelby"), units=(UnitPlace("BU", "Barnenheten", committee="SN"),)), **WHEN)
    assert told() == [("Barnenheten", None, None)]
    assert UnitRecord.objects.filter(unit__code="BU").count() == 2


def test_units_from_before_there_was_a_history_are_told_by_the_migration() -> None:
    Unit.objects.create(code="X", name="X", municipality=people.exempelby(), committee=people.committee())
    import_module("skillnad.organisation.migrations.0003_history").tell_of_units(apps, None)
    assert UnitRecord.objects.get(unit__code="X").made_by == "migration"


def test_history_of_no_municipality_is_refused() -> None:
    with pytest.raises(UserError, match="ORG-012"):
        actions.import_history(told=HISTORY, **WHEN)
