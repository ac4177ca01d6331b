"""The pilot of 2022, 49 follow-ups of placements in six districts, as Skillnad would have published it: nobody can be
picked out, what it found can still be said, and what is missing explains itself.

The published report gives shares of 49, of 19 women and of 29 men, and one person who is neither. They can be turned
back to counts (docs/angripare.md); these are the ones that agree with every figure, with the one whose work was called
lacking put among the men.
"""

import csv
from pathlib import Path

import pytest
from snapshots_made import COLUMNS, coded, make_snapshot
from typer.testing import CliRunner

from skillnad.analysis.door import ask
from skillnad.analysis.questions import CrossTable, Percent, Selection
from skillnad.analysis.results import TOTAL, ProtectedTable
from skillnad.cli.main import build
from skillnad.codebook.snapshot_schema import Population
from skillnad.reports.render.tables import as_html

JUDGED = {
    ("kvinna", "mycket"): 12,
    ("kvinna", "godkant"): 7,
    ("man", "mycket"): 11,
    ("man", "godkant"): 17,
    ("man", "brist"): 1,
    ("annat", "godkant"): 1,
}
GENDERS, JUDGEMENTS = ("kvinna", "man", "annat"), ("mycket", "godkant", "brist")
Release = dict[tuple[str, str], int | None]


def run(command: str, *arguments: str) -> str:
    done = CliRunner().invoke(build([command, "table"]), [command, *arguments])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release that the command writes of the inner cells."""
    folder = tmp_path_factory.mktemp("pilot")
    lines = [f"{gender};{told};{JUDGED.get((gender, told), 0)}" for gender in GENDERS for told in JUDGEMENTS]
    (folder / "omdome.csv").write_text("\n".join(["kon;omdome;antal", *lines, ""]), encoding="utf-8")
    run("protect", str(folder / "omdome.csv"), "--count", "antal", "--out", str(folder / "ut"))
    return folder / "ut"


@pytest.fixture(scope="module")
def release(out: Path) -> Release:
    with (out / "omdome.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    return {(row["kon"], row["omdome"]): int(row["antal"]) if row["antal"] else None for row in rows}


def test_no_one_to_four_is_published(release: Release) -> None:
    assert [key for key, count in release.items() if count is not None and 0 < count < 5] == []


def test_what_the_pilot_found_can_still_be_said(release: Release) -> None:
    """63 per cent of women's placements were very good, and 38 of men's."""
    assert (release["kvinna", "mycket"], release["kvinna", "Total"]) == (12, 19)
    assert (release["man", "mycket"], release["man", "Total"]) == (11, 29)


def test_the_one_who_is_neither_is_hidden_with_all_that_would_tell(release: Release) -> None:
    assert release["annat", "Total"] is None
    assert release["Total", "Total"] is None


def test_reader_works_out_nothing_of_it(out: Path) -> None:
    assert "Inget litet tal går att räkna ut, och ingen lucka." in run("attack", str(out))


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ProtectedTable:
    """The same, counted from rows and shown as any table is."""
    gender = coded("stated_gender", kvinna="Kvinna", man="Man", annat="Annat")
    told = coded("judgement", mycket="Mycket bra", godkant="Godkänt", brist="Bristande")
    monkeypatch.setitem(COLUMNS, "stated_gender", gender)
    monkeypatch.setitem(COLUMNS, "judgement", told)
    rows = [
        {"stated_gender": who, "judgement": what, "follow_up_date": "2022-06-01"}
        for (who, what), many in JUDGED.items()
        for _ in range(many)
    ]
    snapshot = make_snapshot(tmp_path / "s", follow_ups=rows)
    question = CrossTable("judgement", "stated_gender", Selection(Population.FOLLOW_UPS), Percent.COLUMNS)
    return ask(snapshot, question)


def test_table_of_rows_keeps_the_same_promise_and_is_of_use(table: ProtectedTable) -> None:
    counts = table.cells["count"]
    assert table.value("count", TOTAL, "annat") is None
    assert [key for key, count in counts.items() if count is not None and 0 < count < 5] == []
    assert any(table.value("share", told, "man") for told in JUDGEMENTS)


def test_what_is_missing_explains_itself(table: ProtectedTable) -> None:
    page = as_html(table)
    assert page.count("skyddar ett annat tal") == 1
    assert '<span class="only-read">dolt</span>' in page
