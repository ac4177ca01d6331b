"""What a reader finds in a publication, the worst first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, floor

from skillnad.analysis.disclosure.attack.model import Model, PublishedCell, model_of
from skillnad.analysis.disclosure.attack.published import Place, Publication
from skillnad.analysis.disclosure.attack.rounded import PERCENT
from skillnad.analysis.disclosure.attack.route import Route, Term, end_route, exact_route, named
from skillnad.analysis.disclosure.attack.view import NEAR, View
from skillnad.analysis.disclosure.attackers import Attacker

MOST_ROUTES = 50
"""So many findings are explained; finding out why takes longer than finding out that."""

NARROW = 3.0
"""Ends that are no further apart than this are drawn in to what whole numbers leave."""


class Kind(StrEnum):
    """How it is known. SHOWN: a small number stands there. ELSEWHERE: a gap of one table stands in another. SHARE: a
    printed share is of no other count. SUMS: it follows from sums. LIMITS: and from what gaps are at least. NARROW: it
    lies between two ends. GROUP: of everybody in a small group it is known what they are not."""

    SHOWN = "shown"
    ELSEWHERE = "elsewhere"
    SHARE = "share"
    SUMS = "sums"
    LIMITS = "limits"
    NARROW = "narrow"
    GROUP = "group"


@dataclass(frozen=True)
class Finding:
    """`routes`: why, where that was looked for: one, or one for each end."""

    kind: Kind
    people: Place
    tables: tuple[str, ...]
    low: int
    high: float
    small: bool
    routes: tuple[Route, ...] = ()


@dataclass(frozen=True)
class Attack:
    """`gaps`: how many sets of people have a gap. `cells`: and how many are spoken of."""

    findings: tuple[Finding, ...]
    gaps: int
    cells: int
    reader: Attacker
    threshold: int

    @property
    def small(self) -> tuple[Finding, ...]:
        """What must not be possible: something of a small group is derived."""
        return tuple(finding for finding in self.findings if finding.small)


def attack(told: Sequence[Publication], reader: Attacker, threshold: int, *, most_routes: int = MOST_ROUTES) -> Attack:
    """What `reader` finds. One who knows that gaps are at least 1 because zeros are printed knows no more than that
    nothing is negative where none is. Raises UserError (DISC-080 … DISC-084) where the publications cannot be read
    together."""
    model = model_of(told)
    if reader is Attacker.ZEROS_PRINTED and not any(publication.zeros_printed for publication in told):
        reader = Attacker.NOT_NEGATIVE
    view = View(model, reader, threshold)
    findings = [*_said(model, threshold), *_followed(view, threshold), *_held(view, threshold)]
    explained = [_explained(view, finding, at < most_routes) for at, finding in enumerate(sorted(findings, key=_order))]
    gaps = sum(cell.gap for cell in model.cells)
    told_of = sum(cell.listed for cell in model.cells)
    return Attack(tuple(finding for _, finding in explained), gaps, told_of, reader, threshold)


Raw = tuple[int, Kind, int, float, bool]
"""A cell, how, between what, and whether it is of few."""


def _said(model: Model, threshold: int) -> Iterator[Raw]:
    for number, cell in enumerate(model.cells):
        if cell.count is None:
            continue
        small = 0 < cell.count < threshold
        if cell.share is not None and (small or cell.gap):
            yield number, Kind.SHARE, cell.count, cell.count, small
        elif cell.gap:
            yield number, Kind.ELSEWHERE, cell.count, cell.count, small
        elif small:
            yield number, Kind.SHOWN, cell.count, cell.count, True


def _followed(view: View, threshold: int) -> Iterator[Raw]:
    """By sums alone."""
    few = _of_few(view, threshold)
    for number, count in view.exact.items():
        small = 0 < count < threshold
        if small or view.model.cells[number].gap:
            yield number, Kind.SUMS, count, count, small
        elif count == 0 and number in few:
            yield number, Kind.GROUP, 0, 0, True


def _of_few(view: View, threshold: int) -> set[int]:
    """Parts of a group that is known to be small."""
    known = {number: cell.count for number, cell in enumerate(view.model.cells) if cell.count is not None} | view.exact
    return {part for whole, parts in view.model.lines if 0 < known.get(whole, 0) < threshold for part in parts}


def _held(view: View, threshold: int) -> Iterator[Raw]:
    """Gaps that cannot be the threshold, or hardly anything but what they are, by sums and what gaps are at least."""
    gaps = [n for n, cell in enumerate(view.model.cells) if cell.gap and n in view.column and n not in view.exact]
    for number in view.held(gaps, threshold):
        low, high = view.interval(number, near=NARROW)
        if high == low:
            yield number, Kind.LIMITS, low, high, 0 < low < threshold
        else:
            yield number, Kind.NARROW, low, high, high < threshold and high - low < threshold - 2


def _order(raw: Raw) -> tuple[bool, float, int]:
    number, _, low, high, small = raw
    return not small, high - low, number


def _explained(view: View, raw: Raw, explain: bool) -> tuple[int, Finding]:
    number, kind, low, high, small = raw
    cell = view.model.cells[number]
    tables = tuple(dict.fromkeys(statement.table for statement in cell.said))
    routes = tuple(_routes(view, raw)) if explain else ()
    return number, Finding(kind, named(view.model, number), tables, low, high, small, routes)


def _routes(view: View, raw: Raw) -> Iterator[Route]:
    number, kind, low, high, _ = raw
    if number not in view.column:
        yield from _share_route(view.model, view.model.cells[number])
        return
    column = view.column[number]
    if kind in (Kind.SUMS, Kind.GROUP):
        found = [exact_route(view.model, view.told, column)]
    else:
        ends = ((low, False), (high, True))
        found = [_end_route(view, number, end, upward) for end, upward in ends]
    yield from (route for route in found if route)


def _end_route(view: View, number: int, end: float, upward: bool) -> Route | None:
    """None where there is nothing to prove, or only whole numbers show it."""
    column, found = view.column[number], view.end(number, upward=upward)
    drawn = floor(found + NEAR) if upward else ceil(found - NEAR)
    if drawn != end or (not upward and end <= view.told.floor[column]):
        return None
    return end_route(view.model, view.told, column, found, upward=upward)


def _share_route(model: Model, cell: PublishedCell) -> Iterator[Route]:
    """A share with the number that it is a share of."""
    if cell.share is not None:
        whole = model.cells[cell.share.whole]
        factor = float(cell.share.share.value / PERCENT)
        yield Route((Term(factor, whole.count or 0, named(model, cell.share.whole), share=True),), None)
