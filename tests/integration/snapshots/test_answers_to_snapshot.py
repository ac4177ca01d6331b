"""A file of answers, through the store and the writer's own process, to the table of answers and a question of it."""

from datetime import date
from pathlib import Path
from typing import Any

import people
import polars as pl
import pytest
from answer_files import written
from typer.testing import CliRunner

from skillnad.analysis.snapshot import Snapshot, open_snapshot
from skillnad.cli.main import build
from skillnad.codebook.snapshot_schema import Population
from skillnad.collection.actions import import_answers
from skillnad.instruments.loading import load_instrument
from skillnad.lib.errors import UserError
from skillnad.snapshots.actions import make_snapshot

pytestmark = pytest.mark.django_db(transaction=True)

DAY = date(2025, 12, 31)
MAY, JUNE = "2025-05-02", "2025-06-02"


@pytest.fixture
def followed_up() -> Any:
    """Cecilia's residential care, with a follow-up in June."""
    case = people.case(people.cecilia(), unit=people.unit(), intake_date=date(2025, 2, 2))
    intervention = people.intervention(case, start_date=date(2025, 3, 1), intervention_type="12")
    return people.follow_up(intervention, follow_up_date=date(2025, 6, 1), goal_attainment="2")


def take_in(tmp_path: Path, instrument: str, *rows: dict[str, object]) -> None:
    path = written(tmp_path / f"{instrument}.csv", *({"key": str(n), **row} for n, row in enumerate(rows)))
    found = import_answers(path=path, instrument=load_instrument(instrument), by=people.BY, at=people.NOW)
    assert [(one.column, one.code) for one in found.refusals] == []
    assert found.new == len(rows)


def snapshot_of(home: Path, as_of: date = DAY) -> Snapshot:
    return open_snapshot(make_snapshot(by=people.BY, at=people.NOW, as_of=as_of, home=home).path, verify=True)


def answers_in(snapshot: Snapshot) -> list[dict[str, Any]]:
    columns = snapshot.table(Population.ANSWERS).columns
    rows = pl.read_parquet(snapshot.file(Population.ANSWERS)).to_dicts()
    codes = {name: ["", *(level.code for level in column.levels)] for name, column in columns.items()}
    return [{name: codes[name][v] if columns[name].kind == "code" else v for name, v in row.items()} for row in rows]


def judged(day: str, **answers: str) -> dict[str, object]:
    return {"date": day, "follow_up": "follow-up-1", "perspective": "client", **answers}


def test_client_and_caseworker_reach_one_row_with_the_follow_ups_columns(followed_up: Any, tmp_path: Path) -> None:
    client = judged(MAY, c1="1", c2="2", c3="2")
    caseworker = judged(JUNE, perspective="caseworker", w1="1", w2="1", w3="3", w4="2")
    take_in(tmp_path, "hvb_pilot_2022", client, caseworker)
    (row,) = answers_in(snapshot_of(tmp_path / "s"))
    assert (row["hvb_pilot_2022__c3"], row["hvb_pilot_2022__w4"]) == ("2", "2")
    assert (row["goal_attainment"], row["unit"], row["answer_date"]) == ("2", "BU", date(2025, 6, 2))


def test_score_and_slot_reach_their_columns(followed_up: Any, tmp_path: Path) -> None:
    take_in(tmp_path, "ors", judged(MAY, individual="5,6", close="9,7", social="8,7", overall="1,0"))
    take_in(tmp_path, "skr6", {**judged(MAY, b1a="1", b1b="3", b2="2", b3="1"), "slot.since": "previous"})
    ors, six = answers_in(snapshot_of(tmp_path / "s"))
    assert (ors["ors__total"], ors["ors__total__adult"]) == (25.0, "not_clinical")
    assert (six["skr6__since"], six["skr6__b2"]) == ("previous", "2")


def test_answer_after_the_day_is_not_there_yet(followed_up: Any, tmp_path: Path) -> None:
    take_in(tmp_path, "skr6", judged(MAY, b3="1"), judged("2025-11-02", b3="4"))
    found = answers_in(snapshot_of(tmp_path / "s", as_of=date(2025, 7, 1)))
    assert [row["skr6__b3"] for row in found] == ["1"]


def test_answer_on_what_had_not_happened_is_not_there(followed_up: Any, tmp_path: Path) -> None:
    """The follow-up is in June: what someone said of it in May has nothing to stand on before that."""
    take_in(tmp_path, "skr6", judged(MAY, b3="1"))
    made = snapshot_of(tmp_path / "s", as_of=date(2025, 5, 20))
    assert Population.ANSWERS not in made.manifest.tables


def test_snapshot_names_the_versions_that_were_answered(followed_up: Any, tmp_path: Path) -> None:
    take_in(tmp_path, "skr6", judged(MAY, b3="1"))
    six = load_instrument("skr6")
    assert snapshot_of(tmp_path / "s").manifest.instruments == (("skr6", six.version, six.digest),)


def test_register_without_answers_gives_the_snapshot_that_it_gave(followed_up: Any, tmp_path: Path) -> None:
    manifest = snapshot_of(tmp_path / "s").manifest
    assert Population.ANSWERS not in manifest.tables
    assert manifest.instruments == ()


def test_answers_on_an_instrument_that_is_gone_stop_the_snapshot(
    followed_up: Any, tmp_path: Path, settings: Any
) -> None:
    from skillnad.collection.models import Submission

    take_in(tmp_path, "skr6", judged(MAY, b3="1"))
    Submission.everyone.update(instrument="borttaget")
    with pytest.raises(UserError, match="SNAP-028") as refused:
        snapshot_of(tmp_path / "s")
    assert "borttaget" in refused.value.problems[0].sv
    assert not list((tmp_path / "s").glob("*/manifest.json"))


def test_command_takes_a_question_by_its_instrument(followed_up: Any, tmp_path: Path) -> None:
    take_in(tmp_path, "skr6", judged(MAY, b3="1"))
    made = snapshot_of(tmp_path / "s")
    asked = ["table", "--of", "answers", "--rows", "skr6.b3", "--columns", "legal_sex", "--snapshot", str(made.path)]
    done = CliRunner().invoke(build(["table"]), asked)
    assert done.exit_code == 0, done.output
    assert "Nöjdhet" in done.stdout
    assert "Mycket nöjd" in done.stdout
