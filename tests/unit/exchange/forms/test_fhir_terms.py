"""Extensions read and written, and a resource as a stranger sees it."""

import pytest

from skillnad.exchange.forms.fhir_terms import OWN, all_extended, extended, extension, simple, without_own
from skillnad.exchange.forms.fhir_words import heard, said

OURS, THEIRS = f"{OWN}kind", "http://example.org/x"


def test_an_extension_is_found_by_its_url():
    part = {"extension": [extension(THEIRS, "Code", "a"), extension(OURS, "Code", "b")]}
    assert extended(part, OURS) == "b"
    assert extended(part, "http://example.org/y") is None
    assert extended({}, OURS) is None


def test_a_false_value_is_a_value():
    assert extended({"extension": [extension(OURS, "Boolean", False)]}, OURS) is False


def test_all_extensions_of_one_url_come_in_order():
    part = {"extension": [extension(OURS, "Code", name) for name in "ab"]}
    assert all_extended(part, OURS) == ["a", "b"]


def test_an_extension_of_extensions_is_its_parts_by_name():
    parts = [{"url": "lang", "valueCode": "ar"}, {"url": "status", "valueCode": "machine"}]
    assert all_extended({"extension": [{"url": OURS, "extension": parts}]}, OURS) == [
        {"lang": "ar", "status": "machine"}
    ]


def test_a_stranger_does_not_see_what_is_ours():
    part = {"a": 1, "extension": [extension(OURS, "Code", "b"), extension(THEIRS, "Code", "c")]}
    assert without_own(part) == {"a": 1, "extension": [extension(THEIRS, "Code", "c")]}


def test_a_stranger_sees_no_empty_list_where_all_was_ours():
    deep = {"item": [{"linkId": "a", "extension": [extension(OURS, "Code", "b")]}]}
    assert without_own(deep) == {"item": [{"linkId": "a"}]}


def test_a_questionnaires_own_url_is_not_an_extension():
    resource = {"resourceType": "Questionnaire", "url": f"{OWN}instrument:sdq", "item": []}
    assert without_own([resource]) == [{"resourceType": "Questionnaire", "url": f"{OWN}instrument:sdq"}]


@pytest.mark.parametrize(("number", "written"), [(10.0, "10"), (0.1, "0.1"), (-3, "-3"), (2.50, "2.5")])
def test_a_whole_number_is_written_whole(number, written):
    assert str(simple(number)) == written


def test_words_are_heard_as_they_were_said():
    part = said("text", "Hej", [("en", "Hi"), ("ar", "مرحبا")])
    assert (part["text"], heard(part, "text", "en"), heard(part, "text", "ar")) == ("Hej", "Hi", "مرحبا")


def test_a_language_that_lacks_words_is_not_there():
    part = said("text", "Hej", [("en", "")])
    assert part == {"text": "Hej"}
    assert heard(part, "text", "en") == ""


def test_nothing_said_is_no_element():
    assert said("text", "", [("en", "Hi")]) == {}
