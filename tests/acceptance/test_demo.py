"""A whole municipality, from extract to report, and the same figures computed twice by different means."""

import html
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from acceptance import plain_answers
from acceptance import plain_figures as plain
from acceptance.plain_demo import Register, read_demo
from openpyxl import load_workbook

from skillnad.analysis.comparisons.questions import Asked, Comparison, ResponseRate
from skillnad.analysis.protected_set import FOLDER, ProtectedSet
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
SMALL = 5
CASES, INTERVENTIONS, REVIEWS, COSTS, ANSWERS = (
    Population.CASES,
    Population.INTERVENTIONS,
    Population.REVIEWS,
    Population.COSTS,
    Population.ANSWERS,
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
def ask(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Asked], ProtectedTable]:
    """All that is asked here, protected together, of the demo before its report was made of it: beside what has been
    shown already there are more gaps, and some questions have no answer."""
    copied = unasked(home, tmp_path_factory.mktemp("asked") / "kommun")
    (manifest,) = (copied / "snapshots").glob("*/manifest.json")
    answers = ProtectedSet(open_snapshot(manifest.parent))
    answers.precompute(ASKED, workers=1)
    return answers.load  # type: ignore[return-value]


def unasked(home: Path, to: Path) -> Path:
    """A copy of the demo where nothing has been asked of the snapshot."""
    return Path(shutil.copytree(home, to, ignore=shutil.ignore_patterns(FOLDER)))


@pytest.fixture(scope="module")
def register(home: Path) -> Register:
    return read_demo(home / "underlag")


def of_year(rows: Population, year: int, event: str = "", **more: object) -> Selection:
    return Selection(rows, Period.year(year), event, **more)  # type: ignore[arg-type]


def agree(table: ProtectedTable, wanted: Mapping[tuple[str, ...], int], *, shown: float) -> None:
    """Every count that the table shows is the plain one and not small, and so large a part of those are shown."""
    cells = table.cells["count"]
    seen = {key: value for key, value in cells.items() if value is not None}
    assert seen == {key: wanted.get(key, 0) for key in seen}
    assert not [value for value in seen.values() if 0 < value < SMALL]
    assert sum(value >= SMALL for value in seen.values()) >= shown * sum(count >= SMALL for count in wanted.values())


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


TIMES: Mapping[str, tuple[Callable[[Register, int], Mapping[str, list[int]]], Callable[[int], Question]]] = {
    "days to decision": (
        plain.days_to_decision,
        lambda y: Duration("intake_date", "decision_date", of_year(CASES, y, "decision_date"), ("legal_sex",)),
    ),
    "days to end": (
        plain.days_to_end,
        lambda y: Duration("start_date", "end_date", of_year(INTERVENTIONS, y, "end_date"), ("legal_sex",)),
    ),
}


def broken_off(year: int) -> Share:
    ended = of_year(INTERVENTIONS, year, "end_date")
    return Share(Where("closing_reason", ("3", "4", "5")), ended, ("legal_sex",), outside=("8",))


def in_time_of(year: int) -> Share:
    return Share(Where("review_in_time", ("in_time",)), of_year(REVIEWS, year))


def costs_of(year: int) -> Sum:
    return Sum("amount", of_year(COSTS, year))


def six(item: str, year: int) -> Count:
    return Count(of_year(ANSWERS, year), (f"skr6__{item}",))


def responded(year: int) -> ResponseRate:
    return ResponseRate("skr6__b3", (), of_year(ANSWERS, year))


SIX = ("b1a", "b1b", "b3", "b4", "b5")
"""The questions that everyone is asked; b2 is of those whom it goes better for."""
ASKED_SINCE = (2024, 2025)
OTHERS: tuple[Callable[[int], Asked], ...] = (broken_off, lambda y: Comparison(broken_off(y)), in_time_of, costs_of)
QUESTIONS = (*(question for _, question in (*COUNTS.values(), *TIMES.values())), *OTHERS)
OF_ANSWERS = tuple(
    question for year in ASKED_SINCE for question in (*(six(item, year) for item in SIX), responded(year))
)
ASKED = (*(question(year) for question in QUESTIONS for year in YEARS), *OF_ANSWERS)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("figure", COUNTS)
def test_counts_agree_with_the_raw_files(
    figure: str, year: int, register: Register, ask: Callable[[Asked], ProtectedTable]
) -> None:
    counted, question = COUNTS[figure]
    agree(ask(question(year)), counted(register, year), shown=0.5)


def test_most_counts_that_are_not_small_are_shown(register: Register, ask: Callable[[Asked], ProtectedTable]) -> None:
    found = [(ask(question(year)), counted(register, year)) for counted, question in COUNTS.values() for year in YEARS]
    seen = sum(value is not None and value >= SMALL for table, _ in found for value in table.cells["count"].values())
    assert seen >= 0.85 * sum(count >= SMALL for _, wanted in found for count in wanted.values())


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("figure", TIMES)
def test_durations_agree_with_the_raw_files(figure: str, year: int, register: Register, ask: Callable) -> None:
    days, question = TIMES[figure]
    table, found = ask(question(year)), days(register, year)
    for sex in ("1", "2", TOTAL):
        _, median, _ = plain.quartiles(found[sex])
        told = (table.cells["median"][(sex,)], table.cells["count"][(sex,)])
        assert told == (pytest.approx(median), len(found[sex])) or (sex != TOTAL and told == (None, None))


