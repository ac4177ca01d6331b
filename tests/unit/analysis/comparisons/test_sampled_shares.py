"""Samples compared: of all that they were drawn from, or of themselves alone; from what is shown."""

from collections.abc import Iterable

import pytest
from r_figures import assert_same, r_figures
from unit.analysis.comparisons.shown_tables import OF, by_group, gaps

from skillnad.analysis.comparisons.made import Made
from skillnad.analysis.comparisons.questions import REST, Comparison, Drawn
from skillnad.analysis.comparisons.sampled import UNSURE, sampled_shares
from skillnad.analysis.formulas.samples import Chosen
from skillnad.analysis.formulas.verdicts import Verdict
from skillnad.analysis.results import MISSING_LEVEL, TOTAL, YES
from skillnad.lib.errors import UserError

R = r_figures("sample_differences")
THREE = {"A": (30, 20), "B": (18, 32), "C": (25, 15)}
OF_900 = Drawn(Chosen.BY_LOT, 900)
EACH = Drawn(Chosen.BY_LOT, of_each=(("A", 700), ("B", 80), ("C", 2500)))
NOT_AT_RANDOM = pytest.mark.parametrize("chosen", [each for each in Chosen if not each.at_random])
SHOWN, NONE_SHOWN, TOO_FEW = range(len(Verdict))


def sampled(groups, drawn: Drawn, against: str = REST, relevant: float | None = None, **how) -> Made:
    return sampled_shares(Comparison(OF, against, relevant=relevant, drawn=drawn), drawn, *by_group(groups, **how))


def column(made: Made, measure: str, codes: Iterable[str]) -> list[float | None]:
    return [made.cells[measure][(code,)] for code in codes]


@pytest.mark.parametrize(("drawn", "case"), [(OF_900, "one_lot"), (EACH, "each_drawn")])
def test_shares_and_differences_are_rs(drawn: Drawn, case: str) -> None:
    made, right = sampled(THREE, drawn, "B"), R[case]
    assert_same(column(made, "share", "ABC"), right["share"])
    assert column(made, "effective", "ABC") == [round(size) for size in right["effective"]]
    assert_same(made.cells["difference"][("A",)], right["difference"])
    assert_same(made.cells["p"][("A",)], right["p"])


@pytest.mark.parametrize(("drawn", "case"), [(OF_900, "one_lot"), (EACH, "each_drawn")])
def test_everyone_and_all_the_others_are_weighed_as_r_weighs_them(drawn: Drawn, case: str) -> None:
    made, right = sampled(THREE, drawn), R[case]
    assert_same(made.cells["share"][(TOTAL,)], right["all"])
    assert_same(made.cells["difference"][("A",)], right["against_rest"])
    assert made.cells["difference"].keys() == {("A",), ("B",), ("C",)}


def test_larger_part_of_all_is_surer() -> None:
    few, many = (sampled(THREE, Drawn(Chosen.BY_LOT, people)) for people in (150, 10**6))
    for measure in ("share", "difference"):
        widths = [made.cells[f"{measure}_high"][("A",)] - made.cells[f"{measure}_low"][("A",)] for made in (few, many)]
        assert widths[0] < widths[1] / 2


def test_of_two_groups_the_first_is_compared_with_the_second_alone() -> None:
    two = {"A": (30, 20), "B": (18, 32)}
    for drawn in (OF_900, Drawn(Chosen.BY_LOT, of_each=(("A", 700), ("B", 80)))):
        assert sampled(two, drawn).cells["difference"] == {("A",): pytest.approx(0.24)}


@NOT_AT_RANDOM
def test_those_not_drawn_at_random_have_neither_interval_p_nor_verdict(chosen: Chosen) -> None:
    made = sampled(THREE, Drawn(chosen))
    assert [measure.id for measure in made.measures] == ["part", "whole", "share", "difference"]
    assert column(made, "share", ("A", TOTAL)) == [0.6, pytest.approx(73 / 140)]
    assert made.cells["difference"][("A",)] == pytest.approx(0.6 - 43 / 90)


def test_where_all_are_asked_and_answer_nothing_is_unsure() -> None:
    for drawn in (Drawn(Chosen.EVERYONE), Drawn(Chosen.BY_LOT, 140)):
        made = sampled(THREE, drawn, "B")
        assert [measure.id for measure in made.measures] == ["part", "whole", "share", "difference"]
        assert made.cells["difference"][("A",)] == pytest.approx(0.24)


def test_where_all_are_asked_the_silent_are_what_is_unsure() -> None:
    silent = {"A": (30, 20, 5, 10), "B": (18, 32, 0, 8), "C": (25, 15, 2, 0)}
    made = sampled(silent, Drawn(Chosen.EVERYONE), "B")
    right = sampled(THREE, Drawn(Chosen.BY_LOT, 165), "B")
    assert made.cells == right.cells
    assert made.cells["verdict"][("A",)] == SHOWN


def test_group_that_was_asked_in_whole_is_told_without_an_interval() -> None:
    made = sampled(THREE, Drawn(Chosen.BY_LOT, of_each=(("A", 50), ("B", 80), ("C", 2500))), "A")
    assert ("A",) not in made.cells["share_low"]
    assert ("B",) in made.cells["share_low"]
    assert made.cells["verdict"].keys() == {("B",), ("C",)}


