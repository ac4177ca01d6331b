"""A comparison of a sample as it is read: what its figures are of, and why they have no interval where none is."""

import pytest
from compared_tables import minted, outcome, share_of
from made_tables import axis
from unit.analysis.comparisons.shown_tables import by_group

from skillnad.analysis.comparisons.drawn_words import ALL_THERE, ASKED, BY_LOT, HOW, WEIGHED
from skillnad.analysis.comparisons.questions import Comparison, Drawn
from skillnad.analysis.comparisons.sampled import sampled_shares
from skillnad.analysis.formulas.intervals import Why
from skillnad.analysis.formulas.samples import Chosen
from skillnad.analysis.results import ProtectedTable
from skillnad.reports.chart_intervals import differences
from skillnad.reports.comparison_counting import how_compared
from skillnad.reports.comparison_wording import told
from skillnad.reports.render.tables import as_markdown

GROUPS = {"A": (66, 54), "B": (40, 90)}
LOT = Drawn(Chosen.BY_LOT, 900)
EVERYONE = Drawn(Chosen.EVERYONE)
MET = Drawn(Chosen.FIRST_MET)


def sampled(drawn: Drawn, groups=GROUPS) -> ProtectedTable:
    question = Comparison(share_of("unit"), drawn=drawn)
    _, counts = by_group(groups)
    return minted(question, sampled_shares(question, drawn, (outcome(), axis("unit", *groups)), counts))


def test_lot_is_told_as_any_comparison_is() -> None:
    first = told(sampled(LOT))[0]
    assert first.startswith("Skillnad visad: ")
    assert "+24,2 procentenheter" in first


@pytest.mark.parametrize("chosen", [each for each in Chosen if not each.at_random])
def test_sample_that_is_not_random_says_so_first(chosen: Chosen) -> None:
    assert told(sampled(Drawn(chosen))) == (Why.NOT_RANDOM.sv,)


def test_where_everyone_answered_it_says_that_nothing_is_unsure() -> None:
    assert told(sampled(EVERYONE)) == (ALL_THERE,)


@pytest.mark.parametrize(
    ("drawn", "said"),
    [
        (LOT, (BY_LOT, HOW)),
        (Drawn(Chosen.BY_LOT, of_each=(("A", 500), ("B", 400))), (BY_LOT, HOW, WEIGHED)),
        (Drawn(Chosen.EVERYONE, 300), (ASKED, HOW)),
        (EVERYONE, (ALL_THERE,)),
        (MET, (Why.NOT_RANDOM.sv,)),
    ],
)
def test_how_a_sample_was_compared_is_told(drawn: Drawn, said: tuple[str, ...]) -> None:
    sentences = how_compared(sampled(drawn))
    assert set(said) <= set(sentences)
    assert not any("Wilsons" in sentence for sentence in sentences)


def test_chart_of_a_sample_that_is_not_random_draws_no_interval() -> None:
    drawn, met = (differences()([sampled(how)]) for how in (LOT, MET))
    assert "95 % intervall" in drawn.caption
    assert "(+13,8 till +33,9)" in drawn.told.replace("\N{NO-BREAK SPACE}", " ")
    assert met.caption == "Skillnad mot B i procentenheter"
    assert "till" not in met.told


@pytest.mark.parametrize("drawn", [LOT, EVERYONE, MET])
def test_sample_has_a_table_to_read(drawn: Drawn) -> None:
    text = as_markdown(sampled(drawn))
    assert ("95 % intervall" in text) == ("Utfall" in text) == (drawn == LOT)
    assert "| A | 120 | 55\N{NO-BREAK SPACE}%" in text
