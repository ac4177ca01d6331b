"""Conditions in FHIR's terms: a form that follows them asks what we ask, and they are read as what they were."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_forms import whole
from random_instruments import instruments
from worked_sheets import instrument_names, sheets_of

from skillnad.exchange.forms.fhir_conditions import condition_read, enabled, lists_of, steps_of
from skillnad.instruments.answer_kinds import NUMBERS
from skillnad.instruments.asked import Clause, Condition, ItemKind
from skillnad.instruments.conditions import asked_answers, holds
from skillnad.lib.errors import UserError


def values(answers, question):
    """What stands on a FHIR item: a number on the question's own, its codes on the item beside it."""
    name, beside, _ = question.partition("#")
    answer = answers.get(name)
    if answer is None:
        return []
    given = [answer] if isinstance(answer, str | int | float) else list(answer)
    return [each for each in given if isinstance(each, str)] if beside else given


def met(each, answers, items):
    """One comparison, by the standard's words."""
    found = values(answers, each["question"])
    name = each["question"].partition("#")[0]
    if items[name].kind in NUMBERS and "#" not in each["question"]:
        found = [value for value in found if not isinstance(value, str)]
    if each["operator"] == "exists":
        return bool(found) is each["answerBoolean"]
    if each["operator"] == "!=":
        return bool(found) and each["answerCoding"]["code"] not in found
    if each["operator"] == "=":
        return each["answerCoding"]["code"] in found
    limit = each.get("answerInteger", each.get("answerDecimal"))
    return any(value >= limit if each["operator"] == ">=" else value <= limit for value in found)


def asked_by_form(instrument, when, answers):
    """Does a form that follows the item's `enableWhen`, and those of the groups around it, ask it?"""
    for steps in lists_of(steps_of(instrument, when)):
        told = enabled(steps)
        results = [met(each, answers, instrument.items) for each in told["enableWhen"]]
        if not (any(results) if told.get("enableBehavior") == "any" else all(results)):
            return False
    return True


def read_back(instrument, when):
    names = {name: name for name in instrument.items} | {f"{name}#code": name for name in instrument.items}
    return condition_read(steps_of(instrument, when), instrument.items, names, "here")


def readable(instrument, when):
    """What is read back; None where FHIR says it in a way that has no counterpart, and is refused."""
    try:
        return read_back(instrument, when)
    except UserError as error:
        if error.code != "INSTR-034":
            raise
        return None


@st.composite
def answered(draw, instrument):
    found = {}
    for name, item in instrument.items.items():
        codes = [option.code for option in item.options]
        if item.kind is ItemKind.MULTIPLE:
            one = st.lists(st.sampled_from(codes), unique=True, min_size=1)
        elif item.kind in NUMBERS:
            one = st.one_of(st.integers(0, 6), *([st.sampled_from(codes)] if codes else []))
        else:
            one = st.sampled_from(codes)
        answer = draw(st.one_of(st.none(), one))
        if answer is not None:
            found[name] = answer
    return found


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_form_that_follows_them_asks_what_we_ask(data):
    instrument = data.draw(instruments())
    answers = data.draw(answered(instrument))
    for item in instrument.items.values():
        assert asked_by_form(instrument, item.when, answers) == holds(item.when, answers)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_what_is_read_back_holds_where_it_held(data):
    instrument = data.draw(instruments())
    answers = data.draw(answered(instrument))
    for item in instrument.items.values():
        read = readable(instrument, item.when)
        assert read is None or holds(read, answers) == holds(item.when, answers)


@pytest.mark.parametrize("name", instrument_names())
def test_the_catalogues_forms_ask_what_the_worked_cases_are_asked(name):
    for instrument, sheet in sheets_of(name):
        known = {item: answer for item, answer in sheet.answers.items() if answer != ""}
        shown = asked_answers(instrument, sheet.perspective, known)
        for item in instrument.items.values():
            if not item.perspectives or sheet.perspective in item.perspectives:
                assert asked_by_form(instrument, item.when, known) == (item.id in shown)


def clause(name, **more):
    return Clause(name, **{key: frozenset(each) if isinstance(each, str) else each for key, each in more.items()})


@pytest.mark.parametrize(
    "when",
    [
        Condition(all=(clause("p1", in_="1"),)),
        Condition(all=(clause("p1", in_="12"), clause("p2", not_in="0"))),
        Condition(all=(clause("days", at_least=3),)),
        Condition(all=(clause("days", in_="XN"),)),
        Condition(any=(clause("p1", in_="12"), clause("p2", in_="2"))),
        Condition(all=(clause("p3", in_="1"),), any=(clause("p1", in_="1"), clause("p2", not_in="01"))),
        Condition(any=(clause("p1", not_in="12"), clause("days", at_most=4))),
        Condition(all=(clause("help", not_in="ab"),)),
    ],
)
def test_a_condition_is_read_as_it_was_written(when):
    assert read_back(whole(), when) == when


def test_any_of_one_is_read_as_all():
    assert read_back(whole(), Condition(any=(clause("p1", in_="1"),))) == Condition(all=(clause("p1", in_="1"),))


def test_no_condition_has_no_keys():
    assert enabled(steps_of(whole(), Condition())) == {}
    assert lists_of([]) == []


def test_a_limit_between_whole_numbers_is_a_whole_number():
    (step,) = steps_of(whole(), Condition(all=(clause("days", at_least=1.5),)))
    assert step[0]["answerInteger"] == 2


def test_a_limit_that_no_code_meets_is_never_met():
    never = Condition(all=(clause("p1", at_least=7),))
    assert not asked_by_form(whole(), never, {})
    assert not asked_by_form(whole(), never, {"p1": "2"})


def test_what_has_no_one_condition_is_refused():
    both = Condition(any=(clause("help", not_in="ab"), clause("p1", in_="1")))
    with pytest.raises(UserError, match="INSTR-034 here: Formuläret har mer än ett"):
        read_back(whole(), both)
