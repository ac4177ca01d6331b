"""A municipality with small groups planted in it, and what finds them in anything that leaves.

Some 240 interventions, of which three are at a unit of their own, three have a problem of their own, and two ended in a
way of their own. Their times (777 days) and their costs (1 111, 2 222 and 3 333 kronor) are nobody else's. No other
number that may be shown is from 1 to 4: the other groups are large, and times are of many days.
"""

import csv
import io
import json
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
from snapshots_made import make_snapshot

from skillnad.analysis.snapshot import Snapshot

SMALL = range(1, 5)
CANARIES = ("Väster", "problem 35", "closing_reason 8")
"""The names of what nobody else has."""
TIMES, COSTS = ("777",), ("1111", "2222", "3333", "6666")
_SPACES = dict.fromkeys(map(ord, "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"), " ")
_NUMBERED = "".join(rf"(?<!{name} )" for name in ("problem", "closing_reason", "origin", "goal_attainment"))
_BESIDE = re.compile(
    rf"(?:{'|'.join(CANARIES)})[^\d\n]{{0,40}}{_NUMBERED}(?<![\d,.])([1-4])(?![\w,.%–]| ?%| dag| ?\d{{3}}| av \d)"
)
_OWN = re.compile(rf"(?<![\w,.#-])(?:{'|'.join((*TIMES, *COSTS))})(?![\w%-])")
_COUNTS_NOBODY = re.compile("plats|kvot|andel|inom|luckor|visas", re.IGNORECASE)
"""Headings of numbers that may be from 1 to 4."""
_COMPARED = " mot "
"""In the name of a row that tells of comparisons, and counts them."""


def municipality(folder: Path) -> Snapshot:
    rows = [_row(number) for number in range(1, 241)]
    costs = [_cost(row, number) for number, row in enumerate(rows, start=1)]
    return make_snapshot(folder, interventions=rows, cases=_cases(rows), follow_ups=_follow_ups(rows), costs=costs)


def _row(number: int) -> dict[str, object]:
    """The last three are the canaries' unit's."""
    lone = number > 237
    ended = date(2025, 1, 10) + timedelta(days=number)
    return {
        "client": number,
        "committee": "S",
        "unit": "C" if lone else "AB"[number % 3 == 0],
        "provider": "PQ"[number % 2],
        "legal_sex": "12"[number % 2],
        "age_group": ("0", "13", "21")[number % 3],
        "origin": str(1 + number % 3),
        "household_type": str(1 + number % 3),
        "problem": "35" if number in (20, 90, 160) else str(1 + number % 4),
        "intervention_type": str(1 + number % 2),
        "decision_date": ended - timedelta(days=777 + 40 if lone else 160 + number % 30),
        "start_date": ended - timedelta(days=777 if lone else 120 + number % 30),
        "end_date": ended,
        "goal_attainment": str(1 + number * 7 % 5),
        "adherence_to_plan": str(1 + number % 3),
        "closing_reason": "8" if number in (31, 131) else str(1 + number % 4),
    }


