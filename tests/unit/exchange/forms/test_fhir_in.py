"""Questionnaires from elsewhere: what has a counterpart comes in, what has none is told with its place."""

import json
from dataclasses import replace

import pytest
from made_forms import folder, whole

from skillnad.exchange.forms import fhir_terms as fhir
from skillnad.exchange.forms.fhir_in import from_fhir
from skillnad.exchange.forms.fhir_out import as_fhir
from skillnad.exchange.forms.folders import loaded_folder
from skillnad.exchange.forms.json_form import form_from_json, json_form
from skillnad.instruments.asked import Clause, Condition, ItemKind
from skillnad.lib.errors import UserError

SECRET = "19121212"
MIN, MAX = fhir.MIN, fhir.MAX


def choice(link, *codes, **more):
    options = [
        {"valueCoding": {"system": "http://loinc.org", "code": code, "display": f"Svar {code}"}} for code in codes
    ]
    return {"linkId": link, "text": "Hur är det?", "type": "choice", "answerOption": options, **more}


def scale(link, *points):
    given = [
        {"valueCoding": {"code": f"LA{n}", "display": f"{n}", "extension": [{"url": fhir.ORDINAL, "valueDecimal": n}]}}
        for n in points
    ]
    return {"linkId": link, "text": "Hur är det?", "type": "choice", "answerOption": given}


def form(*items, **more):
    told = {
        "resourceType": "Questionnaire",
        "status": "active",
        "name": "MOOD",
        "title": "Mående",
        "date": "2025-03-01",
    }
    return json.dumps({**told, **more, "item": list(items)}).encode()


def read(*items, **more):
    return from_fhir(form(*items, **more), "form.json")


def items(*parts):
    return read(*parts).folder.instrument.items


def refused(content, file="form.json"):
    with pytest.raises(UserError) as caught:
        from_fhir(content, file)
    return caught.value.problems


def told(losses):
    return {loss.sv: loss.where for loss in losses}


def test_a_form_from_elsewhere_becomes_an_instrument_that_follows_the_rules():
    made = read(choice("/44250-9", "LA6568-5", "LA6569-3"), {"linkId": "2", "text": "Hur många?", "type": "integer"})
    instrument = made.folder.instrument
    assert (instrument.id, instrument.version, instrument.title_sv) == ("mood", "2025.1", "Mående")
    assert [(item.id, item.kind) for item in instrument.items.values()] == [("q44250_9", "single"), ("q2", "number")]
    assert [option.sv for option in instrument.items["q44250_9"].options] == ["Svar LA6568-5", "Svar LA6569-3"]


def test_a_link_that_gets_another_id_is_told():
    assert told(read(choice("/44250-9", "a", "b")).losses) == {"linkId, som fick ett annat id": "/44250-9"}


def test_two_links_that_would_be_one_id_are_two():
    assert list(items(choice("A-1", "a", "b"), choice("A.1", "a", "b"))) == ["a_1", "a_1_2"]


@pytest.mark.parametrize(
    ("kind", "ours"),
    [("date", "date"), ("string", "text"), ("text", "text"), ("integer", "number"), ("boolean", "single")],
)
def test_a_type_becomes_its_kind(kind, ours):
    assert items({"linkId": "a", "text": "Fråga?", "type": kind})["a"].kind == ours


def test_a_yes_or_no_has_two_options():
    options = items({"linkId": "a", "text": "Fråga?", "type": "boolean"})["a"].options
    assert [(option.code, option.sv) for option in options] == [("1", "Ja"), ("0", "Nej")]


def test_options_with_points_are_a_scale():
    item = items(scale("a", 0, 1, 2))["a"]
    assert item.kind is ItemKind.SCALE
    assert [option.points for option in item.options] == [0, 1, 2]


def test_a_repeated_choice_takes_several():
    assert items(choice("a", "x", "y", repeats=True))["a"].kind is ItemKind.MULTIPLE


def test_an_open_choice_gets_an_option_that_asks_for_words():
    option = items({**choice("a", "x", "y"), "type": "open-choice"})["a"].options[-1]
    assert (option.code, option.specify) == ("other", True)


