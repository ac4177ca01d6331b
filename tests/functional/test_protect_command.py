"""`skillnad protect`, as anybody runs it: CSV files in, protected CSV files out, and what bad input gets."""

import csv
import json

import pytest
from tables_from_files import MUNICIPAL, TABLES, inner_file, recounted

from .commands import skillnad

TABLE = TABLES / "insatser.csv"
OTHER = TABLES / "personer.csv"
SMALL = (OTHER, "--count", "antal", "--hierarchy", "kommun=län")
GROUPINGS = [word for edge in MUNICIPAL for word in ("--hierarchy", "=".join(edge))]
QUICK = ("--seconds", "30")
"""Long enough to prove that nothing is cheaper, so that each run gives the same."""
CANARY = "4711"


@pytest.fixture
def run(tmp_path):
    def run(*words, status=0, **settings):
        done = skillnad("protect", *map(str, words), *QUICK, folder=tmp_path, **settings)
        assert done.returncode == status, done.stderr
        return done.stdout if status == 0 else done.stderr

    return run


def rows(file, separator=","):
    with file.open(encoding="utf-8") as stream:
        return [*csv.DictReader(stream, delimiter=separator)]


def municipal(told, other):
    """Each municipality's count, whatever else."""
    return {row["kommun"]: row["antal"] for row in told if row[other] == "Total" and row["kommun"] != "Total"}


def report(folder):
    return json.loads((folder / "report.json").read_text(encoding="utf-8"))


def test_table_comes_out_with_margins_and_gaps(run, tmp_path):
    run(TABLE, "--count", "antal", *GROUPINGS, "--out", "ut")
    inner, told = inner_file(TABLE, "antal"), rows(tmp_path / "ut" / "insatser.csv")
    assert [*told[0]] == ["kommun", "län", "slag", "insats", "antal"]
    assert len(told) == 14 * 5
    for row in told:
        count = row.pop("antal")
        assert count in ("", str(recounted(inner, row)))


def test_report_says_what_was_hidden(run, tmp_path):
    said = run(TABLE, "--count", "antal", *GROUPINGS, "--out", "ut")
    told = report(tmp_path / "ut")
    assert told["unmet"] == []
    assert told["attacker"] == "A1"
    assert told["bound"] <= told["cost"]
    assert told["tables"][0]["gaps"] == sum(row["antal"] == "" for row in rows(tmp_path / "ut" / "insatser.csv"))
    assert f"Småtal{told['primary']}Följdluckor{told['secondary']}" in "".join(said.split())
    assert "Skrivet i ut: insatser.csv och report.json." in said
    assert "Det som kan spridas är tabellerna, inte report.json." in said


def test_terminal_tells_what_it_cost(run):
    said = run(*SMALL, "--out", "ut")
    for word in ("personer.csv", "celler", "luckor", "Små tal", "Följdluckor", "Kostnad", "Tid", "Läsaren", "vet att"):
        assert word in said


def test_tables_of_one_publication_have_one_status(run, tmp_path):
    run(TABLE, OTHER, "--count", "antal", *GROUPINGS, "--out", "ut")
    one = municipal(rows(tmp_path / "ut" / "insatser.csv"), "insats")
    other = municipal(rows(tmp_path / "ut" / "personer.csv", ";"), "kön")
    assert one == other
    assert one["C"] == ""


def test_same_run_gives_the_same_tables(run, tmp_path):
    for out in ("ett", "två"):
        run(*SMALL, "--out", out, "--seed", "3")
    assert (tmp_path / "ett" / "personer.csv").read_bytes() == (tmp_path / "två" / "personer.csv").read_bytes()


def test_policy_is_read_from_a_file(run, tmp_path):
    (tmp_path / "regler.toml").write_text("threshold = 16\nzeros_printed = false\n", encoding="utf-8")
    run(*SMALL, "--policy", "regler.toml", "--out", "ut")
    told = report(tmp_path / "ut")
    assert (told["policy"]["threshold"], told["attacker"]) == (16, "A0")


def test_threshold_is_given_by_itself(run, tmp_path):
    run(*SMALL, "--threshold", "3", "--out", "ut")
    shown = {row["antal"] for row in rows(tmp_path / "ut" / "personer.csv", ";")}
    assert not shown & {"1", "2"}
    assert report(tmp_path / "ut")["policy"]["threshold"] == 3


def test_municipality_s_policy_is_kept_to(run, tmp_path):
    (tmp_path / "kodbok").mkdir()
    (tmp_path / "kodbok" / "skydd.toml").write_text("threshold = 7\n", encoding="utf-8")
    own = {"SKILLNAD_LOCAL_CODEBOOK": str(tmp_path / "kodbok")}
    run(*SMALL, "--out", "ut", **own)
    assert report(tmp_path / "ut")["policy"]["threshold"] == 7
    (tmp_path / "regler.toml").write_text("threshold = 6\n", encoding="utf-8")
    assert "DISC-023" in run(*SMALL, "--policy", "regler.toml", "--out", "b", status=2, **own)


