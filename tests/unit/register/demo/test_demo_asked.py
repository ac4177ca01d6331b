"""Who is asked at a follow-up, in which form, and what comes of it."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from skillnad.instruments.answers import AnswerSheet, check_answers
from skillnad.instruments.loading import load_instrument
from skillnad.register.demo.asked import COMMENTED, Filled, Occasion, provider_pair, six_questions
from skillnad.register.demo.dice import Dice
from skillnad.register.demo.municipality import LAST_DAY, Case, Client, FollowUp, Intervention
from skillnad.register.demo.opinions import load_opinions

OPINIONS = load_opinions()
DAY = date(2025, 5, 6)
MANY = 1500


def occasion(born: date | None = date(1980, 1, 1), *, day: date = DAY, nth: int = 0, **more: Any) -> Occasion:
    """A follow-up of someone born then; `more` are fields of the case, the intervention and the follow-up."""
    told = {"group": "beroende", "unit": "VUX", "system": "procapita", "provider": "EGEN", "goal": "1"} | more
    return Occasion(
        client=Client(1, "", born, "1", more.get("origin", "1"), protected=more.get("protected", False)),
        case=Case(1, 1, told["system"], told["group"], told["unit"], DAY, (), "", "", (), None, None),
        intervention=Intervention(
            1, 1, told["provider"], ("29",), None, DAY, told.get("ended"), "", told.get("why", "")
        ),
        follow_up=FollowUp(1, 1, day, (), "", "", told["goal"]),
        nth=nth,
    )


def six(where: Occasion, number: int = 0) -> list[Filled]:
    return list(six_questions(Dice(1, f"{number}"), OPINIONS, where))


def pair(where: Occasion, number: int = 0) -> list[Filled]:
    return list(provider_pair(Dice(1, f"{number}"), OPINIONS, where))


def many(where: Occasion, asking: Any = six) -> list[Filled]:
    return [sheet for number in range(MANY) for sheet in asking(where, number)]


@pytest.mark.parametrize(
    ("born", "who"),
    [
        (date(2019, 1, 1), {("guardian", "guardian")}),
        (date(2015, 1, 1), {("client", "child"), ("guardian", "guardian")}),
        (date(2010, 1, 1), {("client", "young")}),
    ],
)
def test_children_are_asked_by_their_age(born: date, who: set[tuple[str, str]]) -> None:
    assert {(sheet.perspective, sheet.variant) for sheet in six(occasion(born))} == who


def test_grown_are_asked_in_the_forms_of_their_group() -> None:
    sheets = many(occasion(group="funktionsnedsättning", unit="FUN", system="omsorg"))
    assert set(Counter(sheet.variant for sheet in sheets)) == {"adult", "easy_read", "picture"}


def test_protected_are_not_called_on_the_telephone() -> None:
    variants = {sheet.variant for sheet in many(occasion(group="äldre", unit="ÄNO", protected=True))}
    assert variants == {"adult", "easy_read"}


def test_ordinary_form_alone_is_in_other_languages() -> None:
    sheets = many(occasion(origin="4"))
    assert len({sheet.language for sheet in sheets if sheet.variant == "adult"}) > 4
    assert {sheet.language for sheet in sheets if sheet.variant != "adult"} == {"sv"}


@pytest.mark.parametrize(
    "nobody",
    [
        occasion(None),
        occasion(day=date(2023, 12, 31)),
        occasion(why="7", ended=DAY),
    ],
    ids=["without a birth date", "before it began", "after the client died"],
)
def test_nobody_is_asked(nobody: Occasion) -> None:
    assert six(nobody) == []


def test_client_who_died_later_was_asked_before() -> None:
    assert six(occasion(why="7", ended=date(2025, 9, 1)))


@pytest.mark.parametrize(("nth", "since"), [(0, "start"), (1, "previous"), (4, "previous")])
def test_answers_count_from_the_start_and_then_from_the_last_time(nth: int, since: str) -> None:
    (sheet,) = six(occasion(nth=nth))
    assert sheet.slots["since"] == since


def test_so_many_answer_as_the_unit_says() -> None:
    sheets = [sheet for sheet in many(occasion()) if sheet.variant == "adult"]
    share = sum(bool(sheet.answers) for sheet in sheets) / len(sheets)
    assert share == pytest.approx(OPINIONS.response["VUX"], abs=0.04)


def test_unit_that_is_better_liked_has_more_good_answers() -> None:
    shares = {}
    for unit in ("PSY", "FÖR"):
        said = [sheet.answers["b4"] for sheet in many(occasion(unit=unit)) if "b4" in sheet.answers]
        shares[unit] = sum(code in "12" for code in said) / len(said)
    assert shares["PSY"] > shares["FÖR"] + 0.05


def test_answers_are_given_within_two_weeks_and_never_after_the_last_day() -> None:
    days = {sheet.day - DAY for sheet in many(occasion())}
    assert (min(days), max(days)) == (timedelta(0), timedelta(14))
    assert {sheet.day for sheet in many(occasion(day=LAST_DAY))} == {LAST_DAY}


@pytest.mark.parametrize("goal", list("123456"))
def test_instrument_takes_every_sheet_of_the_six(goal: str) -> None:
    asked = load_instrument("skr6")
    for where in (occasion(goal=goal), occasion(date(2015, 1, 1), goal=goal)):
        for sheet in (each for number in range(60) for each in six(where, number)):
            told = AnswerSheet(asked.id, asked.version, sheet.perspective, sheet.answers, sheet.variant, sheet.language)
            assert check_answers(asked, replace(told, slots=sheet.slots, age=where.age)) == ()


def test_importance_is_asked_of_those_alone_whom_it_goes_better_for() -> None:
    sheets = many(occasion())
    better = [sheet for sheet in sheets if {sheet.answers.get("b1a"), sheet.answers.get("b1b")} & {"1", "2"}]
    told = [sheet for sheet in sheets if "b2" in sheet.answers]
    assert all(sheet in better for sheet in told)
    assert 0.9 < len(told) / len(better) < 1


def test_pair_is_the_clients_sheet_and_the_caseworkers_of_the_same_day() -> None:
    client, caseworker = pair(occasion(provider="HVB1"))
    assert (client.perspective, caseworker.perspective) == ("client", "caseworker")
    assert caseworker.day == DAY


@pytest.mark.parametrize("where", [occasion(), occasion(provider="HVB1", day=date(2024, 12, 31))])
def test_pair_is_of_homes_alone_from_its_first_day(where: Occasion) -> None:
    assert pair(where) == []


def test_small_child_in_a_home_is_not_asked_and_the_caseworker_is() -> None:
    assert [sheet.perspective for sheet in pair(occasion(date(2018, 1, 1), provider="HVB1"))] == ["caseworker"]


def test_instrument_takes_every_sheet_of_the_pair() -> None:
    asked = load_instrument("hvb_pilot_2022")
    for sheet in many(occasion(provider="HVB2"), pair):
        told = AnswerSheet(asked.id, asked.version, sheet.perspective, sheet.answers, sheet.variant, slots=sheet.slots)
        assert check_answers(asked, told) == ()


def test_caseworker_always_judges_and_the_client_answers_where_willing() -> None:
    sheets = many(occasion(provider="HVB1"), pair)
    judged = [sheet for sheet in sheets if sheet.perspective == "caseworker"]
    asked = [sheet for sheet in sheets if sheet.perspective == "client"]
    assert all(len(sheet.answers) == 4 for sheet in judged)
    assert 0.4 < sum(bool(sheet.answers) for sheet in asked) / len(asked) < 0.65


def test_some_of_those_who_answer_write_a_comment() -> None:
    answered = [sheet for sheet in many(occasion(provider="HVB1"), pair) if "c1" in sheet.answers]
    assert sum("c4" in sheet.answers for sheet in answered) / len(answered) == pytest.approx(COMMENTED, abs=0.05)
