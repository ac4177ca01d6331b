"""The files of a delivery, matched with the mapping, read, and made ready: everything that needs no database."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from skillnad.codebook.identity_in_text import hide_identities
from skillnad.lib.errors import UserError
from skillnad.lib.text import listed
from skillnad.register.imports.checks import tell_review_cases
from skillnad.register.imports.findings import Findings
from skillnad.register.imports.keys import Identities
from skillnad.register.imports.mapping import REJECTED, ExtractMapping, FileSpec
from skillnad.register.imports.reading import ADDED, LIMIT, ROW, Table, read_table
from skillnad.register.imports.rules import RULES, rejects
from skillnad.register.imports.sections import Progress, Reader, Section
from skillnad.register.imports.summary import FileRead


@dataclass(frozen=True)
class Delivery:
    """`correction` says that every file holds rows that were rejected before: a part of a delivery, not a whole."""

    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    identities: Identities
    correction: bool

    @property
    def read(self) -> int:
        return sum(table.frame.height for table in self.tables)

    @property
    def taken(self) -> int:
        """Rows that some section reads; the others were left out by `where`."""
        return sum(len(self._taken(table)) for table in self.tables)

    def rows_of(self, found: pl.DataFrame) -> int:
        """How many rows of files the findings are about."""
        if not found.height:
            return 0
        order = {id(table): place for place, table in enumerate(self.tables)}
        tables = {section.index: order[id(section.table)] for section in self.sections}
        placed = found["section"].replace_strict(list(tables), list(tables.values()), return_dtype=pl.Int64)
        return found.select(placed.alias("table"), "row").n_unique()

    def rejected_of(self, table: Table, findings: Findings) -> pl.DataFrame:
        """row, rule and column of what rejects rows of this file."""
        own = [section.index for section in self.sections if section.table is table]
        codes = [code for code in RULES if rejects(code)]
        found = findings.all().filter(pl.col("section").is_in(own), pl.col("rule").is_in(codes))
        return found.select("row", "rule", "column")

    def slimmed(self) -> "Delivery":
        """Row numbers and keys alone: what is still needed when the records are made, without the cells in memory."""
        tables = {id(table): replace(table, frame=table.frame.select(ROW)) for table in self.tables}
        sections = (
            replace(section, table=tables[id(section.table)], frame=section.frame.select(ROW, *section.spec.keys))
            for section in self.sections
        )
        return replace(self, sections=tuple(sections), tables=tuple(tables.values()))

    def files_read(self) -> tuple[FileRead, ...]:
        return tuple(self._file_read(table) for table in self.tables)

    def _taken(self, table: Table) -> pl.Series:
        rows = [section.frame[ROW] for section in self.sections if section.table is table]
        return rows[0] if len(rows) == 1 else pl.concat(rows).unique()

    def _file_read(self, table: Table) -> FileRead:
        named = {name for section in self.sections if section.table is table for name in section.spec.columns}
        unused = tuple(name for name in table.headings if name not in named and name not in ADDED)
        rows = table.frame.height
        return FileRead(table.file, table.sha256, table.size, rows, table.encoding, table.separator, unused)


def read_delivery(
    mapping: ExtractMapping, files: Sequence[Path], reader: Reader, progress: Progress, limit: int = LIMIT
) -> Delivery:
    """Raises UserError IMP-001 to IMP-013, IMP-024 and IMP-025: what makes a whole delivery unreadable."""
    pairs = matched(mapping, files)
    tables: dict[tuple[object, ...], Table] = {}
    sections, identities = [], []
    for index, (path, spec) in enumerate(pairs):
        how = (path, spec.encoding, spec.separator, spec.sheet, spec.skip_rows)
        if how not in tables:
            progress(f"Läser {hide_identities(path.name)}")
            tables[how] = read_table(path, spec, limit)
        section, persons = reader.section(index, tables[how], spec)
        sections.append(section)
        identities.append(persons)
    tell_review_cases(sections, reader.findings)
    return Delivery(tuple(sections), tuple(tables.values()), Identities.of(identities), _is_correction(files))


def matched(mapping: ExtractMapping, files: Sequence[Path]) -> list[tuple[Path, FileSpec]]:
    """Each file with each `[[file]]` that means it, in the mapping's order.

    Raises UserError IMP-024 for a `[[file]]` that no file is for, IMP-025 for a file that the mapping does not know.
    """
    pairs = [(path, spec) for spec in mapping.files for path in files if spec.takes(path.name)]
    known = {path for path, _ in pairs}
    for path in files:
        if path not in known:
            raise _not_meant(path, mapping)
    met = [spec for _, spec in pairs]
    lacking = [spec for spec in mapping.files if not spec.optional and not any(spec is each for each in met)]
    if lacking and not _is_correction(files):
        raise _lacking(lacking[0])
    return pairs


def _is_correction(files: Sequence[Path]) -> bool:
    return all(path.name.startswith(REJECTED) for path in files)


def _not_meant(path: Path, mapping: ExtractMapping) -> UserError:
    patterns = [spec.match for spec in mapping.files]
    return UserError.of(
        "IMP-025",
        where=path.name,
        sv=f"Ingen [[file]] i mappningen gäller filen. Mappningen väntar {listed(patterns)}: byt filens namn "
        "eller rätta match.",
        en=f"No [[file]] of the mapping is for the file. It expects {listed(patterns, 'en')}: rename the file or "
        "correct match.",
    )


def _lacking(spec: FileSpec) -> UserError:
    return UserError.of(
        "IMP-024",
        where=spec.match,
        sv="Leveransen saknar filen som mappningen väntar. Ange den också, eller skriv optional = true i dess "
        "[[file]].",
        en="The delivery lacks the file that the mapping expects. Give it too, or write optional = true in its "
        "[[file]].",
    )
