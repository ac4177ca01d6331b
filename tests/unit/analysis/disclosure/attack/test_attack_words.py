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
