"""A delivery in a folder of its own, and an import of it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from extracts import of_interventions

from skillnad.register.imports.limits import Limits
from skillnad.register.imports.running import run_import
from skillnad.register.imports.summary import ImportSummary

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

MAPPING = of_interventions("""
legal_sex = { column = "Kon", codes = { K = "1", M = "2" } }
birth_date = "Fodd"
intake_date = "Inkom"
intake_reason = { column = "Orsak", split = "," }
start_date = "Start"
end_date = "Slut"
intervention_type = "Typ"
closing_reason = "Avslutsorsak"
unit = { column = "Enhet", name = "Enhetsnamn" }
""")
HEADER = "Pnr;Arende;Insats;Kon;Fodd;Inkom;Orsak;Start;Slut;Typ;Avslutsorsak;Enhet;Enhetsnamn"
ROWS = (
    "19900102-TF21;A1;I1;K;1990-01-02;2024-01-10;1,8;2024-02-01;2024-06-30;10;1;E1;Enhet Öst",
    "19900102-TF21;A1;I2;K;1990-01-02;2024-01-10;1,8;2024-07-01;;12;;E1;Enhet Öst",
    "20010203-TF31;A2;I3;M;2001-02-03;2024-03-01;6;2024-04-01;;6;;E2;Enhet Väst",
)

Deliver = Callable[..., ImportSummary]


def text(*rows: str) -> str:
    return "\n".join((HEADER, *(rows or ROWS))) + "\n"


def many(count: int, end: str = "") -> tuple[str, ...]:
    """Rows of as many clients, cases and interventions, all different."""
    return tuple(
        f"{1950 + n // 28}01{n % 28 + 1:02d}-TF2{n % 10};A{n};I{n};K;;2024-01-10;1;2024-02-01;{end};10;;E1;Enhet Öst"
        for n in range(count)
    )


@pytest.fixture
def deliver(tmp_path: Path) -> Deliver:
    """`deliver({"insatser.csv": text()}, accept_rejected=True)`: writes the files and imports them."""

    def deliver(files: dict[str, str | bytes], mapping: str = MAPPING, **options: Any) -> ImportSummary:
        (tmp_path / "M.toml").write_text(mapping, encoding="utf-8")
        paths = []
        for name, content in files.items():
            paths.append(tmp_path / name)
            paths[-1].write_bytes(content if isinstance(content, bytes) else content.encode())
        limits = Limits(
            accept_rejected=options.pop("accept_rejected", False), accept_changes=options.pop("accept_changes", False)
        )
        told = {"by": "operator:test", "at": NOW, "out": tmp_path / "ut", "limits": limits}
        return run_import(tmp_path / "M.toml", paths, **{**told, **options})

    return deliver
