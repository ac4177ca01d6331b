"""Which conditions everybody meets, what groups are called without them, and which are sums of their values."""

from itertools import combinations
from random import Random

import pytest

from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.disclosure.system import Cell, system
from skillnad.analysis.joint.aliases import MOST_CODES, aliases, sums_of_values
from skillnad.analysis.joint.groups import PEOPLE, Group
from skillnad.analysis.joint.linking import Links
from skillnad.analysis.joint.sets import Among, among, holding, stretch
from skillnad.analysis.joint.watching import Watch

ROWS = Group("rows")
UNITS = among("A", "B", "")
DAYS = Among(frozenset({""}), stretch(0, 1000).stretches)
KNOWN, NOBODY = ("unit", among("A", "B")), ("unit", among(""))
ENDED, SEX = ("end", stretch(0, 365)), ("sex", among("1"))


def told(counts):
    groups, values = {group.name: group for group in counts}, {group.name: float(n) for group, n in counts.items()}
    return aliases(groups, values, lambda _, feature: {"unit": UNITS, "end": DAYS}.get(feature))


def test_known_units_are_all_where_nobody_lacks_one():
    group = ROWS.having(ENDED, KNOWN)
    assert told({group: 9, ROWS.having(ENDED, NOBODY): 0}) == {group.name: ROWS.having(ENDED)}


def test_nobody_of_all_is_nobody_of_a_part():
    group = ROWS.having(ENDED, SEX, KNOWN)
    assert told({group: 9, ROWS.having(NOBODY): 0})[group.name] == ROWS.having(ENDED, SEX)


@pytest.mark.parametrize("nobody", [ROWS.having(SEX, NOBODY), ROWS.having(("unit", among("A")))])
def test_nobody_of_others_says_nothing(nobody):
    assert told({ROWS.having(ENDED, KNOWN): 9, nobody: 0}) == {}


def test_somebody_who_lacks_a_unit_is_somebody():
    assert told({ROWS.having(KNOWN): 9, ROWS.having(NOBODY): 1}) == {}


def test_stretch_that_leaves_days_out_is_not_all():
    assert told({ROWS.having(ENDED): 9, ROWS.having(("end", among(""))): 0}) == {}


def test_all_needless_conditions_go():
    group = ROWS.having(KNOWN, ("end", stretch(0, 1000)))
    counts = {group: 9, ROWS.having(NOBODY): 0, ROWS.having(("end", among(""))): 0}
    assert told(counts) == {group.name: ROWS}


def test_people_and_those_who_can_hold_several_keep_their_conditions():
    people, several = Group(f"{PEOPLE}rows").having(KNOWN), ROWS.having(("problem", holding("1")))
    assert told({people: 9, several: 9, ROWS.having(NOBODY): 0}) == {}


def test_many_values_that_are_left_out_are_not_looked_for():
    codes = [str(code) for code in range(MOST_CODES + 2)]
    groups = {ROWS.having(("unit", among("0"))): 9, **{ROWS.having(("unit", among(code))): 0 for code in codes[1:]}}
    values = {group.name: float(n) for group, n in groups.items()}
    assert aliases({group.name: group for group in groups}, values, lambda *_: among(*codes)) == {}


def test_condition_that_leaves_nothing_out_is_left_where_nobody_is_missed():
    assert told({ROWS.having(("unit", UNITS)): 9}) == {}


def reason(*codes):
    return "reason", among(*codes)


EACH = {ROWS.having(reason("3")): 24, ROWS.having(reason("4")): 91, ROWS.having(reason("5")): 14}
GIVEN = ROWS.having(reason("3", "4", "5"), KNOWN)


def summed(counts):
    return sums_of_values({group.name: group for group in counts}, {group.name: n for group, n in counts.items()})


def test_those_of_some_values_are_known_where_each_value_is():
    whole = ROWS.having(reason("3", "4", "5"))
    assert summed({**EACH, GIVEN: 129}) == {whole.name: (whole, 129)}


def test_those_of_some_values_are_not_known_where_one_is_missing():
    assert summed({**dict(list(EACH.items())[1:]), GIVEN: 129}) == {}


def test_those_of_some_values_are_not_looked_for_where_a_table_has_them():
    assert summed({**EACH, GIVEN: 129, ROWS.having(reason("3", "4", "5")): 129}) == {}


def test_one_who_gave_no_reason_follows_from_those_who_gave_one_of_some():
    """Of 702 all but 15 have a reason that is shown or gave none. Those of known units with 3, 4 or 5 are 129, and 24
    and 91 of all have 3 and 4: so 14 have 5 at least, and one at least gave none."""
    others, none = ROWS.having(reason("1")), ROWS.having(reason(""))
    counts = {ROWS: 702, others: 572, **EACH, none: 1, GIVEN: 129}
    hidden = {ROWS.having(reason("5")).name, none.name}
    alone = {GIVEN: "shares"}
    groups = {group.name: group for group in counts}
    tables = {group.name: frozenset({alone.get(group, "reasons")}) for group in counts}
    values = {group.name: float(n) for group, n in counts.items()}
    whole = {"unit": UNITS, "reason": among("1", "3", "4", "5", "")}
    made = Links(groups, values, tables, lambda _, feature: whole.get(feature), lambda _: None)
    made.find()
    own = ((ROWS.name, -1.0), *((group.name, 1.0) for group in (others, none, *EACH)))
    cells = {**made.cells, **{name: Cell(name, value) for name, value in values.items()}}
    told = system(cells.values(), [own, *made.relations])
    assert {claim.name for claim in Watch(told, DEFAULT).unmet(hidden)} == hidden


def smallest(group, nobodys, whole):
    """The obvious way: a condition goes where each value that it leaves out is nobody's in some wider group."""
    for feature, held in group.where:
        rest = group.without(feature)
        left = {code for code in whole[feature] if code not in held.codes}
        wider = [Group(rest.of, some) for size in range(len(rest.where) + 1) for some in combinations(rest.where, size)]
        if left and all(any(each.having((feature, among(code))) in nobodys for each in wider) for code in left):
            return smallest(rest, nobodys, whole)
    return group


@pytest.mark.parametrize("seed", range(20))
def test_needless_conditions_are_those_that_the_obvious_way_finds(seed):
    draw = Random(seed)
    whole = {feature: [f"{feature}{code}" for code in range(3)] for feature in "xyz"}
    subsets = {feature: [among(*some) for n in (1, 2) for some in combinations(whole[feature], n)] for feature in "xyz"}
    counts = {}
    for _ in range(60):
        chosen = [(feature, draw.choice(subsets[feature])) for feature in "xyz" if draw.random() < 0.7]
        counts[ROWS.having(*chosen)] = draw.choice([0, 0, 9])
    nobodys = {group for group, number in counts.items() if not number}
    groups, values = {each.name: each for each in counts}, {each.name: float(n) for each, n in counts.items()}
    found = aliases(groups, values, lambda _, feature: among(*whole[feature]))
    obvious = {group: smallest(group, nobodys, whole) for group, number in counts.items() if number}
    assert found == {group.name: least for group, least in obvious.items() if least != group}
