"""Tables in τ-ARGUS' own form, for its audit to read."""

from collections.abc import Collection
from pathlib import Path

import pytest

from skillnad.analysis.disclosure.system import Name, System

MOST = 1_000_000


def audited(told: System, hidden: Collection[Name], floor: int, file: Path) -> dict[Name, tuple[float, float]]:
    """Each gap with the least and the most that τ-ARGUS says it can be, where none is less than `floor`."""
    argus = pytest.importorskip("pytauargus._tauargus", reason="pytauargus is not installed")
    file.write_text(_written(told, hidden, floor), "ascii")
    return {told.cells[row["cell"]].name: (row["min"], row["max"]) for row in argus.audit_jj(str(file))}


def _written(told: System, hidden: Collection[Name], floor: int) -> str:
    """Cells with what they can be, and equations."""
    lines = ["0", str(len(told.cells))]
    for place, cell in enumerate(told.cells):
        gap = cell.name in hidden
        ends = (floor, MOST) if gap else (cell.value, cell.value)
        lines.append(f"{place} {cell.value} 1 {'u' if gap else 's'} {ends[0]} {ends[1]} 0 0 0")
    lines.append(str(told.matrix.shape[0]))
    for row in range(told.matrix.shape[0]):
        span = slice(told.matrix.indptr[row], told.matrix.indptr[row + 1])
        terms = zip(told.matrix.indices[span], told.matrix.data[span], strict=True)
        lines.append(f"0 {span.stop - span.start} : " + " ".join(f"{at} ({int(sign)})" for at, sign in terms))
    return "\n".join(lines) + "\n"