def _cases(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    kept = ("client", "unit", "committee", "legal_sex", "age_group", "problem")
    return [
        {name: row[name] for name in kept}
        | {"intake_date": date(2025, 1, 2), "decision_date": date(2025, 3, 2), "intake_reason": str(1 + place % 3)}
        for place, row in enumerate(rows)
    ]


def _follow_ups(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    kept = ("client", "unit", "committee", "legal_sex", "problem", "goal_attainment", "adherence_to_plan")
    return [{name: row[name] for name in kept} | {"follow_up_date": row["end_date"]} for row in rows]


def _cost(row: dict[str, object], number: int) -> dict[str, object]:
    amount = 1111 * (number - 237) if row["unit"] == "C" else 20_000 + 137 * number
    return {"client": row["client"], "unit": row["unit"], "cost_from": date(2025, 5, 1), "amount": amount}


def leaks(kind: str, content: bytes) -> list[str]:
    """What is told of the canaries in what leaves; `kind` is what a file's name ends with."""
    return list(dict.fromkeys(FOUND[kind](content)))


def _text(content: bytes) -> Iterator[str]:
    """Whatever is written: a number from 1 to 4 beside a canary's name, and what only the canaries have."""
    yield from _said(content.decode("utf-8", "replace"))


def _said(text: str) -> Iterator[str]:
    plain = text.translate(_SPACES)
    yield from (found[0] for found in _BESIDE.finditer(plain))
    yield from (found[0] for found in _OWN.finditer(re.sub(r"(?<=\d) (?=\d{3}\b)", "", plain)))


class _Page(HTMLParser):
    """What is read and heard of a page, and the cells of its tables under their headings."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []
        self.rows: list[list[str]] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.read += [value for name, value in attributes if name in ("aria-label", "alt", "title", "href") and value]
        self._inside.append(tag)
        if tag in ("tr", "table"):
            self.rows.append([])  # a row without cells comes before each table
        if tag in ("td", "th") and self.rows:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if {"style", "script"} & set(self._inside):
            return
        self.read.append(data)
        if {"td", "th"} & set(self._inside) and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


def _html(content: bytes) -> Iterator[str]:
    page = _Page()
    page.feed(content.decode("utf-8"))
    yield from _said("\n".join(" ".join(cell) for cell in page.rows))
    yield from _said("\n".join(page.read))
    yield from _cells(page.rows)


def _cells(rows: list[list[str]]) -> Iterator[str]:
    """Cells that are a number from 1 to 4, alone or before a share in brackets."""
    heads: list[str] = []
    for before, row in pairwise([[], *rows]):
        if not before:
            heads = row
            continue
        for head, cell in zip(heads[1:], row[1:], strict=False):
            small = re.fullmatch(r"[1-4](?: \(.*\))?", cell.strip().translate(_SPACES))
            if small and not _COUNTS_NOBODY.search(head) and _COMPARED not in row[0]:
                yield f"{row[0]} | {head} | {cell}"


def _svg(content: bytes) -> Iterator[str]:
    """Axes have ticks from 1 to 4; only what stands with a name is somebody's."""
    page = _Page()
    page.feed(content.decode("utf-8"))
    yield from _said("\n".join(page.read))


def _csv(content: bytes) -> Iterator[str]:
    yield from _text(content)
    yield from _cells([row for row in csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";") if row])


def _markdown(content: bytes) -> Iterator[str]:
    lines = [line for line in content.decode().splitlines() if line.startswith("|")]
    yield from _text(content)
    yield from _cells([[cell.strip() for cell in line.strip("|").split("|")] for line in lines])


def _json(content: bytes) -> Iterator[str]:
    told = json.loads(content)
    yield from _said(json.dumps(told, ensure_ascii=False))
    for measure in told.get("measures", []):
        if measure["kind"] == "count":
            for cell in told["cells"][measure["id"]]:
                if cell["value"] in SMALL:
                    yield f"{measure['id']} {cell['key']}"
    yield from (f"left out {each['reason']}" for each in told.get("left_out", []) if each["rows"] in SMALL)


def _xlsx(content: bytes) -> Iterator[str]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            texts = [str(cell.value) for cell in row if cell.value is not None]
            yield from _said(" ".join(texts))
            for cell in row:
                counts = cell.number_format in ("#,##0", "General") and _COMPARED not in "".join(texts[:1])
                if cell.value in SMALL and counts:
                    yield f"{sheet.title} {cell.coordinate} {texts[:1]}"


def _frame(frame: Any) -> Iterator[str]:
    counts = [name for name in frame.columns if name in ("count", "clients", "open", "whole", "met")]
    for name in counts:
        for place, value in enumerate(frame[name]):
            if value in SMALL:
                yield f"{name} row {place}"
    yield from _said(frame.to_csv(index=False))


def _parquet(content: bytes) -> Iterator[str]:
    import pandas

    yield from _frame(pandas.read_parquet(io.BytesIO(content)))


def _sav(content: bytes) -> Iterator[str]:
    import pyreadstat

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "x.sav"
        file.write_bytes(content)
        frame, _ = pyreadstat.read_sav(file)
    yield from _frame(frame)


def _pdf(content: bytes) -> Iterator[str]:
    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        yield from _said(page.extract_text())


FOUND: Mapping[str, Callable[[bytes], Iterator[str]]] = {
    "html": _html,
    "svg": _svg,
    "csv": _csv,
    "md": _markdown,
    "markdown": _markdown,
    "json": _json,
    "xlsx": _xlsx,
    "parquet": _parquet,
    "sav": _sav,
    "pdf": _pdf,
    "toml": _text,
    "text": _text,
}
