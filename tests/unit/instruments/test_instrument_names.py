"""Questions, scores, bands and shares are columns of the same tables, and have names that no other column has."""

import pytest
from instrument_folders import damaged, found, places, trygghet
from made_xlsforms import question, read

from skillnad.cli.kernel.instrument_answers import ABOUT_ROWS
from skillnad.collection.files import ABOUT, WHERE, WHOM
from skillnad.exchange.forms.fhir_in import from_fhir
from skillnad.instruments.rules_names import OF_ANSWERS, OF_SCORES

FIRST = '[[item]]\nid = "{}"\nkind = "text"\nlabel_sv = "Mer"\ntext = "Mer?"\n\n[[item]]\nid = "day"'
SHARE = '[[share]]\nid = "{}"\nsv = "Trygg"\nitem = "day"\ncodes = ["3", "4"]\n\n[[score]]'


@pytest.mark.parametrize("name", ["key", "age", "date", "unit", "client"])
def test_question_is_not_called_as_a_column_of_every_answer(tmp_path, name):
    folder = trygghet(tmp_path, ('[[item]]\nid = "day"', FIRST.format(name)))
    (problem,) = found(folder, local=True)
    assert problem.where == "trygghet/definition.toml, rad 40"
    assert problem.sv == (
        f"”{name}” är namnet på en kolumn som filer med svar har själva. Ge frågan ett annat id, som {name}_1."
    )


@pytest.mark.parametrize("name", ["row", "version"])
def test_question_may_be_called_as_a_column_of_scores(tmp_path, name):
    assert found(trygghet(tmp_path, ('[[item]]\nid = "day"', FIRST.format(name))), local=True) == []


def test_score_is_not_called_as_a_column_of_scores(tmp_path):
    folder = trygghet(tmp_path, ('id = "safety"', 'id = "version"'))
    (problem,) = found(folder, local=True)
    assert (problem.code, "filer med poäng har själva. Ge poängen ett annat id" in problem.sv) == ("INSTR-027", True)
    assert "files of scores have themselves. Give the score another id, such as version_1." in problem.en


@pytest.mark.parametrize(("name", "other"), [("day", "frågan"), ("safety", "poängen")])
def test_share_that_is_called_as_another_column_is_refused(tmp_path, name, other):
    folder = trygghet(tmp_path, ("[[score]]", SHARE.format(name)))
    (problem,) = found(folder, local=True)
    assert problem.code == "INSTR-027"
    assert problem.sv == (
        f"Andelen och {other} heter båda ”{name}”, och skulle bli samma kolumn. Ge andelen ett annat id."
    )


def test_bands_are_columns_too(tmp_path):
    folder = damaged(tmp_path, "ors", ('[[band_set]]\nid = "adult"', '[[band_set]]\nid = "total"'))
    assert "INSTR-027" in [code for code, _ in places(folder)]


def test_names_are_those_of_the_files_that_are_read():
    assert {*ABOUT, *WHOM, *WHERE, *ABOUT_ROWS} == OF_ANSWERS


def test_forms_of_others_get_other_names(tmp_path):
    survey = [question("age", "integer"), question("b", relevant="${age} > 17")]
    folder, losses = read(survey, tmp_path)
    assert list(folder.instrument.items) == ["age_2", "b"]
    assert folder.instrument.items["b"].when.all[0].item == "age_2"
    assert any("age → age_2" in loss.where for loss in losses)


def test_questionnaires_of_others_get_other_names():
    form = b'{"resourceType": "Questionnaire", "status": "active", "title": "T", "item": [{"linkId": "age", '
    folder = from_fhir(form + b'"type": "integer", "text": "?", "required": true}]}', "form.json").folder
    assert not {*folder.instrument.items} & {*OF_ANSWERS, *OF_SCORES}
