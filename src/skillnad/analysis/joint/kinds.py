"""Every kind of row that the tables tell apart, where the kinds are few: each group is the sum of its kinds.

That no kind has fewer than no rows says more than lines do: of two margins, and of two columns each crossed with a
third. A value that no table has anybody of is taken to be nobody's, which spares many kinds; where the groups do not
agree with that, every kind is looked at. How many there are of each kind is not counted, as
no promise is made of kinds; some numbers that agree with all the groups will do, to move from.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain, combinations, product

import highspy
import numpy as np
from scipy.sparse import csc_array

from skillnad.analysis.disclosure.programme import INFINITE, quiet
from skillnad.analysis.disclosure.system import Cell, Name, Relation
from skillnad.analysis.joint.groups import Group, Whole
from skillnad.analysis.joint.sets import Among, Holding, Values, atoms, minus, union
from skillnad.analysis.results import MISSING_LEVEL

MOST_KINDS = 3_000
"""More are not looked at: the programmes would take too long."""
MOST_CODES = 10
NEAR = 1e-6
ALL_TOLD = 4
"""From so many codes on that stand alone, a table is by the column: it has every code, and nobody holds only others."""
Piece = Among | frozenset[str]
ELSE: Piece = frozenset()
"""None of what the groups tell of."""
Features = dict[str, list[Piece]]


class Disagreeing(Exception):
    """No numbers of the kinds agree with all the groups, and the true ones must: a group is not what it is called."""


def kinds(
    groups: Mapping[Name, Group], values: Mapping[Name, float], whole: Whole
) -> tuple[list[Cell], list[Relation]]:
    """The latent cells of the kinds, and what each group is the sum of; none where they are too many.

    Raises Disagreeing.
    """
    cells: list[Cell] = []
    relations: list[Relation] = []
    for of, names in _by_what(groups).items():
        made = _of_what(of, {name: groups[name] for name in names}, values, whole)
        cells, relations = cells + made[0], relations + made[1]
    return cells, relations


def _of_what(
    of: str, groups: Mapping[Name, Group], values: Mapping[Name, float], whole: Whole
) -> tuple[list[Cell], list[Relation]]:
    told = [(group, values[name]) for name, group in groups.items()]
    for sparing in (True, False):
        features = _features(told, whole, sparing=sparing)
        if not features:
            return [], []
        try:
            return of_kinds(("kind", of), groups, values, features)
        except Disagreeing:
            if not sparing:
                raise
    return [], []


def _by_what(groups: Mapping[Name, Group]) -> dict[str, list[Name]]:
    found: dict[str, list[Name]] = defaultdict(list)
    for name, group in groups.items():
        if not group.people:
            found[group.of].append(name)
    return found


def _features(groups: list[tuple[Group, float]], whole: Whole, *, sparing: bool) -> Features:
    """The pieces of each feature that tell the groups apart; nothing where there are too many kinds. With `sparing`
    no piece that seems to be nobody's."""
    used: dict[str, dict[Values, float]] = defaultdict(dict)
    for group, value in groups:
        for feature, held in group.where:
            used[feature][held] = max(value if sparing else 1.0, used[feature].get(held, 0.0))
    found: Features = {}
    number = 1
    for feature, sets in sorted(used.items()):
        several = any(isinstance(one, Holding) for one in sets)
        own = whole(groups[0][0], feature)
        found[feature] = _patterns(sets, sparing=sparing) if several else _pieces(sets, own)
        number *= len(found[feature])
        if number > MOST_KINDS:
            return {}
    return found


def _pieces(sets: Mapping[Values, float], whole: Among | None) -> list[Piece]:
    held = sorted((one for one in sets if isinstance(one, Among)), key=str)
    rest: Piece = minus(whole, union(held)) if whole else ELSE
    pieces = [piece for piece, _ in atoms(held) if sets.get(piece, 1.0)]
    return [*pieces, *(one for one in [rest] if one != Among())]


