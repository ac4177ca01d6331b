"""Small groups are planted in a snapshot, and every way out is walked: none of them is told of anywhere."""

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import outward
import people
import pytest
from canaries import CANARIES, FOUND, leaks, municipality
from made_tables import frequency, made
from pages_made import shown
from typer.testing import CliRunner

import skillnad
from skillnad.analysis.asking import protected_set
from skillnad.analysis.comparisons.questions import Comparison, Funnel, OverTime, Ranking
from skillnad.analysis.protected_set import ProtectedSet
from skillnad.analysis.questions import (
    Count,
    CrossTable,
    Duration,
    Flow,
    Percent,
    Selection,
    Sequence,
    Share,
    Sum,
    Where,
)
from skillnad.analysis.results import ProtectedTable
from skillnad.analysis.saved_questions import SavedQuestion, save
from skillnad.analysis.snapshot import Snapshot
from skillnad.cli.main import build
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population
from skillnad.lib.errors import UserError
from skillnad.publication.standard_reports import edition_and_period
from skillnad.reports.editions import EDITIONS
from skillnad.reports.making import prepare
from skillnad.reports.render.files import KINDS
from skillnad.reports.render.tables import render

YEAR = Period.year(2025)
ENDED = Selection(Population.INTERVENTIONS, YEAR, "end_date")
MET = Where("goal_attainment", ("1", "3"))
QUESTIONS = {
    "units": Count(ENDED, ("unit",), shares=True),
    "problem by unit": CrossTable("problem", "unit", ENDED, Percent.COLUMNS),
    "endings by sex": CrossTable("closing_reason", "legal_sex", ENDED, Percent.ROWS),
    "three ways": CrossTable("problem", "unit", ENDED, by=("legal_sex",)),
    "people": Count(Selection(Population.INTERVENTIONS, YEAR, "end_date", people=True), ("unit",), shares=True),
    "share": Share(MET, ENDED, ("unit",)),
    "times": Duration("start_date", "end_date", ENDED, ("unit",), (120, 776)),
    "flow": Flow(YEAR, by=("unit",)),
    "costs": Sum("amount", Selection(Population.COSTS, YEAR), ("unit",)),
    "paths": Sequence(("problem", "closing_reason"), ENDED),
    "compared": Comparison(Share(MET, ENDED, ("unit",))),
    "compared times": Comparison(Duration("start_date", "end_date", ENDED, ("unit",))),
    "ranking": Ranking(Share(MET, ENDED, ("unit",))),
    "funnel": Funnel(Share(MET, ENDED, ("unit",))),
    "over time": OverTime(Share(MET, ENDED, ("month:end_date",))),
}


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    made = municipality(tmp_path_factory.mktemp("home") / "snapshots" / "one")
    protected_set(made).precompute(QUESTIONS.values(), workers=1)  # together, so that none stands in another's way
    return made