def test_earlier_release_is_taken_into_account(run, tmp_path):
    run(TABLE, "--count", "antal", *GROUPINGS, "--out", "förra")
    run(OTHER, "--count", "antal", "--hierarchy", "kommun=län", "--against", "förra", "--out", "ut")
    before = municipal(rows(tmp_path / "förra" / "insatser.csv"), "insats")
    assert municipal(rows(tmp_path / "ut" / "personer.csv", ";"), "kön") == before
    assert len(report(tmp_path / "ut")["against"]) == 1


def test_forced_cell_is_a_gap(run, tmp_path):
    run(TABLE, "--count", "antal", *GROUPINGS, "--force", "kommun=F,insats=boende", "--out", "ut")
    told = rows(tmp_path / "ut" / "insatser.csv")
    assert [row["antal"] for row in told if (row["kommun"], row["insats"]) == ("F", "boende")] == [""]


def test_release_is_written_anew_in_its_place(run, tmp_path):
    for threshold in ("5", "9"):
        run(*SMALL, "--threshold", threshold, "--out", "ut")
    assert report(tmp_path / "ut")["policy"]["threshold"] == 9
    assert {path.name for path in tmp_path.iterdir()} == {"ut"}


def test_bad_input_is_refused_and_nothing_written(run, tmp_path):
    (tmp_path / "t.csv").write_text(f"muni,sex,n\nA,k,-{CANARY}\n", encoding="utf-8")
    said = run("t.csv", "--count", "n", "--out", "ut", status=2)
    assert said.startswith("DISC-044 t.csv, rad 2, kolumn n:")
    assert CANARY not in said
    assert "Traceback" not in said
    assert {path.name for path in tmp_path.iterdir()} == {"t.csv"}


def test_tables_of_different_people_are_refused(run, tmp_path):
    other = TABLE.read_text(encoding="utf-8").replace("A,1,stad,boende,10", "A,1,stad,boende,12")
    (tmp_path / "t.csv").write_text(other, encoding="utf-8")
    said = run("t.csv", OTHER, "--count", "antal", *GROUPINGS, "--out", "ut", status=2)
    assert said.startswith("DISC-050 personer.csv och t.csv:")
    assert "kommun=A" in said


def test_policy_with_a_typo_is_refused(run, tmp_path):
    (tmp_path / "regler.toml").write_text("treshold = 3\n", encoding="utf-8")
    said = run(*SMALL, "--policy", "regler.toml", "--out", "ut", status=2)
    assert "Menade du ”threshold”?" in said
    assert not (tmp_path / "ut").exists()


def test_damaged_release_is_refused(run, tmp_path):
    run(*SMALL, "--out", "förra")
    file = tmp_path / "förra" / "personer.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("kvinna", "flicka"), encoding="utf-8")
    said = run(*SMALL, "--against", "förra", "--out", "ut", status=2)
    assert said.startswith("DISC-054 förra/personer.csv")
    assert not (tmp_path / "ut").exists()


def test_release_of_other_people_is_refused(run, tmp_path):
    (tmp_path / "t.csv").write_text("kommun,kön,antal\nA,kvinna,40\nA,man,30\n", encoding="utf-8")
    run("t.csv", "--count", "antal", "--out", "förra")
    said = run(*SMALL, "--against", "förra", "--out", "ut", status=2)
    assert said.startswith("DISC-055")
    assert not (tmp_path / "ut").exists()


def test_folder_of_the_original_is_refused(run, tmp_path):
    (tmp_path / "t.csv").write_bytes(TABLE.read_bytes())
    assert "DISC-060" in run("t.csv", "--count", "antal", "--out", ".", status=2)
    assert (tmp_path / "t.csv").read_bytes() == TABLE.read_bytes()


def test_folder_with_other_things_is_left_alone(run, tmp_path):
    (tmp_path / "ut").mkdir()
    (tmp_path / "ut" / "viktigt.txt").write_text("", encoding="utf-8")
    assert "DISC-060" in run(*SMALL, "--out", "ut", status=2)
    assert [path.name for path in (tmp_path / "ut").iterdir()] == ["viktigt.txt"]


def test_english_is_spoken_to_who_asks_for_it(run):
    assert "There is no column" in run(TABLE, "--count", "n", "--out", "ut", status=2, SKILLNAD_LANGUAGE="en")


def test_coarser_tables_are_suggested_on_the_screen_alone(run, tmp_path):
    said = run(TABLE, "--count", "antal", *GROUPINGS, "--out", "ut", "--suggest")
    assert "luckor färre" in said
    assert not any("färre" in file.read_text() for file in (tmp_path / "ut").iterdir())


def test_policy_can_ask_for_rounding(run, tmp_path):
    (tmp_path / "p.toml").write_text('name = "avrundad"\nway = "round"\nbase = 5\n')
    said = run(TABLE, "--count", "antal", *GROUPINGS, "--policy", "p.toml", "--out", "ut")
    assert "Små tal är 0 eller 5. Inget tal är mer än 4 ifrån." in said
    counts = [int(row["antal"]) for row in rows(tmp_path / "ut" / "insatser.csv")]
    assert not any(0 < count < 5 for count in counts)
    assert report(tmp_path / "ut")["policy"]["distance"] == 4
