"""Every kind of row that the tables tell apart, where the kinds are few: each group is the sum of its kinds.

That no kind has fewer than no rows says more than lines do: of two margins, and of two columns each crossed with a
third. A value that no table has anybody of is taken to be nobody's, which spares many kinds; where the groups do not
agree with that, every kind is looked at. How many there are of each kind is not counted, as
no promise is made of kinds; some numbers that agree with all the groups will do, to move from.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
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
Used = dict[str, dict[Values, float]]
"""For each feature the values that groups have of it, and how many are in the largest of those groups."""
Most = dict[str, Used]
"""By what the groups are of."""


class Disagreeing(Exception):
    """No numbers of the kinds agree with all the groups, and the true ones must: a group is not what it is called."""


def kinds(
    groups: Mapping[Name, Group],
    values: Mapping[Name, float],
    whole: Whole,
    most: Iterable[Most] | None = None,
    *,
    zeros_known: bool = True,
) -> tuple[list[Cell], list[Relation]]:
    """The latent cells of the kinds, and what each group is the sum of; none where they are too many. `most` is
    `most_of` the groups, in parts, where that is known already. Without `zeros_known` no value is nobody's.

    Raises Disagreeing.
    """
    cells: list[Cell] = []
    relations: list[Relation] = []
    for of, used in _used(most or [most_of(groups, values)]).items():
        spared = (True, False) if zeros_known else (False,)
        made = _of_what(of, groups, values, whole, used, spared)
        cells, relations = cells + made[0], relations + made[1]
    return cells, relations


def most_of(groups: Mapping[Name, Group], values: Mapping[Name, float]) -> Most:
    """What the groups are of, and for each feature the values that they have of it, with the largest group's number."""
    found: Most = {}
    for name, group in groups.items():
        if not group.people:
            own = found.setdefault(group.of, {})
            for feature, held in group.where:
                sets = own.setdefault(feature, {})
                sets[held] = max(values[name], sets.get(held, 0.0))
    return found


def _used(parts: Iterable[Most]) -> Most:
    """Of all parts."""
    found: Most = {}
    for of, features in ((of, features) for part in parts for of, features in part.items()):
        own = found.setdefault(of, {})
        for feature, sets in features.items():
            mine = own.setdefault(feature, {})
            mine |= {held: max(value, mine.get(held, 0.0)) for held, value in sets.items()}
    return found


def _of_what(
    of: str,
    groups: Mapping[Name, Group],
    values: Mapping[Name, float],
    whole: Whole,
    used: Used,
    spared: Iterable[bool],
) -> tuple[list[Cell], list[Relation]]:
    for sparing in spared:
        features = _features(Group(of), used, whole, sparing=sparing)
        if not features:
            return [], []
        try:
            own = {name: group for name, group in groups.items() if group.of == of}
            return of_kinds(("kind", of), own, values, features)
        except Disagreeing:
            if not sparing:
                raise
    return [], []


def _features(all_of: Group, used: Used, whole: Whole, *, sparing: bool) -> Features:
    """The pieces of each feature that tell the groups apart; nothing where there are too many kinds. With `sparing`
    no piece that seems to be nobody's."""
    found: Features = {}
    number = 1
    for feature, told in sorted(used.items()):
        sets = told if sparing else dict.fromkeys(told, 1.0)
        several = any(isinstance(one, Holding) for one in sets)
        own = whole(all_of, feature)
        found[feature] = _patterns(sets, sparing=sparing) if several else _pieces(sets, own)
        number *= len(found[feature])
        if number > MOST_KINDS:
            return {}
    return found


def _pieces(sets: Mapping[Values, float], whole: Among | None) -> list[Piece]:
    found, all_of = _cut(frozenset(one for one in sets if isinstance(one, Among)))
    rest: Piece = minus(whole, all_of) if whole else ELSE
    pieces = [piece for piece in found if sets.get(piece, 1.0)]
    return [*pieces, *(one for one in [rest] if one != Among())]


@lru_cache(maxsize=4096)
def _cut(sets: frozenset[Among]) -> tuple[list[Among], Among]:
    """The pieces that the sets cut each other into, and all of them together; kept, since most columns are asked of
    again and again in the same way."""
    held = sorted(sets, key=str)
    return [piece for piece, _ in atoms(held)], union(held)


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