@pytest.fixture
def command_line(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands that are given no snapshot find this one."""
    monkeypatch.setenv("SKILLNAD_HOME", str(snapshot.path.parents[1]))


@pytest.fixture
def alva(snapshot: Snapshot, browser: Any, db: None) -> Any:
    """The analyst's browser, before which the canaries' snapshot is the newest."""
    shown(snapshot)
    browser.force_login(people.alva())
    return browser


def none(kind: str, content: bytes, where: object) -> None:
    assert leaks(kind, content) == [], where


@pytest.mark.parametrize("kind", outward.FILES)
@pytest.mark.parametrize("question", QUESTIONS)
def test_no_file_of_an_answer_tells_of_them(snapshot: Snapshot, question: str, kind: str) -> None:
    table = skillnad.ask(snapshot, QUESTIONS[question])
    if kind == "svg":
        return none(kind, skillnad.chart(table).svg().encode() if can_be_drawn(table) else b"", question)
    return none(kind, KINDS[kind].content(table), (question, kind))


def can_be_drawn(table: ProtectedTable) -> bool:
    from skillnad.reports.table_charts import drawing_of

    return drawing_of(table) is not None


@pytest.mark.parametrize("question", QUESTIONS)
def test_notebook_tells_of_none_of_them(snapshot: Snapshot, question: str) -> None:
    table = skillnad.ask(snapshot, QUESTIONS[question])
    none("html", skillnad.notebook_html(table).encode(), question)
    none("text", repr(table).encode() + repr(vars(table)).encode(), question)


@pytest.mark.parametrize("form", outward.SCREEN)
def test_screen_tells_of_none_of_them(snapshot: Snapshot, form: str) -> None:
    for name, question in QUESTIONS.items():
        none(form, render(skillnad.ask(snapshot, question), form).encode(), name)


ASKED = {
    "table": ["--rows", "problem", "--columns", "unit", "--percent", "columns"],
    "duration": ["--from", "start_date", "--to", "end_date", "--by", "unit"],
    "flow": ["--period", "2025", "--by", "unit"],
    "compare": ["--share", "goal_attainment=1,3", "--by", "unit"],
    "course": ["--share", "goal_attainment=1,3", "--by", "month:end_date"],
}


@pytest.mark.parametrize("command", ASKED)
def test_no_command_that_asks_tells_of_them(command_line: None, command: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        done = CliRunner().invoke(build([command, "table"]), [command, *ASKED[command]])
    assert done.exit_code == 0, done.output
    none("markdown", done.stdout.encode(), command)
    none("text", (done.stderr + caplog.text).encode(), command)


def test_saved_question_tells_of_none_of_them(command_line: None, tmp_path: Path) -> None:
    save(SavedQuestion("x", QUESTIONS["problem by unit"]), tmp_path / "x.toml")
    none("toml", (tmp_path / "x.toml").read_bytes(), "saved")
    done = CliRunner().invoke(build(["ask", "table"]), ["ask", str(tmp_path / "x.toml")])
    none("markdown", done.stdout.encode(), "asked")


@pytest.fixture(scope="module")
def own_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Anybody's CSV of inner cells, and beside it the release that is made of it."""
    folder = tmp_path_factory.mktemp("own")
    counts = {"Norr": (31, 40), "Söder": (27, 22), "Väster": (1, 2)}
    lines = [f"{unit};{sex};{many}" for unit, both in counts.items() for sex, many in zip("KM", both, strict=True)]
    (folder / "tabell.csv").write_text("\n".join(["enhet;kon;antal", *lines, ""]), encoding="utf-8")
    done = CliRunner().invoke(
        build(["protect", "table"]),
        ["protect", str(folder / "tabell.csv"), "--count", "antal", "--out", str(folder / "ut")],
    )
    assert done.exit_code == 0, done.output
    (folder / "skarm.txt").write_text(done.output, encoding="utf-8")
    return folder


def test_release_of_anybodys_tables_tells_of_none_of_them(own_tables: Path) -> None:
    none("csv", (own_tables / "ut" / "tabell.csv").read_bytes(), "csv")
    none("text", (own_tables / "ut" / "report.json").read_bytes(), "report.json")
    none("text", (own_tables / "skarm.txt").read_bytes(), "screen")


def test_reader_of_the_release_finds_none_of_them(own_tables: Path) -> None:
    done = CliRunner().invoke(build(["attack", "table"]), ["attack", str(own_tables / "ut")])
    assert done.exit_code == 0, done.output
    none("text", done.output.encode(), "attack")


def test_verifier_names_none_of_them_where_it_objects(own_tables: Path, tmp_path: Path) -> None:
    """The gaps are filled in by hand, and it says where, not what."""
    shutil.copytree(own_tables / "ut", tmp_path / "ut")
    release = tmp_path / "ut" / "tabell.csv"
    release.write_text(release.read_text(encoding="utf-8").replace("Väster;Total;", "Väster;Total;3"), encoding="utf-8")
    told = ["verify", str(tmp_path / "ut"), "--truth", str(own_tables / "tabell.csv")]
    done = CliRunner().invoke(build(["verify", "table"]), told)
    assert isinstance(done.exception, UserError | SystemExit)
    assert "No such option" not in done.output
    none("text", (done.output + str(done.exception)).encode(), "verify")


@pytest.mark.parametrize("edition", outward.EDITIONS)
def test_no_report_from_the_command_line_tells_of_them(command_line: None, tmp_path: Path, edition: str) -> None:
    told = ["report", "--period", "2025", "--edition", edition, "--out", str(tmp_path)]
    done = CliRunner().invoke(build(["report", "table"]), told)
    assert done.exit_code == 0, done.output
    for kind in outward.REPORTED:
        none(kind, (tmp_path / f"report.{kind}").read_bytes(), kind)
    none("text", done.output.encode(), "screen")


def test_no_report_of_one_unit_tells_of_them(command_line: None, tmp_path: Path) -> None:
    done = CliRunner().invoke(
        build(["report", "table"]), ["report", "--period", "2025", "--unit", "C", "--out", str(tmp_path)]
    )
    assert done.exit_code == 0, done.output
    for kind in outward.REPORTED:
        none(kind, (tmp_path / f"report-C.{kind}").read_bytes(), kind)


def test_page_of_differences_tells_of_none_of_them(command_line: None, tmp_path: Path) -> None:
    done = CliRunner().invoke(
        build(["differences", "table"]), ["differences", "--period", "2025", "--out", str(tmp_path)]
    )
    assert done.exit_code == 0, done.output
    for kind in outward.REPORTED:
        none(kind, (tmp_path / f"differences.{kind}").read_bytes(), kind)


def test_no_page_tells_of_them(alva: Any, snapshot: Snapshot, caplog: pytest.LogCaptureFixture) -> None:
    edition, period = edition_and_period("2025")
    prepare(ProtectedSet(snapshot), period, EDITIONS[edition])
    with caplog.at_level(logging.DEBUG):
        for address in READ:
            none("html", alva.get(address).content, address)
        alva.post("/rapport/gor/", {"period": "2025"})
        none("html", alva.get("/rapport/2025/").content, "report")
        for kind in outward.REPORTED:
            none(kind, b"".join(alva.get(f"/rapport/2025/report.{kind}").streaming_content), kind)
    none("text", caplog.text.encode(), "log")


LARGE = "/utforska/?fraga=antal&om=insatser&rader=problem&kolumner=unit&andel=kolumner&period=2025"
READ = (
    "/",
    "/rapport/",
    "/rapport/granska/2025/",
    "/min-enhet/",
    "/utforska/",
    LARGE,
    f"{LARGE}&enhet=C",
    f"{LARGE}&rader=finns-inte",
    "/utforska/?fraga=antal&om=insatser&rader=unit&period=2025",
    "/utforska/?fraga=tid&om=insatser&mellan=unit&period=2025",
    "/utforska/?fraga=flode&visa=manader&period=2025",
    "/utforska/?fraga=enheter&av=closing_reason&mellan=unit&period=2025&varde=8",
    "/rapport/C/",
    "/rapport/2025/V%C3%A4ster",
    "/finns-inte/?enhet=C",
)


@pytest.mark.parametrize("kind", outward.EXPLORED)
def test_no_file_of_the_explorer_tells_of_them(alva: Any, kind: str) -> None:
    answer = alva.get(LARGE.replace("/utforska/", f"/utforska/tabell.{kind}"))
    assert answer.status_code == 200
    none(kind, answer.content, kind)


def test_what_is_kept_beside_the_snapshot_tells_of_none_of_them(snapshot: Snapshot) -> None:
    """An answer that would tell beside those that stand is refused, and refused in words that tell nothing."""
    for question in QUESTIONS.values():
        try:
            ProtectedSet(snapshot).get_or_protect(question)
        except UserError as refused:
            none("text", str(refused).encode(), question)
    kept = list(ProtectedSet(snapshot).directory.rglob("*.json"))
    assert kept
    for file in kept:
        none("json", file.read_bytes(), file.name)


def unprotected() -> Iterator[ProtectedTable]:
    """Tables with a canary that nothing has protected: what the search has to find."""
    table = frequency({"1": 30, "35": 3}, column="problem")
    axes = tuple(type(axis)(axis.id, axis.label, tuple(_named(level) for level in axis.levels)) for axis in table.axes)
    yield made(table.question, axes, table.cells)


def _named(level: Any) -> Any:
    return type(level)(level.code, "problem 35" if level.code == "35" else level.label, level.kind)


@pytest.mark.parametrize("kind", [kind for kind in outward.FILES if kind != "svg"])
def test_search_finds_a_canary_that_nothing_has_protected(kind: str) -> None:
    (table,) = unprotected()
    assert leaks(kind, KINDS[kind].content(table))


@pytest.mark.parametrize("text", ["Väster 3", "problem 35: 3 ärenden", "kostade 2 222 kronor", "median 777 dagar"])
def test_search_finds_a_canary_in_running_text(text: str) -> None:
    assert leaks("text", text.encode())
    assert leaks("svg", f'<svg><g aria-label="{text}"></g></svg>'.encode())


@pytest.mark.parametrize("text", ["Väster ..", "problem 35: 3 %", "problem 35, problem 4", "2 777 000", "Väster 31"])
def test_search_takes_no_other_number_for_a_canary(text: str) -> None:
    assert leaks("text", text.encode()) == []


def test_every_canary_can_be_searched_for_in_every_kind() -> None:
    assert len(CANARIES) == 3
    assert {"pdf", "svg", "sav"} <= set(FOUND)
