"""Small registers for the tests of adjusting: patterns out of literal counts or drawn, and what is known of them."""

from collections import Counter
from collections.abc import Mapping

import numpy as np
from numpy.random import Generator
from raw_tables import axis

from skillnad.analysis.comparisons.adjusted.background import Orders
from skillnad.analysis.comparisons.adjusted.figures import Opposed, Patterns, ToAdjust
from skillnad.analysis.comparisons.rows import NOBODY, ByClient, Pattern
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.results import NO, TOTAL, UNKNOWN_OUTCOME, YES, Axis, Key

OUTCOME = axis("share:rating", YES, NO, UNKNOWN_OUTCOME, unknown=UNKNOWN_OUTCOME)


def patterns(counts: Mapping[str, tuple[int, int]]) -> dict[Pattern, Counted]:
    """`"A 13 1;4"` is a group and its background (`-` is nothing recorded): part, whole."""
    return {
        tuple("" if code == "-" else code for code in name.split()): Counted(*pair) for name, pair in counts.items()
    }


def groups(of: Patterns, *, hidden: tuple[str, ...] = ()) -> dict[str, Counted | None]:
    """What the plain table shows."""
    part, whole = Counter[str](), Counter[str]()
    for pattern, counted in of.items():
        for code in (pattern[0], TOTAL):
            part[code] += counted.part
            whole[code] += counted.whole
    return {code: None if code in hidden else Counted(part[code], whole[code]) for code in whole}


def each_against_the_others(of: Patterns) -> Opposed:
    codes = list(dict.fromkeys(pattern[0] for pattern in of))
    return {code: tuple(other for other in codes if other != code) for code in codes}


def to_adjust(
    of: Patterns,
    *,
    opposed: Opposed | None = None,
    hidden: tuple[str, ...] = (),
    rows: ByClient | None = None,
    orders: Orders = (),
) -> ToAdjust:
    """Each group against the others, where nothing else is said."""
    against = each_against_the_others(of) if opposed is None else opposed
    return ToAdjust(groups(of, hidden=hidden), against, of, DEFAULT, rows, orders)


def drawn(rng: Generator, sizes: Mapping[Pattern, int], share: float) -> dict[Pattern, Counted]:
    return {pattern: Counted(int(rng.binomial(size, share)), size) for pattern, size in sizes.items()}


class FewRows:
    """An engine's rows, out of patterns."""

    def __init__(self, of: Patterns) -> None:
        self.of = of

    def lasting(self) -> dict:
        return {}

    def patterns(self, columns: tuple[str, ...]) -> Patterns:
        assert all(len(pattern) == len(columns) for pattern in self.of)
        return self.of

    def by_client(self, columns: tuple[str, ...]) -> ByClient:
        """Every row is another one's."""
        counted = list(self.patterns(columns).values())
        part, whole = (np.array([one[place] for one in counted], np.int64) for place in (0, 1))
        return ByClient(tuple(self.of), np.full(len(counted), NOBODY), np.arange(len(counted)), part, whole)


def plain_table(of: Patterns, *, hidden: tuple[str, ...] = ()) -> tuple[tuple[Axis, ...], dict[Key, int | None]]:
    """The axes and the shown counts of the plain question: outcome by group."""
    shown = groups(of, hidden=hidden)
    counts: dict[Key, int | None] = {}
    for code, one in shown.items():
        counts |= {(YES, code): one and one.part, (NO, code): one and one.whole - one.part}
    codes = [code for code in shown if code not in ("", TOTAL)]
    return (OUTCOME, axis("unit", *codes)), {(YES, ""): 0, (NO, ""): 0} | counts
