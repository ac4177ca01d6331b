"""Which answers may be put together, and what must then be said."""

from dataclasses import replace

import pytest

from skillnad.instruments.asked import Choice, Clause, Condition, Slot
from skillnad.instruments.loading import load_instrument
from skillnad.instruments.pooling import AnswerKey, Pools, pooled, pools, references_of
from skillnad.instruments.worked import PoolCase

SKR6 = load_instrument("skr6")
START = {"since": "start"}
PREVIOUS = {"since": "previous"}


def keys(item, *slots, perspective="client"):
    return [AnswerKey(item, perspective, each) for each in slots]


def test_same_reference_point_pools_freely():
    assert pooled(SKR6, keys("b1a", START, START)).how is Pools.FREELY


@pytest.mark.parametrize("item", ["b1a", "b1b", "b2"])
def test_different_reference_points_are_pooled_only_saying_so(item):
    pooling = pooled(SKR6, keys(item, START, PREVIOUS))
    assert pooling.how is Pools.SAYING
    points = "”stödet från socialtjänsten påbörjades” och ”den senaste uppföljningen”"
    assert pooling.sv == f"Svaren räknas från olika utgångspunkt: {points}."
    assert pooling.en == "The answers are counted from different points of reference: 'start' and 'previous'."


def test_unknown_reference_point_is_another():
    pooling = pooled(SKR6, keys("b1a", START, {}))
    assert pooling.how is Pools.SAYING
    assert pooling.sv.endswith("och okänd.")


@pytest.mark.parametrize("item", ["b3", "b4", "b5"])
def test_question_without_a_reference_point_pools_freely(item):
    assert pooled(SKR6, keys(item, START, PREVIOUS)).how is Pools.FREELY


@pytest.mark.parametrize("slot", ["topic", "intervention", "worker"])
def test_other_words_make_no_difference(slot):
    first, second = (choice.code for choice in SKR6.slots[slot].choices[:2])
    assert pooled(SKR6, keys("b1a", {**START, slot: first}, {**START, slot: second})).how is Pools.FREELY


def test_different_people_are_never_pooled():
    both = [*keys("b3", START), *keys("b3", START, perspective="guardian")]
    pooling = pooled(SKR6, both)
    assert pooling.how is Pools.NEVER
    assert "”Brukaren själv” och ”Vårdnadshavaren om barnet”" in pooling.sv


def test_different_questions_are_never_pooled():
    assert pooled(SKR6, [*keys("b3", START), *keys("b4", START)]).how is Pools.NEVER


def test_nothing_and_one_pool_freely():
    assert pooled(SKR6, []).how is pooled(SKR6, keys("b1a", START)).how is Pools.FREELY


@pytest.mark.parametrize(("item", "slots"), [("b1a", ("since",)), ("b2", ("since",)), ("b3", ()), ("absent", ())])
def test_reference_points_of_a_question(item, slots):
    assert references_of(SKR6, item) == slots


def test_ring_of_questions_and_slots_ends():
    when = Condition(any=(Clause("b2", frozenset("1")),))
    ring = Slot("improved", "x", "answers", "a", (Choice("a", "{improved}", when=when),))
    assert references_of(replace(SKR6, slots={**SKR6.slots, "improved": ring}), "b2") == ()


@pytest.mark.parametrize(
    ("slots", "perspectives", "expected"),
    [
        ((START, PREVIOUS), (), False),
        ((START, {**START, "topic": "problem"}), (), True),
        ((), ("client", "guardian"), False),
        ((), ("client",), True),
    ],
)
def test_worked_case_pools_where_nothing_needs_saying(slots, perspectives, expected):
    assert pools(SKR6, PoolCase("a", "a", "", "b1a", expected, slots, perspectives)) is expected
