"""Real input: records that nobody here wrote, from file to protected table, against a count of the raw files.

The files are read where they lie beside the project (`../shared/data/ssda903`); without them there is nothing to test.
"""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from pypdf import PdfReader

from skillnad import Count, CrossTable, Duration, Flow, Period, ask, open_snapshot
from skillnad.analysis.questions import ONGOING, Question, Selection
from skillnad.analysis.results import MISSING_LEVEL, TOTAL, ProtectedTable
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.snapshot_schema import Population
from tests.acceptance.plain_ssda903 import Episode, Records, days

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data" / "ssda903"
EXAMPLE = ROOT / "examples" / "ssda903"
FILES = ("header.csv", "episodes.csv", "oc2.csv", "uasc.csv", "reviews.csv")
DAY = date(2018, 3, 31)
YEAR = 2017
PLACEMENTS = Population.INTERVENTIONS

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="needs ../shared/data/ssda903 beside the project")


def skillnad(home: Path, *arguments: object) -> Any:
    """What the command prints as JSON."""
    return json.loads(run(home, *arguments, "--json"))


def run(home: Path, *arguments: object) -> str:
    environment = {**os.environ, "SKILLNAD_HOME": str(home), "SKILLNAD_LOCAL_CODEBOOK": str(EXAMPLE / "codebook")}
    environment.pop("SKILLNAD_DATABASE_URL", None)
    command = [sys.executable, "-m", "skillnad.cli.main", *map(str, arguments)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ssda903")


@pytest.fixture(scope="module")
def imported(installation: Path) -> dict[str, Any]:
    return delivered(installation)


def delivered(installation: Path) -> dict[str, Any]:
    """What the import says; its status is 0, so every row is stored."""
    files = [DATA / name for name in FILES]
    summary = skillnad(installation, "import", "--mapping", EXAMPLE / "mapping.toml", *files)
    assert isinstance(summary, dict)
    return summary


@pytest.fixture(scope="module")
def snapshot(installation: Path, imported: dict[str, Any]) -> Snapshot:
    made = skillnad(installation, "snapshot", "--as-of", DAY)
    return open_snapshot(made["path"], verify=True)


@pytest.fixture(scope="module")
def raw() -> Records:
    return Records(DATA, DAY)


def answer(snapshot: Snapshot, question: Question, measure: str = "count") -> dict[Any, Any]:
    """The cells of a protected table that are above 0 and shown, by code; margins apart."""
    table = ask(snapshot, question)
    return {_key(key): value for key, value in table.cells[measure].items() if value and TOTAL not in key}


def _key(key: tuple[str, ...]) -> Any:
    return key[0] if len(key) == 1 else key


def begun(by: str) -> Count:
    return Count(Selection(PLACEMENTS, Period.year(YEAR)), (by,))


def in_care(by: str) -> Count:
    return Count(Selection(PLACEMENTS, Period.year(YEAR), ONGOING, people=True), (by,))


def test_ssda903_import_takes_every_row(imported: dict[str, Any]) -> None:
    rows = sum(len((DATA / name).read_text().splitlines()) - 1 for name in FILES)
    assert (imported["read"], imported["accepted"], imported["rejected"]) == (rows, rows, 0)


def test_ssda903_import_warns_of_reviews_held_in_the_future(imported: dict[str, Any], raw: Records) -> None:
    days = [datetime.now(UTC).date() + timedelta(days=days) for days in (1, -1)]  # midnight may have come and gone
    least, most = (raw.review_rows_after(day) for day in days)
    assert least <= imported["rules"].get("IMP-209", 0) <= most


def test_ssda903_import_again_changes_nothing(installation: Path, imported: dict[str, Any]) -> None:
    again = delivered(installation)
    assert (again["new"], again["changed"]) == (0, 0)


def test_ssda903_snapshot_has_every_child_and_every_episode(snapshot: Snapshot, raw: Records) -> None:
    assert snapshot.table(Population.CLIENTS).rows == len(raw.children)
    assert snapshot.table(Population.CASES).rows == len(raw.cases())
    assert snapshot.table(PLACEMENTS).rows == len(raw.episodes)


def test_ssda903_girls_and_boys_are_not_swapped(snapshot: Snapshot, raw: Records) -> None:
    children = Count(Selection(Population.CLIENTS), ("legal_sex",))
    girls = sum(child.sex == "1" for child in raw.children.values())
    assert answer(snapshot, children) == {"1": girls, "2": len(raw.children) - girls}


@pytest.mark.parametrize(
    ("column", "plain"),
    [
        ("intervention_type", lambda episode: episode.kind),
        ("legal_sex", lambda episode: episode.sex),
        ("age_group", lambda episode: episode.age_band),
        ("provider", lambda episode: episode.provider),
        ("month:start_date", lambda episode: f"{episode.first:%Y-%m}"),
    ],
)
def test_ssda903_placements_that_began(snapshot: Snapshot, raw: Records, column: str, plain: Any) -> None:
    assert answer(snapshot, begun(column)) == raw.begun(YEAR, plain)


@pytest.mark.parametrize(
    ("column", "plain"),
    [
        ("legal_sex", lambda episode: episode.sex),
        ("intervention_type", lambda episode: episode.kind),
        ("age_group", lambda episode: episode.age_band),
    ],
)
def test_ssda903_children_in_care(snapshot: Snapshot, raw: Records, column: str, plain: Any) -> None:
    assert answer(snapshot, in_care(column)) == raw.children_in_care(YEAR, plain)


@pytest.mark.parametrize("year", [2016, 2017])
def test_ssda903_new_ongoing_and_closed(snapshot: Snapshot, raw: Records, year: int) -> None:
    found = answer(snapshot, Flow(Period.year(year)))
    assert found == {name: count for name, count in raw.flow(year).items() if count}


def test_ssda903_days_in_placement(snapshot: Snapshot, raw: Records) -> None:
    question = Duration("start_date", "end_date", Selection(PLACEMENTS, Period.year(YEAR), "end_date"))
    table = ask(snapshot, question)
    found = {measure: cells[()] for measure, cells in table.cells.items()}
    assert found == pytest.approx(days(raw.ended(YEAR)))


def test_ssda903_days_in_placement_by_kind(snapshot: Snapshot, raw: Records) -> None:
    selection = Selection(PLACEMENTS, Period.year(YEAR), "end_date")
    medians = answer(snapshot, Duration("start_date", "end_date", selection, ("intervention_type",)), "median")
    kinds = {episode.kind for episode in raw.ended(YEAR)}
    plain = {kind: days([e for e in raw.ended(YEAR) if e.kind == kind])["median"] for kind in kinds}
    assert medians == pytest.approx(plain)


def test_ssda903_reasons_for_ending(snapshot: Snapshot, raw: Records) -> None:
    question = Count(Selection(PLACEMENTS, Period.year(YEAR), "end_date"), ("closing_reason",))
    assert answer(snapshot, question) == _counted(episode.reason for episode in raw.ended(YEAR))


def test_ssda903_problems_against_placements_but_for_the_gaps(snapshot: Snapshot, raw: Records) -> None:
    question = CrossTable("problem", "intervention_type", Selection(PLACEMENTS, Period.year(YEAR)))
    plain = _counted((n, e.kind) for e in raw.episodes if e.first.year == YEAR for n in e.needs)
    table = ask(snapshot, question)
    shown = {key: value for key, value in _inner(table).items() if value is not None}
    assert shown == {key: plain.get(key, 0) for key in shown}
    assert {key for key, value in plain.items() if value < 5} <= set(_inner(table)) - set(shown)
    assert len(shown) > 0.9 * len(_inner(table))


@pytest.mark.parametrize("year", [2015, 2016, 2017, 2018])
def test_ssda903_reviews_held(snapshot: Snapshot, raw: Records, year: int) -> None:
    question = Count(Selection(Population.REVIEWS, Period.year(year)), ("legal_sex",))
    assert answer(snapshot, question) == raw.held(year)


def test_ssda903_reviews_without_a_due_date_are_neither_late_nor_in_time(snapshot: Snapshot, raw: Records) -> None:
    question = Count(Selection(Population.REVIEWS, Period.year(YEAR)), ("review_in_time",))
    assert answer(snapshot, question) == {MISSING_LEVEL: sum(raw.held(YEAR).values())}


def test_ssda903_scores_are_the_childrens_own(snapshot: Snapshot, raw: Records) -> None:
    scores = pl.read_parquet(snapshot.file(Population.CLIENTS))["sdq_total"].drop_nulls().to_list()
    assert sorted(scores) == sorted(child.sdq for child in raw.children.values() if child.sdq is not None)


def test_ssda903_old_codes_are_kept_beside_the_standards(snapshot: Snapshot, raw: Records) -> None:
    table = ask(snapshot, CrossTable("placement", "intervention_type", Selection(PLACEMENTS, Period.year(YEAR))))
    secure = {kind: value for (place, kind), value in _inner(table).items() if place == "K1" and value}
    assert secure == {"1": raw.begun(YEAR, lambda episode: episode.kind)["1"]}


def test_ssda903_what_the_extract_lacks_is_not_used(snapshot: Snapshot) -> None:
    assert {"intake_date", "goal_attainment", "origin"} <= set(snapshot.manifest.not_used)
    assert "goal_attainment" not in snapshot.table(PLACEMENTS).columns


def test_ssda903_snapshot_holds_no_number_of_a_child(snapshot: Snapshot, raw: Records) -> None:
    keys = set(pl.read_parquet(snapshot.file(Population.CLIENTS))["client"].to_list())
    assert not keys & {int(number) for number in raw.children}


@pytest.fixture(scope="module")
def report(installation: Path, snapshot: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The report's pages as text without line breaks: of the HTML, and of the PDF."""
    out = tmp_path_factory.mktemp("report")
    run(installation, "report", "--period", YEAR, "--snapshot", snapshot.path, "--out", out)
    pages = " ".join(page.extract_text() for page in PdfReader(out / "report.pdf").pages)
    html = re.sub(r"<[^>]+>", " ", (out / "report.html").read_text(encoding="utf-8"))
    return {"pdf": " ".join(pages.split()), "html": " ".join(unescape(html).split())}


def told(report: Mapping[str, str], pattern: str) -> list[int]:
    """The numbers of a sentence; the HTML and the PDF say the same."""
    found = {kind: re.search(pattern, text) for kind, text in report.items()}
    numbers = [[int(number.replace(" ", "")) for number in match.groups()] for match in found.values() if match]
    assert len(numbers) == 2, f"a page lacks the sentence {pattern}"
    assert numbers[0] == numbers[1]
    return numbers[0]


NUMBER = r"(\d[\d ]*)"


def test_ssda903_report_counts_girls_and_boys(report: Mapping[str, str], raw: Records) -> None:
    plain = raw.children_in_care(YEAR, lambda episode: episode.sex)
    sentence = f"{NUMBER} personer hade någon insats under perioden: ”Flicka/Kvinna” {NUMBER} .*?”Pojke/Man” {NUMBER} "
    assert told(report, sentence) == [plain["1"] + plain["2"], plain["1"], plain["2"]]


def test_ssda903_report_counts_new_ongoing_and_closed(report: Mapping[str, str], raw: Records) -> None:
    sentence = (
        f"vid periodens början pågick {NUMBER}, {NUMBER} tillkom under {YEAR}, {NUMBER} avslutades "
        f"och vid periodens slut pågick {NUMBER}\\."
    )
    assert told(report, sentence) == list(raw.flow(YEAR).values())


def test_ssda903_report_counts_children_in_foster_and_residential_care(report: Mapping[str, str], raw: Records) -> None:
    placed = {
        e.child for e in raw.episodes if e.kind in ("10", "12") and e.touches(date(YEAR, 1, 1), date(YEAR, 12, 31))
    }
    sentence = f"{NUMBER} personer var placerade i familjehem eller HVB någon gång under perioden"
    assert told(report, sentence) == [len(placed)]


def test_ssda903_report_counts_reviews_and_cannot_tell_of_time(report: Mapping[str, str], raw: Records) -> None:
    sentence = r"(\d{1,3}(?: \d{3})*) omprövningar och överväganden gjordes under perioden: "
    assert told(report, sentence) == [raw.held_for_the_young(YEAR)]
    assert all("gjordes i tid går inte att säga" in text for text in report.values())


def _inner(table: ProtectedTable) -> Mapping[tuple[str, ...], Any]:
    return {key: value for key, value in table.cells["count"].items() if TOTAL not in key}


def _counted(what: Any) -> dict[Any, int]:
    return dict(Counter(what))


def episode(first: date, last: date | None) -> Episode:
    return Episode("1", "1", date(2010, 6, 1), first, last, "10", frozenset(), "", "PR1")


def test_plain_age_band_is_at_the_first_day() -> None:
    assert episode(date(2017, 5, 31), None).age_band == "0-6"
    assert episode(date(2017, 6, 1), None).age_band == "7-12"


def test_plain_days_interpolate() -> None:
    lasted = [episode(date(2017, 1, 1), date(2017, 1, 1 + length)) for length in (0, 1, 2, 10)]
    assert days(lasted) == {"count": 4, "q1": 0.75, "median": 1.5, "q3": 4.0, "p90": pytest.approx(7.6)}
