"""Publications out of files: releases as `skillnad protect` writes them, and CSV files that anyone has published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from skillnad.analysis.disclosure.attack.published import TOTAL, Place, Publication, Statement
from skillnad.analysis.disclosure.attack.rounded import Rounded, read_rounded
from skillnad.analysis.disclosure.release import ProtectedRelease
from skillnad.analysis.disclosure.release_folder import REPORT, read_release
from skillnad.analysis.disclosure.table_set.csv_form import Sheet, content_of, sheet_of
from skillnad.analysis.disclosure.table_set.reading import SUM_WORDS
from skillnad.lib.errors import UserError

TRUE = ("1", "true", "ja", "yes", "sant", "x")


@dataclass(frozen=True)
class Manner:
    """How files are read. `count`: the column of counts; `share`: a column of printed shares, and `of` the column that
    they are shares over (else the last one that is not summed over); `marked`: a column that says which gaps are small.
    `groupings`: (child column, parent column). `groups`: combined categories, column to code to codes. `within`: what a
    whole file is of, by its name."""

    count: str
    share: str = ""
    of: str = ""
    marked: str = ""
    groupings: tuple[tuple[str, str], ...] = ()
    groups: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    within: Mapping[str, Place] = field(default_factory=dict)

    def alone(self, columns: Sequence[str]) -> tuple[str, ...]:
        """The columns that are dimensions."""
        return tuple(column for column in columns if column not in (self.count, self.share, self.marked))


def publications_of(release: ProtectedRelease, manner: Manner | None = None) -> list[Publication]:
    """A release's tables, as a reader has them."""
    groups = manner.groups if manner else {}
    zeros = bool(release.rules.get("zeros_printed", True))
    return [
        Publication(
            table.name,
            table.columns,
            tuple(_row(table.columns, values, count, table.name) for values, count in table.rows),
            (*(manner.groupings if manner else ()), *release.groupings),
            groups,
            zeros,
            int(release.rules.get("threshold", 0)),
            complete=True,
        )
        for table in release.tables
    ]


def read_publications(path: Path, manner: Manner) -> list[Publication]:
    """A release folder's tables, the tables of a folder without a report, or one CSV file. Raises UserError: DISC-040 …
    DISC-044 as `table_set.csv_form`, DISC-054 where a release is damaged, DISC-085 where a folder has no tables."""
    if not path.is_dir():
        return [publication_of(path.name, content_of(path), manner)]
    if (path / REPORT).exists():
        return publications_of(read_release(path), manner)
    files = sorted(path.glob("*.csv"))
    if not files:
        raise _no_release(path)
    return [publication_of(file.name, content_of(file), manner) for file in files]


def publication_of(name: str, content: bytes, manner: Manner) -> Publication:
    """Every column but the count's (and a share's or a mark's) is a dimension; a cell of `Total`, or empty,
    is summed over (`Totalt`, `Summa` … too); a count that is no number is a gap."""
    sheet = sheet_of(name, content, manner.count)
    within = manner.within.get(name, ())
    columns = manner.alone(sheet.layout.header)
    statements = tuple(_statement(sheet, dict(zip(sheet.layout.header, values, strict=True)), manner, number)
                       for number, values in sheet.lines)  # fmt: skip
    zeros = any(statement.count == 0 for statement in statements)
    wide = (*(column for column, _ in within), *columns)
    return Publication(name, wide, statements, manner.groupings, manner.groups, zeros)


def _statement(sheet: Sheet, row: Mapping[str, str], manner: Manner, number: int) -> Statement:
    within = manner.within.get(sheet.name, ())
    people = (*within, *((c, row[c]) for c in manner.alone(sheet.layout.header) if not _summed(row[c])))
    share = _share(sheet, row, manner, number)
    count = _count(sheet, row[manner.count], number, manner.count)
    marked = row[manner.marked].lower() in TRUE if manner.marked in row else None
    gap = count is None and share is None
    return Statement(people, count, gap, marked if gap else None, share, _whole(people, manner, within), sheet.name)


def _summed(value: str) -> bool:
    """As others write it too: taken for a group, the sum of all would hide what follows from it."""
    return value in ("", TOTAL) or value.casefold() in SUM_WORDS


def _row(columns: Sequence[str], values: Sequence[str], count: int | None, table: str) -> Statement:
    people = tuple((c, v) for c, v in zip(columns, values, strict=True) if v != TOTAL)
    return Statement(people, count, count is None, table=table)


def _whole(people: Place, manner: Manner, within: Place) -> Place:
    """What a share in the row is one of: the same with its last column summed over."""
    own = [column for column, _ in people if (column, _) not in within]
    over = manner.of or (own[-1] if own else "")
    return tuple((column, value) for column, value in people if column != over)


def _share(sheet: Sheet, row: Mapping[str, str], manner: Manner, number: int) -> Rounded | None:
    text = row.get(manner.share, "") if manner.share else ""
    if not text:
        return None
    share = read_rounded(text)
    if share is None:
        raise _no_number(sheet, number, manner.share)
    return share


def _count(sheet: Sheet, text: str, number: int, column: str) -> int | None:
    """A gap is empty, or a sign that is no number."""
    read = read_rounded(text)
    if read is None:
        return None
    if read.value.denominator != 1 or read.value < 0:
        raise _no_number(sheet, number, column)
    return int(read.value)


def _no_release(path: Path) -> UserError:
    return UserError.of(
        "DISC-085",
        where=path.name,
        sv="Mappen har inga tabeller (CSV). Ange mappen som `skillnad protect` skrev, eller CSV-filerna själva.",
        en="The folder has no tables (CSV). Give the folder that `skillnad protect` wrote, or CSV files themselves.",
    )


def _no_number(sheet: Sheet, number: int, column: str) -> UserError:
    return UserError.of(
        "DISC-044",
        where=f"{sheet.name}, rad {number}, kolumn {column[:40]}",
        sv="Här ska stå ett helt antal, eller en andel med sina decimaler. Rätta värdet, eller lämna det tomt.",
        en="Here stands a whole count, or a share with its decimals. Mend the value, or leave it empty.",
    )
