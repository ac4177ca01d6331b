"""`skillnad compare --municipality`: one snapshot of each municipality, compared by what each may show."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from snapshots_made import make_snapshot
from typer.testing import CliRunner

import skillnad
from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.questions import Share, Where
from skillnad.cli.main import build
from skillnad.codebook.manifest import named, write_manifest
from skillnad.codebook.snapshot_schema import MANIFEST
from skillnad.lib.errors import UserError

SHARE = ("--share", "legal_sex=2")


def _municipality(folder: Path, name: str, women: int, men: int, **how: str) -> Path:
    rows = [{"legal_sex": "2" if number < women else "1"} for number in range(women + men)]
    made = make_snapshot(folder / name, interventions=rows)
    manifest = named(replace(made.manifest, id="", municipality=name, **how))
    (folder / name / MANIFEST).write_text(write_manifest(manifest), "utf-8")
    return folder / name


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("two")
    return [_municipality(folder, "Ale", 60, 40), _municipality(folder, "Bro", 30, 70)]


def _compare(folders: list[Path], *arguments: str) -> Result:
    named = [text for folder in folders for text in ("--municipality", str(folder))]
    return CliRunner().invoke(build(["compare"]), ["compare", *named, *arguments])


def _code(done: Result) -> str:
    assert isinstance(done.exception, UserError)
    return done.exception.code


@pytest.mark.parametrize("by", [(), ("--by", "municipality")])
def test_municipalities_are_compared_as_from_python(two: list[Path], by: tuple[str, ...]) -> None:
    done = _compare(two, *SHARE, *by, "--format", "json")
    question = Comparison(Share(Where("legal_sex", ("2",)), by=("municipality",)))
    snapshots = [skillnad.open_snapshot(folder) for folder in two]
    right = json.loads(json.dumps(skillnad.ask_municipalities(snapshots, question).as_data()))
    assert json.loads(done.stdout) == right


def test_difference_between_municipalities_reads_verdict_first(two: list[Path]) -> None:
    said = _compare(two, *SHARE, "--against", "Bro").stdout
    assert said.startswith("**Skillnader i juridiskt kön ”Pojke/Man”: insatser, efter kommun**")
    assert said.index("Skillnad visad: Ale mot Bro") < said.index("| Ale |")


def test_columns_may_be_called_by_their_labels(two: list[Path]) -> None:
    assert "| Ale |" in _compare(two, "--share", "LEGAL_SEX=2").stdout


def test_answer_can_be_a_file(two: list[Path], tmp_path: Path) -> None:
    assert _compare(two, *SHARE, "--out", str(tmp_path / "kommuner.csv")).exit_code == 0
    assert (tmp_path / "kommuner.csv").read_text("utf-8-sig").startswith("Kommun")


WRONG = {
    "times": (("--from", "start_date", "--to", "end_date"), "ASK-060"),
    "adjusted": ((*SHARE, "--adjust", "origin"), "ASK-060"),
    "sample": ((*SHARE, "--chosen", "first_met"), "ASK-060"),
    "nobody": ((*SHARE, "--against", "Dal"), "ASK-056"),
    "column": (("--share", "legal_sexx=2"), "ASK-001"),
    "ranking": ((*SHARE, "--as", "ranking"), "ASK-072"),
    "groups": ((*SHARE, "--by", "unit"), "ASK-075"),
    "snapshot": ((*SHARE, "--snapshot", "here"), "ASK-076"),
}


@pytest.mark.parametrize(("arguments", "code"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_compared_between_municipalities_is_refused(two, arguments, code) -> None:
    assert _code(_compare(two, *arguments)) == code


def test_one_municipality_and_the_same_twice_are_refused(two: list[Path]) -> None:
    assert _code(_compare(two[:1], *SHARE)) == "ASK-061"
    assert _code(_compare([two[0], two[0]], *SHARE)) == "ASK-062"


def test_municipalities_of_two_codebooks_are_refused(two: list[Path], tmp_path: Path) -> None:
    other = _municipality(tmp_path, "Dal", 50, 50, codebook_version="0")
    assert _code(_compare([*two, other], *SHARE)) == "ASK-063"
