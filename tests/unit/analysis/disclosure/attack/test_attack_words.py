from math import inf

import pytest

from skillnad.analysis.disclosure.attack.findings import Attack, Finding, Kind
from skillnad.analysis.disclosure.attack.route import Route, Term
from skillnad.analysis.disclosure.attack.words import line, place, told
from skillnad.analysis.disclosure.attackers import Attacker

NORTH, WOMEN, MEN = (("område", "Norr"),), (("kön", "kvinna"),), (("kön", "man"),)


def finding(kind, low, high, *routes, people=WOMEN):
    return Finding(kind, people, ("t.csv",), low, high, True, routes)


def test_place_is_named_by_its_columns_and_everybody_by_none():
    assert place((*NORTH, *WOMEN)) == "område Norr, kön kvinna"
    assert place(()) == "alla"


def test_difference_of_two_numbers_is_said_as_two_facts():
    route = Route((Term(1.0, 20, NORTH), Term(-1.0, 17, MEN)), None)
    assert line(finding(Kind.SUMS, 3, 3, route)) == "kön kvinna: 3, för att område Norr är 20 och kön man är 17."


def test_longer_sum_is_written_out():
    route = Route((Term(1.0, 20, NORTH), Term(1.0, 5, ()), Term(-2.0, 11, MEN)), None)
    assert line(finding(Kind.SUMS, 3, 3, route)).endswith("för att 20 (område Norr) + 5 (alla) − 2 × 11 (kön man) = 3.")


def test_what_is_known_of_other_gaps_is_said_in_the_sum():
    route = Route((Term(1.0, 3, NORTH), Term(-1.0, 1, MEN, limit=True)), True)
    assert line(finding(Kind.NARROW, 1, 2, route)) == (
        "kön kvinna: 1–2, inte fler för att 3 (område Norr) − 1 (kön man, en lucka, är minst det) = 2."
    )


def test_number_from_a_share_says_so():
    route = Route((Term(1.0, 23, NORTH, share=True), Term(-1.0, 12, MEN)), None)
    assert "område Norr är 23, enligt andelen och kön man är 12" in line(finding(Kind.SUMS, 11, 11, route))


@pytest.mark.parametrize(
    ("kind", "said"), [(Kind.SHOWN, "det står i tabellen"), (Kind.ELSEWHERE, "i en annan av tabellerna (t.csv)")]
)
def test_what_stands_there_needs_no_sum(kind, said):
    assert said in line(finding(kind, 3, 3))


def test_nobody_of_a_small_group_is_told_as_that():
    assert line(finding(Kind.GROUP, 0, 0)) == "kön kvinna: 0, så ingen i den lilla gruppen är det."


def test_open_end_is_said_as_at_least():
    assert line(finding(Kind.NARROW, 4, inf)) == "kön kvinna: minst 4."


def test_very_long_route_is_counted_and_not_told():
    route = Route(tuple(Term(1.0, 1, NORTH) for _ in range(20)), None)
    assert line(finding(Kind.SUMS, 20, 20, route)).endswith("det följer av 20 andra tal tillsammans.")


def test_so_many_are_told_and_how_many_more():
    found = Attack(tuple(finding(Kind.SHOWN, 3, 3) for _ in range(5)), 0, 9, Attacker.ZEROS_PRINTED, 5)
    lines = list(told(found, most=2))
    assert lines[2] == "Går att räkna ut om få: 5"
    assert lines[-1] == "- och 3 till"


def test_nothing_found_is_said():
    assert list(told(Attack((), 3, 9, Attacker.NOT_NEGATIVE, 5)))[-1].startswith("Inget litet tal")


@pytest.mark.parametrize(("terms", "said"), [(12, " = 12."), (13, "det följer av 13 andra tal tillsammans.")])
def test_route_of_very_many_numbers_is_not_written_out(terms, said):
    route = Route(tuple(Term(1.0, 1, NORTH) for _ in range(terms)), None)
    assert line(finding(Kind.SUMS, terms, terms, route)).endswith(said)


@pytest.mark.parametrize(("low", "high", "said"), [(3, 3, "3"), (1, 4, "1–4"), (7, inf, "minst 7"), (0, 2.0, "0–2")])
def test_number_is_said_by_its_ends(low, high, said):
    assert line(finding(Kind.NARROW, low, high)) == f"kön kvinna: {said}."


def test_first_number_that_is_taken_away_has_its_sign():
    route = Route((Term(-1.0, 5, NORTH), Term(-0.5, 4, MEN), Term(1.0, 10, ())), None)
    assert line(finding(Kind.SUMS, 3, 3, route)).endswith(
        "för att −5 (område Norr) − 0,5 × 4 (kön man) + 10 (alla) = 3."
    )


def test_two_ends_are_joined_by_a_word():
    high = Route((Term(1.0, 5, NORTH), Term(1.0, 1, MEN)), True)
    low = Route((Term(1.0, 2, NORTH), Term(1.0, 1, MEN)), False)
    said = line(finding(Kind.NARROW, 3, 6, low, high))
    assert "inte färre för att" in said
    assert " och inte fler för att" in said


def test_attack_that_finds_nothing_says_so():
    assert (
        list(told(Attack((), 3, 9, Attacker.ZEROS_PRINTED, 5)))[-1]
        == "Inget litet tal går att räkna ut, och ingen lucka."
    )


def test_attack_that_finds_nothing_small_says_that_too():
    large = Finding(Kind.SUMS, WOMEN, ("t.csv",), 12, 12, False)
    said = list(told(Attack((large,), 3, 9, Attacker.ZEROS_PRINTED, 5)))
    assert said[0].startswith("9 grupper av människor, 3 av dem luckor. Läsaren vet")
    assert said[2] == "Andra luckor som går att fylla i eller ringa in: 1"
    assert said[-1] == "Inget litet tal går att räkna ut."


@pytest.mark.parametrize(("most", "rest"), [(2, "- och 1 till"), (3, "- kön kvinna: 3, det står i tabellen.")])
def test_no_more_than_so_many_are_told(most, rest):
    three = (finding(Kind.SHOWN, 3, 3),) * 3
    said = list(told(Attack(three, 3, 9, Attacker.ZEROS_PRINTED, 5), most=most))
    assert said[2] == "Går att räkna ut om få: 3"
    assert said[-1] == rest
    assert len(said) == 6