def _patterns(sets: Mapping[Values, float], *, sparing: bool) -> list[Piece]:
    """What a row can hold of the codes that are told of: nothing, where it holds others; or it is missing."""
    held = [one for one in sets if isinstance(one, Holding)]
    nobodys = {code for one in held if not sets[one] and len(one.some) == 1 for code in _lone(one)}
    codes = sorted(
        {code for one in held for told in (*one.some, one.none) for code in told} - nobodys - {MISSING_LEVEL}
    )
    if len(codes) > MOST_CODES:
        return [ELSE] * (MOST_KINDS + 1)
    least = 1 if sparing and len(set().union(*map(_lone, held))) >= ALL_TOLD else 0
    some = chain.from_iterable(combinations(codes, number) for number in range(least, len(codes) + 1))
    return [frozenset({MISSING_LEVEL}), *map(frozenset, some)]


def _lone(one: Holding) -> frozenset[str]:
    """The code of a set of those that hold it, alone in that."""
    codes = next(iter(one.some)) if len(one.some) == 1 else frozenset[str]()
    return codes if len(codes) == 1 else frozenset()


def of_kinds(
    called: Name, groups: Mapping[Name, Group], values: Mapping[Name, float], features: Features
) -> tuple[list[Cell], list[Relation]]:
    """The latent cells of every kind that the pieces of the features make, whose names begin as they are `called`, and
    what each group is the sum of; none where no exact numbers are found. Raises Disagreeing."""
    every = [dict(zip(features, kind, strict=True)) for kind in product(*features.values())]
    inside = {
        name: [place for place, kind in enumerate(every) if _is_in(kind, group)] for name, group in groups.items()
    }
    amounts = _some_that_agree(inside, values, len(every))
    if amounts is None:
        return [], []
    names: list[Name] = [(*called, *(f"{feature}={_said(held)}" for feature, held in kind.items())) for kind in every]
    cells = [Cell(name, float(amount), latent=True, slack=True) for name, amount in zip(names, amounts, strict=True)]
    return cells, list(_sums(inside, names))


def _sums(inside: Mapping[Name, list[int]], names: list[Name]) -> Iterator[Relation]:
    for name, places in inside.items():
        yield ((name, -1.0), *((names[place], 1.0) for place in places))


def _is_in(kind: Mapping[str, Piece], group: Group) -> bool:
    return all(_meets(kind[feature], held) for feature, held in group.where)


def _meets(held: Piece, values: Values) -> bool:
    if isinstance(held, Among):
        return isinstance(values, Among) and held.within(values)
    return isinstance(values, Holding) and all(held & one for one in values.some) and not held & values.none


def _said(held: Piece) -> str:
    return str(held) if isinstance(held, Among) else "+".join(sorted(held)) if held else "none of them"


def _some_that_agree(inside: Mapping[Name, list[int]], values: Mapping[Name, float], count: int) -> np.ndarray | None:
    """Numbers of the kinds that no group contradicts; None where the solver has none that are exact.

    Raises Disagreeing.
    """
    if not count:
        raise Disagreeing
    rows = [row for row, places in enumerate(inside.values()) for _ in places]
    columns = [place for places in inside.values() for place in places]
    left = csc_array((np.ones(len(rows)), (rows, columns)), shape=(len(inside), count))
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = left.shape
    model.col_cost_ = np.zeros(count)
    model.col_lower_, model.col_upper_ = np.zeros(count), np.full(count, INFINITE)
    model.row_lower_ = model.row_upper_ = np.array([values[name] for name in inside])
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = left.indptr, left.indices, left.data
    solver = quiet()
    solver.passModel(model)
    solver.run()
    if solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        raise Disagreeing
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    found = np.array(solver.getSolution().col_value)
    nearest = np.round(found)
    told = np.maximum(0.0, np.where(np.abs(found - nearest) < 1e-6, nearest, found))
    return told if np.abs(left @ told - model.row_lower_).max(initial=0) < NEAR else None
