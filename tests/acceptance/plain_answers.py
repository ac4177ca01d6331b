"""What the demo's clients answered, counted again: plain Python over the file of answers and the list of refused rows.

Rows about the same follow-up are one occasion, on the last day that any of it was answered.
"""

import csv
from collections import Counter, defaultdict
from pathlib import Path

from acceptance.plain_figures import ALL, Key

FIRST = 2
"""The row of the first answers, as a spreadsheet counts."""
NOT_ASKED = "not_asked"

Occasion = dict[str, dict[str, str]]
"""A sheet by who answered it."""


def occasions(home: Path, instrument: str) -> list[Occasion]:
    """The sheets that were not refused, together by follow-up."""
    refused = _refused(home / "avvisat" / "svar" / f"{instrument}.avvisade.csv")
    found: dict[str, Occasion] = defaultdict(dict)
    for number, row in enumerate(_rows(home / "svar" / f"{instrument}.csv", "utf-8"), start=FIRST):
        if number not in refused:
            found[row["follow_up"]][row["perspective"]] = row
    return list(found.values())


def _refused(path: Path) -> set[int]:
    return {int(row["rad"]) for row in _rows(path, "utf-8-sig")} if path.exists() else set()


def _rows(path: Path, encoding: str) -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def of_year(home: Path, instrument: str, year: int) -> list[Occasion]:
    return [each for each in occasions(home, instrument) if max(row["date"] for row in each.values())[:4] == str(year)]


def answers(home: Path, year: int, item: str, perspective: str = "client") -> Counter[Key]:
    """How many gave each answer to one of the six questions, gave none (""), or were not asked."""
    found: Counter[Key] = Counter()
    for occasion in of_year(home, "skr6", year):
        sheet = occasion.get(perspective)
        found[(sheet[item] if sheet else NOT_ASKED,)] += 1
        found[(ALL,)] += 1
    return found


def answered(home: Path, year: int, item: str) -> tuple[int, int]:
    """How many were asked, and how many answered."""
    sheets = [each["client"] for each in of_year(home, "skr6", year) if "client" in each]
    return len(sheets), sum(bool(sheet[item]) for sheet in sheets)
