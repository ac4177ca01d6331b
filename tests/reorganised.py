"""A municipality whose unit A split into A1 and A2 at New Year 2025, when B and C became one, BC; D stays as it is."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import snapshots_made
from snapshots_made import Row, coded, make_snapshot

from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.trees import NO_HISTORY, Succession, TreeHistory, UnitSpell

OLD, NEW = "2024-12-31", "2025-01-01"
EVE, DAY = date(2024, 12, 31), date(2025, 1, 1)
NAMES = {
    "A": "Norr",
    "A1": "Norra strand",
    "A2": "Norra skog",
    "B": "Öster",
    "C": "Väster",
    "BC": "Mitten",
    "D": "Söder",
}
TREE = TreeHistory(
    (
        *(UnitSpell(code, NAMES[code], "SN", "", None, EVE) for code in ("A", "B", "C")),
        *(UnitSpell(code, NAMES[code], "SN", "", DAY) for code in ("A1", "A2", "BC")),
        UnitSpell("D", NAMES["D"], "SN"),
    ),
    tuple(Succession(*pair, DAY) for pair in (("A", "A1"), ("A", "A2"), ("B", "BC"), ("C", "BC"))),
)
NO_TREE = NO_HISTORY
ON_OLD = {"Norr": ("A", "A1", "A2"), "Väster + Öster": ("B", "BC", "C"), "Söder": ("D",)}
ON_NEW = {"Norra skog + Norra strand": ("A", "A1", "A2"), "Mitten": ("B", "BC", "C"), "Söder": ("D",)}
HOW_MANY = {
    "2024": {"A": 60, "B": 25, "C": 35, "D": 40},
    "2025": {"A1": 30, "A2": 45, "BC": 55, "D": 50},
}


def rows() -> list[Row]:
    """An intervention a person, spread over the years as HOW_MANY says."""
    told = [(year, unit) for year, units in HOW_MANY.items() for unit, many in units.items() for _ in range(many)]
    return [
        {
            "client": number, "committee": "S", "unit": unit, "legal_sex": str(number % 2 + 1),
            "start_date": f"{year}-03-{number % 28 + 1:02}",
            "end_date": f"{year}-09-{number % 28 + 1:02}", "goal_attainment": str(number % 5 + 1),
        }
        for number, (year, unit) in enumerate(told, start=1)
    ]  # fmt: skip


def by_year_and_line(lines: dict[str, tuple[str, ...]]) -> Counter[tuple[str, str]]:
    """The plain count: each row in the line that has its unit."""
    line_of = {unit: name for name, units in lines.items() for unit in units}
    return Counter((str(row["start_date"])[:4], line_of[str(row["unit"])]) for row in rows())


@pytest.fixture
def reorganised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Snapshot]:
    """Makes the snapshot; of another tree where one is given."""
    units = coded("unit", **NAMES)
    monkeypatch.setitem(snapshots_made.COLUMNS, "unit", units)
    return lambda tree=TREE: make_snapshot(tmp_path / "made", tree=tree, interventions=rows())
