import json

import pytest
import typer
from instrument_folders import trygghet
from typer.testing import CliRunner

from skillnad.cli.kernel import instrument as command
from skillnad.cli.main import COMMANDS
from skillnad.instruments.loading import instrument_ids
from skillnad.lib.errors import UserError


@pytest.fixture
def run(monkeypatch, tmp_path):
    monkeypatch.delenv("SKILLNAD_LOCAL_INSTRUMENTS", raising=False)
    monkeypatch.chdir(tmp_path)
    app = typer.Typer()
    app.callback()(lambda: None)
    command.register(app)

    def run(*words, status=0):
        done = CliRunner().invoke(app, ["instrument", *map(str, words)])
        assert done.exit_code == status, done.output
        return done

    return run


@pytest.fixture
def refused(run):
    def refused(*words):
        error = run(*words, status=1).exception
        assert isinstance(error, UserError)
        return error

    return refused


@pytest.fixture
def svar(tmp_path):
    path = tmp_path / "svar.csv"
    path.write_text("key;day;night\n1;1;2\n2;5;2\n3;3;4\n", encoding="utf-8")
    return path


def test_command_is_loaded_on_use():
    assert COMMANDS["instrument"] == command.__name__


def test_list_has_a_line_for_each(run):
    lines = run("list").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(instrument_ids())
    assert next(line for line in lines if line.startswith("sdq")).split()[1:5] == ["2005.1", "31", "frågor", "licens"]


def test_list_has_the_municipalitys_own(run, tmp_path):
    trygghet(tmp_path)
    lines = run("list", "--local", tmp_path).stdout.splitlines()
    assert next(line for line in lines if line.startswith("trygghet ")).split()[4] == "eget"


def test_list_as_json_says_what_each_is(run):
    said = {one["id"]: one for one in json.loads(run("list", "--json").stdout)}
    assert said["sdq"]["licence"] == {"kind": "permission", "texts": False, "confirm": True}
    assert said["skr6"]["variants"]["adult"][:2] == ["sv", "en"]
    assert said["ors"]["scores"] == ["total"]
    assert len(said["hvb_pilot_2022"]["items"]) == 8


def test_show_is_the_form_as_it_is_put(run):
    said = run("show", "skr6", "--variant", "easy_read").stdout
    assert "Har det blivit bättre eller sämre för dig?\nVi menar sedan du började få stödet från" in said
    assert "(ställs om B1a är 1 eller 2, eller B1b är 1 eller 2)" in said
    assert "satisfied: Mycket eller ganska nöjd (b3 är 1, 2)" in said


def test_show_in_another_language_says_that_it_is_not_validated(run):
    said = run("show", "skr6", "--language", "fi").stdout
    assert "obs:     maskingjord översättning som ingen har granskat" in said


def test_show_of_licensed_words_says_what_is_asked_about(run):
    said = run("show", "ors").stdout
    assert "obs:     orden ingår inte" in said
    assert "[Nära relationer]" in said


def test_show_has_a_part_for_each_who_answers_other_questions(run):
    said = run("show", "hvb_pilot_2022").stdout
    assert said.index("== Brukaren ==") < said.index("Får du det stöd") < said.index("== Socialsekreteraren")


def test_show_of_what_is_not_there_names_what_is(refused):
    assert refused("show", "skr7").code == "INSTR-040"
    assert refused("show", "skr6", "--variant", "barn").code == "INSTR-059"
    assert refused("show", "skr6", "--language", "xx").code == "INSTR-059"


def test_new_check_and_next(run, tmp_path):
    assert "Skrev egna/trygghet/definition.toml." in run("new", "egna/trygghet", "--title", "Trygghet").stdout
    assert "2 räknade exempel" in run("check", "egna/trygghet").stdout
    assert "Den förra ligger kvar i egna/trygghet/versions/" in run("new", "egna/trygghet", "--next").stdout
    assert "Kvar att ändra: definition.toml, rad 8" in run("check", "egna").stdout


def test_new_without_title_is_called_as_its_folder(run, tmp_path):
    run("new", "vara_fragor")
    assert 'title_sv = "Vara fragor"' in (tmp_path / "vara_fragor" / "definition.toml").read_text("utf-8")


