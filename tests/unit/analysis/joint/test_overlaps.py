"""What follows by inclusion and exclusion on one line: a reader finds it, of rows and of people."""

import pytest

from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.disclosure.system import Cell, system
from skillnad.analysis.joint.groups import PEOPLE, Group
from skillnad.analysis.joint.linking import Links
from skillnad.analysis.joint.overlaps import MOST_CODES, overlaps
from skillnad.analysis.joint.sets import among, holding
from skillnad.analysis.joint.watching import Watch

ROWS, PEOPLE_OF = Group("cases"), Group(f"{PEOPLE}cases")
UNITS = {"unit": among("A", "B", "C", "")}


def held(*sets):
    """The rows that hold some code of each of the sets."""
    return ROWS.having(*(("problem", holding(codes)) for codes in sets))


def people(*codes):
    return PEOPLE_OF.having(("unit", among(*codes)))


def told(counts, *hidden):
    """What a reader learns of the hidden groups; each group stands in a table of its own."""
    groups = {group.name: group for group in counts}
    values = {group.name: float(count) for group, count in counts.items()}
    tables = {name: frozenset({str(place)}) for place, name in enumerate(groups)}
    made = Links(groups, values, tables, lambda _, feature: UNITS.get(feature), lambda _: None)
    made.find()
    cells = {name: Cell(name, value) for name, value in values.items()}
    whole = system({**made.cells, **cells}.values(), made.relations)
    names = {group.name for group in hidden}
    return {claim.name for claim in Watch(whole, DEFAULT).unmet(names)}


A, B, BOTH, EITHER = held("A"), held("B"), held("A", "B"), held("AB")


def test_those_who_hold_both_follow_from_those_who_hold_each_and_either():
    assert BOTH.name in told({ROWS: 200, A: 100, B: 50, EITHER: 147, BOTH: 3}, BOTH)


def test_those_who_hold_both_do_not_follow_where_one_more_is_hidden():
    assert told({ROWS: 200, A: 100, B: 50, EITHER: 147, BOTH: 3}, BOTH, EITHER) == set()


def test_those_who_hold_both_are_somebody_where_no_table_has_them():
    assert len(told({ROWS: 200, A: 100, B: 50, EITHER: 147})) == 1
    assert told({ROWS: 200, A: 100, B: 50, EITHER: 140}) == set()


def test_three_codes_follow_from_all_that_is_put_together_of_them():
    counts = {ROWS: 300, A: 90, B: 80, held("C"): 70, EITHER: 140, held("AC"): 130, held("BC"): 120, held("ABC"): 153}
    every = held("A", "B", "C")
    assert every.name in told({**counts, every: 3}, every)


def test_people_of_two_units_follow_from_each_and_either():
    assert len(told({PEOPLE_OF: 300, people("A"): 100, people("B"): 50, people("A", "B"): 147})) == 1
    assert told({PEOPLE_OF: 300, people("A"): 100, people("B"): 50, people("A", "B"): 140}) == set()


def test_line_that_puts_nothing_together_has_no_patterns():
    line = {None: ROWS.name, holding("A"): A.name}
    assert overlaps(ROWS, "problem", line, {ROWS.name: 9.0, A.name: 4.0}) == ([], [])


def test_codes_beyond_the_few_are_left_alone():
    many = [str(code) for code in range(MOST_CODES + 1)]
    line = {None: ROWS.name, holding(many): held(many).name}
    assert overlaps(ROWS, "problem", line, {ROWS.name: 9.0, held(many).name: 4.0}) == ([], [])


@pytest.mark.parametrize("rest", [ROWS, PEOPLE_OF])
def test_patterns_add_up_to_their_groups(rest):
    one, other, either = (rest.having(("problem", holding(codes))) for codes in ("A", "B", "AB"))
    line = {None: rest.name, holding("A"): one.name, holding("B"): other.name, holding("AB"): either.name}
    values = {rest.name: 20.0, one.name: 9.0, other.name: 7.0, either.name: 12.0}
    cells, sums = overlaps(rest, "problem", line, values)
    known = values | {cell.name: cell.value for cell in cells}
    assert len(sums) == len(line)
    assert all(sum(known[name] * factor for name, factor in relation) == 0 for relation in sums)
