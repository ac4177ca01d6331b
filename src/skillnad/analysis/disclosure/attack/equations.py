"""A model as equations and inequalities between its unknown cells."""

from dataclasses import dataclass
from math import inf

import numpy as np
from scipy.sparse import csr_array

from skillnad.analysis.disclosure.attack.model import Model, Part
from skillnad.analysis.disclosure.attack.rounded import counts_of
from skillnad.analysis.disclosure.attackers import Attacker
from skillnad.lib.errors import UserError

Row = dict[int, float]


@dataclass(frozen=True)
class Equations:
    """`cells`: the model's numbers of the unknown ones, a column each, and `column` the way back. `sums @ unknowns =
    right`, one a line of the model (`lines`); `low <= parts @ unknowns <= high`, of the shares (`shares`); and each
    unknown between `floor` and `ceiling`."""

    cells: np.ndarray
    column: dict[int, int]
    lines: tuple[int, ...]
    sums: csr_array
    right: np.ndarray
    shares: tuple[Part, ...]
    parts: csr_array
    low: np.ndarray
    high: np.ndarray
    floor: np.ndarray
    ceiling: np.ndarray


def equations_of(model: Model, reader: Attacker, threshold: int) -> Equations:
    """Raises UserError DISC-084 where what is shown does not add up."""
    cells = np.array([place for place, cell in enumerate(model.cells) if cell.count is None], dtype=int)
    column = {int(place): at for at, place in enumerate(cells)}
    lines, sums, right = _sums(model, column)
    floor, ceiling = _bounds(model, cells, reader, threshold)
    shares, parts, low, high = _shares(model, column, floor, ceiling)
    across = len(cells)
    return Equations(
        cells, column, lines, _matrix(sums, across), np.array(right), shares, _matrix(parts, across),
        np.array(low), np.array(high), floor, ceiling,
    )  # fmt: skip


def _sums(model: Model, column: dict[int, int]) -> tuple[tuple[int, ...], list[Row], list[float]]:
    """The lines that something unknown stands in: its unknowns, and what these sum to."""
    lines, rows, right = [], [], []
    for line, (whole, parts) in enumerate(model.lines):
        terms = [(whole, -1.0), *((part, 1.0) for part in parts)]
        known = sum(sign * (model.cells[cell].count or 0) for cell, sign in terms)
        unknown = {column[cell]: sign for cell, sign in terms if cell in column}
        if unknown:
            lines.append(line)
            rows.append(unknown)
            right.append(-known)
        elif known:
            raise _no_sum(model, whole)
    return tuple(lines), rows, right


def _bounds(model: Model, cells: np.ndarray, reader: Attacker, threshold: int) -> tuple[np.ndarray, np.ndarray]:
    floor, ceiling = np.zeros(len(cells)), np.full(len(cells), inf)
    for at, cell in enumerate(model.cells[place] for place in cells):
        if cell.gap and reader is not Attacker.NOT_NEGATIVE:
            floor[at] = cell.floor
        if cell.gap and reader is Attacker.PRIMARY_KNOWN and cell.small is not None:
            floor[at] = max(cell.floor, 1) if cell.small else threshold * cell.floor
            ceiling[at] = threshold - 1 if cell.small else inf
    return floor, ceiling


def _shares(
    model: Model, column: dict[int, int], floor: np.ndarray, ceiling: np.ndarray
) -> tuple[tuple[Part, ...], list[Row], list[float], list[float]]:
    """A share of a known number is a bound of the cell; any other is two inequalities between the two cells."""
    shares: list[Part] = []
    rows, low, high = [], [], []
    for part in model.shares:
        of, at = model.cells[part.whole].count, column.get(part.cell)
        if of is not None and at is not None:
            fitting = counts_of(part.share, of)
            floor[at], ceiling[at] = max(floor[at], fitting[0]), min(ceiling[at], fitting[-1])
        elif of is None:
            known = float(model.cells[part.cell].count or 0)
            for share, ends in ((part.share.low, (0.0, inf)), (part.share.high, (-inf, 0.0))):
                rows.append({column[part.whole]: -float(share), **({at: 1.0} if at is not None else {})})
                low.append(ends[0] - known)
                high.append(ends[1] - known)
                shares.append(part)
    return tuple(shares), rows, low, high


def _matrix(rows: list[Row], across: int) -> csr_array:
    at = [row for row, terms in enumerate(rows) for _ in terms]
    columns = [column for terms in rows for column in terms]
    signs = [sign for terms in rows for sign in terms.values()]
    return csr_array((signs, (at, columns)), shape=(len(rows), across), dtype=float)


def _no_sum(model: Model, whole: int) -> UserError:
    said = model.cells[whole].said
    place = ", ".join(f"{column}={value}" for column, value in said[0].people) if said else ""
    return UserError.of(
        "DISC-084",
        where=f"{said[0].table if said else ''}, {place or 'alla'}",
        sv="Summan stämmer inte med sina delar. Saknas en del, är talen avrundade, eller kan en person höra till flera "
        "delar? Då kan tabellen inte läsas så här.",
        en="The sum does not agree with its parts. Is a part missing, are the numbers rounded, or can a person be in "
        "several parts? Then the table cannot be read like this.",
    )
