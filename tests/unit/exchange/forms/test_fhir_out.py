"""Questionnaires as others meet them: the elements of FHIR R4 and of structured data capture, and sums that add up."""

import builtins
import json
import random
import re
from dataclasses import replace
from fractions import Fraction

import pytest
from fhir.resources.R4B.questionnaire import Questionnaire
from made_forms import folder, whole
from made_instruments import AGREES, scale, score, small
from worked_sheets import instrument_names

from skillnad.exchange.forms import fhir_terms as fhir
from skillnad.exchange.forms.fhir_answers import response
from skillnad.exchange.forms.fhir_out import as_fhir, questionnaire
from skillnad.exchange.forms.fhir_terms import all_extended, extended
from skillnad.exchange.forms.fhir_words import heard
from skillnad.exchange.forms.folders import loaded_folder
from skillnad.instruments import scoring
from skillnad.instruments.answers import AnswerSheet
from skillnad.instruments.asked import Clause, Condition
from skillnad.lib.errors import UserError


def walk(parts):
    for part in parts:
        yield part
        yield from walk(part.get("item", ()))


def items_by_link(resource):
    return {part["linkId"]: part for part in walk(resource["item"])}


@pytest.fixture(scope="module")
def every_kind():
    return items_by_link(questionnaire(folder(whole())))


@pytest.fixture(scope="module")
def skr6():
    return items_by_link(questionnaire(loaded_folder("skr6")))


@pytest.mark.parametrize("name", instrument_names())
def test_every_instrument_of_the_catalogue_is_a_valid_questionnaire(name):
    read = Questionnaire.model_validate_json(as_fhir(loaded_folder(name)))
    assert read.url == f"urn:skillnad:instrument:{name}"
    assert len(read.item) > 0


@pytest.mark.parametrize("name", instrument_names())
def test_a_form_has_each_link_once_and_no_slot_left_open(name):
    parts = list(walk(questionnaire(loaded_folder(name))["item"]))
    links = [part["linkId"] for part in parts]
    assert len(links) == len(set(links))
    assert not [part["linkId"] for part in parts if re.search(r"\{\w+\}", part.get("text", ""))]


@pytest.mark.parametrize("name", instrument_names())
def test_a_condition_names_an_item_before_it(name):
    seen = set()
    for part in walk(questionnaire(loaded_folder(name))["item"]):
        assert {each["question"] for each in part.get("enableWhen", ())} <= seen
        seen.add(part["linkId"])


def test_each_kind_has_its_type(every_kind):
    types = {
        name: every_kind[name]["type"] for name in ("p1", "mood", "days", "help", "order", "met", "minutes", "said")
    }
    assert types == {
        "p1": "choice",
        "mood": "decimal",
        "days": "integer",
        "help": "choice",
        "order": "choice",
        "met": "date",
        "minutes": "integer",
        "said": "text",
    }


def test_several_answers_repeat_and_one_does_not(every_kind):
    assert [every_kind[name].get("repeats") for name in ("help", "order", "p1")] == [True, True, None]


def test_an_option_that_allows_no_other_says_so(every_kind):
    exclusive = [bool(extended(each, fhir.EXCLUSIVE)) for each in every_kind["help"]["answerOption"]]
    assert exclusive == [False, False, False, True]


def test_limits_and_decimals_are_the_standards_own(every_kind):
    mood = every_kind["mood"]
    assert [extended(mood, url) for url in (fhir.MIN, fhir.MAX, fhir.PLACES)] == [0, 10, 1]
    assert extended(every_kind["money"], fhir.MAX) is None


def test_a_line_is_a_slider(every_kind):
    assert extended(every_kind["mood"], fhir.CONTROL)["coding"][0]["code"] == "slider"


def test_a_unit_is_ucums(every_kind):
    assert extended(every_kind["minutes"], fhir.UNIT) == {"system": fhir.UCUM, "code": "min", "display": "minuter"}


def test_codes_of_a_number_stand_in_an_item_beside_it(every_kind):
    codes = [each["valueCoding"]["code"] for each in every_kind["days#code"]["answerOption"]]
    assert codes == ["X", "N"]
    assert "answerOption" not in every_kind["days"]


def test_a_required_question_is_required(every_kind):
    assert every_kind["place"]["required"] is True
    assert "required" not in every_kind["p1"]


def test_points_stand_on_what_is_a_value(skr6):
    points = [extended(each["valueCoding"], fhir.ORDINAL) for each in skr6["b1a"]["answerOption"]]
    assert points == [1, 2, 3, 4, 5, None]


