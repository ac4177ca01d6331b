"""What a table must hide for its own sake, and what is left to be chosen among all the tables."""

from dataclasses import replace

from raw_tables import axis, counted

from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.joint.jointly import alone
from skillnad.analysis.joint.starting import starting
from skillnad.analysis.joint.together import Alone
from skillnad.analysis.protection import CLIENTS, ROWS
from skillnad.analysis.questions import Duration, Population, Selection, Share, Sum, Where
from skillnad.analysis.results import RawTable

UNITS = axis("unit", "A", "B", "C", "D")
ROWS_BY_UNIT = {("A",): 23, ("B",): 21, ("C",): 3, ("D",): 6}
RAW = counted((UNITS,), ROWS_BY_UNIT)


def hidden(patterns, kind=ROWS):
    return sorted(word for (word,) in patterns[kind].hidden)


def started(raw, policy=DEFAULT):
    return Alone(raw, policy).first


def test_guards_of_small_counts_are_left_to_be_chosen():
    assert hidden(alone(RAW, DEFAULT)) == ["unit=C", "unit=D"]
    assert hidden(started(RAW)) == ["unit=C"]


def test_table_without_small_counts_starts_without_gaps():
    assert hidden(started(counted((UNITS,), {("A",): 23, ("B",): 21, ("C",): 13, ("D",): 6}))) == []


def test_hidden_zeros_are_hidden_for_their_own_sake():
    raw = counted((UNITS,), {("A",): 23, ("B",): 21, ("C",): 0, ("D",): 6})
    zeros = replace(DEFAULT, zeros_printed=False, zeros_protected=True)
    assert "unit=C" in hidden(started(raw, zeros))


def test_shares_of_thin_denominators_stay_hidden():
    question = Share(Where("goal", ("1",)), Selection(), ("unit",))
    outcome = axis("share:goal", "yes", "no")
    counts = {("yes", "A"): 6, ("no", "A"): 6, ("yes", "B"): 40, ("no", "B"): 50}
    raw = counted((outcome, axis("unit", "A", "B")), counts, question)
    thin = replace(DEFAULT, denominator=20)
    assert ("share:goal=yes", "unit=A") in starting(raw, thin)[ROWS].hidden
    assert not starting(raw, DEFAULT)[ROWS].hidden


def test_sensitive_groups_keep_all_that_guards_them():
    policy = replace(DEFAULT, sensitive=("unit",), group_all=False, group_none=False)
    assert started(RAW, policy) == alone(RAW, policy)


def test_who_may_be_alone_in_a_cell_keeps_all_that_guards_them():
    policy = replace(DEFAULT, contributors=True)
    assert started(RAW, policy) == alone(RAW, policy)


def test_sums_keep_all_that_guards_them():
    question = Sum("amount", Selection(Population.COSTS), ("unit",))
    clients = {key: float(count) for key, count in RAW.counts.items()}
    raw = RawTable(question, RAW.axes, RAW.counts, {CLIENTS: clients})
    assert started(raw) == alone(raw, DEFAULT)


def part_of_each(part):
    return counted((UNITS,), {(axis,): count // part for (axis,), count in ROWS_BY_UNIT.items()}).counts


def test_open_cases_start_from_their_own_small_counts():
    days = Duration("start_date", "end_date", Selection(), ("unit",), within=(30,))
    values = {"ended_30": part_of_each(2), "open": part_of_each(3), "open_30": dict.fromkeys(RAW.counts, 0)}
    raw = RawTable(days, RAW.axes, RAW.counts, values)
    own, whole = started(raw)["open"].hidden, alone(raw, DEFAULT)["open"].hidden
    assert own <= whole
    assert ("unit=C",) in own
