"""Rows of one person: how much less sure groups are for them, and what that tells of any one person."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.analysis.comparisons.shown_tables import OF, by_group

from skillnad.analysis.comparisons.made import REPEATED
from skillnad.analysis.comparisons.places import in_a_funnel, ranked
from skillnad.analysis.comparisons.questions import Comparison, Funnel, Ranking
from skillnad.analysis.comparisons.repeats import NONE, STEP, TRIED, USUAL, Repeats, Told, beside, repeats_of
from skillnad.analysis.comparisons.rows import NOBODY, ByClient
from skillnad.analysis.comparisons.shares import compared_shares
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.formulas.clusters import Clusters
from skillnad.analysis.results import TOTAL

Row = tuple[int, str, int, int]
GROUPS = ("A", "B", "C")


def rows(*cells: Row) -> ByClient:
    """A client, a group (`1;2` is in both), how many rows hold it, of how many."""
    patterns = list(dict.fromkeys(group for _, group, _, _ in cells))
    numbers = [(client, patterns.index(group), part, whole) for client, group, part, whole in cells]
    return ByClient(tuple((group,) for group in patterns), *np.array(numbers, np.int64).reshape(-1, 4).T)


def pairs_in(group: str, clients: int, *, size: int = 2, first: int = 0) -> list[Row]:
    """Clients whose rows are all alike, every other one holding it."""
    return [(first + number, group, size * (number % 2), size) for number in range(clients)]


def repeats(*cells: Row, named=GROUPS, shown=(*GROUPS, TOTAL)) -> Repeats:
    return repeats_of(rows(*cells), named, shown, DEFAULT)


def test_no_repeats_are_where_every_client_has_one_row():
    assert repeats(*((client, "AB"[client % 2], client % 3 % 2, 1) for client in range(50))) == NONE


def test_no_repeats_are_where_there_are_no_rows():
    assert repeats() == NONE


def test_rows_of_nobody_known_do_not_go_together():
    assert repeats((NOBODY, "A", 30, 80), (NOBODY, "B", 10, 80)) == NONE


def test_rows_of_nobody_known_make_groups_surer_beside_pairs():
    pairs = pairs_in("A", 40)
    alone, among = repeats(*pairs), repeats(*pairs, (NOBODY, "A", 40, 80))
    assert 1 < among.of("A") < alone.of("A")


def test_groups_of_pairs_that_are_all_alike_are_half_as_sure():
    found = repeats(*pairs_in("A", 400), *pairs_in("B", 400, first=400))
    assert [found.of(code) for code in ("A", "B", TOTAL)] == pytest.approx([2.0] * 3)
    assert found.of_two("A") == pytest.approx((2.0, 2.0))


def test_group_in_which_nobody_has_two_rows_is_as_sure_as_ever():
    found = repeats(*pairs_in("A", 400), *((1000 + number, "B", number % 2, 1) for number in range(300)))
    assert found.of("B") == 1
    assert found.of_two("A", "B") == pytest.approx((2.0, 1.0))


def test_others_are_every_other_groups_rows_of_a_client_together():
    cells = [(number, group, number % 2, 1) for number, group in product(range(400), "AB")]
    found = repeats(*cells, *((1000 + number, "C", number % 2, 1) for number in range(400)))
    assert (found.of("A"), found.of("B"), found.of("C")) == (1, 1, 1)
    assert found.others["A"] == 1
    assert found.others["C"] > 1


def test_total_and_others_tell_nothing_of_rows_in_hidden_groups():
    shown = [*pairs_in("A", 40), *((100 + number, "B", number % 2, 1) for number in range(60))]
    alone, together = [(200, "C", 0, 1), (201, "C", 1, 1)], [(200, "C", 1, 2)]
    among = [repeats(*shown, *hidden, shown=("A", "B", TOTAL)) for hidden in (alone, together)]
    assert among[0].of(TOTAL) == among[1].of(TOTAL) > 1
    assert among[0].others["B"] == among[1].others["B"] > 1


def test_others_are_none_of_whom_the_group_is_not_known():
    cells = [*pairs_in("A", 50), *((100 + number, "B", 0, 1) for number in range(50))]
    unknown = [(300 + number, "", 0, 3) for number in range(50)]
    assert repeats(*cells, *unknown).others == repeats(*cells).others


def test_row_in_two_groups_counts_in_both():
    found = repeats(
        *((number, "1;2", 2 * (number % 2), 2) for number in range(300)), named=("1", "2"), shown=("1", "2")
    )
    assert found.of("1") == found.of("2") == pytest.approx(2.0)
    assert found.others == {"1": 1.0, "2": 1.0}


def of_pairs(alike: int, apart: int) -> Clusters:
    """Clients with two rows each: both hold it, or none, every other time; or one does."""
    part = np.array([2 * (number % 2) for number in range(alike)] + [1] * apart)
    return Clusters(part, part, np.full(len(part), 2))


def test_fewer_clients_than_are_tried_say_nothing():
    for clients in ([], [of_pairs(TRIED - 1, 0)], [of_pairs(2, TRIED - 3)]):
        assert Told.by(clients, DEFAULT).correlation == pytest.approx(USUAL)


def test_few_clients_lean_on_what_is_usual_and_many_do_not():
    few, many = (Told.by([of_pairs(clients, 0)], DEFAULT).correlation for clients in (TRIED, 1000))
    assert (few, many) == pytest.approx(((1 + USUAL) / 2, 1.0))


def test_hidden_group_has_no_part_in_how_alike_rows_are():
    seen, hidden = pairs_in("A", 100), pairs_in("B", 100, first=500)
    unlike = [(client, group, 1, whole) for client, group, _, whole in hidden]
    by = {"named": GROUPS, "shown": ("A", TOTAL)}
    assert repeats(*seen, *hidden, **by) == repeats(*seen, *unlike, **by)


@pytest.mark.parametrize("clients", range(1, DEFAULT.threshold))
def test_how_many_have_two_rows_is_not_told_where_they_are_few(clients):
    """Whether one person or as many as the threshold, a reader sees the same."""

    def group(repeated: int) -> list[Row]:
        one = [(1000 + number, "A", 0, 1) for number in range(60 - 2 * repeated)]
        return [*((number, "A", 0, 2) for number in range(repeated)), *one, *pairs_in("B", 200, first=5000)]

    assert repeats(*group(clients)).of("A") == repeats(*group(DEFAULT.threshold)).of("A")


def test_answers_of_one_client_move_what_is_told_by_little():
    others = [(number, "A", number % 3, 2) for number in range(12)]
    alike, apart = repeats(*others, (99, "A", 2, 2)), repeats(*others, (99, "A", 1, 2))
    assert abs(alike.of("A") - apart.of("A")) <= 3 * STEP


@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from("ABC"), st.booleans()), min_size=2, max_size=60))
def test_effects_are_between_one_and_the_rows(told):
    counts: dict[tuple[int, str], list[bool]] = {}
    for client, group, yes in told:
        counts.setdefault((client, group), []).append(yes)
    found = repeats(*((client, group, sum(yes), len(yes)) for (client, group), yes in counts.items()))
    for code, effect in found.groups.items():
        assert 1 <= effect <= sum(code in (group, TOTAL) for _, group, _ in told)


THREE = {"A": (30, 70), "B": (60, 90), "C": (10, 40)}


def test_comparison_has_wider_intervals_and_says_that_rows_repeat():
    question, table = Comparison(OF), by_group(THREE)
    plain = compared_shares(question, *table)
    found = compared_shares(question, *table, Repeats(dict.fromkeys(THREE, 1.5), dict.fromkeys(THREE, 1.5)))
    for name in ("share", "difference", "ratio"):
        assert found.cells[name] == plain.cells[name]
        for code in THREE:
            assert found.cells[f"{name}_low"][code,] < plain.cells[f"{name}_low"][code,]
            assert found.cells[f"{name}_high"][code,] > plain.cells[f"{name}_high"][code,]
    assert found.cells["p"]["A",] > plain.cells["p"]["A",]
    assert found.cells["seen"]["A",] > plain.cells["seen"]["A",]
    assert found.cells[REPEATED.id] == {**{(code,): 1.5 for code in THREE}, ("",): 1.0, (TOTAL,): 1.0}
    assert REPEATED.id not in plain.cells


def test_difference_is_not_shown_that_only_many_rows_of_few_show():
    question, table = Comparison(OF, "B"), by_group({"A": (45, 55), "B": (60, 40)})
    shown = compared_shares(question, *table).cells["verdict"]["A",]
    found = compared_shares(question, *table, Repeats({"A": 2.0, "B": 2.0})).cells["verdict"]["A",]
    assert (shown, found) == (0, 2)


def test_places_and_funnels_are_less_sure():
    table, found = by_group({"A": (60, 40), "B": (40, 60)}), Repeats({"A": 3.0, "B": 3.0})
    assert ranked(Ranking(OF), *table).cells["worst"]["A",] == 1
    assert ranked(Ranking(OF), *table, found).cells["worst"]["A",] == 2
    inner = [in_a_funnel(Funnel(OF), *table, of).cells["inner_high"]["A",] for of in (NONE, found)]
    assert inner[0] < inner[1]


def test_registers_beside_each_other_share_no_client():
    own = rows(*pairs_in("x", 3), (NOBODY, "x", 1, 4))
    found = beside(("Ale", "Bro"), [own, own])
    assert found.client.tolist() == [0, 1, 2, NOBODY, 3, 4, 5, NOBODY]
    assert found.patterns == (("Ale",), ("Bro",))
    assert found.pattern.tolist() == [0, 0, 0, 0, 1, 1, 1, 1]
