"""Adjusted figures of rows that go together: survey's svyglm with clients as clusters, told in coarse steps."""

from math import sqrt

import numpy as np
import pytest
from r_figures import assert_same, r_figures
from unit.analysis.comparisons.adjusted.registers import FewRows, groups, patterns, plain_table, to_adjust

from skillnad.analysis.comparisons.adjusted.model import (
    GROUP,
    STEP,
    Model,
    adjusted_by_model,
    levels_of,
    model_of,
    told_times,
)
from skillnad.analysis.comparisons.adjusted.shares import adjusted_shares
from skillnad.analysis.comparisons.adjusted.standard import adjusted_by_standard
from skillnad.analysis.comparisons.made import Made
from skillnad.analysis.comparisons.questions import Adjusted, Comparison
from skillnad.analysis.comparisons.repeats import Repeats, counted_patterns
from skillnad.analysis.comparisons.rows import NOBODY, ByClient
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.formulas.margins import contrasts, margins, predicted
from skillnad.analysis.formulas.multiplicity import adjusted
from skillnad.analysis.formulas.verdicts import Verdict
from skillnad.analysis.questions import Share, Where

R = r_figures("clusters")
QUESTION = Comparison(Share(Where("rating", ("3",)), by=("unit",)), adjusted_for=("sex", "need"))


def rows_of_r() -> ByClient:
    told = R["rows"]
    named = list(zip(told["unit"], told["sex"], map(str, told["need"]), strict=True))
    patterns = sorted(set(named))
    keys = np.array([[client, patterns.index(name)] for client, name in zip(told["client"], named, strict=True)])
    found, place = np.unique(keys, axis=0, return_inverse=True)
    part, whole = (np.bincount(place.ravel(), each).astype(np.int64) for each in (told["yes"], None))
    return ByClient(tuple(patterns), found[:, 0], found[:, 1], part, whole)


ROWS = rows_of_r()
OF = counted_patterns(ROWS)


class Held(FewRows):
    """An engine's rows, whose they are too."""

    def by_client(self, columns: tuple[str, ...]) -> ByClient:
        return ROWS


def model(rows: ByClient | None = ROWS) -> Model:
    found = model_of(to_adjust(OF, rows=rows), levels_of(groups(OF), OF, DEFAULT))
    assert isinstance(found, Model)
    return found


def made(rows: FewRows, **how) -> Made:
    question = Comparison(QUESTION.of, adjusted_for=QUESTION.adjusted_for, **how)
    return adjusted_shares(question, *plain_table(OF), lambda: rows, DEFAULT)


def test_margins_of_clients_are_surveys():
    found = margins(model().robust, GROUP)
    assert_same([margin.share for margin in found], R["model"]["share"])
    assert_same([margin.error for margin in found], R["model"]["error"])


def test_differences_of_clients_are_surveys():
    found = contrasts(model().robust, GROUP, {"B": {"A": 1.0}, "C": {"A": 1.0}})
    assert_same([each.value for each in found.values()], R["model"]["difference"])
    assert_same([each.error for each in found.values()], R["model"]["difference_error"])


def test_coefficients_are_as_sure_as_surveys():
    """Whatever their order: the units' own are the same in both."""
    assert_same(model().robust.errors[:3], R["model"]["errors"][:3])


def test_without_clients_there_is_no_other_model():
    assert model(None).robust is None


def test_margins_are_worked_out_once_for_all():
    found = model()
    assert margins(found.robust, GROUP, of=predicted(found.own, GROUP)) == margins(found.robust, GROUP)


def test_told_intervals_are_wider_by_the_told_times_alone():
    plain, found = (adjusted_by_model(to_adjust(OF, rows=rows)) for rows in (None, ROWS))
    errors = {margin.level: margin.error for margin in margins(model().own, GROUP)}
    its = {margin.level: margin.error for margin in margins(model().robust, GROUP)}
    for unit, share in found.shares.items():
        assert share.value == plain.shares[unit].value
        times = told_times(errors[unit], its[unit], groups(OF)[unit].whole, DEFAULT)
        reach, before = (each.interval.high - each.value for each in (share, plain.shares[unit]))
        assert reach == pytest.approx(before * sqrt(times), abs=0.003)
        assert found.compared[unit].value == plain.compared[unit].value
        assert found.compared[unit].p >= plain.compared[unit].p


def test_rows_of_nobody_known_are_each_anothers():
    alone = ByClient(ROWS.patterns, np.full(len(ROWS.client), NOBODY), ROWS.pattern, ROWS.part, ROWS.whole)
    own, robust = (margins(fit, GROUP) for fit in (model(alone).own, model(alone).robust))
    assert [one.error for one in robust] == pytest.approx([one.error for one in own], rel=0.05)


@pytest.mark.parametrize(
    ("robust", "rows", "times"),
    [(0.9, 1000, 1.0), (1.0, 1000, 1.0), (1.001, 1000, 1.1), (2**0.5, 1000, 2.0), (1.04, 20, 1.5), (1.04, 3, 2.0)],
)
def test_times_are_told_in_steps_that_hide_one_client(robust, rows, times):
    assert told_times(1.0, robust, rows, DEFAULT) == pytest.approx(times)
    assert STEP == 0.1


def test_table_of_rows_that_go_together_has_wider_intervals():
    plain, found = made(FewRows(OF)), made(Held(OF))
    for name in ("share", "difference", "adjusted", "adjusted_difference"):
        assert found.cells[name] == plain.cells[name]
        low = [found.cells[f"{name}_low"][key] - end for key, end in plain.cells[f"{name}_low"].items()]
        assert max(low) <= 0
        assert min(low) < 0
    assert "repeated" in found.cells
    assert "repeated" not in plain.cells


def test_standardised_shares_are_as_unsure_as_their_group():
    plain, found = (adjusted_by_standard(to_adjust(OF), (), repeats) for repeats in (Repeats(), Repeats({"A": 2.0})))
    one, other = plain.shares["A"].interval, found.shares["A"].interval
    assert (other.high - other.low) / (one.high - one.low) == pytest.approx(sqrt(2), abs=0.08)
    assert found.shares["B"] == plain.shares["B"]


@pytest.mark.parametrize("way", Adjusted)
def test_differences_worth_seeing_are_those_that_the_question_says(way):
    usual, large = (made(FewRows(OF), way=way, relevant=relevant) for relevant in (None, 0.9))
    nothing = list(Verdict).index(Verdict.NO_DIFFERENCE_SHOWN)
    for name in ("verdict", "adjusted_verdict"):
        assert nothing not in usual.cells[name].values()
        assert nothing in large.cells[name].values()


def test_plain_and_adjusted_differences_are_one_family():
    """A plain difference of three is shown among those three, and not beside adjusted ones that show nothing."""
    three = {"A x": (136, 250), "A y": (96, 300), "B x": (191, 390), "B y": (96, 280), "C x": (101, 200)}
    of = patterns(three | {"C y": (83, 310)})
    question = Comparison(Share(Where("rating", ("3",)), by=("unit",)), adjusted_for=("sex",))
    table = adjusted_shares(question, *plain_table(of), lambda: FewRows(of), DEFAULT)
    p_values = [table.cells[name][code,] for name in ("p", "adjusted_p") for code in "ABC"]
    corrected = adjusted(p_values)
    for name, places in (("verdict", range(3)), ("adjusted_verdict", range(3, 6))):
        shown = [verdict == 0 for verdict in table.cells[name].values()]
        assert shown == [corrected[place] <= 0.05 for place in places]
    assert [p <= 0.05 for p in adjusted(p_values[:3])] != [p <= 0.05 for p in corrected[:3]]
