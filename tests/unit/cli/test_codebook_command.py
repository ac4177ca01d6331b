import json

import pytest
import typer
from typer.testing import CliRunner

from skillnad.cli.kernel import codebook as command
from skillnad.cli.kernel.variable_pages import _KINDS, overview
from skillnad.codebook.loading import load_codebook
from skillnad.codebook.model import Kind
from skillnad.lib.errors import UserError

LOCAL = '[[value]]\nvariable = "intervention_type"\ncode = "skyddat-boende"\nsv = "Skyddat boende"\n'


@pytest.fixture
def skillnad():
    app = typer.Typer()
    app.callback()(lambda: None)
    command.register(app)

    def run(*arguments):
        return CliRunner().invoke(app, ["codebook", *map(str, arguments)])

    return run


@pytest.fixture
def local(tmp_path):
    folder = tmp_path / "kodbok"
    folder.mkdir()
    (folder / "insatser.toml").write_text(LOCAL, encoding="utf-8")
    return folder


@pytest.fixture
def summary(tmp_path):
    def write(content):
        path = tmp_path / "summary.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return write


def test_show_lists_every_variable(skillnad):
    result = skillnad("show")
    assert result.exit_code == 0
    assert result.output.count("värden") == 14
    assert " 12 intervention_type" in result.output
    assert "används inte" in result.output


@pytest.mark.parametrize("name", ["14", "collaboration"])
def test_show_one_by_number_or_id(skillnad, name):
    output = skillnad("show", name).output
    assert "14. Samverkan med andra aktörer" in output
    assert output.count("[utesluter alla andra]") == 2


def test_show_speaks_english(skillnad, monkeypatch):
    monkeypatch.setenv("SKILLNAD_LANGUAGE", "en")
    assert "Foster family home" in skillnad("show", "12").output


def test_show_as_json_is_the_model(skillnad):
    content = json.loads(skillnad("show", "17", "--json").output)
    assert content["id"] == "goal_attainment"
    assert content["order"] == []
    assert content["values"][5]["meaning"] == "finding"


def test_show_all_as_json(skillnad):
    assert len(json.loads(skillnad("show", "--json").output)) == 21


def test_show_with_a_local_folder(skillnad, local):
    assert "Skyddat boende  [lokalt]" in skillnad("show", "12", "--local", local).output


def test_show_of_an_unknown_variable_is_a_user_error(skillnad):
    error = skillnad("show", "x").exception
    assert isinstance(error, UserError)
    assert error.code == "CODE-001"


def test_requirements_to_a_file(skillnad, tmp_path):
    out = tmp_path / "krav.md"
    assert skillnad("requirements", "--out", out).exit_code == 0
    assert out.read_text(encoding="utf-8").startswith("# Kravspecifikation")


def test_gaps_of_a_summary(skillnad, summary):
    path = summary({"variables": {"origin": {"rows": 10, "filled": 1, "distinct": 1}}})
    output = skillnad("gaps", path).output
    assert "| 6. Ursprung | bara 1 av 10 rader har uppgiften. |" in output
    assert "| 12. Insatstyp | finns inte i underlaget. |" in output


def test_gaps_as_json(skillnad, summary):
    path = summary({"variables": {}})
    rows = json.loads(skillnad("gaps", path, "--json").output)
    assert len(rows) == 20
    assert {row["gap"] for row in rows} == {"not_delivered"}


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"variables": []}', '{"variables": {"origin": {"rows": "x"}}}'])
def test_gaps_of_another_file_is_a_user_error(skillnad, summary, content):
    error = skillnad("gaps", summary(content)).exception
    assert isinstance(error, UserError)
    assert error.code == "CODE-030"


def test_gaps_of_a_file_that_is_not_there(skillnad, tmp_path):
    assert skillnad("gaps", tmp_path / "none.json").exception.code == "CODE-030"


def test_check_says_what_the_folder_adds(skillnad, local):
    output = skillnad("check", local).output
    assert "0 egna variabler, 1 egna värden" in output
    assert "0 av de 20 används inte" in output


def test_check_shows_what_is_wrong(skillnad, local):
    (local / "fel.toml").write_text("nonsense = 1\n", encoding="utf-8")
    error = skillnad("check", local).exception
    assert error.text("sv").startswith("CODE-005 kodbok/fel.toml, rad 1: Nyckeln ”nonsense” finns inte.")


def test_overview_names_every_kind_in_swedish():
    listed = overview(load_codebook())
    assert set(_KINDS) == set(Kind)
    assert "räknas fram" in listed
    assert " identity\n" not in listed
