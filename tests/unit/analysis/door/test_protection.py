import pytest
from raw_tables import axis, counted

from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.protection import MOST_CELLS, protect_table
from skillnad.analysis.questions import CrossTable, Duration, Percent, Selection, Share, Sum, Where
from skillnad.analysis.results import TOTAL, Axis, LeftOut, Level, LevelKind, RawTable
from skillnad.lib.errors import UserError

UNIT = axis("unit", "A", "B", "C")
SEX = axis("sex", "1", "2")
OUTCOME = Axis(
    "share:origin",
    "Ursprung",
    (Level("yes", "Ja"), Level("no", "Annat"), Level("unknown", "Vet ej", LevelKind.UNKNOWN), axis("x").levels[0]),
)


def crossed(rows, percent=Percent.ROWS):
    return protect_table(counted((SEX, UNIT), rows, CrossTable("sex", "unit", percent=percent)), DEFAULT).cells


def by_unit(question, counts, **values):
    told = {(code,): count for code, count in zip("ABC", counts, strict=True)} | {("",): 0, (TOTAL,): sum(counts)}
    return RawTable(question, (UNIT,), told, values)


def measure(*numbers, total):
    return {(code,): number for code, number in zip("ABC", numbers, strict=True)} | {("",): 0.0, (TOTAL,): total}


FULL = {("1", "A"): 30, ("1", "B"): 20, ("1", "C"): 50, ("2", "A"): 40, ("2", "B"): 25, ("2", "C"): 35, ("", "A"): 8}


def test_table_of_large_counts_is_shown_whole():
    counts = crossed(FULL)["count"]
    assert counts == counted((SEX, UNIT), FULL).counts


def test_small_count_is_a_gap_with_enough_others():
    counts = crossed(FULL | {("1", "B"): 3})["count"]
    assert counts["1", "B"] is None
    assert sum(count is None for count in counts.values()) >= 4


def test_zero_is_shown():
    assert crossed(FULL | {("1", "B"): 3})["count"]["", "B"] == 0


def test_share_is_of_the_known_in_its_row():
    assert crossed(FULL)["share"]["1", "A"] == pytest.approx(0.3)


def test_share_with_a_gap_in_numerator_or_denominator_is_a_gap():
    cells = crossed(FULL | {("1", "B"): 3})
    assert cells["share"]["1", "B"] is None
    hidden_total = crossed({("1", "A"): 3, ("2", "A"): 40, ("2", "B"): 50, ("2", "C"): 30})
    assert hidden_total["count"]["1", TOTAL] is None
    assert hidden_total["share"]["1", "A"] is None


def test_share_of_nothing_and_of_the_missing_have_no_cell():
    shares = crossed(FULL)["share"]
    assert ("1", "") not in shares
    assert ("", TOTAL) in shares
    assert ("1", TOTAL) not in crossed({("2", "A"): 50, ("2", "B"): 20})["share"]


def share_of(yes, no, unknown=0):
    rows = {("yes", "A"): yes, ("no", "A"): no, ("unknown", "A"): unknown, ("yes", "B"): 30, ("no", "B"): 40}
    question = Share(Where("origin", ("1",)), by=("unit",))
    return protect_table(counted((OUTCOME, UNIT), rows, question), DEFAULT).cells


def test_share_leaves_the_unknown_out():
    assert share_of(10, 30, unknown=20)["share"]["yes", "A"] == pytest.approx(0.25)


@pytest.mark.parametrize(("yes", "no"), [(3, 40), (40, 3), (2, 2)])
def test_share_with_few_on_either_side_is_a_gap(yes, no):
    assert share_of(yes, no)["share"]["yes", "A"] is None


def durations(counts, medians):
    question = Duration("start_date", "end_date", by=("unit",))
    days = measure(*medians, total=20.0)
    return protect_table(by_unit(question, counts, median=days, q1=days, q3=days, p90=days), DEFAULT).cells


def test_median_of_ten_is_shown_and_of_nine_is_not():
    medians = durations((10, 9, 30), (5.0, 6.0, 7.0))["median"]
    assert (medians["A",], medians["B",], medians["C",]) == (5.0, None, 7.0)


def test_median_of_a_hidden_group_is_hidden():
    cells = durations((30, 3, 12), (5.0, 6.0, 7.0))
    assert cells["count"]["C",] is None
    assert cells["median"]["C",] is None


def test_median_of_nobody_has_no_cell():
    assert ("A",) not in durations((0, 20, 30), (0.0, 6.0, 7.0))["median"]


