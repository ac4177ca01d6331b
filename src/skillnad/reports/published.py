"""Published figures from a file: rows of a CSV, or the answer of Kolada's interface (version 2 or 3) saved as JSON."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skillnad.lib.errors import UserError

COLUMNS = {"area": "municipality", "period": "period", "group": "gender", "value": "value", "kpi": "kpi"}
"""What the columns of a CSV are called where nothing else is said: as in the tables that Kolada's clients give."""
EVERYONE = "T"
_GROUPS = {
    **dict.fromkeys(("t", "totalt", "alla", "båda könen", ""), EVERYONE),
    **dict.fromkeys(("k", "kvinnor", "kvinna", "flickor"), "K"),
    **dict.fromkeys(("m", "män", "man", "pojkar"), "M"),
}


@dataclass(frozen=True)
class Published:
    """One figure as its source has it. `group` is T (all), K (women) or M (men)."""

    area: str
    period: str
    group: str
    value: float


def read_published(file: Path, kpi: str, columns: Mapping[str, str]) -> tuple[Published, ...]:
    """The figures of the file, those of `kpi` alone where one is given; rows without a value are left.

    Raises UserError (REP-021) where the file cannot be read or lacks a column.
    """
    try:
        raw = file.read_bytes()
        text = _text(raw)
        found = _of_json(text, kpi) if file.suffix.lower() == ".json" else _of_csv(text, kpi, columns)
        return tuple(dict.fromkeys(found))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, csv.Error):
        names = ", ".join(columns[part] for part in ("area", "period", "value"))
        raise UserError.of(
            "REP-021",
            where=str(file),
            sv=f"Den öppna statistiken går inte att läsa. En CSV behöver kolumnerna {names}, med tal som värden; en "
            "JSON ska vara ett sparat svar från Kolada.",
            en=f"The open statistics cannot be read. A CSV needs the columns {names}, with numbers for values; a JSON "
            "is a saved answer of Kolada's.",
        ) from None


def _text(raw: bytes) -> str:
    """UTF-8 with or without its mark, else the Windows letters that Swedish spreadsheets save."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252")


def _of_json(text: str, kpi: str) -> Iterator[Published]:
    data: Any = json.loads(text)
    for row in data["values"]:
        if kpi and row["kpi"] != kpi:
            continue
        for each in row["values"]:
            if each.get("value") is not None and not each.get("isdeleted"):
                area = str(row.get("municipality") or row["ou"])
                yield Published(area, str(row["period"]), str(each["gender"]), float(each["value"]))


def _of_csv(text: str, kpi: str, columns: Mapping[str, str]) -> Iterator[Published]:
    first = text.partition("\n")[0]
    delimiter = max(";\t,", key=first.count)
    for row in csv.DictReader(io.StringIO(text), delimiter=delimiter):
        if kpi and row[columns["kpi"]] != kpi:
            continue
        value = (row[columns["value"]] or "").replace("\xa0", "").replace(" ", "").replace(",", ".")
        if value in ("", "..", "-", "–", "NA"):
            continue
        group = _GROUPS.get((row.get(columns["group"]) or "").strip().lower())
        if group is not None:
            yield Published(row[columns["area"]].strip(), row[columns["period"]].strip(), group, float(value))
