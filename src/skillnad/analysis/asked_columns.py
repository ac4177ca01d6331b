"""A population's columns as a question names them: which there are, what each may be asked as, and what is wrong."""

from collections.abc import Iterator
from difflib import get_close_matches

from skillnad.analysis.banded import DAYS, Banded, banded_of, in_order, no_bands
from skillnad.analysis.calendars import SEEN_THROUGH, calendar_of, date_of, known_column, known_of
from skillnad.analysis.made_columns import made_column, stored_behind
from skillnad.analysis.merged import merged_condition, merged_of, merged_problems, ungrouped
from skillnad.analysis.question_problems import no_scale
from skillnad.analysis.questions import Where
from skillnad.analysis.results import MISSING_LEVEL
from skillnad.codebook.snapshot_schema import (
    FIRST_FOLLOW_UP,
    Column,
    Manifest,
    Population,
    SnapshotColumn,
    SnapshotTable,
)
from skillnad.lib.errors import Problem

CODED = (Column.CODE, Column.CODES)


class AskedColumns:
    """The columns of one population of one snapshot. Each rule yields the problems that it finds with one of them."""

    def __init__(self, manifest: Manifest, table: SnapshotTable) -> None:
        self.manifest = manifest
        self.table = table

    def stored(self, column: str) -> SnapshotColumn:
        """The column itself, what is made of it, the date that a calendar unit is of, or whether a date is known. A
        KeyError where it is unknown."""
        if made := made_column(column, self.table.columns):
            return made
        held = self.table.columns[stored_behind(column)[0]]
        return known_column(held) if known_of(column) else held

    def names(self, kind: Column) -> str:
        return ", ".join(self._of_kind(kind))

    def _of_kind(self, kind: Column) -> list[str]:
        return [column.id for column in self.table.columns.values() if column.kind is kind]

    def axis(self, column: str) -> Iterator[Problem]:
        """A table is divided by codes, or by a calendar unit of a date."""
        if problem := self.unknown(column):
            yield problem
        elif day := date_of(column):
            yield from self.date("ASK-010", day)
        elif bands := banded_of(column):
            yield from self._bands(bands)
        elif (held := self.stored(ungrouped(column))).kind not in CODED:
            yield no_axis(held.id, held)
        elif made := merged_of(column):
            yield from merged_problems(made, held)

    def date(self, code: str, column: str) -> Iterator[Problem]:
        """`code`: the problem's own, as it depends on what the date is asked for."""
        if problem := self.unknown(column):
            yield problem
        elif self.stored(column).kind is not Column.DATE or stored_behind(column) != (column,):
            dates = self.names(Column.DATE)
            yield Problem(
                code,
                sv=f"{column} är inget datum. Datumen är {dates}.",
                en=f"{column} is no date. The dates are {dates}.",
            )

    def number(self, column: str) -> Iterator[Problem]:
        if problem := self.unknown(column):
            yield problem
        elif stored_behind(column) != (column,) or self.stored(column).kind is not Column.NUMBER:
            numbers = self.names(Column.NUMBER)
            yield Problem(
                "ASK-013",
                sv=f"{column} är inget tal och kan inte summeras. Talen är {numbers}.",
                en=f"{column} is no number and has no sum. The numbers are {numbers}.",
            )

    def scale(self, name: str) -> Iterator[Problem]:
        """A change is for better or worse only where the codebook says what is better."""
        if problem := self.unknown(name):
            yield problem
        elif stored_behind(name) != (name,) or not self.stored(name).order:
            yield no_scale(name, [column.id for column in self.table.columns.values() if column.order])

    def where(self, where: Where) -> Iterator[Problem]:
        if problem := self.unknown(where.column):
            yield problem
        elif not where.codes:
            yield Problem(
                "ASK-017",
                sv=f"Villkoret på {where.column} har inga koder. Ange minst en.",
                en=f"The condition on {where.column} has no codes. Give at least one.",
            )
        elif merged_of(where.column):
            yield merged_condition(where.column)
        elif (bands := banded_of(where.column)) and (wrong := list(self._bands(bands))):
            yield from wrong
        elif found := list(self._no_date(where.column)):
            yield from found
        elif calendar_of(where.column):
            yield from self._calendar_codes(where)
        elif self.stored(where.column).kind in CODED:
            yield from self.codes(where)
        else:
            yield no_axis(where.column, self.stored(where.column))

    def _bands(self, bands: Banded) -> Iterator[Problem]:
        """Bands are of two dates, or of a number."""
        for column in bands.columns:
            yield from self.date("ASK-007", column) if bands.kind == DAYS else self.number(column)
        if not in_order(bands) or len(set(bands.columns)) != (2 if bands.kind == DAYS else 1):
            yield no_bands(bands)

    def _no_date(self, column: str) -> Iterator[Problem]:
        """What is wrong with seeing the column as a date, if it is."""
        if day := date_of(column):
            yield from self.date("ASK-010", day)

    def codes(self, where: Where) -> Iterator[Problem]:
        """Of a coded column: the missing level counts as a code."""
        known = [level.code for level in self.stored(where.column).levels]
        for code in where.codes:
            if code not in (*known, MISSING_LEVEL):
                yield Problem(
                    "ASK-008",
                    sv=f"{where.column} har ingen kod ”{code[:20]}”. Koderna är {', '.join(known[:60])}.",
                    en=f"{where.column} has no code '{code[:20]}'. The codes are {', '.join(known[:60])}.",
                )

    def _calendar_codes(self, where: Where) -> Iterator[Problem]:
        through = calendar_of(where.column)
        for code in where.codes:
            if through and code and through.calendar.read(code) is None:
                example = through.calendar.code(through.calendar.ordinal(self.manifest.as_of))
                yield Problem(
                    "ASK-008",
                    sv=f"{where.column} har ingen kod ”{code[:20]}”. Koderna ser ut som {example}.",
                    en=f"{where.column} has no code '{code[:20]}'. The codes look like {example}.",
                )

    def unknown(self, column: str) -> Problem | None:
        """Why there is no such column here: not used, in another population, or nowhere (with the nearest name)."""
        name = next((name for name in stored_behind(column) if name not in self.table.columns), "")
        if not name:
            return None
        if name == FIRST_FOLLOW_UP and "follow_up_date" in self.table.columns and "follow_up" not in self.table.columns:
            return _MADE_BEFORE
        if name in self.manifest.not_used:
            return Problem(
                "ASK-003",
                sv=f"{name} används inte i kommunen, så det finns inget att räkna. Kodboken säger vilka som används.",
                en=f"{name} is not used in this municipality, so nothing can be counted. The codebook says which are.",
            )
        there = [population.value for population, table in self.manifest.tables.items() if name in table.columns]
        if there:
            return _elsewhere(name, self.table.population, there)
        return self._nowhere(column)

    def _nowhere(self, column: str) -> Problem:
        names = [
            *self.table.columns,
            *(f"{unit}:{name}" for unit in SEEN_THROUGH for name in self._of_kind(Column.DATE)),
        ]
        near = get_close_matches(column, names, n=1, cutoff=0.5)
        hint_sv = f"Menade du {near[0]}?" if near else f"Kolumnerna är {', '.join(self.table.columns)}."
        hint_en = f"Did you mean {near[0]}?" if near else f"The columns are {', '.join(self.table.columns)}."
        return Problem(
            "ASK-001",
            sv=f"Det finns ingen kolumn ”{column[:40]}”. {hint_sv}",
            en=f"There is no column '{column[:40]}'. {hint_en}",
        )


