"""Each group against all the others as one: the same people as in the plain figures, and R's glm of every row."""

import numpy as np
import pytest
from r_figures import assert_same, r_figures
from unit.analysis.comparisons.adjusted.registers import FewRows, groups, patterns, plain_table, to_adjust

from skillnad.analysis.comparisons.adjusted.figures import Unadjusted
from skillnad.analysis.comparisons.adjusted.model import GROUP, Model, levels_of, others_of, sizes_of, too_many_outside
from skillnad.analysis.comparisons.adjusted.rest import OUTSIDE, Everyone, adjusted_by_models, everyone_of
from skillnad.analysis.comparisons.adjusted.shares import adjusted_shares
from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.comparisons.rows import NOBODY, ByClient
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.formulas.margins import contrasts, margins
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.questions import Share, Where
from skillnad.analysis.results import LeftOut

R = r_figures("rest")
OF = {
    (unit, age, home): Counted(int(part), int(whole))
    for unit, age, home, part, whole in zip(*R["patterns"].values(), strict=True)
}
NONE_IN_C = {"A x": (30, 60), "A y": (20, 60), "B x": (40, 80), "B y": (20, 60)}


def everyone(of=OF, **shown) -> Everyone:
    found = everyone_of(to_adjust(of, **shown))
    assert isinstance(found, Everyone)
    return found


def model(code: str) -> Model:
    found = everyone().model(code)
    assert isinstance(found, Model)
    return found


def adjusted(of, **shown):
    return adjusted_by_models(to_adjust(of, **shown))


@pytest.mark.parametrize("unit", "AB")
def test_shares_of_a_group_and_of_all_the_others_are_rs(unit):
    one, rest = margins(model(unit).own, GROUP)
    right = R["against"][unit]
    assert_same(
        [one.share, one.error, rest.share, rest.error],
        [right[name] for name in ("share", "error", "rest")] + [right["rest_error"]],
    )


@pytest.mark.parametrize("unit", "AB")
def test_difference_from_all_the_others_is_rs(unit):
    found = contrasts(model(unit).own, GROUP, {unit: {"*others": 1.0}})[unit]
    assert_same([found.value, found.error], [R["against"][unit]["difference"], R["against"][unit]["difference_error"]])


@pytest.mark.parametrize("unit", "AB")
def test_what_is_told_is_that_in_thousandths(unit):
    found, right = adjusted(OF), R["against"][unit]
    assert found.shares[unit].value == round(right["share"], 3)
    assert found.compared[unit].value == round(right["difference"], 3)
    assert found.left_out == ()


def test_group_without_the_outcome_is_among_the_others_alone():
    found = adjusted(OF)
    assert set(found.shares) == set(found.compared) == {"A", "B"}


def test_others_are_as_many_as_the_plain_ones():
    """The model of all groups would compare with B alone, and show nothing."""
    of = patterns(NONE_IN_C | {"C x": (0, 120), "C y": (0, 120)})
    found = adjusted(of).compared["B"]
    assert found.value == pytest.approx(60 / 140 - 50 / 360, abs=0.02)
    without = adjusted(patterns(NONE_IN_C)).compared
    assert abs(without["A"].value) < 0.05


def test_one_model_has_all_groups_where_those_left_out_are_few():
    of = patterns(NONE_IN_C | {"C x": (0, 3), "C y": (0, 3), "D x": (20, 70), "D y": (15, 70)})
    found = adjusted(of)
    assert found.left_out == (LeftOut(Unadjusted.OUTSIDE_MODEL, 6),)
    assert set(found.shares) == {"A", "B", "D"}


def test_many_outside_leave_a_group_without_a_difference():
    of = patterns(NONE_IN_C | {"C x": (0, 120), "C y": (0, 120)})
    levels = levels_of(groups(of), of, DEFAULT)
    sizes = sizes_of(of, levels)
    assert sizes == {"A": 120, "B": 140, "C": 240}
    assert too_many_outside(levels, ["B", "C"], sizes)
    assert others_of(levels, ["B", "C"], sizes) == {}
    assert others_of(levels, ["B"], sizes) == {"B": 140.0}


def test_group_with_no_rows_is_nobody_that_is_missed():
    of = patterns(NONE_IN_C)
    levels = levels_of(groups(of), of, DEFAULT)
    assert not too_many_outside(levels, ["B", "Z"], sizes_of(of, levels))


def test_hidden_groups_are_among_the_others_where_their_sum_is_shown():
    of = patterns(NONE_IN_C | {"C x": (0, 80), "C y": (0, 80), "D x": (2, 30), "E x": (1, 40)})
    found = everyone(of, hidden=("D", "E"))
    assert np.bincount(found.side("A"), found.tally.whole).tolist() == [120, 370]


def test_nothing_is_told_where_the_others_cannot_be_added_up():
    of = patterns(NONE_IN_C | {"C x": (0, 80), "C y": (0, 80), "D x": (2, 30)})
    assert everyone_of(to_adjust(of, hidden=("D", "*"))) == OUTSIDE
    found = adjusted(of, hidden=("D", "*"))
    assert (found.shares, found.compared) == ({}, {})
    assert [left.reason for left in found.left_out] == [Unadjusted.OUTSIDE_MODEL]


def test_group_that_its_background_tells_apart_is_said_to_be():
    of = patterns({"A x": (0, 60), "A y": (20, 40), "B x": (40, 80), "B y": (30, 30), "C x": (0, 60), "C y": (0, 0)})
    assert {left.reason for left in adjusted(of).left_out} <= {"separated", Unadjusted.NO_COUNTERPART}
    assert adjusted(of).compared == {}


def test_rows_of_one_client_make_such_a_difference_less_sure():
    counted = list(OF.values())
    part, whole = (np.array([one[place] for one in counted]) for place in (0, 1))
    clients = np.arange(len(counted))
    together = ByClient(tuple(OF), clients, clients, part, whole)
    alone = ByClient(tuple(OF), np.full(len(counted), NOBODY), clients, part, whole)
    found, plain = (adjusted_by_models(to_adjust(OF, rows=rows)) for rows in (together, alone))
    assert found.compared["A"].value == plain.compared["A"].value
    assert found.compared["A"].p > plain.compared["A"].p


def test_table_has_the_plain_and_the_adjusted_difference_from_the_same_others():
    of = patterns(NONE_IN_C | {"C x": (0, 120), "C y": (0, 120)})
    question = Comparison(Share(Where("rating", ("3",)), by=("unit",)), adjusted_for=("sex",))
    table = adjusted_shares(question, *plain_table(of), lambda: FewRows(of), DEFAULT)
    for code in "AB":
        assert table.cells["adjusted_difference"][code,] == pytest.approx(table.cells["difference"][code,], abs=0.02)
    assert ("C",) not in table.cells["adjusted_difference"]