def test_limits_are_read():
    limits = [{"url": MIN, "valueInteger": 1}, {"url": MAX, "valueInteger": 9}]
    item = items({"linkId": "a", "text": "Hur många?", "type": "integer", "extension": limits})["a"]
    assert (item.least, item.most, item.decimals) == (1, 9, 0)


def test_options_in_a_set_of_values_in_the_form_are_read():
    values = {"compose": {"include": [{"system": "urn:x", "concept": [{"code": "a", "display": "Ja"}, {"code": "b"}]}]}}
    contained = [{"resourceType": "ValueSet", "id": "v", "status": "active", **values}]
    asked = {"linkId": "a", "text": "Fråga?", "type": "choice", "answerValueSet": "#v"}
    options = read(asked, contained=contained).folder.instrument.items["a"].options
    assert [(option.code, option.sv) for option in options] == [("a", "Ja"), ("b", "b")]


def test_help_and_intro_come_along():
    control = {"url": fhir.CONTROL, "valueCodeableConcept": {"coding": [{"system": fhir.CONTROLS, "code": "help"}]}}
    help_ = {"linkId": "h", "text": "Tänk på i dag.", "type": "display", "extension": [control]}
    made = read({"linkId": "i", "text": "Hej.", "type": "display"}, choice("a", "x", "y", item=[help_]))
    assert (made.folder.instrument.intro, made.folder.instrument.items["a"].help) == ("Hej.", "Tänk på i dag.")


def test_a_code_of_another_system_is_left_and_told():
    coded_ = choice("a", "x", "y", code=[{"system": "http://loinc.org", "code": "44250-9", "display": "Little"}])
    made = read(coded_)
    assert made.folder.instrument.items["a"].label_sv == "Hur är det?"
    assert told(made.losses) == {"frågornas koder i andra system": "a"}


def test_someone_answers_a_form_that_does_not_say_who():
    (perspective,) = read(choice("a", "x", "y")).folder.instrument.perspectives.values()
    assert (perspective.id, perspective.sv) == ("client", "Den som svarar")


def test_a_group_is_a_group_and_its_condition_holds_of_what_is_in_it():
    when = [{"question": "a", "operator": "=", "answerCoding": {"code": "x"}}]
    group = {"linkId": "g", "text": "Mer", "type": "group", "enableWhen": when, "item": [choice("b", "x", "y")]}
    item = items(choice("a", "x", "y"), group)["b"]
    assert item.group == "g"
    assert item.when == Condition(all=(Clause("a", in_=frozenset("x")),))


def when_of(*clauses, behaviour="all", first=None):
    asked = choice("b", "x", "y", enableWhen=list(clauses), enableBehavior=behaviour)
    return items(first or choice("a", "x", "y", "z"), asked)["b"].when


def compared(operator, **answer):
    return {"question": "a", "operator": operator, **answer}


def coded(operator, code):
    return compared(operator, answerCoding={"code": code})


def test_any_of_two_codes_is_one_clause():
    assert when_of(coded("=", "x"), coded("=", "y"), behaviour="any") == Condition(
        all=(Clause("a", in_=frozenset("xy")),)
    )


def test_another_code_is_not_in():
    assert when_of(coded("!=", "x")) == Condition(all=(Clause("a", not_in=frozenset("x")),))


def test_answered_is_any_code():
    assert when_of(compared("exists", answerBoolean=True)) == Condition(all=(Clause("a", in_=frozenset("xyz")),))


def test_more_than_a_whole_number_is_at_least_the_next():
    number = {"linkId": "a", "text": "Hur många?", "type": "integer"}
    assert when_of(compared(">", answerInteger=3), first=number) == Condition(all=(Clause("a", at_least=4),))


def test_a_yes_is_the_code_one():
    yes_no = {"linkId": "a", "text": "Fråga?", "type": "boolean"}
    assert when_of(compared("=", answerBoolean=True), first=yes_no) == Condition(all=(Clause("a", in_=frozenset("1")),))


def test_exactly_a_number_is_at_least_and_at_most():
    number = {"linkId": "a", "text": "Hur många?", "type": "integer"}
    when = when_of(compared("=", answerInteger=3), first=number)
    assert when == Condition(all=(Clause("a", at_least=3), Clause("a", at_most=3)))


