"""Denominators that are too small for a share, where the policy asks for more of them than of a count.

A share of so few is hidden, and so are the counts that it is made of: who sees them has the share.
"""

from collections.abc import Mapping

from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.system import Name
from skillnad.analysis.formulas.shares import Fraction, cross_fractions, outcome_fractions, total
from skillnad.analysis.questions import Change, Count, CrossTable, Percent, Share
from skillnad.analysis.relations import cell_name
from skillnad.analysis.results import Key, RawTable


def thin_lines(raw: RawTable, policy: Policy) -> frozenset[Name]:
    """The counts behind shares of fewer than `policy.denominator`. None where that is the threshold: counts of so few
    are small or 0 already, and so the denominator is not known."""
    if policy.denominator <= policy.threshold:
        return frozenset()
    parts = [
        key
        for fraction in _fractions(raw).values()
        if fraction.part != fraction.whole and 0 < (total(raw.counts, fraction.whole) or 0) < policy.denominator
        for key, _ in fraction.part
    ]
    return frozenset(cell_name(raw.axes, key) for key in parts)


def _fractions(raw: RawTable) -> Mapping[Key, Fraction]:
    """What the shares of the table are made of, if it has any."""
    match raw.question:
        case Share():
            return outcome_fractions(raw.axes)
        case Count(shares=True) | Change():
            return cross_fractions(raw.axes, Percent.COLUMNS)
        case CrossTable(percent=percent) if percent is not Percent.NONE:
            return cross_fractions(raw.axes, percent)
    return {}
