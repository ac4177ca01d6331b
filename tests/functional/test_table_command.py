"""`skillnad table`, `duration` and `flow`: the same numbers as in a notebook, in every format."""

import csv
import io
import json
import subprocess
import sys

import pytest
from snapshots_made import make_snapshot

import skillnad
from skillnad.analysis.results import TOTAL

from . import commands

ROWS = [
    {
        "unit": "ABC"[n % 3],
        "legal_sex": "12"[n % 27 == 0],
        "problem": "1;2" if n % 4 else "3",
        "start_date": f"2025-0{1 + n % 8}-03",
        "end_date": f"2025-10-1{n % 9}" if n % 3 else "",
    }
    for n in range(90)
]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    make_snapshot(home / "snapshots" / "one", interventions=ROWS)
    return home


@pytest.fixture(scope="module")
def snapshot(home):
    return skillnad.open_snapshot(home / "snapshots" / "one")


@pytest.fixture(scope="module")
def run(home):
    def run(*arguments, status=0):
        done = commands.skillnad(*arguments, SKILLNAD_HOME=str(home))
        assert done.returncode == status, done.stderr
        return done.stdout if status == 0 else done.stderr

    return run


@pytest.fixture
def unasked(tmp_path):
    """The same snapshot where nothing has been asked before: an answer has gaps also for those before it."""
    make_snapshot(tmp_path / "snapshots" / "one", interventions=ROWS)
    return lambda *arguments: _said(commands.skillnad(*arguments, SKILLNAD_HOME=str(tmp_path)))


def _said(done):
    assert done.returncode == 0, done.stderr
    return done.stdout


def cells(text):
    return {(*cell["key"],): cell["value"] for cell in json.loads(text)["cells"]["count"]}


def test_table_gives_what_a_notebook_gives(run, snapshot):
    table = skillnad.ask(snapshot, skillnad.CrossTable("unit", "legal_sex"))
    written = cells(run("table", "--rows", "unit", "--columns", "legal_sex", "--format", "json"))
    assert written == table.cells["count"]
    assert None in written.values()


BY_LABEL = ("table", "--rows", "Problem (EN)", "--where", "LEGAL SEX=1", "--format", "json")


def test_table_takes_a_column_by_its_label(unasked, tmp_path):
    snapshot = make_snapshot(tmp_path / "again", interventions=ROWS)
    selection = skillnad.Selection(where=(skillnad.Where("legal_sex", ("1",)),))
    assert cells(unasked(*BY_LABEL)) == skillnad.ask(snapshot, skillnad.Count(selection, ("problem",))).cells["count"]


def test_table_hides_also_what_one_asked_before_would_tell_by_it(unasked):
    few = sum(row["legal_sex"] == "2" for row in ROWS)
    assert 0 < few < 5
    before = cells(unasked("table", "--rows", "unit", "--columns", "legal_sex", "--format", "json"))
    written = cells(unasked(*BY_LABEL))
    assert (before[TOTAL, TOTAL], before[TOTAL, "2"], written[TOTAL,]) == (len(ROWS), None, None)
    assert written["1",] == sum(row["legal_sex"] == "1" and row["problem"] == "1;2" for row in ROWS)


def test_name_that_no_column_has_leads_to_those_near(run):
    assert "Menade du problem (problem)?" in run("table", "--rows", "Problemtik", status=2)


def test_table_of_nothing_counts_all(run):
    assert cells(run("table", "--format", "json")) == {(): 90}


def test_table_with_conditions_counts_those_rows(run):
    written = cells(run("table", "--where", "problem=3", "--unit", "A", "--unit", "B", "--format", "json"))
    assert written == {(): sum(row["problem"] == "3" and row["unit"] in "AB" for row in ROWS)}


def test_table_of_a_period_counts_its_rows(run):
    written = cells(run("table", "--period", "2025-01", "--format", "json"))
    assert written == {(): sum(row["start_date"].startswith("2025-01") for row in ROWS)}


def test_csv_opens_in_a_swedish_excel(run, tmp_path):
    file = tmp_path / "tabell.csv"
    run("table", "--rows", "unit", "--columns", "legal_sex", "--percent", "rows", "--format", "csv", "--out", str(file))
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig")), delimiter=";"))
    assert rows[0][0] == "unit"
    assert "1,0000" in rows[-1]


def test_html_has_caption_and_scopes_and_explains_gaps(run):
    page = run("table", "--rows", "unit", "--columns", "legal_sex", "--format", "html")
    assert "<caption>" in page
    assert 'scope="row"' in page
    assert '<span aria-hidden="true">..</span><span class="only-read">dolt</span>' in page
    assert ".. betyder färre än fem, eller skyddar ett annat tal." in page


def test_duration_gives_what_a_notebook_gives(run, snapshot):
    table = skillnad.ask(snapshot, skillnad.Duration("start_date", "end_date", by=("unit",)))
    written = run("duration", "--from", "start_date", "--to", "end_date", "--by", "unit", "--format", "json")
    medians = {(*cell["key"],): cell["value"] for cell in json.loads(written)["cells"]["median"]}
    assert medians == table.cells["median"]


def test_flow_gives_what_a_notebook_gives(run, snapshot):
    table = skillnad.ask(snapshot, skillnad.Flow(skillnad.Period.year(2025), by=("unit",)))
    assert cells(run("flow", "--period", "2025", "--by", "unit", "--format", "json")) == table.cells["count"]
    assert table.value("count", "new", TOTAL) == 90


def test_one_column_has_shares_of_its_known(run, snapshot):
    told = json.loads(run("table", "--rows", "legal_sex", "--percent", "columns", "--format", "json"))
    assert [measure["id"] for measure in told["measures"]] == ["count", "share"]
    question = skillnad.Count(by=("legal_sex",), shares=True)
    assert told["question"] == skillnad.ask(snapshot, question).as_data()["question"]


def test_answer_joins_the_protected_set(run, home):
    run("table", "--rows", "legal_sex")
    stored = list((home / "snapshots" / "one" / "protected").glob("*.json"))
    assert any('"by":["legal_sex"]' in file.read_text(encoding="utf-8") for file in stored)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("table", "--rows", "nowhere"), "ASK-001"),
        (("table", "--format", "xml"), "ASK-021"),
        (("table", "--out", "/nowhere/t.csv"), "ASK-022"),
        (("table", "--where", "problem"), "ASK-023"),
        (("table", "--columns", "unit"), "ASK-025"),
        (("table", "--rows", "unit", "--percent", "rows"), "ASK-025"),
        (("table", "--period", "i fjol"), "PER-001"),
        (("table", "--snapshot", "/nowhere"), "SNAP-001"),
    ],
)
def test_mistake_is_told_with_a_code(run, arguments, code):
    assert code in run(*arguments, status=2)


def test_without_a_snapshot_the_command_says_how_to_make_one(tmp_path):
    done = commands.skillnad("table", SKILLNAD_HOME=str(tmp_path))
    assert done.returncode == 2
    assert "ASK-024" in done.stderr
    assert "skillnad snapshot" in done.stderr


def test_table_command_needs_no_django():
    code = "import sys, skillnad.cli.kernel.table, skillnad.cli.kernel.flow; assert 'django' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)
