"""Comparative tables out of literal counts, made as the door makes them, for tests of what comes after it."""

from collections.abc import Mapping

from made_tables import CASES, PROVENANCE, axis

from skillnad.analysis.comparisons.made import Made
from skillnad.analysis.comparisons.questions import Comparative, Comparison
from skillnad.analysis.comparisons.shares import compared_shares
from skillnad.analysis.questions import Selection, Share, Where
from skillnad.analysis.results import _MINT, MISSING_LEVEL, NO, TOTAL, UNKNOWN_OUTCOME, YES, Axis, Key, ProtectedTable

Numbers = Mapping[str, tuple[int | None, int | None]]
GOALS = Where("goal_attainment", ("1", "3"))
FOUR: Numbers = {"1": (80, 120), "2": (20, 180), "3": (5, 5), "4": (None, None)}
"""Two groups that differ, one of too few, one that is hidden."""
TWO: Numbers = {"1": (66, 54), "2": (52, 78)}


def share_of(column: str = "legal_sex", selection: Selection = CASES) -> Share:
    return Share(GOALS, selection, by=(column,))


def compared(groups: Numbers, *, column: str = "legal_sex", against: str = "", label: str = "") -> ProtectedTable:
    """A Comparison of shares: (yes, no) a group; everyone is their sum."""
    question = Comparison(share_of(column), against)
    group = axis(column, *groups, label=label)
    return minted(question, compared_shares(question, (outcome(), group), counts_of(groups)))


def counts_of(groups: Numbers) -> dict[Key, int | None]:
    """What the door shows of the plain question: outcome by group; what is hidden is of ten, five each way."""
    everyone = {MISSING_LEVEL: (0, 0), **groups}
    counts: dict[Key, int | None] = {}
    for code, (yes, no) in everyone.items():
        counts |= {(YES, code): yes, (NO, code): no, (UNKNOWN_OUTCOME, code): 0, (MISSING_LEVEL, code): 0}
    for place, way in enumerate((YES, NO)):
        counts[way, TOTAL] = sum(5 if numbers[place] is None else numbers[place] or 0 for numbers in everyone.values())
    return counts


def outcome() -> Axis:
    return axis("share:goal_attainment", YES, NO)


def minted(question: Comparative, made: Made) -> ProtectedTable:
    return ProtectedTable(
        mint=_MINT,
        question=question,
        axes=made.axes,
        measures=made.measures,
        cells=made.cells,
        left_out=made.left_out,
        provenance=PROVENANCE,
    )
