"""Options and names from other systems, as Skillnad can hold them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillnad.exchange.forms import fhir_terms as fhir
from skillnad.exchange.forms.fhir_options import code_of, has_points, id_of, options_of, set_of
from skillnad.exchange.forms.fhir_terms import extension
from skillnad.instruments.asked import Means

ID = re.compile(r"(?!.*__)[a-z][a-z0-9_]{0,39}(?<!_)")
CODE = re.compile(r"[A-Za-z0-9ÅÄÖåäö+._-]{1,40}")


def asked(*options, kind="choice"):
    return {"linkId": "a", "type": kind, "answerOption": list(options)}


def coding(code, *extensions, **more):
    return {"valueCoding": {"code": code, "display": code.upper(), "extension": list(extensions), **more}}


def only(*options, **more):
    (option,) = options_of(asked(*options, **more), {})
    return option


@pytest.mark.parametrize(
    ("link", "name"),
    [
        ("b1a", "b1a"),
        ("/93025-5", "q93025_5"),
        ("1.2.3", "q1_2_3"),
        ("Fråga Ett", "fraga_ett"),
        ("a__b", "a_b"),
        ("?", "q"),
        ("x" * 60, "x" * 40),
    ],
)
def test_a_link_becomes_an_id(link, name):
    assert id_of(link, ()) == name


def test_an_id_that_is_taken_is_numbered():
    assert id_of("a", ["a", "a_2"]) == "a_3"


@given(st.text(), st.lists(st.text(alphabet="ab_12", min_size=1)))
def test_every_link_becomes_an_id_that_is_free(link, taken):
    name = id_of(link, taken)
    assert ID.fullmatch(name)
    assert name not in taken


@given(st.text())
def test_every_text_becomes_a_code(text):
    assert CODE.fullmatch(code_of(text))


def test_a_code_that_may_stand_stays():
    assert code_of("LA6568-5") == "LA6568-5"


def test_an_option_has_its_words():
    option = only(coding("a"))
    assert (option.code, option.sv, option.en, option.means) == ("a", "A", "A", Means.VALUE)


@pytest.mark.parametrize("told", [{"valueString": "Ofta"}, {"valueInteger": 3}, {"valueDate": "2026-01-01"}])
def test_an_option_without_coding_is_its_own_words(told):
    option = only(told)
    assert option.sv == str(next(iter(told.values())))
    assert CODE.fullmatch(option.code)


def test_points_that_the_code_says_are_not_said_again():
    assert only(coding("2", extension(fhir.ORDINAL, "Decimal", 2))).points is None
    assert only(coding("2", extension(fhir.ORDINAL, "Decimal", 5))).points == 5


def test_points_on_the_option_itself_count_too():
    """R5's itemWeight stands there, and some R4 forms put ordinalValue there."""
    given_ = {**coding("x"), "extension": [extension(fhir.ORDINAL, "Decimal", 4)]}
    assert only(given_).points == 4
    assert has_points(asked(given_))
    assert not has_points(asked(coding("x")))


def test_a_meaning_that_is_none_of_ours_is_a_value():
    assert only({**coding("x"), "extension": [extension(fhir.MEANING, "Code", "whatever")]}).means is Means.VALUE
    assert only({**coding("x"), "extension": [extension(fhir.MEANING, "Code", "missing")]}).means is Means.MISSING


def test_an_open_choice_that_says_which_option_is_open_gets_no_other():
    (option,) = options_of(
        asked({**coding("x"), "extension": [extension(fhir.SPECIFY, "Boolean", True)]}, kind="open-choice"), {}
    )
    assert option.specify


def test_a_set_that_the_form_does_not_contain_has_no_options():
    assert options_of({"linkId": "a", "type": "choice", "answerValueSet": "#gone"}, {}) == ()


def test_a_shared_set_is_known_by_its_system():
    assert set_of(asked(coding("a", system="urn:skillnad:codes:skr6:change"))) == "change"
    assert set_of(asked(coding("a", system="urn:skillnad:codes:skr6:item:b1a"))) == ""
    assert set_of(asked(coding("a", system="http://loinc.org"))) == ""


def test_codes_of_two_systems_are_no_set():
    two = (coding(name, system=f"urn:skillnad:codes:skr6:{name}") for name in "ab")
    assert set_of(asked(*two)) == ""
