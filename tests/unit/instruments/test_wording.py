"""A question as somebody meets it: no slash, every slot filled, the same codes in every variant and language."""

from dataclasses import replace

import pytest

from skillnad.instruments.asked import Option
from skillnad.instruments.loading import instrument_ids, load_with_files
from skillnad.instruments.slots import CaseFacts, Chosen, resolve
from skillnad.instruments.texts import Texts, words_of
from skillnad.instruments.wording import fill, has_words, languages_of, slot_words, wording
from skillnad.lib.errors import UserError

SKR6 = load_with_files("skr6")
WORDS = words_of(SKR6.files)
BETTER = {"b1a": "1", "b1b": "3"}


def put(variant="adult", language="sv", **slots):
    chosen = {name: Chosen(code) for name, code in slots.items()}
    return wording(SKR6.instrument, WORDS, variant, language, chosen)


def every_form():
    for variant, language in [*WORDS, ("adult", "sv")]:
        yield put(variant, language)


def test_standard_question_has_one_word_for_each_slash():
    asked = put(topic="problem", since="previous", worker="needs_assessor")
    assert asked.question("b1a").text == "Hur har din problematik förändrats sedan den senaste uppföljningen?"
    assert asked.question("b4").text == "Hur har biståndshandläggaren bemött dig?"


def test_slot_in_a_slot_is_filled():
    text = put(since="start", intervention="intervention").question("b1a").text
    assert text == "Hur har din situation förändrats sedan insatsen från socialtjänsten påbörjades?"


def test_nobody_is_asked_a_slash_or_an_unfilled_slot():
    for form in every_form():
        for question in form.form(form.variant.perspectives[0], {"b1a": "1", "b1b": "1"}).questions:
            assert not {"/", "{", "}"} & set(question.text + question.help + question.spoken), question


def test_codes_are_those_of_the_definition_in_every_variant_and_language():
    for form in every_form():
        for name, item in SKR6.instrument.items.items():
            options = form.question(name).options
            assert [option.code for option in options] == [option.code for option in item.options]
            assert all(option.words for option in options)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"b1a": "1", "b1b": "3"}, "din situation har"),
        ({"b1a": "3", "b1b": "2"}, "din livskvalitet har"),
        ({"b1a": "2", "b1b": "1"}, "din situation och livskvalitet har"),
    ],
)
def test_answers_decide_what_has_improved(answers, said):
    assert said in put().question("b2", answers).text


def test_variant_says_its_own_words_and_the_base_form_the_rest():
    assert put("telephone").question("b3").text == SKR6.instrument.items["b3"].text
    assert put("telephone").question("b3").spoken.startswith("Hur nöjd eller missnöjd")
    assert put("easy_read").question("b3").text == "Är du nöjd eller missnöjd med stödet från socialtjänsten?"


def test_number_of_a_question_can_be_the_variants():
    assert [put(variant).question("b4").number for variant in ("adult", "stockholm")] == ["B4", "5"]


def test_variant_that_lacks_a_choice_says_its_own_default():
    assert put("stockholm", worker="staff").question("b4").text == "Hur har socialsekreteraren bemött dig?"


def test_arabic_is_read_from_the_right_and_swedish_from_the_left():
    assert [put("adult", language).form("client").direction for language in ("ar", "prs", "ti", "sv")] == [
        "rtl",
        "rtl",
        "ltr",
        "ltr",
    ]


def test_machine_made_translation_is_marked_in_both_languages():
    form = put("adult", "ar").form("client")
    assert form.mark == WORDS["adult", "ar"].intro["not_validated"]
    assert form.mark_sv == "Maskingjord översättning som ingen har granskat."


def test_signed_translation_has_no_mark():
    signed = {**WORDS, ("adult", "ar"): replace(WORDS["adult", "ar"], status="signed")}
    form = wording(SKR6.instrument, signed, "adult", "ar").form("client")
    assert (form.mark, form.mark_sv, form.status) == ("", "", "signed")


def test_swedish_form_has_no_mark():
    assert put("easy_read").form("client").mark_sv == ""


def test_every_catalogue_translation_is_marked_until_somebody_signs():
    for name in instrument_ids():
        for texts in words_of(load_with_files(name).files).values():
            assert texts.language == "sv" or texts.status == "machine"


def test_form_asks_what_the_answers_call_for():
    assert [each.item.id for each in put().form("client").questions] == ["b1a", "b1b", "b3", "b4", "b5"]
    assert "b2" in [each.item.id for each in put().form("client", BETTER).questions]


def test_pictures_are_of_the_variant_that_has_them():
    assert [option.picture for option in put("picture").question("b3").options][:2] == ["face_1.svg", "face_2.svg"]
    assert {option.picture for option in put("adult").question("b3").options} == {""}


