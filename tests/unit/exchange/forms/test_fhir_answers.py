"""Sheets of answers as responses: nobody's name on them, every worked case back as it was."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse
from made_forms import whole
from worked_sheets import instrument_names, sheets_of

from skillnad.exchange.forms.fhir_answers import as_response, from_response, response
from skillnad.instruments.answers import AnswerSheet, check_answers
from skillnad.instruments.asked import ItemKind
from skillnad.lib.errors import UserError
from skillnad.lib.plain_json import plain

SECRET = "19121212"
ANSWERS = {
    "p1": "2",
    "mood": 7.5,
    "days": "X",
    "words": 4,
    "help": ["a", "c"],
    "order": {"b": 1, "a": 2, "c": 3},
    "met": "2026-02-28",
    "hours.mon.day": 1.5,
    "said": SECRET,
}


def sheet(**answers):
    return AnswerSheet("samlat", "2026.1", "client", answers or ANSWERS, "adult", "sv", 15, {})


def sent(given=None, **more):
    return response(whole(), given or sheet(), **more)


def back(resource, instrument=None):
    return from_response(json.dumps(resource).encode(), instrument or whole(), "answers.json")


def refused(change):
    resource = sent()
    change(resource)
    with pytest.raises(UserError) as caught:
        back(resource)
    (problem,) = caught.value.problems
    assert SECRET not in problem.text() + problem.text("en")
    return problem


def links(parts):
    for part in parts:
        yield part["linkId"]
        yield from links(part.get("item", ()))


@pytest.mark.parametrize("name", instrument_names())
def test_every_worked_case_comes_back_as_it_was(name):
    for instrument, given in sheets_of(name):
        made = as_response(instrument, given, with_texts=True)
        read = from_response(made.text.encode(), instrument, "answers.json")
        answers = {name: plain(answer) for name, answer in given.answers.items() if answer != ""}
        assert {name: plain(answer) for name, answer in read.answers.items()} == answers
        assert replace(read, answers={}) == replace(given, answers={})
        assert check_answers(instrument, read) == ()
        assert made.losses == ()


def test_a_response_validates():
    made = as_response(whole(), sheet())
    read = QuestionnaireResponse.model_validate_json(made.text)
    assert read.questionnaire == "urn:skillnad:instrument:samlat|2026.1"
    assert read.status == "completed"


def test_all_kinds_of_answers_come_back():
    assert back(sent(with_texts=True)) == sheet()


def test_free_text_stays_at_home_unless_asked_for():
    made = as_response(whole(), sheet())
    assert SECRET not in made.text
    assert [(loss.sv, loss.where) for loss in made.losses] == [("svar i fri text", "said")]


def test_words_of_an_unknown_question_stay_at_home_too():
    made = as_response(whole(), sheet(p1="2", gone=SECRET))
    assert SECRET not in made.text


def test_a_pseudonym_is_the_only_subject():
    assert "subject" not in sent()
    told = sent(pseudonym="k-17")["subject"]
    assert told == {"identifier": {"system": "urn:skillnad:pseudonym", "value": "k-17"}}


def test_who_answered_is_not_read():
    resource = sent() | {"subject": {"display": SECRET}, "author": {"display": SECRET}, "source": {"display": SECRET}}
    assert SECRET not in str(back(resource))


def test_answers_stand_in_the_groups_of_the_form():
    made = sent()
    matrix = next(part for part in made["item"] if part["linkId"] == "matrix#hours")
    assert [part["linkId"] for part in matrix["item"]] == ["hours.mon.day"]


def test_an_instrument_of_other_questions_has_its_own_groups():
    """Two that share a digest, as drafts do, are two all the same."""
    items = {name: replace(item, matrix="") for name, item in whole().items.items()}
    flat = replace(whole(), items=items, matrices={})
    assert "matrix#hours" in links(sent()["item"])
    assert "matrix#hours" not in links(response(flat, sheet())["item"])


def test_what_was_not_answered_is_not_there():
    assert list(links(sent(sheet(p1="1"))["item"])) == ["p1"]


def test_nothing_chosen_is_an_answer_and_nothing_answered_is_none():
    read = back(sent(sheet(help=[], p1="")))
    assert dict(read.answers) == {"help": []}


def test_a_code_in_place_of_a_number_stands_beside():
    assert "days#code" in links(sent()["item"])


def test_a_decimal_is_written_as_it_is():
    (item,) = sent(sheet(mood=Decimal("7.5")))["item"]
    assert item["answer"] == [{"valueDecimal": 7.5}]


def test_a_rank_that_is_not_told_is_the_answers_place():
    resource = sent(sheet(order={"b": 1, "a": 2, "c": 3}))
    for answer in resource["item"][0]["answer"]:
        del answer["extension"]
    assert back(resource).answers["order"] == {"b": 1, "a": 2, "c": 3}


def test_the_slots_choice_comes_along():
    given = replace(sheet(), slots={"since": "previous"})
    assert back(sent(given)).slots == {"since": "previous"}


def test_a_response_of_others_is_the_first_perspectives():
    resource = sent(sheet(p1="2"))
    del resource["extension"]
    read = back(resource)
    assert (read.perspective, read.age, read.variant) == ("client", None, "")


def test_a_yes_is_the_code_one():
    resource = sent(sheet(p1="2"))
    resource["item"][0]["answer"] = [{"valueBoolean": True}]
    assert back(resource).answers == {"p1": "1"}


def test_the_version_is_the_one_that_the_answers_were_given_on():
    read = back(sent(replace(sheet(), version="2025.3")))
    assert read.version == "2025.3"
    assert [problem.code for problem in check_answers(whole(), read)] == ["INSTR-041"]


def test_another_instruments_answers_are_refused():
    problem = refused(lambda resource: resource.update(questionnaire="urn:skillnad:instrument:sdq|2005.1"))
    assert (problem.code, problem.where) == ("INSTR-041", "answers.json, questionnaire")


def test_an_answer_to_no_question_is_refused_with_its_place():
    problem = refused(lambda resource: resource["item"].append({"linkId": "zz", "answer": [{"valueString": SECRET}]}))
    assert (problem.code, problem.where) == ("INSTR-050", "answers.json, linkId zz")


def test_several_answers_to_a_question_of_one_are_refused():
    def double(resource):
        resource["item"][0]["answer"] *= 2

    problem = refused(double)
    assert (problem.code, problem.where) == ("INSTR-051", "answers.json, linkId p1")


def test_an_answer_of_a_type_without_counterpart_is_refused():
    def attach(resource):
        resource["item"][0]["answer"] = [{"valueUri": SECRET}]

    problem = refused(attach)
    assert (problem.code, problem.where) == ("INSTR-034", "answers.json, linkId p1")
    assert "valueUri" in problem.sv


def test_what_does_not_validate_is_refused_without_its_value():
    problem = refused(lambda resource: resource.update(status=[SECRET]))
    assert (problem.code, problem.where) == ("INSTR-033", "answers.json, status")


def test_a_questionnaire_is_no_response():
    with pytest.raises(UserError, match="Resursen är Questionnaire, inte QuestionnaireResponse"):
        from_response(b'{"resourceType": "Questionnaire", "status": "active"}', whole(), "answers.json")


def test_an_answer_that_may_not_stand_is_left_to_the_check():
    read = back(sent(sheet(p1="8")))
    assert [problem.code for problem in check_answers(whole(), read)] == ["INSTR-051"]


def test_kinds_of_answers_in_this_test_are_all_there_are():
    asked = {whole().items[name].kind for name in ANSWERS}
    assert set(ItemKind) - asked <= {ItemKind.SINGLE, ItemKind.DURATION, ItemKind.MATRIX}
