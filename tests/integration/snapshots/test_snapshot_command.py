"""`skillnad snapshot`, as it is typed."""

import json
from pathlib import Path
from typing import Any

import people
import pytest
from typer.testing import CliRunner

from skillnad.cli.main import build
from skillnad.lib.errors import UserError
from skillnad.snapshots.models import Snapshot

pytestmark = pytest.mark.django_db(transaction=True)


def typed(*arguments: str) -> Any:
    """The command among another: alone, typer would take its name for an argument."""
    return CliRunner().invoke(build(["snapshot", "codebook"]), ["snapshot", *arguments])


def test_snapshot_command_says_where_and_how_many(tmp_path: Path) -> None:
    people.cecilia()
    people.exempelby()
    done = typed("--as-of", "2025-12-31", "--out", str(tmp_path))
    made = Snapshot.objects.get()
    place, counts = done.stdout.splitlines()
    assert Path(place) == tmp_path / made.id
    assert counts.startswith("2025-12-31: 1 brukare, 0 ärenden, 0 insatser")


def test_snapshot_command_writes_json_for_a_program(tmp_path: Path) -> None:
    people.exempelby()
    told = json.loads(typed("--as-of", "2025-12-31", "--out", str(tmp_path), "--json").stdout)
    assert told == {
        "id": Snapshot.objects.get().id,
        "path": str(tmp_path / told["id"]),
        "as_of": "2025-12-31",
        "rows": dict.fromkeys(["clients", "cases", "interventions", "follow_ups", "reviews", "costs"], 0),
    }


def test_snapshot_command_stands_under_home_where_no_folder_is_given(home: Path) -> None:
    people.exempelby()
    typed()
    assert Path(Snapshot.objects.get().path).parent == home / "snapshots"


@pytest.mark.parametrize(("day", "code"), [("31/12 2025", "SNAP-027"), ("2999-01-01", "SNAP-026")])
def test_snapshot_command_refuses_a_day_that_is_none(tmp_path: Path, day: str, code: str) -> None:
    done = typed("--as-of", day, "--out", str(tmp_path))
    assert isinstance(done.exception, UserError)
    assert done.exception.code == code
    assert not list(tmp_path.iterdir())
