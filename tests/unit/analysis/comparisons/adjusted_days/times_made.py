"""Registers of rows that have lasted so many days, with a background and clients, and what the door tells of them."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from snapshots_made import Row, make_snapshot

from skillnad.analysis.comparisons.questions import REST, Comparison
from skillnad.analysis.door import ask
from skillnad.analysis.questions import Duration, Selection
from skillnad.analysis.results import ProtectedTable
from skillnad.codebook.periods import Period

AS_OF = date(2025, 12, 31)
ENDED = Selection(period=Period(date(2025, 12, 1), date(2026, 1, 1)), event="end_date")
"""Rows that are chosen by when they ended: none is open."""


def row(sex: str, origin: str, days: int, *, over: bool = True, client: int | str = "") -> Row:
    start = AS_OF - timedelta(days=days)
    return {
        "client": client,
        "legal_sex": sex,
        "origin": origin,
        "start_date": start,
        "end_date": AS_OF if over else "",
    }


def uneven(n: int = 600, seed: int = 3, *, open_rows: bool = False) -> list[Row]:
    """Sexes that are as fast as each other with the same origin; but one of them has more of the slow origin."""
    rng = np.random.default_rng(seed)
    rows = []
    for client in range(n):
        sex = "1" if rng.random() < 0.5 else "2"
        origin = "3" if rng.random() < (0.7 if sex == "1" else 0.3) else "1"
        days = int(rng.exponential(60 if origin == "3" else 20)) + 1
        seen = int(rng.integers(20, 200)) if open_rows else days
        rows.append(row(sex, origin, min(days, seen), over=days <= seen, client=client + 1))
    return rows


def asked(
    rows: Iterable[Row],
    within: tuple[int, ...] = (),
    *,
    against: str = REST,
    selection: Selection | None = None,
    adjusted_for: tuple[str, ...] = ("origin",),
    engine: str = "",
) -> ProtectedTable:
    of = Duration("start_date", "end_date", selection or Selection(), ("legal_sex",), within)
    with TemporaryDirectory() as folder:
        snapshot = make_snapshot(Path(folder), as_of=AS_OF, interventions=list(rows))
        return ask(snapshot, Comparison(of, against, adjusted_for), engine=engine)
