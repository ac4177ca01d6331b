"""A snapshot says what the units have been through, and nothing where none was ever reorganised."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import people
import pytest

from skillnad.codebook.snapshot_schema import MANIFEST
from skillnad.codebook.trees import Succession, TreeHistory, UnitSpell
from skillnad.organisation.history import actions
from skillnad.organisation.history.queries import recorded_history
from skillnad.organisation.models import Unit
from skillnad.snapshots.actions import make_snapshot

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
WHEN: dict[str, Any] = {"by": people.BY, "at": people.NOW}
DAY = date(2025, 1, 1)


def manifest(home: Path) -> Any:
    made = make_snapshot(as_of=date(2025, 12, 31), home=home, **WHEN)
    return json.loads((Path(made.path) / MANIFEST).read_text(encoding="utf-8"))


def test_snapshot_of_a_tree_that_never_changed_says_nothing_of_it(tmp_path: Path) -> None:
    people.exempelby()
    assert "tree" not in manifest(tmp_path)


def test_snapshot_has_the_history_as_it_stands(tmp_path: Path) -> None:
    people.exempelby()
    actions.rename_unit(unit="LSS", name="Stöd", day=DAY, **WHEN)
    into = [UnitSpell("B", "Barn", "", "", None), UnitSpell("U", "Unga", "")]
    actions.split_unit(unit="BU", into=into, day=DAY, **WHEN)
    tree = manifest(tmp_path)["tree"]
    assert tree["successions"] == [["BU", "B", "2025-01-01"], ["BU", "U", "2025-01-01"]]
    assert ["BU", "Barn och unga", "SN", "", "", "2024-12-31"] in tree["units"]
    assert len(tree["units"]) == len(recorded_history().spells) == 5


def test_snapshot_has_no_more_of_what_was_withdrawn(tmp_path: Path) -> None:
    people.exempelby()
    actions.rename_unit(unit="BU", name="Barnenheten", day=DAY, **WHEN)
    told = TreeHistory((UnitSpell("BU", "Barnenheten", "SN"),))
    actions.import_history(told=told, **WHEN)
    assert "tree" not in manifest(tmp_path)


def test_unit_that_nobody_told_of_is_in_the_tree_as_it_is(tmp_path: Path) -> None:
    Unit.objects.create(code="X", name="Ny", municipality=people.exempelby(), committee=people.committee())
    actions.import_history(told=TreeHistory((), (Succession("LSS", "BU", DAY),)), **WHEN)
    assert ["X", "Ny", "SN", "", "", ""] in manifest(tmp_path)["tree"]["units"]
