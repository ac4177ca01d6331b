"""Counts out of CSV files, or what is wrong with them and where."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

from skillnad.analysis.disclosure.release import TOTAL, Coordinates
from skillnad.analysis.disclosure.table_set.csv_form import Sheet, content_of, sheet_of
from skillnad.analysis.disclosure.table_set.filling import filled_rows
from skillnad.analysis.disclosure.table_set.tables import GivenTable, Grouping, TableSet, cell_words
from skillnad.codebook.identity_in_text import contains_identity
from skillnad.lib.errors import Problem, UserError

MOST = 5
"""So many cells or lines are named in a message."""
SUM_WORDS = frozenset({"total", "totalt", "totalsumma", "summa", "sum", "samtliga", "alla", "tot"})
"""What other programs, and people, call a sum."""


def read_tables(paths: Sequence[Path], count: str, groupings: Sequence[Grouping] = ()) -> TableSet:
    """The tables of one publication. Raises UserError (DISC-040 … DISC-045, DISC-058, DISC-059, DISC-062)."""
    names = [path.name for path in paths]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise UserError.of(
            "DISC-059",
            where=twice[0],
            sv="Två tabeller har samma filnamn och skulle skriva över varandra. Byt namn på en av dem.",
            en="Two tables have the same file name and would overwrite each other. Rename one of them.",
        )
    parents = frozenset(parent for _, parent in groupings)
    tables = [table_of(path.name, content_of(path), count, parents) for path in paths]
    rows = filled_rows(tables, groupings)
    told = (_with_rows(table, of) for table, of in zip(tables, rows, strict=True))
    return TableSet(tuple(told), tuple(dict.fromkeys(groupings)))


def table_of(name: str, content: bytes, count: str, parents: frozenset[str] = frozenset()) -> GivenTable:
    """One table out of the bytes of its file. `parents`: columns that are groupings; who looks at them says which codes
    lack one."""
    sheet = sheet_of(name, content, count)
    if not sheet.layout.columns:
        raise UserError.of(
            "DISC-042",
            where=f"{name}, rad 1",
            sv="Tabellen har ingen kolumn utom antalet. Lägg till minst en att dela in efter.",
            en="The table has no column but the count. Add at least one to divide by.",
        )
    problems = [*_problems(sheet, parents)]
    if problems:
        raise UserError(*problems[:MOST])
    return GivenTable(name, sheet.layout, _counts(sheet))


def _with_rows(table: GivenTable, rows: Sequence[Coordinates]) -> GivenTable:
    """Two lines may be of one cell once their groupings are filled in."""
    twice = [row for row, times in Counter(rows).items() if times > 1]
    if twice:
        raise _duplicates(table.name, table.columns, twice)
    return replace(table, counts=dict(zip(rows, table.counts.values(), strict=True)))


def _problems(sheet: Sheet, parents: frozenset[str]) -> Iterator[Problem]:
    at = sheet.layout.header.index(sheet.layout.count)
    for number, values in sheet.lines:
        place = f"{sheet.name}, rad {number}"
        if _whole(values[at]) is None:
            yield _no_count(place, sheet.layout.count)
        for column, value in zip(sheet.layout.header, values, strict=True):
            if not value and column not in {sheet.layout.count, *parents}:
                yield _no_value(place, column)
            elif contains_identity(value):
                yield _identity(place, column)
            elif column != sheet.layout.count and value != TOTAL and value.casefold() in SUM_WORDS:
                yield _another_total(place, column)


def _whole(text: str) -> int | None:
    """A count: whole and not negative; "12.0" is, as other programs write so."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return int(number) if number.is_finite() and number >= 0 and number == number.to_integral_value() else None


def _counts(sheet: Sheet) -> dict[Coordinates, int]:
    at = sheet.layout.header.index(sheet.layout.count)
    counts: dict[Coordinates, int] = {}
    twice = []
    for _, values in sheet.lines:
        row = (*values[:at], *values[at + 1 :])
        if row in counts:
            twice.append(row)
        counts[row] = _whole(values[at]) or 0
    if twice:
        raise _duplicates(sheet.name, sheet.layout.columns, twice)
    return counts


def _no_count(place: str, column: str) -> Problem:
    return Problem(
        "DISC-044",
        where=f"{place}, kolumn {column[:40]}",
        sv="Ett antal är ett heltal från 0 och uppåt, utan mellanslag och decimaler. Rätta värdet; en rad för noll får "
        "utelämnas.",
        en="A count is a whole number from 0, without spaces and decimals. Mend it; a row of zero may be left out.",
    )


def _no_value(place: str, column: str) -> Problem:
    return Problem(
        "DISC-043",
        where=f"{place}, kolumn {column[:40]}",
        sv="Värdet saknas. Skriv vad raden gäller, till exempel ”okänt”, eller Total där kolumnen är summerad.",
        en="There is no value. Write what the row is of, as 'unknown', or Total where the column is summed over.",
    )


def _identity(place: str, column: str) -> Problem:
    return Problem(
        "DISC-058",
        where=f"{place}, kolumn {column[:40]}",
        sv="Värdet ser ut som ett personnummer. En tabell att publicera har grupper, inte personer: ta bort kolumnen.",
        en="The value reads as an identity number. A table to publish has groups, not people: remove the column.",
    )


def _another_total(place: str, column: str) -> Problem:
    """Counted as a group of its own it would double everything, and tell what the others hide."""
    return Problem(
        "DISC-062",
        where=f"{place}, kolumn {column[:40]}",
        sv=f"Värdet ser ut som en summa, och skulle räknas som en grupp till. Skriv {TOTAL}, eller ta bort raden; är "
        "det en grupp, ge den ett annat namn.",
        en=f"The value reads as a sum, and would count as one more group. Write {TOTAL}, or remove the line; where it "
        "is a group, give it another name.",
    )


def _duplicates(name: str, columns: Sequence[str], rows: Sequence[Coordinates]) -> UserError:
    told = "; ".join(cell_words(zip(columns, row, strict=True)) for row in rows[:MOST])
    return UserError.of(
        "DISC-045",
        where=name,
        sv=f"Samma cell står på flera rader: {told}. Lägg ihop dem, eller lägg till kolumnen som skiljer dem åt.",
        en=f"The same cell stands on several lines: {told}. Add them up, or add the column that tells them apart.",
    )