def test_what_an_option_means_is_told(skr6):
    assert extended(skr6["b1a"]["answerOption"][-1], fhir.MEANING) == "dont_know"


def test_a_condition_on_either_of_two_questions_is_any_of_four(skr6):
    b2 = skr6["b2"]
    found = [(each["question"], each["operator"], each["answerCoding"]["code"]) for each in b2["enableWhen"]]
    assert found == [("b1a", "=", "1"), ("b1a", "=", "2"), ("b1b", "=", "1"), ("b1b", "=", "2")]
    assert b2["enableBehavior"] == "any"


def test_a_condition_on_a_code_and_a_number_takes_all(every_kind):
    helped = every_kind["helped"]
    around = every_kind["only#helped#1"]
    told = [(each["question"], each["operator"]) for each in (*around["enableWhen"], *helped["enableWhen"])]
    assert told == [("help", "exists"), ("help", "!="), ("p1", "="), ("p1", "=")]


def test_a_limit_on_a_number_stays_a_limit():
    asked = scale("why", when=Condition(all=(Clause("days", at_least=3), Clause("days", at_most=9))))
    made = replace(whole(), items={**whole().items, "why": asked})
    found = items_by_link(questionnaire(folder(made)))["why"]
    assert [(each["operator"], each["answerInteger"]) for each in found["enableWhen"]] == [(">=", 3), ("<=", 9)]
    assert found["enableBehavior"] == "all"


def test_help_stands_under_its_question(skr6):
    assert skr6["b1b#help"]["type"] == "display"
    assert "livskvalitet" in skr6["b1b#help"]["text"].lower()


def test_questions_are_translated_where_the_standard_says(skr6):
    assert heard(skr6["b3"], "text", "ar").startswith("بشكل عام")
    assert heard(skr6["b3"]["answerOption"][0]["valueCoding"], "display", "en") == "Very satisfied"


def test_slots_are_filled_in_each_language(skr6):
    assert "situation" in skr6["b1a"]["text"]
    assert "وضعك" in heard(skr6["b1a"], "text", "ar")


def test_a_translation_by_machine_says_so():
    told = all_extended(questionnaire(loaded_folder("skr6")), fhir.STATUS)
    assert {"lang": "ar", "status": "machine"} in told


def test_a_variant_has_its_own_words_and_the_same_codes(skr6):
    easy = items_by_link(questionnaire(loaded_folder("skr6"), "easy_read"))
    assert easy["b3"]["text"] != skr6["b3"]["text"]
    codes = [[each["valueCoding"]["code"] for each in form["b3"]["answerOption"]] for form in (easy, skr6)]
    assert codes[0] == codes[1]


def test_a_variant_that_is_not_there_is_named():
    with pytest.raises(UserError, match="INSTR-059"):
        questionnaire(loaded_folder("skr6"), "loud")


def test_a_matrix_is_a_group_of_its_cells():
    found = items_by_link(questionnaire(loaded_folder("work_diary")))
    matrix = found["matrix#hours"]
    assert len(matrix["item"]) == 45
    assert extended(matrix, fhir.CONTROL)["coding"][0]["code"] == "gtable"


def test_a_group_that_comes_back_has_another_link():
    links = [part["linkId"] for part in questionnaire(loaded_folder("asi"))["item"] if part["type"] == "group"]
    assert links[:4] == ["group#rating", "group#interviewer", "group#rating#2", "group#interviewer#2"]


def test_a_template_is_a_draft():
    assert questionnaire(loaded_folder("uiv"))["status"] == "draft"
    assert questionnaire(loaded_folder("sdq"))["status"] == "active"


def test_words_that_are_not_ours_stay_out():
    """SDQ's own sentences are licensed: the form has the labels."""
    found = items_by_link(questionnaire(loaded_folder("sdq")))
    instrument = loaded_folder("sdq").instrument
    assert found["sdq1"]["text"] == instrument.items["sdq1"].label_sv


def counted():
    """Sums and means that others can count too: a turned item, a mean, a sum of sums, a number."""
    names = ("p1", "p2", "p3")
    scores = (
        score("plain", items=names, reverse=frozenset({"p2"}), high=6),
        score("mean", "mean", items=names, high=2, step=0.5),
        score("line", items=("mood", "rest"), high=20, step=0.1),
        score("both", scores=("plain", "line"), high=26, step=0.1),
        score("prorated", items=names, missing="prorate", minimum=2, high=6),
    )
    return replace(whole(), scores={each.id: each for each in scores}, band_sets=(), changes={})


PART = re.compile(r"%resource\.descendants\(\)\.where\(linkId = '([^']+)'\)\.answer\.value(\.ordinal\(\))?")


