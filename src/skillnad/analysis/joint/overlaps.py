"""Inclusion and exclusion on one line: what a row can hold of the few codes that groups of the line put together.

Those who hold A, those who hold B, and those who hold either say how many hold both. So each group of such codes is the
sum of the patterns that it is made of. People are in the groups of all their rows: a person has a pattern too, of the
pieces that the line's values cut each other into.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from itertools import chain, combinations

from skillnad.analysis.disclosure.system import Cell, Name, Relation
from skillnad.analysis.joint.groups import Group
from skillnad.analysis.joint.kinds import ELSE, Piece, of_kinds
from skillnad.analysis.joint.sets import Among, Holding, Values, atoms
from skillnad.analysis.results import MISSING_LEVEL

MOST_CODES = 6
"""The patterns of more are too many for a line; groups that put more together are only known to lie in each other."""
Line = Mapping[Values | None, Name]
Held = dict[Name, Holding | None]
"""What each group of a line holds; None of all of them."""


def overlaps(rest: Group, feature: str, line: Line, values: Mapping[Name, float]) -> tuple[list[Cell], list[Relation]]:
    """The latent patterns of the line, and the groups that are sums of them; nothing where no group puts codes
    together. Raises Disagreeing."""
    held = _of_people(line) if rest.people else {name: one for one, name in line.items() if not isinstance(one, Among)}
    codes = _few(one for one in held.values() if one is not None)
    chosen = {name: one for name, one in held.items() if one is None or codes_of(one) <= codes}
    if not codes or len(chosen) < 2:
        return [], []
    own = Group(rest.of)
    groups = {name: own.having((feature, one)) if one is not None else own for name, one in chosen.items()}
    return of_kinds(("pattern", *rest.name), groups, values, {feature: _patterns(codes, missing=not rest.people)})


def _of_people(line: Line) -> Held:
    """A person can have any of the pieces, by different rows; a code that a row is without is a code like others."""
    pieces = atoms([values for values in line if isinstance(values, Among)])
    held: Held = {}
    for values, name in line.items():
        if isinstance(values, Among):
            held[name] = _some(str(piece) for piece, of in pieces if values in of)
        elif values is None:
            held[name] = None
        elif len(values.some) == 1 and not values.none:
            held[name] = _some(code or "missing" for code in next(iter(values.some)))
    return held


def _some(codes: Iterable[str]) -> Holding:
    return Holding(frozenset({frozenset(codes)}))


def codes_of(held: Holding) -> frozenset[str]:
    return frozenset().union(*held.some, held.none)


def _few(sets: Iterable[Holding]) -> frozenset[str]:
    """The codes of the groups that put codes together, the smallest groups first, as long as they are few."""
    chosen: frozenset[str] = frozenset()
    for held in sorted(
        (held for held in sets if len(codes_of(held)) > 1), key=lambda one: (len(codes_of(one)), str(one))
    ):
        more = chosen | codes_of(held)
        chosen = more if len(more) <= MOST_CODES else chosen
    return chosen


def _patterns(codes: AbstractSet[str], *, missing: bool) -> list[Piece]:
    own = sorted(codes - {MISSING_LEVEL}) if missing else sorted(codes)
    some: Iterable[tuple[str, ...]] = chain.from_iterable(
        combinations(own, number) for number in range(1, len(own) + 1)
    )
    return [ELSE, *([frozenset({MISSING_LEVEL})] if missing else []), *map(frozenset, some)]