def test_score_of_a_folder_ends_with_1_where_a_row_was_refused(run, tmp_path, svar):
    done = run("score", trygghet(tmp_path), svar, "--out", tmp_path / "poang.csv", status=1)
    assert done.stdout.splitlines() == [f"Skrev {tmp_path}/poang{kind}.csv." for kind in ("", ".regler", ".avvisade")]
    assert "2 av 3 rader är räknade. Inte räknade:\nINSTR-051 svar.csv, rad 3, kolumn day: Svaret 5" in done.stderr
    assert (tmp_path / "poang.csv").read_text("utf-8") == (
        "row;key;safety;version\n2;1;1,5;trygghet 2026.1\n4;3;3,5;trygghet 2026.1\n"
    )


def test_score_by_id_in_the_municipalitys_folder(run, tmp_path, svar, monkeypatch):
    trygghet(tmp_path)
    svar.write_text("day,night\n1,2\n", encoding="utf-8")
    monkeypatch.setenv("SKILLNAD_LOCAL_INSTRUMENTS", str(tmp_path))
    run("score", "trygghet", svar, "--out", tmp_path / "poang.csv")
    assert (tmp_path / "poang.csv").read_text("utf-8") == "row,safety,version\n2,1.5,trygghet 2026.1\n"
    assert not (tmp_path / "poang.avvisade.csv").exists()


def test_score_ends_with_2_where_no_row_could_be(run, tmp_path, svar):
    svar.write_text("day;night\n7;2\n", encoding="utf-8")
    run("score", trygghet(tmp_path), svar, "--out", tmp_path / "poang.csv", status=2)


def test_score_of_what_must_not_be_added_up_reads_no_file(refused):
    assert refused("score", "savry", "saknas.csv", "--out", "poang.csv").code == "INSTR-014"


def test_export_and_import(run, tmp_path):
    assert run("export", "skr6", "--to", "json").stdout == "Skrev skr6.json.\n"
    said = run("import", "skr6.json", "--out", "egna/sexan").stdout
    assert "Skrev egna/sexan/texts/easy_read.sv.toml." in said
    assert "8 räknade exempel" in run("check", "egna/sexan").stdout


def test_export_lists_what_is_lost_once(run):
    said = run("export", "skr6", "--to", "xlsform").stderr.splitlines()
    assert "kommer allt tillbaka" in said[0]
    assert "Andra program får inte med:" in said[0]
    assert len(said) == len(set(said)) > 5


def test_licence_is_written_and_told(run, refused, tmp_path):
    words = ("licence", "sdq", "--by", "enhetschef", "--reference", "Avtal 1", "--local", tmp_path)
    assert "Licens för sdq angiven: enhetschef, Avtal 1" in run(*words).stderr
    assert refused(*words).code == "INSTR-019"


@pytest.mark.parametrize(("which", "kind"), [("skr6", "paper"), ("sdq", "film")])
def test_licence_that_cannot_be_stated_is_refused(refused, tmp_path, which, kind):
    words = ("licence", which, "--by", "chef", "--reference", "A", "--local", tmp_path, "--kind", kind)
    assert refused(*words).code == "INSTR-019"


def test_answers_for_another_programme(run, tmp_path, svar):
    done = run("answers", trygghet(tmp_path), svar, "--out", tmp_path / "svar.sav", status=1)
    assert done.stdout.splitlines() == [f"Skrev {tmp_path}/svar.sav.", f"Skrev {tmp_path}/svar.avvisade.csv."]
    assert "2 av 3 rader är räknade" in done.stderr


def test_answers_of_which_none_may_stand_are_not_written(run, tmp_path, svar):
    svar.write_text("day;night\n7;2\n", encoding="utf-8")
    run("answers", trygghet(tmp_path), svar, "--out", tmp_path / "svar.parquet", status=2)
    assert not (tmp_path / "svar.parquet").exists()


@pytest.mark.parametrize("name", ["svar.xls", "svar.csv"])
def test_answers_go_to_another_file_of_a_known_kind(refused, tmp_path, svar, name):
    assert refused("answers", trygghet(tmp_path), svar, "--out", tmp_path / name).code == "INSTR-050"
