"""`skillnad differences`: from a snapshot on disk to three files."""

import io
from pathlib import Path

import openpyxl
import pypdf
import pytest
from differing import differing_snapshot

from .commands import Done, skillnad


def run(*arguments: str, home: Path) -> Done:
    return skillnad("differences", *arguments, SKILLNAD_HOME=str(home))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    differing_snapshot(home / "snapshots" / "one")
    done = run("--period", "2025", "--out", str(home / "ut"), home=home)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [str(home / "ut" / f"differences.{kind}") for kind in ("html", "pdf", "xlsx")]
    return home / "ut"


def test_page_tells_the_difference_and_has_room_for_an_explanation(made: Path) -> None:
    html = (made / "differences.html").read_text(encoding="utf-8")
    assert "<h1>Skillnader att förklara</h1>" in html
    assert "nådde 30\xa0% alla mål, för pojkar och män 60\xa0%: 30 procentenheter lägre" in html
    assert "sk-ruled" in html
    assert "<form" not in html


def test_pdf_says_the_same(made: Path) -> None:
    pages = pypdf.PdfReader(io.BytesIO((made / "differences.pdf").read_bytes())).pages
    text = " ".join(" ".join(page.extract_text().split()) for page in pages)
    assert "30 procentenheter lägre" in text
    assert "Vilka behov och önskemål" in text


def test_workbook_has_the_figures_as_a_plain_count_gives_them(made: Path) -> None:
    book = openpyxl.load_workbook(made / "differences.xlsx")
    rows = {row[0]: row[1:] for row in book["Tabell 2"].values if row[0]}
    assert rows["Flickor och kvinnor"][:2] == (240, 0.3)
    assert rows["Pojkar och män"][:2] == (240, 0.6)
    assert all(isinstance(number, float) for number in rows["Skillnad, procentenheter"][1:4])


def test_period_that_is_none_is_refused(made: Path) -> None:
    done = run("--period", "i fjol", "--out", "x", home=made.parent)
    assert (done.returncode, done.stdout) == (2, "")
    assert "PER-001" in done.stderr