@pytest.mark.parametrize("year", YEARS)
def test_breakdowns_agree_with_the_raw_files(year: int, register: Register, ask: Callable) -> None:
    table, compared = ask(broken_off(year)), ask(Comparison(broken_off(year)))
    wanted = plain.broken_off_by_sex(register, year)
    shares = {sex: broken / known for sex, (broken, known) in wanted.items()}
    for sex in ("1", "2"):
        assert table.value("share", "yes", sex) in (None, pytest.approx(shares[sex]))
        assert compared.value("share", sex) in (None, pytest.approx(shares[sex]))
    assert table.value("share", "yes", TOTAL) == pytest.approx(shares[TOTAL])
    assert (compared.value("part"), compared.value("whole")) == wanted[TOTAL]
    assert compared.value("difference", "1") in (None, pytest.approx(shares["1"] - shares["2"]))


def test_most_times_and_some_difference_of_the_sexes_are_shown(ask: Callable) -> None:
    times = [
        ask(question(year)).value("median", sex) for _, question in TIMES.values() for year in YEARS for sex in "12"
    ]
    assert sum(median is not None for median in times) > len(times) / 2
    assert [year for year in YEARS if ask(Comparison(broken_off(year))).value("difference", "1") is not None]


@pytest.mark.parametrize("year", YEARS)
def test_reviews_in_time_agree_with_the_raw_files(year: int, register: Register, ask: Callable) -> None:
    table = ask(in_time_of(year))
    due, in_time = plain.reviews_in_time(register, year)
    assert due > 5
    assert table.value("count") == due
    assert table.cells["count"].get(("yes",)) in (in_time, None)


@pytest.mark.parametrize("year", YEARS)
def test_costs_agree_with_the_raw_files(year: int, register: Register, ask: Callable) -> None:
    table = ask(costs_of(year))
    assert table.cells["sum"][()] == pytest.approx(plain.costs_of_the_year(register, year))


@pytest.mark.parametrize("year", ASKED_SINCE)
@pytest.mark.parametrize("item", SIX)
def test_answers_agree_with_the_file_of_answers(item: str, year: int, home: Path, ask: Callable) -> None:
    wanted = plain_answers.answers(home, year, item)
    assert wanted[TOTAL,] > 300
    agree(ask(six(item, year)), wanted, shown=0.7)


@pytest.mark.parametrize("year", ASKED_SINCE)
def test_response_rate_agrees_with_the_file_of_answers(year: int, home: Path, ask: Callable) -> None:
    asked, answered = plain_answers.answered(home, year, "b3")
    assert 0.5 < answered / asked < 0.7
    table = ask(responded(year))
    assert table.value("asked") in (asked, None)
    assert table.value("rate") in (pytest.approx(answered / asked), None)


def test_answers_about_follow_ups_that_were_rejected_are_refused(home: Path) -> None:
    text = (home / "avvisat" / "svar" / "skr6.avvisade.csv").read_text(encoding="utf-8-sig")
    rows = text.splitlines()[1:]
    assert 0 < len(rows) < 0.03 * sum(len(each) for each in plain_answers.occasions(home, "skr6"))
    assert {row.split(";")[2] for row in rows} == {"INSTR-061"}


def test_no_comment_is_in_the_snapshot_or_the_report(home: Path) -> None:
    assert "Påhittad kommentar" in (home / "svar" / "hvb_pilot_2022.csv").read_text(encoding="utf-8")
    for path in (*(home / "snapshots").rglob("*"), *(home / "rapport").iterdir()):
        assert not (path.is_file() and "Påhittad kommentar".encode() in path.read_bytes()), path.name


def test_report_tells_of_the_six_questions(home: Path) -> None:
    """Of each that it can tell of, the plain numbers; which can depends on all else that is shown."""
    page = html.unescape(re.sub(r"<[^>]+>", " ", (home / "rapport" / "report.html").read_text(encoding="utf-8")))
    assert "Svar: Sex frågor till brukare" in page
    told = {
        tuple(int(re.sub(r"\s", "", number)) for number in found)
        for found in re.findall(r"([\d\s]+) av ([\d\s]+) som fick frågan svarade \(", page)
    }
    assert told & {plain_answers.answered(home, 2025, item)[::-1] for item in SIX}


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


def committees_page(home: Path, out: Path) -> str:
    done = skillnad("report", "--period", "2025", "--edition", "namnd", "--out", str(out), **environment(home))
    assert done.returncode == 0, done.stderr
    return html.unescape(re.sub(r"<[^>]+>", " ", (out / "report.html").read_text(encoding="utf-8")))


def test_committees_edition_says_the_plain_shares_of_two_years(home: Path, register: Register, tmp_path: Path) -> None:
    page = committees_page(unasked(home, tmp_path / "kommun"), tmp_path / "out")
    now, before = (plain.broken_off_by_sex(register, year)[TOTAL] for year in (2025, 2024))
    shares = [f"{100 * broken / known:.0f}\N{NO-BREAK SPACE}%" for broken, known in (now, before)]
    assert f"avbröts oplanerat var {shares[0]} under 2025, mot {shares[1]} under 2024" in page


def test_committees_edition_is_made_beside_the_report_too(home: Path, register: Register, tmp_path: Path) -> None:
    said = re.findall(r"avbröts oplanerat var (\d+)\s% under 2025", committees_page(home, tmp_path))
    broken, known = plain.broken_off_by_sex(register, 2025)[TOTAL]
    assert set(said) <= {f"{100 * broken / known:.0f}"}


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