def sums(counts, clients, amounts, largest, policy=DEFAULT):
    question = Sum("amount", by=("unit",))
    values = {
        "sum": measure(*amounts, total=sum(amounts)),
        "clients": measure(*clients, total=sum(clients)),
        "largest": measure(*largest, total=max(largest)),
    }
    return protect_table(by_unit(question, counts, **values), policy).cells


def test_sum_of_many_is_shown():
    cells = sums((20, 30, 40), (10.0, 12.0, 14.0), (900.0, 800.0, 700.0), (100.0, 90.0, 80.0))
    assert cells["sum"]["A",] == 900
    assert cells["clients"]["A",] == 10


def test_sum_that_one_client_dominates_is_hidden_with_another():
    amounts = sums((20, 30, 40), (10.0, 12.0, 14.0), (900.0, 800.0, 700.0), (500.0, 90.0, 80.0))["sum"]
    assert amounts["A",] is None
    assert sum(amount is None for amount in amounts.values()) == 2


def test_sum_that_the_second_largest_can_see_through_is_hidden_where_asked():
    told = ((20, 30, 40), (10.0, 12.0, 14.0), (900.0, 800.0, 700.0), (430.0, 90.0, 80.0))
    assert sums(*told)["sum"]["A",] == 900
    assert sums(*told, policy=Policy(p_percent=0.15))["sum"]["A",] is None
    assert sums(*told, policy=Policy(p_percent=0.05))["sum"]["A",] == 900


def test_sum_of_few_clients_is_hidden_though_rows_are_many():
    cells = sums((20, 30, 40), (3.0, 12.0, 14.0), (900.0, 800.0, 700.0), (100.0, 90.0, 80.0))
    assert cells["count"]["A",] == 20
    assert cells["clients"]["A",] is None
    assert cells["sum"]["A",] is None


def test_sum_where_the_largest_client_is_not_known_is_hidden():
    question = Sum("amount", by=("unit",))
    values = {"sum": measure(9.0, 8.0, 7.0, total=24.0), "clients": measure(10.0, 12.0, 14.0, total=36.0)}
    cells = protect_table(by_unit(question, (20, 30, 40), **values), DEFAULT).cells
    assert cells["sum"]["A",] is None


def test_negative_sums_are_withheld_and_counts_are_not():
    cells = sums((20, 30, 40), (10.0, 12.0, 14.0), (-900.0, 800.0, 700.0), (10.0, 90.0, 80.0))
    assert set(cells["sum"].values()) == {None}
    assert cells["count"]["A",] == 20


@pytest.mark.parametrize(("rows", "shown"), [(0, 0), (1, None), (4, None), (5, 5)])
def test_few_rows_left_out_are_a_gap(rows, shown):
    raw = counted((UNIT,), {("A",): 20})
    told = RawTable(raw.question, raw.axes, raw.counts, {}, (LeftOut("no_event_date", rows),))
    assert protect_table(told, DEFAULT).left_out == (LeftOut("no_event_date", shown),)


def test_people_are_called_people():
    question = CrossTable("sex", "unit", Selection(people=True))
    assert protect_table(counted((SEX, UNIT), FULL, question), DEFAULT).measures[0].label == "Personer"


def test_table_too_large_to_protect_is_refused():
    raw = RawTable(CrossTable("a", "b"), (), {(str(place),): 9 for place in range(MOST_CELLS + 1)}, {})
    with pytest.raises(UserError, match="DISC-003"):
        protect_table(raw, DEFAULT)


def in_two_offices(percent):
    rows = {
        (sex, unit, office): count
        for office, counts in (("X", (30, 20, 40, 25)), ("Y", (3, 60, 50, 45)))
        for (sex, unit), count in zip((("1", "A"), ("1", "B"), ("2", "A"), ("2", "B")), counts, strict=True)
    }
    question = CrossTable("sex", "unit", percent=percent, by=("office",))
    return protect_table(counted((SEX, UNIT, axis("office", "X", "Y")), rows, question), DEFAULT).cells


def test_share_of_a_table_by_a_third_column_is_taken_within_it():
    shares = in_two_offices(Percent.ROWS)["share"]
    assert shares[TOTAL, "B", TOTAL] == pytest.approx(150 / 273)
    assert shares[TOTAL, TOTAL, "X"] == 1


def test_small_count_by_a_third_column_takes_its_share_and_two_offices_with_it():
    cells = in_two_offices(Percent.COLUMNS)
    assert cells["count"]["1", "A", "Y"] is None
    assert cells["share"]["1", "A", "Y"] is None
    assert cells["count"]["1", "A", "X"] is None or cells["count"]["1", "A", TOTAL] is None
