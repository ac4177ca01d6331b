"""What a municipality adds to the codebook, in its snapshots."""

from datetime import date
from pathlib import Path
from typing import Any

import people
import polars as pl
import pytest

from skillnad.analysis.snapshot import Snapshot, open_snapshot
from skillnad.codebook.snapshot_schema import Population
from skillnad.lib.errors import UserError
from skillnad.snapshots.actions import make_snapshot

pytestmark = pytest.mark.django_db(transaction=True)

ADDITIONS = """
not_used = ["origin"]
also_use = ["stated_gender"]

[[value]]
variable = "intervention_type"
code = "skyddat"
sv = "Skyddat boende"

[[variable]]
id = "old_kind"
kind = "single"
entity = "intervention"
step = "decide"
sv = "Insats i det gamla systemet"
values = [{ code = "FH", sv = "Familjehem" }, { code = "SKY", sv = "Skydd" }]
maps_to = "intervention_type"
mapping = { FH = "10", SKY = "skyddat" }

[[variable]]
id = "score"
kind = "number"
entity = "client"
step = "investigate"
sv = "Poäng"

[[variable]]
id = "note"
kind = "text"
entity = "case"
step = "investigate"
sv = "Anteckning"
"""


@pytest.fixture
def additions(tmp_path: Path, settings: Any) -> Path:
    folder = tmp_path / "codebook"
    folder.mkdir()
    (folder / "kommun.toml").write_text(ADDITIONS, encoding="utf-8")
    settings.SKILLNAD_LOCAL_CODEBOOK = folder
    return folder


@pytest.fixture
def made(additions: Path, tmp_path: Path) -> Snapshot:
    """One client with a score, a note nobody outside may read, and two interventions with old codes."""
    people.exempelby()
    client = people.client(origin="1", stated_gender="annat", local_values={"score": 17.5})
    case = people.case(client, intake_date=date(2025, 1, 1), local_values={"note": "hemligt"})
    start = date(2025, 2, 1)
    people.intervention(case, "1", start_date=start, local_values={"old_kind": "SKY"})
    people.intervention(case, "2", start_date=start, intervention_type="12", local_values={"old_kind": "FH"})
    people.intervention(case, "3", start_date=start)
    return snapshot(tmp_path)


def snapshot(home: Path) -> Snapshot:
    made = make_snapshot(by=people.BY, at=people.NOW, as_of=date(2025, 12, 31), home=home / "snapshots")
    return open_snapshot(made.path, verify=True)


def codes(opened: Snapshot, column: str) -> list[Any]:
    levels = ["", *(level.code for level in opened.column(Population.INTERVENTIONS, column).levels)]
    values = pl.read_parquet(opened.file(Population.INTERVENTIONS))[column].to_list()
    return [[levels[each] for each in value] if isinstance(value, list) else levels[value] for value in values]


def test_snapshot_derives_the_standard_from_the_old_series(made: Snapshot) -> None:
    assert codes(made, "old_kind") == ["SKY", "FH", ""]
    assert codes(made, "intervention_type") == [["skyddat"], ["12"], []]


def test_snapshot_has_local_numbers_and_stated_gender(made: Snapshot) -> None:
    row = pl.read_parquet(made.file(Population.CLIENTS)).row(0, named=True)
    assert row["score"] == 17.5
    assert codes(made, "stated_gender") == ["annat"] * 3


def test_snapshot_leaves_free_text_in_the_register(made: Snapshot) -> None:
    assert "note" not in made.table(Population.CASES).columns
    assert not any(b"hemligt" in file.read_bytes() for file in made.path.iterdir())


def test_snapshot_lists_what_is_not_used(made: Snapshot) -> None:
    assert "origin" in made.manifest.not_used
    assert "origin" not in made.table(Population.CLIENTS).columns


def test_snapshot_says_that_a_local_variable_has_left_the_codebook(made: Snapshot, additions: Path) -> None:
    (additions / "kommun.toml").write_text(ADDITIONS.replace('id = "score"', 'id = "points"'), encoding="utf-8")
    with pytest.raises(UserError, match=r"SNAP-021.*score"):
        snapshot(additions.parent)


def test_snapshot_keeps_a_local_variable_that_is_not_used_out(made: Snapshot, additions: Path) -> None:
    text = ADDITIONS.replace('not_used = ["origin"]', 'not_used = ["origin", "score"]')
    (additions / "kommun.toml").write_text(text, encoding="utf-8")
    again = snapshot(additions.parent)
    assert "score" not in again.table(Population.CLIENTS).columns
    assert again.id != made.id
