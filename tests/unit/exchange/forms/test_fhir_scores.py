"""Scores as calculated expressions: which are plain, how they are written, what is read of others'."""

from dataclasses import replace

import pytest
from made_forms import whole
from made_instruments import AGREES, scale, score

from skillnad.exchange.forms import fhir_terms as fhir
from skillnad.exchange.forms.fhir_scores import expression_of, is_plain, points_by_code, score_items, score_read
from skillnad.exchange.forms.fhir_terms import extended
from skillnad.instruments.asked import Clause, Condition

NONE = Condition(all=(Clause("p1", frozenset("0")),))
ITEMS = {name: scale(name, AGREES) for name in ("a", "b")}


def part(link):
    return f"%resource.descendants().where(linkId = '{link}').answer.value"


def calculated(expression):
    told = {"language": "text/fhirpath", "expression": expression}
    return {"linkId": "s", "text": "Summa", "extension": [{"url": fhir.CALCULATED, "valueExpression": told}]}


def read(expression, scores=None):
    return score_read(calculated(expression), ITEMS, scores or {}, "s")


@pytest.mark.parametrize(
    "more",
    [
        {"missing": "prorate", "minimum": 2},
        {"missing": "zero"},
        {"needs": ("p3",)},
        {"zero_when": NONE},
        {"only_when": NONE},
        {"off": True},
        {"round": "half_up"},
        {"decimals": 2},
        {"kind": "count", "codes": frozenset("2")},
    ],
)
def test_what_does_more_than_add_is_not_plain(more):
    assert not is_plain(whole(), replace(score("s", items=("p1", "p2")), **more))


def test_what_only_adds_is_plain():
    assert is_plain(whole(), score("s", items=("p1", "p2"), reverse=frozenset({"p2"})))
    assert is_plain(whole(), score("s", "mean", items=("p1", "p2")))


def test_a_sum_of_what_is_not_plain_is_not_plain():
    inner = score("inner", items=("p1", "p2"), missing="prorate", minimum=1)
    made = replace(whole(), scores={"inner": inner, "outer": score("outer", scores=("inner",))})
    assert not is_plain(made, made.scores["outer"])
    assert score_items(made) == []


def test_an_expression_adds_points_and_turns_what_is_turned():
    told = expression_of(whole(), score("s", items=("p1", "p2"), reverse=frozenset({"p2"})))
    assert told == f"({part('p1')}.ordinal() + (2 - {part('p2')}.ordinal()))"


def test_a_number_is_worth_itself():
    assert expression_of(whole(), score("s", items=("mood", "rest"))) == f"({part('mood')} + {part('rest')})"


def test_a_mean_is_divided_by_its_parts():
    assert expression_of(whole(), score("s", "mean", items=("p1", "p2"))).endswith(") / 2")


def test_a_score_is_a_hidden_item_that_nobody_fills_in():
    made = replace(whole(), scores={"s": score("s", items=("p1", "p2"))})
    (item,) = score_items(made)
    assert (item["linkId"], item["readOnly"], extended(item, fhir.HIDDEN)) == ("score#s", True, True)


def test_what_was_written_is_read():
    given = score("s", items=("a", "b"), reverse=frozenset({"b"}))
    made = replace(whole(), items=ITEMS, scores={"s": given})
    found = read(expression_of(made, given))
    assert (found.kind, found.items, found.reverse, found.low, found.high) == ("sum", ("a", "b"), {"b"}, 0, 4)


def test_a_sum_of_sums_is_read_by_its_scores():
    known = {"x": score("x", high=6), "y": score("y", low=1, high=4, step=0.5)}
    found = read(f"({part('score#x')} + {part('score#y')})", known)
    assert (found.scores, found.items, found.low, found.high, found.step) == (("x", "y"), (), 1, 10, 0.5)


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "()",
        "1 + 1",
        f"{part('a')} + {part('b')}",
        f"({part('a')} - {part('b')})",
        f"({part('a')} * 2)",
        f"({part('a')} + {part('gone')})",
        f"({part('a')} + {part('score#x')})",
        f"({part('a')} + {part('b')}) / 5",
        f"({part('a')} + {part('b')}).round(0)",
    ],
)
def test_what_is_no_plain_sum_is_not_read(expression):
    assert read(expression) is None


def test_a_word_that_some_read_as_a_number_is_none():
    options = tuple(replace(AGREES.options[0], code=code) for code in ("nan", "inf"))
    assert points_by_code(replace(ITEMS["a"], options=options)) == {}


def test_points_are_the_codes_unless_told():
    options = (replace(AGREES.options[0], points=9), AGREES.options[1], replace(AGREES.options[2], code="many"))
    item = replace(ITEMS["a"], options=options)
    assert points_by_code(item) == {"0": 9, "1": 1.0}