def evaluated(expression, values):
    """A FHIRPath expression of + - / and parts, by hand: empty where a part is empty."""
    if any(values.get(link) is None for link, _ in PART.findall(expression)):
        return None
    text = PART.sub(lambda found: f"Fraction('{values[found[1]]}')", expression)
    return eval(re.sub(r"(?<![\d'.])(\d+)(?![\d'.])", r"Fraction(\1)", text), {"Fraction": Fraction})


def values_of(form, answers):
    """What each item of a response is worth, by the points that stand in the form."""
    points = {
        (link, each["valueCoding"]["code"]): extended(each["valueCoding"], fhir.ORDINAL)
        for link, part in form.items()
        for each in part.get("answerOption", ())
    }
    found = {}
    for part in walk(answers.get("item", ())):
        for answer in part.get("answer", ()):
            coding = answer.get("valueCoding")
            link = part["linkId"]
            found[link] = points[link, coding["code"]] if coding else next(iter(answer.values()))
    return found


def by_form(instrument, sheet):
    """Every score that the form can count, counted by its own expressions."""
    form = items_by_link(questionnaire(folder(instrument)))
    values = values_of(form, response(instrument, sheet))
    scores = {}
    for link, part in form.items():
        if told := extended(part, fhir.CALCULATED):
            values[link] = evaluated(told["expression"], values)
            scores[link.removeprefix(fhir.SCORE)] = values[link]
    return scores


def random_sheet(instrument, perspective, chance):
    answers = {}
    for name, item in instrument.items.items():
        if item.kind == "scale" and chance.random() < 0.9:
            answers[name] = chance.choice(item.options).code
        elif item.kind == "vas" and chance.random() < 0.9:
            answers[name] = chance.randrange(101) / 10
    return AnswerSheet(instrument.id, instrument.version, perspective, answers)


@pytest.mark.parametrize("seed", range(12))
def test_the_forms_own_sums_are_ours(seed):
    instrument = counted()
    sheet = random_sheet(instrument, "client", random.Random(seed))
    ours = {name: result.value for name, result in scoring.score(instrument, sheet).items() if name != "prorated"}
    assert by_form(instrument, sheet) == ours


@pytest.mark.parametrize("name", ["ors", "cors", "srs"])
def test_the_catalogues_plain_sums_are_counted_by_the_form(name):
    instrument = loaded_folder(name).instrument
    chance = random.Random(name)
    for _ in range(5):
        sheet = random_sheet(instrument, next(iter(instrument.perspectives)), chance)
        assert by_form(instrument, sheet)["total"] == scoring.score(instrument, sheet)["total"].value


def test_one_unknown_answer_leaves_no_sum():
    sheet = AnswerSheet("samlat", "2026.1", "client", {"p1": "1", "p2": "1"})
    assert by_form(counted(), sheet)["plain"] is None


def test_a_prorated_score_is_not_written_as_a_sum():
    assert "score#prorated" not in items_by_link(questionnaire(folder(counted())))
    assert not [link for link in items_by_link(questionnaire(loaded_folder("sdq"))) if link.startswith(fhir.SCORE)]


def test_points_that_are_not_the_code_are_written():
    options = replace(AGREES, options=(replace(AGREES.options[0], points=7), *AGREES.options[1:]))
    made = replace(small(), items={"day": scale("day", options)}, scores={}, shares=())
    options = items_by_link(questionnaire(folder(made)))["day"]["answerOption"]
    assert [extended(each["valueCoding"], fhir.ORDINAL) for each in options] == [7, 1, 2]


def test_the_form_is_readable_json_with_swedish_letters():
    text = as_fhir(loaded_folder("hvb_pilot_2022"))
    assert json.loads(text)["title"] == "Uppföljning av utförare, pilot 2022"
    assert "Uppföljning" in text


def test_without_the_extra_the_message_says_what_to_install(monkeypatch):
    real = builtins.__import__

    def absent(name, *rest, **more):
        if name.startswith("fhir."):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(UserError, match=r"INSTR-033.*skillnad\[forms\]"):
        as_fhir(folder(small()))


def test_translation_that_nobody_has_signed_begins_with_saying_so():
    intro = items_by_link(questionnaire(loaded_folder("skr6")))["#intro"]
    said = {one["extension"][0]["valueCode"]: one["extension"][1]["valueString"] for one in intro["_text"]["extension"]}
    assert said["ar"].startswith("ترجمة آلية لم تتم مراجعتها.")
    assert all(len(words) > 20 for words in said.values())