_MADE_BEFORE = Problem(
    "ASK-001",
    sv=f"Ögonblicksbilden är gjord av en äldre version och har inte {FIRST_FOLLOW_UP}. Gör en ny med `skillnad "
    "snapshot`. Den senaste uppföljningen, follow_up_date, säger något annat.",
    en=f"The snapshot was made by an older version and has no {FIRST_FOLLOW_UP}. Make a new one with `skillnad "
    "snapshot`. The latest follow-up, follow_up_date, says something else.",
)


def _elsewhere(name: str, population: Population, there: list[str]) -> Problem:
    return Problem(
        "ASK-002",
        sv=f"{name} finns inte i {population} men i {', '.join(there)}. Byt population.",
        en=f"{name} is not in {population} but in {', '.join(there)}. Change the population.",
    )


def no_axis(name: str, column: SnapshotColumn) -> Problem:
    """A date has a calendar, and is known or not."""
    either = (f"month:{column.id}", f"known:{column.id}") if column.kind is Column.DATE else ("age_group",)
    instead = either if column.kind in (Column.DATE, Column.NUMBER) else ("unit",)
    return Problem(
        "ASK-010",
        sv=f"{name} har inga koder att dela in efter. Använd till exempel {' eller '.join(instead)}.",
        en=f"{name} has no codes to divide by. Use {' or '.join(instead)}, for instance.",
    )
