from dataclasses import replace

import pytest
from made_instruments import number, scale, scored, small

from skillnad.cli.kernel.instrument_words import (
    ANSWERS,
    DIRECTIONS,
    MEANS,
    ages_sv,
    answer_sv,
    change_sv,
    condition_sv,
    either,
    label,
    licence_sv,
    number_sv,
    occasion_sv,
    option_sv,
    rule_sv,
    short,
)
from skillnad.instruments.asked import Ages, Clause, Condition, Direction, ItemKind, Means, Option
from skillnad.instruments.counted import ChangeRule
from skillnad.instruments.loading import load_instrument
from skillnad.instruments.model import Occasion


@pytest.mark.parametrize(("words", "kinds"), [(ANSWERS, ItemKind), (DIRECTIONS, Direction), (MEANS, Means)])
def test_every_kind_has_words(words, kinds):
    assert set(words) == set(kinds)


@pytest.mark.parametrize(("value", "words"), [(25, "25"), (24.9, "24,9"), (-4, "−4"), (85 / 18, "4,722222222")])
def test_numbers(value, words):
    assert number_sv(value) == words


def test_ages():
    assert (ages_sv(Ages(18)), ages_sv(Ages(4, 17))) == ("från 18 år", "4–17 år")


@pytest.mark.parametrize(
    ("words", "said"), [(["a"], "a"), (["a", "b"], "a eller b"), (["a", "b", "c"], "a, b eller c")]
)
def test_either(words, said):
    assert either(words) == said


def test_occasions():
    assert occasion_sv(Occasion("m", "Varje månad", "", "during", every_days=30)) == "Varje månad (var 30:e dag)"
    assert occasion_sv(Occasion("e", "Efteråt", "", "after", days=180)) == "Efteråt (180 dagar efteråt)"
    assert occasion_sv(Occasion("s", "Vid start", "", "start")) == "Vid start"


def test_licences():
    assert licence_sv(small().licence) == "fritt; texterna ingår"
    assert licence_sv(load_instrument("ors").licence) == "kräver tillstånd; texterna ingår inte; licensen ska anges"


def test_questions_are_called_by_their_numbers():
    instrument = load_instrument("hvb_pilot_2022")
    assert label(instrument, "w1") == "fråga 1 (`w1`)"
    assert short(instrument.items["w1"]) == "`w1`"
    skr6 = load_instrument("skr6")
    assert label(skr6, "b1a") == short(skr6.items["b1a"]) == "B1a"


def test_conditions():
    when = small().items["why_not"].when
    assert condition_sv(small(), when) == "”Om day” är 1 eller 2, eller ”Om night” är 1 eller 2"


def test_condition_of_one_code_says_its_words():
    assert condition_sv(small(), Condition(all=(Clause("day", frozenset("4")),))) == "”Om day” är 4 (Alltid)"


def test_condition_on_numbers_and_on_what_is_not_chosen():
    instrument = scored()
    when = Condition(all=(Clause("days", at_least=5, at_most=10), Clause("p1", not_in=frozenset("12"))))
    assert condition_sv(instrument, when) == ("”Antal days” är minst 5 och är högst 10, och ”Om p1” inte är 1 eller 2")


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (number("a", 30), "ett tal 0–30"),
        (number("a", None), "ett tal minst 0"),
        (number("a", 10, decimals=1, kind=ItemKind.ANALOGUE), "ett märke på en linje 0–10 med 1 decimal"),
        (number("a", 60, unit_of_measure="minutes"), "ett tal 0–60, minuter"),
        (scale("a"), "ett svar på en skala; högt är bra"),
        (
            replace(scale("a"), kind=ItemKind.RANK, direction=Direction.NONE, partial=True),
            "en rangordning; några får utelämnas",
        ),
    ],
)
def test_answers(item, words):
    assert answer_sv(item) == words


def test_options():
    assert option_sv(Option("9", "Vet inte", "", Means.DONT_KNOW)).startswith("vet inte: utanför nämnaren")
    assert option_sv(Option("3", "Tre", "", points=2)) == "räknas som 2"
    assert option_sv(Option("3", "Tre", "", points=3)) == ""
    assert option_sv(Option("0", "Inget", "", exclusive=True, specify=True)) == "utesluter de andra; med egna ord"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "problems",
            "Summan av `p1`, `p2`, `p3`, `p4` och `p5` (omvänd). Det som saknas räknas som medelvärdet av resten, "
            "om minst 3 är besvarade. Avrundas till heltal, halva uppåt.",
        ),
        ("share", "`good_words` delat med `words`, gånger 85/18. Räknas bara om ”Antal words” är minst 5."),
        ("gap", "`good_words` minus `bad_words`."),
        (
            "burden",
            "Summan av `p2` och `p3`. Det som saknas räknas som 0, om något är besvarat. Kräver svar på `p1`. "
            "Är 0 om ”Om p1” är 0 (Nej).",
        ),
        ("yes", "Hur många av `p1`, `p2`, `p3`, `p4` och `p5` som är 2. Saknas något av dem blir det inget värde."),
        ("index", "0,25 + `days` / 60 + ln(`money`) / 20. Räknas bara när någon ber om det: `--with index`."),
        ("both", "Summan av ”Poäng problems” och ”Poäng yes”. Saknas något av dem blir det inget värde."),
        (
            "low",
            "Hur många av ”Poäng problems”, ”Poäng line” och ”Poäng gap” som är högst 4. "
            "Räknas av dem som är kända, om minst 2 är kända.",
        ),
        ("hours", "Summan av alla celler i `hours`. Det som saknas räknas som 0, om något är besvarat."),
    ],
)
def test_rules(name, words):
    instrument = scored()
    matrix = load_instrument("work_diary").matrices["hours"]
    instrument = replace(instrument, matrices={"hours": replace(matrix, rows=())})
    assert rule_sv(instrument, instrument.scores[name]) == words


def test_rows_of_a_matrix_and_long_lists_are_said_short():
    diary, cansas = load_instrument("work_diary"), load_instrument("cansas")
    assert rule_sv(diary, diary.scores["sum_client"]).startswith("Summan av raden ”Möten med brukare” i `hours`.")
    assert "de 22 frågorna från `accommodation` till `benefits`" in rule_sv(cansas, cansas.scores["met"])


def test_weights_that_take_away_have_a_minus():
    asi = load_instrument("asi")
    assert rule_sv(asi, asi.scores["composite_work"]).startswith("1 − `work_licence` / 4 − `work_car` / 4")


def test_changes():
    instrument = scored()
    assert change_sv(instrument, instrument.changes["problems_change"]) == (
        "Av ”Poäng problems”: bättre eller sämre om skillnaden är minst 2."
    )
    assert change_sv(instrument, instrument.changes["days_change"]).endswith("samma person ha skattat.")
    assert "kliniskt säkerställd" in change_sv(instrument, instrument.changes["reliable"])
    bare = ChangeRule("r", "", "", "reliable", "", score="line", reliable=5)
    assert change_sv(instrument, bare) == "Av ”Poäng line”: tillförlitlig om skillnaden är minst 5."
