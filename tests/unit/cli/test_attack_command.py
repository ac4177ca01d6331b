"""`skillnad attack` and `skillnad verify`: what a reader makes of files, and a release against what it was made of."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from skillnad.cli.main import build
from skillnad.lib.errors import UserError

PUBLISHED = Path(__file__).parents[2] / "fixtures" / "published"
MANUAL = Path(__file__).parents[3] / "docs" / "angripare.md"
SQUARE = """område,kön,antal
Norr,kvinna,\nNorr,man,17\nNorr,Total,20\nSöder,kvinna,12\nSöder,man,15\nSöder,Total,27
Total,kvinna,\nTotal,man,32\nTotal,Total,47\n"""
INNER = "a,b,n\nA,x,3\nA,y,20\nA,z,30\nB,x,40\nB,y,50\nB,z,60\nC,x,70\nC,y,80\nC,z,90\n"


def run(*arguments):
    return CliRunner().invoke(build(["attack", "verify", "protect"]), [str(each) for each in arguments])


def refused(*arguments):
    found = run(*arguments)
    assert isinstance(found.exception, UserError)
    return found.exception.code


@pytest.fixture
def square(tmp_path: Path) -> Path:
    (tmp_path / "t.csv").write_text(SQUARE, "utf-8")
    return tmp_path / "t.csv"


@pytest.fixture
def release(tmp_path: Path) -> Path:
    (tmp_path / "inner.csv").write_text(INNER, "utf-8")
    assert run("protect", tmp_path / "inner.csv", "--count", "n", "--out", tmp_path / "out").exit_code == 0
    return tmp_path / "out"


def test_what_follows_is_said_with_why_and_ends_with_one(square):
    found = run("attack", square, "--count", "antal")
    assert "område Norr, kön kvinna: 3, för att område Norr är 20 och område Norr, kön man är 17." in found.stdout
    assert found.exit_code == 1


def test_manual_shows_what_is_said_of_the_pilot():
    files = [PUBLISHED / "pilot-2022.csv", PUBLISHED / "pilot-2022-stadsdelar.csv"]
    found = run("attack", *files, "--count", "antal", "--share", "andel")
    assert found.stdout.strip() in MANUAL.read_text("utf-8")
    assert "kön annat, bedömning mycket bra: 0" in found.stdout
    assert found.exit_code == 1


def test_nothing_small_ends_with_nought(square):
    found = run("attack", square, "--count", "antal", "--threshold", "2")
    assert "Inget litet tal går att räkna ut." in found.stdout
    assert found.exit_code == 0


def test_release_tells_its_reader_nothing(release):
    found = run("attack", release)
    assert "Inget litet tal går att räkna ut, och ingen lucka." in found.stdout
    assert found.exit_code == 0


def test_release_beside_another_table_of_the_same_people_tells(release, tmp_path):
    (tmp_path / "more.csv").write_text("a,b,n\nA,y,20\n", "utf-8")
    found = run("attack", release, tmp_path / "more.csv", "--count", "n")
    assert "a A, b x: 3" in found.stdout
    assert found.exit_code == 1


def test_folder_of_tables_without_a_report_is_read_too(square):
    assert run("attack", square.parent, "--count", "antal").exit_code == 1


def test_release_is_verified_against_what_it_was_made_of(release, tmp_path):
    found = run("verify", release, "--truth", tmp_path / "inner.csv")
    assert found.stdout.startswith("Inga invändningar")
    assert found.exit_code == 0


def test_release_of_other_numbers_is_objected_to(release, tmp_path):
    (tmp_path / "inner.csv").write_text(INNER.replace("90", "91"), "utf-8")
    found = run("verify", release, "--truth", tmp_path / "inner.csv")
    assert "det som visas är inte det som räknats" in found.stdout
    assert found.exit_code == 1


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--group", "x"], "DISC-086"),
        (["--where", "t.csv"], "DISC-086"),
        (["--hierarchy", "a"], "DISC-086"),
        (["--reader", "A2"], "DISC-087"),
        (["--count", "finns inte"], "DISC-042"),
    ],
)
def test_option_that_cannot_be_read_is_refused(square, options, code):
    assert refused("attack", square, "--count", "antal", *options) == code


def test_file_or_folder_that_is_not_there_is_refused(tmp_path):
    assert refused("attack", tmp_path / "nothing.csv", "--count", "n") == "DISC-040"
    assert refused("attack", tmp_path, "--count", "n") == "DISC-085"


def test_damaged_release_is_refused(release):
    file = release / "inner.csv"
    file.write_text(file.read_text("utf-8").replace("90", "91"), "utf-8")
    assert refused("attack", release) == "DISC-054"


def test_table_without_a_column_of_counts_is_asked_for_one(square):
    found = run("attack", square)
    assert isinstance(found.exception, UserError)
    assert "rad 1: Ange kolumnen med antal, med --count" in found.exception.text("sv")


def test_truth_by_another_name_is_refused(tmp_path, release):
    (tmp_path / "other.csv").write_text(INNER, "utf-8")
    assert refused("verify", release, "--truth", tmp_path / "other.csv") == "DISC-088"


@pytest.mark.parametrize(
    "words",
    [
        ["--hierarchy", "område=lan"],
        ["--group", "omrade:X=Norr,Söder"],
        ["--where", "tt.csv:år=2024"],
        ["--share", "andl"],
        ["--share", "andl=kön"],
        ["--marked", "smått", "--reader", "A2"],
    ],
    ids=" ".join,
)
def test_word_that_no_file_has_is_refused_and_not_left_out(square, words):
    assert refused("attack", square, "--count", "antal", *words) == "DISC-086"


def test_sum_by_another_name_is_a_sum_to_the_reader(tmp_path):
    (tmp_path / "t.csv").write_text("kommun,antal\nTotalt,43\nA,40\nB,\n", "utf-8")
    found = run("attack", tmp_path / "t.csv", "--count", "antal")
    assert "kommun B: 3, för att alla är 43 och kommun A är 40." in found.stdout
    assert found.exit_code == 1