def test_telephone_intro_names_who_rings():
    assert (
        replace(put("telephone"), sender="Exempelby")
        .form("client")
        .spoken_intro.startswith("Hej, jag ringer från Exempelby.")
    )


def test_translation_without_an_added_question_says_it_in_swedish():
    added = replace(
        SKR6.instrument.items["b3"], id="own", text="Är du trygg?", option_set="", options=(Option("1", "Ja", "Yes"),)
    )
    instrument = replace(SKR6.instrument, items={**SKR6.instrument.items, "own": added})
    question = wording(instrument, WORDS, "adult", "ar").question("own")
    assert (question.text, question.language, question.direction) == ("Är du trygg?", "sv", "ltr")
    assert question.options[0].words == "Ja"


def test_licensed_words_of_the_base_file_are_used():
    sdq = load_with_files("sdq").instrument
    assert not has_words(sdq, {}, "parent")
    own = _texts(items={"sdq1": "Påhittad fråga ett"}, option_sets={"three": {"0": "Nej", "1": "Delvis", "2": "Ja"}})
    question = wording(sdq, {("adult", "sv"): own}).question("sdq1")
    assert question.text == "Påhittad fråga ett"
    assert [option.words for option in question.options] == ["Nej", "Delvis", "Ja"]


def test_instrument_without_words_has_labels_and_codes():
    question = wording(load_with_files("sdq").instrument, {}).question("sdq1")
    assert question.text == ""
    assert [option.words for option in question.options] == ["0 poäng", "1 poäng", "2 poäng"]


def test_free_instrument_has_words():
    assert has_words(SKR6.instrument, WORDS, "client")


@pytest.mark.parametrize(("variant", "language"), [("barn", "sv"), ("adult", "xx"), ("easy_read", "ar")])
def test_form_that_is_not_there_is_told_with_those_that_are(variant, language):
    with pytest.raises(UserError, match="INSTR-059") as error:
        put(variant, language)
    assert "Välj " in error.value.problems[0].sv


def test_languages_are_those_with_a_file():
    variants = SKR6.instrument.variants
    assert languages_of(variants["adult"], WORDS) == ("sv", "en", "fi", "ar", "so", "ti", "prs", "uk")
    assert languages_of(variants["adult"], {}) == ("sv",)


def test_intervention_is_named_with_its_month():
    facts = CaseFacts(intervention_type="6", start_month="2026-03", reference_point="start")
    asked = wording(SKR6.instrument, WORDS, slots=resolve(SKR6.instrument, facts, {}))
    assert asked.question("b1a").text.endswith("sedan boendestödet från socialtjänsten påbörjades i mars 2026?")


def test_other_wordings_say_the_support_where_they_have_no_name_for_it():
    slot = SKR6.instrument.slots["intervention"]
    named = Chosen("named", name="boendestödet")
    assert slot_words(slot, named, None) == "boendestödet"
    assert slot_words(slot, named, WORDS["easy_read", "sv"]) == "stödet"
    assert slot_words(slot, named, WORDS["adult", "uk"]) == WORDS["adult", "uk"].slots["intervention"].words["named"]


def test_name_that_is_not_known_is_not_said():
    assert slot_words(SKR6.instrument.slots["intervention"], Chosen("named"), None) == "stödet"


@pytest.mark.parametrize(
    ("text", "filled"), [("{a}", "x y"), ("{c}", "{c}"), ("utan", "utan"), ("{a} och {b}", "x y och y")]
)
def test_fill_goes_into_slots_and_leaves_the_unknown(text, filled):
    assert fill(text, {"a": "x {b}", "b": "y"}) == filled


def test_ring_of_slots_ends():
    assert fill("{a}", {"a": "{b}", "b": "{a}"}) in ("{a}", "{b}")


def test_matrix_has_words_for_rows_and_columns():
    diary = load_with_files("work_diary").instrument
    question = wording(diary, {}).question("hours.client.mon")
    assert (question.rows["client"], question.columns["fri"]) == ("Möten med brukare", "Fredag")


def _texts(items, option_sets):
    from skillnad.instruments.texts import ItemWords

    said = {name: ItemWords(text=text) for name, text in items.items()}
    return Texts("adult", "sv", "ltr", "original", {}, {}, said, option_sets, {}, "")


@pytest.mark.parametrize("variant", ["child", "young", "easy_read", "picture"])
def test_last_time_is_compared_with_and_not_the_time_before_it(variant):
    for item in ("b1a", "b1b"):
        text = put(variant, since="previous").question(item).text
        assert "förra gången vi frågade dig" in text
        assert "innan" not in text
