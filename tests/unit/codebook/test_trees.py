"""Units through reorganisations: every unit in one line, and no row shared out by guess."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillnad.codebook.trees import Succession, TreeHistory, UnitSpell, committees_on, faults_of, lines_on, units_on

OLD, NEW = date(2024, 6, 30), date(2025, 6, 30)
BREAK = date(2025, 1, 1)


def spell(code, first=None, last=None, name="", committee="SN"):
    return UnitSpell(code, name or code, committee, "", first, last)


def ended(code, **told):
    return spell(code, None, BREAK - timedelta(days=1), **told)


def begun(code, **told):
    return spell(code, BREAK, None, **told)


def follows(*pairs):
    return tuple(Succession(one, other, BREAK) for one, other in pairs)


MERGER = TreeHistory((ended("A"), ended("B"), begun("AB")), follows(("A", "AB"), ("B", "AB")))
SPLIT = TreeHistory((ended("A"), begun("A1"), begun("A2")), follows(("A", "A1"), ("A", "A2")))


def told(history, day):
    return [(line.name, line.units) for line in lines_on(history, day)]


def test_merger_on_the_new_tree_is_one_line():
    assert told(MERGER, NEW) == [("AB", ("A", "AB", "B"))]


def test_merger_on_the_old_tree_cannot_be_divided_again():
    assert told(MERGER, OLD) == [("A + B", ("A", "AB", "B"))]


def test_split_on_the_old_tree_is_one_line():
    assert told(SPLIT, OLD) == [("A", ("A", "A1", "A2"))]


def test_split_on_the_new_tree_stands_together():
    assert told(SPLIT, NEW) == [("A1 + A2", ("A", "A1", "A2"))]


def test_unit_that_split_and_merged_again_keeps_its_series():
    later = date(2026, 1, 1)
    history = TreeHistory(
        (
            ended("A"),
            spell("A1", BREAK, later - timedelta(days=1)),
            spell("A2", BREAK, later - timedelta(days=1)),
            spell("A3", later),
        ),
        (*SPLIT.successions, Succession("A1", "A3", later), Succession("A2", "A3", later)),
    )
    assert told(history, date(2026, 6, 30)) == [("A3", ("A", "A1", "A2", "A3"))]
    assert told(history, OLD) == [("A", ("A", "A1", "A2", "A3"))]


def test_other_name_is_the_same_line_under_the_name_of_the_day():
    history = TreeHistory((ended("A", name="Norr"), begun("A", name="Norr och öarna")))
    assert [told(history, day) for day in (OLD, NEW)] == [[("Norr", ("A",))], [("Norr och öarna", ("A",))]]


def test_unit_without_a_successor_is_a_line_that_nothing_of_the_day_shows():
    history = TreeHistory((ended("A"), spell("B")))
    assert [(line.units, line.shown) for line in lines_on(history, NEW)] == [(("A",), ()), (("B",), ("B",))]


def test_unit_is_there_on_its_last_day_and_not_after():
    assert set(units_on(MERGER, BREAK - timedelta(days=1))) == {"A", "B"}
    assert set(units_on(MERGER, BREAK)) == {"AB"}


def test_moved_unit_counts_in_the_committee_of_the_day():
    history = TreeHistory((ended("A", committee="SN"), begun("A", committee="ON"), spell("B", committee="SN")))
    assert committees_on(history, OLD) == {"SN": ("A", "B")}
    assert committees_on(history, NEW) == {"ON": ("A",), "SN": ("B",)}


def test_split_over_two_committees_is_under_both():
    history = TreeHistory((ended("A"), begun("A1"), begun("A2", committee="ON")), SPLIT.successions)
    assert committees_on(history, NEW) == {"ON + SN": ("A", "A1", "A2")}


@pytest.mark.parametrize(
    ("history", "fault"),
    [
        (TreeHistory((spell("A"), begun("A"))), ("overlap", "A")),
        (TreeHistory((ended("A"),), follows(("A", "B"))), ("unknown", "B")),
        (TreeHistory((spell("A", NEW), spell("B"))), None),
        (TreeHistory((spell("A", NEW), spell("B")), follows(("A", "B"))), ("before", "A")),
        (TreeHistory((spell("A"), spell("B")), follows(("A", "B"), ("B", "A"))), ("circular", "A")),
    ],
)
def test_faults_are_found(history, fault):
    found = list(faults_of(history))
    assert fault in found if fault else not found


@st.composite
def histories(draw):
    """Units in generations: each of a generation is followed by some of the next."""
    generations = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    days = [date(2020, 1, 1) + timedelta(days=400 * number) for number in range(len(generations) + 1)]
    names = [[f"u{g}{n}" for n in range(size)] for g, size in enumerate(generations)]
    spells = tuple(
        spell(name, days[g], days[g + 1] - timedelta(days=1) if g + 1 < len(names) else None)
        for g, some in enumerate(names)
        for name in some
    )
    pairs = [(one, other, days[g + 1]) for g in range(len(names) - 1) for one in names[g] for other in names[g + 1]]
    kept = [Succession(*pair) for pair in pairs if draw(st.booleans())]
    return TreeHistory(spells, tuple(kept)), draw(st.sampled_from(days))


@given(histories())
def test_every_unit_is_in_exactly_one_line_of_any_tree(drawn):
    history, day = drawn
    counted = [code for line in lines_on(history, day) for code in line.units]
    assert sorted(counted) == sorted({spell.code for spell in history.spells})


@given(histories())
def test_units_of_the_day_share_a_line_only_where_one_unit_became_or_was_both(drawn):
    """Plain search over the successions, in both directions, says who may be joined."""
    history, day = drawn
    there = units_on(history, day)
    linked = {frozenset((s.predecessor, s.successor)) for s in history.successions}
    for line in lines_on(history, day):
        reached, waiting = set(line.units[:1]), list(line.units[:1])
        while waiting:
            one = waiting.pop()
            more = {code for code in line.units if frozenset((one, code)) in linked} - reached
            reached |= more
            waiting += more
        assert reached == set(line.units)
        assert set(line.shown) == set(line.units) & set(there)


@given(histories())
def test_made_histories_have_no_fault(drawn):
    assert not list(faults_of(drawn[0]))


def test_unit_that_gave_a_part_away_goes_with_it_from_then_on():
    history = TreeHistory((spell("A"), begun("B")), follows(("A", "B")))
    assert told(history, NEW) == [("A + B", ("A", "B"))]
    assert told(history, OLD) == [("A", ("A", "B"))]


def test_unit_that_took_another_over_went_with_it_until_then():
    history = TreeHistory((spell("A"), ended("B")), follows(("B", "A")))
    assert told(history, NEW) == [("A", ("A", "B"))]
    assert told(history, OLD) == [("A + B", ("A", "B"))]
