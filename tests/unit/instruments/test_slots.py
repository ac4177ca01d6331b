"""Which word stands where the published question has a slash."""

import pytest

from skillnad.instruments.loading import load_with_files
from skillnad.instruments.slots import (
    CaseFacts,
    Chosen,
    choices_of,
    decided_by,
    default_of,
    intervention_names,
    reference_points,
    resolve,
    stored,
)
from skillnad.instruments.texts import words_of

LOADED = load_with_files("skr6")
SKR6 = LOADED.instrument
STOCKHOLM = words_of(LOADED.files)["stockholm", "sv"]
BOENDESTOD = "6"


def resolved(plan=None, texts=None, **facts):
    return resolve(SKR6, CaseFacts(**facts), plan or {}, texts)


def test_unknown_case_has_the_defaults():
    assert stored(resolved()) == {"topic": "situation", "intervention": "support", "since": "start", "worker": "staff"}


def test_plan_chooses_where_the_case_is_unknown():
    plan = {"topic": "problem", "since": "previous", "worker": "social_worker"}
    assert stored(resolved(plan)) == {**plan, "intervention": "support"}


def test_case_decides_before_the_plan():
    chosen = resolved(
        {"since": "start", "worker": "staff"}, reference_point="previous", caseworker_kind="needs_assessor"
    )
    assert (chosen["since"].code, chosen["worker"].code) == ("previous", "needs_assessor")


def test_plans_own_slot_is_never_the_cases():
    assert resolved({"topic": "problem"}, intervention_type=BOENDESTOD)["topic"] == Chosen("problem")


def test_known_intervention_is_called_by_its_name():
    assert resolved(intervention_type=BOENDESTOD)["intervention"] == Chosen("named", name="boendestödet")


@pytest.mark.parametrize("code", ["2", "34", "35", "999", ""])
def test_intervention_without_a_name_to_say_is_the_support(code):
    assert resolved(intervention_type=code)["intervention"].code == "support"


@pytest.mark.parametrize(("point", "month"), [("start", "mars 2026"), ("previous", "juni 2026")])
def test_month_is_that_of_the_reference_point(point, month):
    chosen = resolved(reference_point=point, start_month="2026-03", last_follow_up_month="2026-06")
    assert chosen["since"] == Chosen(point, month=month)


def test_unknown_month_is_not_said():
    assert resolved(reference_point="previous", start_month="2026-03")["since"].month == ""


@pytest.mark.parametrize("wrong", ["", "måndag", "{since}"])
def test_choice_that_is_not_there_is_the_default(wrong):
    assert resolved({"since": wrong})["since"].code == "start"


def test_wording_without_a_choice_stores_what_it_says_instead():
    assert resolved({"worker": "staff"}, STOCKHOLM)["worker"].code == "social_worker"
    assert resolved({"worker": "needs_assessor"}, STOCKHOLM)["worker"].code == "needs_assessor"


def test_choices_and_default_follow_the_wording():
    worker = SKR6.slots["worker"]
    assert choices_of(worker, None) == ("social_worker", "needs_assessor", "staff")
    assert choices_of(worker, STOCKHOLM) == ("social_worker", "needs_assessor")
    assert (default_of(worker, None), default_of(worker, STOCKHOLM)) == ("staff", "social_worker")


def test_slot_of_answers_is_not_decided_beforehand():
    assert "improved" not in resolved()


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"b1a": "1"}, "situation"),
        ({"b1b": "2"}, "quality"),
        ({"b1a": "2", "b1b": "1"}, "both"),
        ({"b1a": "5", "b1b": "6"}, "situation"),
        ({}, "situation"),
    ],
)
def test_answers_decide_their_slot(answers, code):
    assert decided_by(SKR6.slots["improved"], answers) == code


def test_reference_point_is_named():
    assert reference_points(SKR6) == ("since",)


def test_what_is_stored_is_codes_alone():
    assert stored({"since": Chosen("start", month="mars 2026")}) == {"since": "start"}


def test_names_are_in_the_definite_form_and_small():
    names = intervention_names("interventions.toml")
    assert len(names) == 32
    assert all(name[0].islower() and "/" not in name for name in names.values())


def test_no_list_has_no_names():
    assert intervention_names("") == {}
