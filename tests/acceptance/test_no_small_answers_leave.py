"""Few answers are planted: a unit where three were asked, two who are worst off, three who do not know, four who did
not answer. No chapter about answers, in either report, in any of its files, tells how many any of them are."""

from datetime import date
from pathlib import Path

import pytest
from canaries import leaks
from made_answers import Row, answered_snapshot, sheet
from typer.testing import CliRunner

from skillnad.analysis.door import ask
from skillnad.analysis.questions import Count, Selection
from skillnad.analysis.snapshot import Snapshot
from skillnad.cli.main import build
from skillnad.codebook.snapshot_schema import Population

MANY = 180
LONE = MANY - 3
"""Those after this number are the whole of a unit, "Väster"."""
YEARS = (2024, 2025)
UNITS = ({"id": 1, "code": "A", "name": "Norr"}, {"id": 2, "code": "B", "name": "Söder"})
THE_SMALL_ONE = {"id": 3, "code": "C", "name": "Väster"}


def given(number: int) -> dict[str, str]:
    """What a client answers; b2 is of those alone whom it goes better for."""
    if number in (10, 60, 110, 150):
        return {}
    if number in (20, 70):
        return {"b1a": "5", "b1b": "3", "b3": "5", "b4": "5", "b5": "4"}
    if number in (30, 80, 130):
        return {"b1a": "6", "b1b": "6", "b3": "6", "b4": "6", "b5": "5"}
    change, content = "123"[number % 3], "1234"[number % 4]
    better = {} if change == "3" else {"b2": "123"[number % 3]}
    return {"b1a": change, "b1b": "3", **better, "b3": content, "b4": content, "b5": content}


def of_a_home(number: int, unit: int) -> list[Row]:
    """The client's view and the caseworker's judgement, of which two and three are the only ones of their kind."""
    view = {"c1": "4" if number < 3 else "12"[number % 2], "c3": "2"}
    judgement = dict.fromkeys(("w1", "w2", "w3"), "1") | {"w4": "4" if number < 4 else "1"}
    both = (("client", view), ("caseworker", judgement))
    return [sheet("hvb_pilot_2022", told, who, client=number, unit_id=unit) for who, told in both]


def sheets() -> list[Row]:
    about = [(number, 3 if number > LONE else 1 + number % 2) for number in range(1, MANY + 1)]
    six = [
        sheet("skr6", given(number), client=number, unit_id=unit, day=date(year, 1 + number % 12, 9))
        for year in YEARS
        for number, unit in about
    ]
    judged = [sheet for number, unit in about[:60] for sheet in of_a_home(number, unit)]
    return [*six, *({**row, "answer_date": date(2025, 5, 2)} for row in judged)]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    clients = [
        {"client": number, "legal_sex": 1 + number // 2 % 2, "birth_date": date(1950 + number % 3 * 20, 1, 1)}
        for number in range(1, MANY + 1)
    ]
    units = [{**unit, "committee_id": 1} for unit in (*UNITS, THE_SMALL_ONE)]
    home = tmp_path_factory.mktemp("home") / "snapshots"
    return answered_snapshot(home, sheets(), clients=clients, units=units, cases=[], interventions=[])


def reported(snapshot: Snapshot, edition: str, folder: Path) -> Path:
    told = ["report", "--period", "2025", "--edition", edition, "--out", str(folder), "--snapshot", str(snapshot.path)]
    done = CliRunner().invoke(build(["report", "table"]), told)
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture(scope="module")
def standard(snapshot: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return reported(snapshot, "standard", tmp_path_factory.mktemp("standard"))


@pytest.fixture(scope="module")
def committee(snapshot: Snapshot, tmp_path_factory: pytest.TempPathFactory, standard: Path) -> Path:
    """After the standard report, as a municipality asks them: the one is protected beside the other."""
    return reported(snapshot, "namnd", tmp_path_factory.mktemp("namnd"))


@pytest.mark.parametrize("kind", ["html", "pdf", "xlsx"])
def test_standard_report_tells_of_none_of_them(standard: Path, kind: str) -> None:
    assert leaks(kind, (standard / f"report.{kind}").read_bytes()) == []


@pytest.mark.parametrize("kind", ["html", "pdf", "xlsx"])
def test_committees_edition_tells_of_none_of_them(committee: Path, kind: str) -> None:
    assert leaks(kind, (committee / f"report.{kind}").read_bytes()) == []


def test_chapters_are_there_with_their_large_numbers(standard: Path, committee: Path) -> None:
    page = (standard / "report.html").read_text(encoding="utf-8")
    assert 'id="svar-skr6"' in page
    assert 'id="svar-hvb-pilot-2022"' in page
    assert "Andelen bra svar är " in page
    assert 'id="svaren"' in (committee / "report.html").read_text(encoding="utf-8")


def test_small_numbers_are_in_the_snapshot_and_only_protection_hides_them(snapshot: Snapshot) -> None:
    table = ask(snapshot, Count(Selection(Population.ANSWERS), ("unit",)))
    assert table.value("count", "C") is None or table.value("count", "C") == 2 * 3
    assert sum(row["unit_id"] == 3 for row in sheets()) == 2 * 3
    assert sum('"b3": "5"' in row["answers"] for row in sheets()) == 2 * 2
