import numpy as np
import pytest
from disclosure_tables import as_system, with_margins

from skillnad.analysis.disclosure.system import Cell, _mix, system
from skillnad.lib.errors import UserError

ADDS_UP = (("a", 1.0), ("b", 1.0), ("*", -1.0))


def row(a, b, total):
    cells = [Cell((name,), value) for name, value in (("a", a), ("b", b), ("*", total))]
    return system(cells, [tuple(((name,), coefficient) for name, coefficient in ADDS_UP)])


def test_system_keeps_every_cell_and_relation():
    told = as_system(np.array([[1, 2], [3, 4]]))
    assert (len(told.cells), told.matrix.shape) == (9, (6, 9))


def test_system_relations_hold():
    told = as_system(np.arange(24).reshape(2, 3, 4))
    assert not (told.matrix @ told.values).any()


def test_system_that_does_not_add_up_is_refused():
    with pytest.raises(UserError, match=r"DISC-002.*summorna"):
        row(1, 2, 4)


def test_system_with_a_negative_count_is_refused():
    with pytest.raises(UserError, match=r"DISC-002.*negativt"):
        row(-1, 2, 1)


def test_system_with_a_cell_twice_is_refused():
    with pytest.raises(UserError, match=r"DISC-002.*två gånger"):
        system([Cell(("a",), 1), Cell(("a",), 1)], [])


def test_refusal_says_nothing_of_the_counts():
    with pytest.raises(UserError) as refused:
        row(271, 2, 4)
    assert "271" not in refused.value.text("en") + refused.value.text("sv")


def test_system_order_follows_values_not_names():
    counts = np.array([[5, 9], [2, 7]])
    turned = counts[::-1, ::-1]
    assert [cell.value for cell in as_system(counts).cells] == [cell.value for cell in as_system(turned).cells]


def test_system_order_tells_equal_cells_apart_by_their_part():
    counts = np.array([[3, 8, 1], [6, 3, 2]])
    turned = counts[:, [2, 0, 1]]
    before, after = as_system(counts), as_system(turned)
    assert before.matrix.toarray().tolist() == after.matrix.toarray().tolist()


def test_repeated_relation_counts_once():
    cells = [Cell(("a",), 1), Cell(("b",), 1)]
    same = ((("a",), 1.0), (("b",), -1.0))
    assert system(cells, [same, same[::-1]]).matrix.shape == (1, 2)


def test_cell_and_system_show_no_values():
    told = as_system(np.array([[271, 314]]))
    assert "271" not in repr(told) + repr(told.cells)


def test_margins_of_a_made_table_add_up():
    assert with_margins(np.array([[1, 2], [3, 4]]))["*", "*"] == 10


def test_bits_are_mixed_as_splitmix64_does():
    """The first two numbers of the published generator from the seed 0."""
    told = _mix(np.array([0, 0x9E3779B97F4A7C15], dtype=np.uint64))
    assert [hex(number) for number in told.tolist()] == ["0xe220a8397b1dcdaf", "0x6e789e6aa1b965f4"]


@pytest.mark.parametrize("count", [float("nan"), float("inf"), -0.5])
def test_system_with_what_is_no_count_is_refused(count):
    with pytest.raises(UserError, match="DISC-002"):
        system([Cell(("a",), count)], [])


@pytest.mark.parametrize(("off", "refused"), [(1e-9, False), (-1e-9, False), (1e-2, True), (-1e-2, True)])
def test_sums_may_be_off_by_no_more_than_rounding(off, refused):
    if refused:
        with pytest.raises(UserError, match="summorna"):
            row(100.0, 200.0, 300.0 + off)
    else:
        assert len(row(100.0, 200.0, 300.0 + off).cells) == 3


def test_larger_sums_may_be_off_by_more():
    assert len(row(1e8, 2e8, 3e8 + 1).cells) == 3
    with pytest.raises(UserError, match="summorna"):
        row(1e8, 2e8, 3e8 + 1e3)


def test_relation_of_nothing_but_nought_holds():
    assert row(0, 0, 0).values.tolist() == [0, 0, 0]


@pytest.mark.parametrize(("off", "refused"), [(1e-6, False), (2e-6, True)])
def test_small_sums_may_be_off_by_a_millionth(off, refused):
    if refused:
        with pytest.raises(UserError, match="summorna"):
            row(0.25, 0.125, 0.375 + off)
    else:
        assert len(row(0.25, 0.125, 0.375 + off).cells) == 3
