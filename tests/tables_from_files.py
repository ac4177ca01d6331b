"""Releases of made-up tables, recounted and attacked by ways of their own: the only unknowns are the inner cells."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from skillnad.analysis.disclosure.release import ProtectedRelease, ReleasedTable
from skillnad.analysis.disclosure.table_set.reading import table_of
from skillnad.analysis.disclosure.table_set.tables import GivenTable, TableSet

TABLES = Path(__file__).parent / "fixtures" / "tables"
MUNICIPAL = (("kommun", "län"), ("kommun", "slag"))
"""The groupings of the tables in the fixtures: two that overlap."""
Inner = Sequence[tuple[Mapping[str, str], int]]


def given(text: str, count: str = "n", name: str = "t.csv") -> GivenTable:
    """A table as it is written: "a b n / x y 3 / x z 4"."""
    lines = (",".join(line.split()) for line in text.split("/"))
    return table_of(name, "\n".join(lines).encode(), count)


def tables_of(*texts: str, groupings: Iterable[tuple[str, str]] = ()) -> TableSet:
    return TableSet(tuple(given(text, name=f"t{place}.csv") for place, text in enumerate(texts)), tuple(groupings))


def fixture(*names: str) -> TableSet:
    tables = (table_of(name, (TABLES / name).read_bytes(), "antal") for name in names)
    return TableSet(tuple(tables), MUNICIPAL)


def inner_of(table: GivenTable) -> Inner:
    return [(dict(zip(table.columns, row, strict=True)), count) for row, count in table.counts.items()]


def inner_file(path: Path, count: str) -> Inner:
    with path.open(encoding="utf-8") as stream:
        rows = [*csv.DictReader(stream)]
    return [({column: value for column, value in row.items() if column != count}, int(row[count])) for row in rows]


def matching(inner: Inner, row: Mapping[str, str]) -> list[int]:
    """The places of the inner rows that agree with all of a row that is not Total."""
    asked = {column: value for column, value in row.items() if value != "Total"}
    return [place for place, (values, _) in enumerate(inner) if asked.items() <= values.items()]


def recounted(inner: Inner, row: Mapping[str, str]) -> int:
    return sum(inner[place][1] for place in matching(inner, row))


def rows_of(table: ReleasedTable) -> list[tuple[dict[str, str], int | None]]:
    return [(dict(zip(table.columns, row, strict=True)), count) for row, count in table.rows]


def shown(release: ProtectedRelease, **where: str) -> int | None:
    """The count of a row of the first table; every column that is not named is Total."""
    asked = dict.fromkeys(release.tables[0].columns, "Total") | where
    return dict(release.tables[0].rows)[tuple(asked.values())]


class InnerReader:
    """Knows every shown row as a sum of inner ones, and that a gap is at least `floor`; counts are whole."""

    def __init__(self, inner: Inner, tables: Iterable[ReleasedTable], floor: int = 1) -> None:
        rows = [told for table in tables for told in rows_of(table)]
        self.inner = inner
        self.matrix = np.zeros((len(rows), len(inner)))
        for at, (row, _) in enumerate(rows):
            self.matrix[at, matching(inner, row)] = 1
        self.low = np.array([floor if count is None else count for _, count in rows], dtype=float)
        self.high = np.array([np.inf if count is None else count for _, count in rows], dtype=float)
        self.gaps = [(at, recounted(inner, row)) for at, (row, count) in enumerate(rows) if count is None]

    def interval(self, row: int) -> tuple[int, int]:
        return self._end(self.matrix[row], 1), self._end(self.matrix[row], -1)

    def narrow(self, threshold: int) -> list[int]:
        """The true counts of the gaps that are seen too closely: a small one must seem to be anything from as little
        as printed zeros leave it to the threshold, and any other one something else."""
        return [count for row, count in self.gaps if not self._wide(row, count, threshold)]

    def _wide(self, row: int, count: int, threshold: int) -> bool:
        low, high = self.interval(row)
        if not 0 < count < threshold:
            return low < count or high > count
        return high >= threshold and low <= max(1, self._parts(row))

    def _parts(self, row: int) -> int:
        """So many inner rows that are not zero, each of them at least 1 for who sees the zeros."""
        return sum(self.inner[place][1] > 0 for place in np.flatnonzero(self.matrix[row]))

    def _end(self, cost: np.ndarray, sign: int) -> int:
        most = 10 * sum(count for _, count in self.inner) + 100
        found = milp(
            sign * cost,
            constraints=LinearConstraint(self.matrix, self.low, self.high),
            bounds=Bounds(0, most),
            integrality=np.ones(len(cost)),
        )
        assert found.status == 0
        return round(sign * found.fun)