def test_a_number_without_limits_is_from_0_and_told():
    made = read({"linkId": "a", "text": "Hur många?", "type": "integer"})
    assert made.folder.instrument.items["a"].least == 0
    assert told(made.losses) == {"minsta tal, som formuläret inte säger: 0": "a"}


def test_two_limits_on_one_number_are_two_clauses():
    number = {"linkId": "a", "text": "Hur många?", "type": "integer"}
    when = when_of(compared(">=", answerInteger=3), compared("<=", answerInteger=5), first=number)
    assert when == Condition(all=(Clause("a", at_least=3), Clause("a", at_most=5)))


def calculated(link, expression):
    told = {"language": "text/fhirpath", "expression": expression}
    given = [{"url": fhir.CALCULATED, "valueExpression": told}]
    return {"linkId": link, "text": "Summa", "type": "decimal", "readOnly": True, "extension": given}


def part(link):
    return f"%resource.descendants().where(linkId='{link}').answer.value.ordinal()"


def test_a_plain_sum_is_a_score():
    made = read(scale("a", 0, 1, 2), scale("b", 0, 1, 2), calculated("s", f"({part('a')} + (2 - {part('b')}))"))
    score = made.folder.instrument.scores["s"]
    assert (score.kind, score.items, score.reverse) == ("sum", ("a", "b"), {"b"})
    assert (score.low, score.high, score.step) == (0, 4, 1)


def test_a_mean_is_a_score_with_the_span_of_its_parts():
    made = read(scale("a", 1, 2), scale("b", 1, 2), calculated("s", f"({part('a')} + {part('b')}) / 2"))
    score = made.folder.instrument.scores["s"]
    assert (score.kind, score.low, score.high, score.step) == ("mean", 1, 2, 0.5)


@pytest.mark.parametrize(
    "expression", ["%resource.item.count()", f"({part('a')} + {part('c')})", f"({part('a')} + {part('b')}) / 3"]
)
def test_another_calculation_is_told_as_left_out(expression):
    made = read(scale("a", 0, 1), scale("b", 0, 1), calculated("s", expression))
    assert not made.folder.instrument.scores
    assert told(made.losses) == {"beräkningar utom rena summor och medel": "s"}


def test_what_is_left_out_is_told():
    extra = {"url": "http://example.org/x", "valueString": SECRET}
    asked = choice("a", "x", "y", maxLength=3, extension=[extra])
    made = read(asked, {"linkId": "d", "text": SECRET, "type": "display"}, subjectType=["Patient"])
    assert told(made.losses) == {
        "uppgiften maxLength": "a",
        "tillägget http://example.org/x": "a",
        "text som inte är en fråga": "d",
        "uppgifter om formuläret": "subjectType",
    }
    assert SECRET not in str(made.losses)


@pytest.mark.parametrize("kind", ["attachment", "reference", "quantity", "time", "dateTime", "url", "question"])
def test_a_type_without_counterpart_is_refused_with_its_place(kind):
    (problem,) = refused(form({"linkId": "1.2", "text": SECRET, "type": kind}))
    assert (problem.code, problem.where) == ("INSTR-034", "form.json, linkId 1.2")
    assert kind in problem.sv
    assert "integer" in problem.sv
    assert SECRET not in problem.text()


def test_all_that_has_no_counterpart_is_told_at_once():
    found = refused(form(*({"linkId": name, "text": "Fråga?", "type": "time"} for name in "abc")))
    assert [problem.where for problem in found] == [f"form.json, linkId {name}" for name in "abc"]


def test_a_group_that_repeats_is_refused():
    group = {"linkId": "g", "text": "Barn", "type": "group", "repeats": True, "item": [choice("a", "x", "y")]}
    assert [problem.code for problem in refused(form(group))] == ["INSTR-034"]


def test_options_that_stand_elsewhere_are_asked_for():
    asked = {"linkId": "a", "text": "Fråga?", "type": "choice", "answerValueSet": "http://loinc.org/vs/LL358-3"}
    (problem,) = refused(form(asked))
    assert (problem.code, "answerOption" in problem.sv) == ("INSTR-034", True)


