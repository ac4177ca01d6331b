"""What a regression is about: a column for every level of a background variable but its first, and one a number.

Source: P. McCullagh and J. A. Nelder, Generalized Linear Models (2nd ed. 1989), 3.4: the coding of factors. It is R's
`contr.treatment`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Real = NDArray[np.float64]


class Term(NamedTuple):
    """A column: a variable's level, a number (no level), or the intercept (neither)."""

    variable: str = ""
    level: str = ""


INTERCEPT = Term()


@dataclass(frozen=True, eq=False)
class Design:
    """One row for each case or kind of case; `columns` name the matrix's; `levels` has every factor's, first first."""

    matrix: Real
    columns: tuple[Term, ...]
    levels: Mapping[str, tuple[str, ...]]

    def with_level(self, variable: str, level: str) -> Real:
        """The matrix as it would be, had every row that level of `variable`. KeyError of what is not in it."""
        if level not in self.levels[variable]:
            raise KeyError(level)
        changed = self.matrix.copy()
        for number, column in enumerate(self.columns):
            if column.variable == variable:
                changed[:, number] = float(column.level == level)
        return changed


def design(
    factors: Mapping[str, Sequence[str]],
    numbers: Mapping[str, Sequence[float]] | None = None,
    *,
    order: Mapping[str, Sequence[str]] | None = None,
) -> Design:
    """The design of `factors` (each row's level) and `numbers`, with an intercept.

    `order` has a factor's levels where they are not to be in alphabetical order; the first is what others are compared
    with. Levels that no row has are left out. ValueError of no variables, or of columns that are not equally long.
    """
    given = {**factors, **(numbers or {})}
    lengths = {len(values) for values in given.values()}
    if len(lengths) != 1 or len(given) != len(factors) + len(numbers or {}):
        raise ValueError("a design has variables, each once, and all equally long")
    levels = {name: _levels(values, (order or {}).get(name)) for name, values in factors.items()}
    columns, made = [INTERCEPT], [np.ones(lengths.pop())]
    for name, values in factors.items():
        columns += [Term(name, level) for level in levels[name][1:]]
        found = np.asarray(values)
        made += [(found == level).astype(float) for level in levels[name][1:]]
    for name, amounts in (numbers or {}).items():
        columns.append(Term(name))
        made.append(np.asarray(amounts, dtype=float))
    return Design(np.column_stack(made), tuple(columns), levels)


def _levels(values: Sequence[str], order: Sequence[str] | None) -> tuple[str, ...]:
    found = set(values)
    ordered = sorted(found) if order is None else [level for level in order if level in found]
    if len(ordered) != len(found):
        raise ValueError("a level is not in the order given")
    return tuple(ordered)
