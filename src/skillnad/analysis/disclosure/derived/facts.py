"""What the shares of a protected table say of its counts: constraints, with the rounding that they were shown by.

A share whose denominator a reader knows is shown as it is; another is in whole per cent, and then it is neither none
nor all unless it is just that (`formulas.shares.steady_percent`). Where there is nobody to take a share of there is
none, and that there is one says that there is somebody; so does a gap for one where zeros are printed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from skillnad.analysis.comparisons.questions import OverTime, Paired, ResponseRate
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.formulas.shares import OVER, Fraction, cross_fractions, outcome_fractions
from skillnad.analysis.questions import Change, Count, CrossTable, Percent, Share
from skillnad.analysis.results import TOTAL, YES, Key, ProtectedTable
from skillnad.analysis.shares_of_all import SHARE_OF_ALL

Cell = tuple[str, Key]
"""A measure that is a count, and where."""
Terms = tuple[tuple[Cell, float], ...]

EXACT, PERCENT = 1e-9, 0.005


@dataclass(frozen=True)
class Fact:
    """The sum of the terms is at least `low` and at most `high`. `cell` is where the number stands that says so."""

    cell: Cell
    terms: Terms
    low: float
    high: float


def facts_of(table: ProtectedTable, policy: Policy) -> Iterator[Fact]:
    """Every share that is shown, as constraints on the counts beside it."""
    for cell, part, whole in _fractions(table):
        shares, key = table.cells[cell[0]], cell[1]
        value = shares.get(key)
        if key not in shares:
            yield Fact(cell, whole, 0.0, 0.0)
        elif value is not None or policy.zeros_printed:
            yield Fact(cell, whole, 1.0, float("inf"))
        if value is not None:
            yield from _facts(table, cell, part, whole, float(value))


def _facts(table: ProtectedTable, cell: Cell, part: Terms, whole: Terms, value: float) -> Iterator[Fact]:
    known = all(table.cells[measure][key] is not None for (measure, key), _ in whole)
    near = EXACT if known else PERCENT
    endless = float("inf")
    yield Fact(cell, _less(part, whole, value - near), 0.0 if not known else -1e-6, endless)
    yield Fact(cell, _less(part, whole, value + near), -endless, 0.0 if not known else 1e-6)
    if not known and 0 < value < 1:
        yield Fact(cell, _less(part, (), 0.0), 1.0, endless)
        yield Fact(cell, _less(part, whole, 1.0), -endless, -1.0)


def _less(part: Terms, whole: Terms, times: float) -> Terms:
    """part - times × whole, each cell once."""
    sums: dict[Cell, float] = {}
    for cell, factor in (*part, *((cell, -times * factor) for cell, factor in whole)):
        sums[cell] = sums.get(cell, 0.0) + factor
    return tuple(sums.items())


def _fractions(table: ProtectedTable) -> Iterator[tuple[Cell, Terms, Terms]]:
    """Where each share stands, and what it is of what."""
    question = table.question
    match question:
        case ResponseRate():
            yield from _of_answers(table)
        case Paired():
            yield from _of_pairs(table)
        case OverTime() if "part" in table.cells:
            yield from _at_each(table, "value", (("part", 1.0),), (("whole", 1.0),))
        case _ if "part" in table.cells and "share" in table.cells:
            yield from _at_each(table, "share", (("part", 1.0),), (("whole", 1.0),))
        case Share() | Count() | CrossTable() | Change() if "share" in table.cells:
            for key, fraction in _made(table).items():
                yield ("share", key), _terms(fraction.part), _terms(fraction.whole)


def _made(table: ProtectedTable) -> Mapping[Key, Fraction]:
    """What the shares of a plain table are made of, by its keys."""
    question, percent = table.question, Percent.COLUMNS
    if isinstance(question, Share):
        return {(YES, *key): fraction for key, fraction in outcome_fractions(table.axes).items()}
    if isinstance(question, CrossTable):
        percent = question.percent
    made = cross_fractions(table.axes, percent)
    if SHARE_OF_ALL not in table.measures:
        return made
    lines = {key: tuple(TOTAL if at in OVER[percent] else code for at, code in enumerate(key)) for key in made}
    return {key: Fraction(((key, 1),), ((line, 1),)) for key, line in lines.items()}


def _terms(counts: tuple[tuple[Key, int], ...]) -> Terms:
    return tuple((("count", key), float(sign)) for key, sign in counts)


Of = tuple[tuple[str, float], ...]


def _at_each(table: ProtectedTable, measure: str, part: Of, whole: Of) -> Iterator[tuple[Cell, Terms, Terms]]:
    """A measure that is the same sum of counts over another at every key."""
    for key in table.cells[part[0][0]] if measure in table.cells else ():
        told = [tuple(((name, key), factor) for name, factor in of) for of in (part, whole)]
        yield (measure, key), told[0], told[1]


def _of_answers(table: ProtectedTable) -> Iterator[tuple[Cell, Terms, Terms]]:
    asked, answered, part = ("asked", 1.0), ("answered", 1.0), ("part", 1.0)
    yield from _at_each(table, "rate", (answered,), (asked,))
    yield from _at_each(table, "share", (part,), (answered,))
    yield from _at_each(table, "bound_low", (part,), (asked,))
    yield from _at_each(table, "bound_high", (part, asked, ("answered", -1.0)), (asked,))


def _of_pairs(table: ProtectedTable) -> Iterator[tuple[Cell, Terms, Terms]]:
    both, one, other, none = (("both", 1.0), ("only_first", 1.0), ("only_second", 1.0), ("neither", 1.0))
    whole = (both, one, other, none)
    yield from _at_each(table, "first", (both, one), whole)
    yield from _at_each(table, "second", (both, other), whole)
    yield from _at_each(table, "agreement", (both, none), whole)