def test_what_may_change_the_meaning_is_refused():
    asked = choice("a", "x", "y", modifierExtension=[{"url": "http://example.org/not", "valueBoolean": True}])
    assert [problem.code for problem in refused(form(asked))] == ["INSTR-034"]


def test_a_condition_on_a_later_item_is_refused():
    asked = choice("b", "x", "y", enableWhen=[coded("=", "x")])
    (problem,) = refused(form(asked, choice("a", "x", "y")))
    assert (problem.code, problem.where) == ("INSTR-034", "form.json, linkId b")


def test_a_condition_on_a_code_that_is_not_there_is_refused():
    (problem,) = refused(form(choice("a", "x", "y"), choice("b", "x", "y", enableWhen=[coded("=", SECRET)])))
    assert problem.code == "INSTR-034"
    assert SECRET not in problem.text()


def test_two_items_with_one_link_are_refused():
    assert [problem.code for problem in refused(form(choice("a", "x", "y"), choice("a", "x", "y")))] == ["INSTR-033"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"[1]", b"{}", b'{"resourceType": 1}', "{å".encode("latin-1")])
def test_a_file_that_is_no_resource_is_refused(content):
    (problem,) = refused(content)
    assert (problem.code, problem.where) == ("INSTR-033", "form.json")


def test_json_nested_beyond_reason_is_refused():
    assert refused(b"[" * 200_000)[0].code == "INSTR-033"


def test_another_resource_is_named():
    (problem,) = refused(b'{"resourceType": "Patient"}')
    assert problem.code == "INSTR-033"
    assert "Patient, inte Questionnaire" in problem.sv


def test_what_does_not_validate_is_told_with_its_place_and_without_its_value():
    problems = refused(form({"linkId": "a", "type": "choice", "required": SECRET}, {"text": SECRET}, foo=SECRET))
    assert {problem.code for problem in problems} == {"INSTR-033"}
    assert "form.json, item[0].required" in {problem.where for problem in problems}
    assert SECRET not in "".join(problem.text() + problem.text("en") for problem in problems)


def test_a_name_that_is_no_word_of_fhirs_is_not_repeated():
    (problem,) = refused(form(choice("a", "x", "y"), **{SECRET: 1}))
    assert (problem.code, problem.where) == ("INSTR-033", "form.json")


def test_what_breaks_the_rules_of_definitions_is_refused():
    """Two options with one code."""
    (problem, *_) = refused(form(choice("a", "x", "x")))
    assert (problem.code, problem.where) == ("INSTR-006", "form.json")


def test_our_own_form_comes_back_whole():
    made = from_fhir(as_fhir(loaded_folder("skr6")).encode(), "skr6.json")
    assert made.folder == loaded_folder("skr6")
    assert made.losses == ()


def edited(change, name="skr6"):
    resource = json.loads(as_fhir(loaded_folder(name)))
    change(resource)
    return from_fhir(json.dumps(resource).encode(), f"{name}.json")


def test_a_form_that_was_changed_is_read_as_it_now_stands():
    made = edited(lambda resource: resource["item"][-1].update(text="Hur mycket fick du bestämma?"))
    assert made.folder.instrument.items["b5"].text == "Hur mycket fick du bestämma?"
    assert made.losses[0].sv.startswith("formuläret är ändrat")
    assert "slots" in {loss.path for loss in made.losses}


def test_a_changed_form_keeps_what_only_we_have_words_for():
    item = edited(lambda resource: resource.update(title="Nytt")).folder.instrument.items["b3"]
    assert (item.kind, item.direction, item.options[-1].means) == ("scale", "low_is_good", "dont_know")


def test_a_definition_that_was_tampered_with_is_refused():
    def spoil(resource):
        resource["extension"][0]["valueString"] = '{"skillnad_instrument": 1, "definition": {"id": 3}}'

    with pytest.raises(UserError, match="INSTR-003"):
        edited(spoil)


def test_an_instrument_of_every_kind_of_question_comes_back_whole():
    asked = form_from_json(json_form(folder(replace(whole(), scores={}, band_sets=(), changes={}))), "samlat.json")
    made = from_fhir(as_fhir(asked).encode(), "samlat.json")
    assert made.folder == asked
    assert made.losses == ()
