"""A whole municipality, from extract to report, and the same figures computed twice by different means."""

import html
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from acceptance import plain_figures as plain
from acceptance.plain_demo import Register, read_demo
from openpyxl import load_workbook

from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.protected_set import ProtectedSet
from skillnad.analysis.questions import (
    ONGOING,
    Count,
    CrossTable,
    Duration,
    Flow,
    Question,
    Selection,
    Share,
    Sum,
    Where,
)
from skillnad.analysis.results import TOTAL, ProtectedTable
from skillnad.analysis.snapshot import Snapshot, open_snapshot
from skillnad.cli.service.demo import environment
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population
from skillnad.register.demo.extracts import mapping_file

YEARS = (2022, 2025)
CASES, INTERVENTIONS, REVIEWS, COSTS = (
    Population.CASES,
    Population.INTERVENTIONS,
    Population.REVIEWS,
    Population.COSTS,
)


def skillnad(*arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    own = {name: value for name, value in os.environ.items() if not name.startswith("SKILLNAD_")} | settings
    command = [sys.executable, "-m", "skillnad.cli.main", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=own, timeout=550)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, made once by its own command."""
    folder = tmp_path_factory.mktemp("demo") / "kommun"
    done = skillnad("demo", "--clients", "1200", "--seed", "7", "--home", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def snapshot(home: Path) -> Snapshot:
    (manifest,) = (home / "snapshots").glob("*/manifest.json")
    return open_snapshot(manifest.parent)


@pytest.fixture(scope="module")
def ask(snapshot: Snapshot) -> Callable[[Question], ProtectedTable]:
    return ProtectedSet(snapshot).get_or_protect


@pytest.fixture(scope="module")
def register(home: Path) -> Register:
    return read_demo(home / "underlag")


def of_year(rows: Population, year: int, event: str = "", **more: object) -> Selection:
    return Selection(rows, Period.year(year), event, **more)  # type: ignore[arg-type]


def agree(table: ProtectedTable, wanted: Mapping[tuple[str, ...], int], *, shown: float) -> None:
    """Every count that the table shows is the plain one, and enough of them are shown to say anything."""
    cells = table.cells["count"]
    seen = {key: value for key, value in cells.items() if value is not None}
    assert seen == {key: wanted.get(key, 0) for key in seen}
    assert sum(wanted.get(key, 0) > 0 for key in seen) >= shown * sum(count > 0 for count in wanted.values())


COUNTS: Mapping[str, tuple[Callable[[Register, int], Mapping[tuple[str, ...], int]], Callable[[int], Question]]] = {
    "intake reasons": (plain.intake_reasons, lambda y: Count(of_year(CASES, y), ("intake_reason",))),
    "problems": (plain.problems, lambda y: Count(of_year(CASES, y), ("problem",))),
    "households": (plain.households, lambda y: Count(of_year(CASES, y), ("household_type",))),
    "origins": (plain.origins, lambda y: Count(of_year(CASES, y), ("origin",))),
    "intakes by month": (plain.intakes_by_month, lambda y: Count(of_year(CASES, y), ("month:intake_date",))),
    "interventions": (plain.intervention_types, lambda y: Count(of_year(INTERVENTIONS, y), ("intervention_type",))),
    "closing reasons": (
        plain.closing_reasons,
        lambda y: Count(of_year(INTERVENTIONS, y, "end_date"), ("closing_reason",)),
    ),
    "clients by sex": (
        plain.ongoing_clients_by_sex,
        lambda y: Count(of_year(INTERVENTIONS, y, ONGOING, people=True), ("legal_sex",)),
    ),
    "problems by sex": (plain.problems_by_sex, lambda y: CrossTable("problem", "legal_sex", of_year(CASES, y))),
    "goals by sex": (
        plain.goals_by_sex,
        lambda y: CrossTable("goal_attainment", "legal_sex", of_year(INTERVENTIONS, y, "end_date")),
    ),
    "interventions by problem": (
        plain.types_by_problem,
        lambda y: CrossTable("problem", "intervention_type", of_year(INTERVENTIONS, y)),
    ),
    "ages at the start": (
        plain.ages_at_start,
        lambda y: Count(of_year(INTERVENTIONS, y), ("age_group",)),
    ),
    "reviews by age at the start": (
        plain.reviews_by_age_at_start,
        lambda y: Count(of_year(REVIEWS, y), ("age_group_at_start",)),
    ),
    "flow of interventions": (plain.intervention_flow, lambda y: Flow(Period.year(y), INTERVENTIONS)),
    "flow of cases": (plain.case_flow, lambda y: Flow(Period.year(y), CASES)),
}


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("figure", COUNTS)
def test_counts_agree_with_the_raw_files(
    figure: str, year: int, register: Register, ask: Callable[[Question], ProtectedTable]
) -> None:
    counted, question = COUNTS[figure]
    agree(ask(question(year)), counted(register, year), shown=0.2)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize(
    ("days", "rows", "start", "end"),
    [
        (plain.days_to_decision, CASES, "intake_date", "decision_date"),
        (plain.days_to_end, INTERVENTIONS, "start_date", "end_date"),
    ],
)
def test_durations_agree_with_the_raw_files(
    days: Callable, rows: Population, start: str, end: str, year: int, register: Register, ask: Callable
) -> None:
    table = ask(Duration(start, end, of_year(rows, year, end), ("legal_sex",)))
    wanted = {sex: plain.quartiles(found) for sex, found in days(register, year).items() if sex}
    for sex, (_, median, _) in wanted.items():
        assert table.cells["median"][(sex,)] == pytest.approx(median)
        assert table.cells["count"][(sex,)] == len(days(register, year)[sex])


@pytest.mark.parametrize("year", YEARS)
def test_breakdowns_agree_with_the_raw_files(year: int, register: Register, ask: Callable) -> None:
    asked = Share(Where("closing_reason", ("3", "4", "5")), of_year(INTERVENTIONS, year, "end_date"), outside=("8",))
    table, compared = ask(replace(asked, by=("legal_sex",))), ask(Comparison(replace(asked, by=("legal_sex",))))
    wanted = plain.broken_off_by_sex(register, year)
    shares = {sex: broken / known for sex, (broken, known) in wanted.items()}
    for sex in ("1", "2"):
        assert table.value("share", "yes", sex) in (None, pytest.approx(shares[sex]))
        assert compared.value("share", sex) in (None, pytest.approx(shares[sex]))
    assert (compared.value("part"), compared.value("whole")) == wanted[TOTAL]
    assert compared.value("difference", "1") in (None, pytest.approx(shares["1"] - shares["2"]))


@pytest.mark.parametrize("year", YEARS)
def test_reviews_in_time_agree_with_the_raw_files(year: int, register: Register, ask: Callable) -> None:
    table = ask(Share(Where("review_in_time", ("in_time",)), of_year(REVIEWS, year)))
    due, in_time = plain.reviews_in_time(register, year)
    assert due > 5
    assert table.value("count") == due
    assert table.cells["count"].get(("yes",)) in (in_time, None)


@pytest.mark.parametrize("year", YEARS)
def test_costs_agree_with_the_raw_files(year: int, register: Register, ask: Callable) -> None:
    table = ask(Sum("amount", of_year(COSTS, year)))
    assert table.cells["sum"][()] == pytest.approx(plain.costs_of_the_year(register, year))


@pytest.mark.parametrize("system", ["lifecare", "procapita", "omsorg"])
def test_the_same_delivery_again_changes_nothing(system: str, home: Path, tmp_path: Path) -> None:
    files = [str(path) for path in sorted((home / "underlag" / system).iterdir())]
    mapping = ["--mapping", str(mapping_file(system)), "--out", str(tmp_path), "--json"]
    done = skillnad("import", *mapping, *files, **environment(home))
    told = json.loads(done.stdout)
    assert done.returncode == 1, done.stderr  # all is stored but the rejected rows
    assert (told["new"], told["changed"]) == (0, 0)
    assert told["unchanged"] == told["accepted"] > 0
    assert 0 < told["rejected"] < 0.03 * told["read"]


def test_report_is_three_files_that_open(home: Path) -> None:
    assert (home / "rapport" / "report.pdf").read_bytes().startswith(b"%PDF")
    assert load_workbook(home / "rapport" / "report.xlsx").sheetnames
    assert "<h1" in (home / "rapport" / "report.html").read_text(encoding="utf-8")


def test_committees_edition_says_the_plain_shares_of_two_years(home: Path, register: Register, tmp_path: Path) -> None:
    done = skillnad("report", "--period", "2025", "--edition", "namnd", "--out", str(tmp_path), **environment(home))
    assert done.returncode == 0, done.stderr
    page = html.unescape(re.sub(r"<[^>]+>", " ", (tmp_path / "report.html").read_text(encoding="utf-8")))
    now, before = (plain.broken_off_by_sex(register, year)[TOTAL] for year in (2025, 2024))
    shares = [f"{100 * broken / known:.0f}\N{NO-BREAK SPACE}%" for broken, known in (now, before)]
    assert f"avbröts oplanerat var {shares[0]} under 2025, mot {shares[1]} under 2024" in page


def test_report_says_the_plain_number_of_women_and_men(home: Path, register: Register) -> None:
    page = html.unescape(re.sub(r"<[^>]+>", " ", (home / "rapport" / "report.html").read_text(encoding="utf-8")))
    found = plain.ongoing_clients_by_sex(register, 2025)
    said = re.search(r"([\d\s]+) personer hade någon insats under perioden: ”Flicka/Kvinna” ([\d\s]+) \(", page)
    assert said
    assert [int(re.sub(r"\s", "", number)) for number in said.groups()] == [found[(TOTAL,)], found[("1",)]]


def test_no_identity_of_the_extracts_is_in_the_snapshot_or_the_report(home: Path) -> None:
    rows = (home / "underlag" / "lifecare" / "Persons.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    identities = {row.split(";")[1].strip().upper() for row in rows}
    for path in (*(home / "snapshots").rglob("*"), *(home / "rapport").iterdir()):
        content = path.read_bytes().upper() if path.is_file() else b""
        assert not [identity for identity in identities if identity.encode() in content], path.name


def test_rejected_rows_are_kept_with_their_rule(home: Path) -> None:
    files = sorted(path.name for path in (home / "avvisat").rglob("avvisade-*.csv"))
    assert "avvisade-Services.csv" in files
    text = (home / "avvisat" / "lifecare" / "avvisade-Services.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[0].endswith("regel;kolumn;åtgärd")
    assert "IMP-121" in text


def test_snapshot_is_of_the_last_day(snapshot: Snapshot) -> None:
    assert snapshot.manifest.as_of == date(2025, 12, 31)
    assert snapshot.manifest.municipality == "Påhittsund"
