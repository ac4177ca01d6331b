"""Whom each group is compared with, wherever that is asked."""

import pytest
from compared_tables import TWO, compared, minted
from raw_tables import axis
from unit.analysis.comparisons.shown_tables import OF, by_group

from skillnad.analysis.comparisons import in_words, judging
from skillnad.analysis.comparisons.opponents import against_whom, all_opposed, named_groups, opposed
from skillnad.analysis.comparisons.questions import REST, Comparison
from skillnad.analysis.comparisons.shares import compared_shares
from skillnad.lib.errors import UserError
from skillnad.reports.differences_tables import beside
from skillnad.reports.differences_wording import other_words

ANY, AGAINST_B = Comparison(OF), Comparison(OF, "B")


def groups(*codes: str, **how):
    return axis("unit", *codes, **how)


@pytest.mark.parametrize(
    ("question", "group", "other"),
    [
        (ANY, groups("A", "B", "C"), REST),
        (ANY, groups("A", "B"), "B"),
        (ANY, groups("A", "B", multiple=True), REST),
        (ANY, groups("A"), REST),
        (AGAINST_B, groups("A", "B", "C"), "B"),
        (AGAINST_B, groups("B", "C"), "B"),
    ],
)
def test_others_are_the_named_one_the_second_of_two_or_all(question, group, other):
    assert against_whom(question, group) == other


@pytest.mark.parametrize(
    ("question", "codes", "pairs"),
    [
        (ANY, "ABC", {"A": "", "B": "", "C": ""}),
        (ANY, "AB", {"A": "B"}),
        (AGAINST_B, "ABC", {"A": "B", "C": "B"}),
        (AGAINST_B, "BC", {"C": "B"}),
    ],
)
def test_each_group_but_the_one_that_is_compared_with_has_an_opponent(question, codes, pairs):
    assert opposed(question, groups(*codes)) == pairs


def test_all_that_a_group_is_compared_with_are_named():
    assert all_opposed(ANY, groups("A", "B", "C")) == {"A": ("B", "C"), "B": ("A", "C"), "C": ("A", "B")}
    assert all_opposed(AGAINST_B, groups("A", "B", "C")) == {"A": ("B",), "C": ("B",)}
    assert all_opposed(ANY, groups("A", "B")) == {"A": ("B",)}


def test_those_of_whom_nobody_knows_are_no_group():
    assert named_groups(groups("A", "B", "x", unknown="x")) == ["A", "B"]


def test_group_that_is_not_there_is_refused():
    with pytest.raises(UserError) as refused:
        opposed(AGAINST_B, groups("A", "C"))
    assert refused.value.code == "ASK-056"


def test_two_groups_that_overlap_are_each_against_the_rest_on_every_page():
    """Neither is all that the other is not, and its own figures are not those of the rest."""
    question = Comparison(OF)
    axes, counts = by_group({"1": (60, 100), "2": (200, 50), "1;2": (100, 100)}, multiple=True)
    table = minted(question, compared_shares(question, axes, counts))
    page = judging.judged_page([table])
    assert [one.group.code for one in page.judgements] == ["1", "2"]
    assert in_words.opponent(question, axes[1]) == other_words(table) == in_words.THE_REST
    rest = list(beside(page.judgements[0], "", page).rows)[1]
    assert rest.cells[1].value == pytest.approx(200 / 250)


def test_two_that_do_not_overlap_are_one_against_the_other_on_every_page():
    table = compared(TWO)
    page = judging.judged_page([table])
    assert [one.group.code for one in page.judgements] == ["1"]
    assert in_words.opponent(table.question, table.axes[0]) == "Två"
    assert list(beside(page.judgements[0], "", page).rows)[1].cells[0].value == sum(TWO["2"])