def test_hidden_group_hides_what_is_said_of_it() -> None:
    made = sampled(THREE, OF_900, hidden=("C",))
    assert [made.cells[measure.id][("C",)] for measure in UNSURE] == [None] * len(UNSURE)
    assert column(made, "share", "C") == column(made, "effective", "C") == column(made, "part", "C") == [None]
    assert made.cells["difference"][("A",)] is not None


def test_hidden_stratum_hides_everyone_and_all_the_others() -> None:
    made = sampled(THREE, EACH, hidden=("C",))
    assert column(made, "share", (TOTAL,)) == [None]
    assert column(made, "difference", "ABC") == [None, None, None]
    assert made.cells["share"][("A",)] == 0.6
    assert column(sampled(THREE, EACH, "B", hidden=("C",)), "difference", "AC") == [pytest.approx(0.24), None]


def test_number_asked_that_is_hidden_hides_what_is_made_of_it() -> None:
    question = Comparison(OF, "B", drawn=Drawn(Chosen.EVERYONE))
    axes, counts = by_group(THREE)
    made = sampled_shares(question, question.drawn, axes, gaps(counts, (TOTAL, TOTAL)))
    assert column(made, "share", "ABC") == [None, None, None]
    assert column(made, "part", "ABC") == [30, 18, 25]


def test_sample_of_whom_all_are_hidden_says_nothing() -> None:
    axes, counts = by_group(THREE)
    made = sampled_shares(Comparison(OF, drawn=OF_900), OF_900, axes, gaps(counts, (YES, TOTAL)))
    assert column(made, "share", "ABC") == column(made, "difference", "ABC") == [None, None, None]


def test_rows_of_an_unknown_group_are_in_the_lot_and_of_no_stratum() -> None:
    groups = {**THREE, MISSING_LEVEL: (6, 4)}
    assert sampled(groups, OF_900).cells["share"][(MISSING_LEVEL,)] == 0.6
    assert sampled(groups, OF_900).cells["share"][(TOTAL,)] == pytest.approx(79 / 150)
    made = sampled(groups, EACH)
    assert (MISSING_LEVEL,) not in made.cells["share"]
    assert_same(made.cells["share"][(TOTAL,)], R["each_drawn"]["all"])


def test_stratum_that_nobody_answered_for_leaves_all_together_unknown() -> None:
    groups = {**THREE, "D": (0, 0, 0, 3)}
    made = sampled(groups, Drawn(Chosen.BY_LOT, of_each=(*EACH.of_each, ("D", 90))), "B")
    assert (TOTAL,) not in made.cells["share"]
    assert ("D",) not in made.cells["difference"]
    assert made.cells["difference"][("A",)] == pytest.approx(0.24)


def test_group_without_rows_needs_no_number() -> None:
    made = sampled({**THREE, "D": (0, 0)}, EACH)
    assert_same(made.cells["share"][(TOTAL,)], R["each_drawn"]["all"])


def test_verdict_is_by_the_difference_that_is_relevant() -> None:
    alike = {"A": (500, 500), "B": (500, 500)}
    found = [sampled(alike, Drawn(Chosen.BY_LOT, 9000), relevant=size).cells["verdict"][("A",)] for size in (0.01, 0.1)]
    assert found == [TOO_FEW, NONE_SHOWN]
    assert sampled(alike, Drawn(Chosen.BY_LOT, 2100)).cells["verdict"][("A",)] == NONE_SHOWN


def test_overlapping_groups_of_one_lot_are_compared_with_those_not_in_them() -> None:
    made = sampled({"1": (5, 10), "2": (20, 5), "1;2": (10, 10)}, OF_900, multiple=True)
    assert made.cells["difference"][("1",)] == pytest.approx(15 / 35 - 20 / 25)


@pytest.mark.parametrize(
    ("drawn", "code", "where"),
    [
        (Drawn(Chosen.BY_LOT, 139), "ASK-049", "har 140 rader men ska vara draget ur 139"),
        (Drawn(Chosen.BY_LOT, of_each=(("A", 49), ("B", 80), ("C", 90))), "ASK-049", "Urvalet i A har 50 rader"),
        (Drawn(Chosen.BY_LOT, of_each=(("A", 700), ("B", 80))), "ASK-064", "--of-each C=ANTAL"),
        (Drawn(Chosen.BY_LOT, of_each=(*EACH.of_each, ("D", 9))), "ASK-064", "ingen grupp ”D”"),
    ],
)
def test_sample_that_cannot_be_of_so_many_is_refused(drawn: Drawn, code: str, where: str) -> None:
    with pytest.raises(UserError, match=f"{code} .*{where}"):
        sampled(THREE, drawn)


def test_sample_of_which_the_number_is_hidden_is_as_many_as_are_shown() -> None:
    axes, counts = by_group(THREE)
    few = Drawn(Chosen.BY_LOT, of_each=(("A", 49), ("B", 80), ("C", 90)))
    with pytest.raises(UserError, match="ASK-049"):
        sampled_shares(Comparison(OF, drawn=few), few, axes, gaps(counts, (TOTAL, "A")))


def test_group_to_compare_with_that_was_not_drawn_is_refused() -> None:
    with pytest.raises(UserError, match="ASK-056"):
        sampled({**THREE, "D": (0, 0)}, EACH, "D")
