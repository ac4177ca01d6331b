"""A section: one `[[file]]` of the mapping read from one file, as keys and typed fields, row by row."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

import polars as pl

from skillnad.lib.sealing import Keys
from skillnad.register.imports.cells import Span
from skillnad.register.imports.columns import NAMED, Place, read_columns
from skillnad.register.imports.fields import LINK, PARENT, Record, above
from skillnad.register.imports.findings import Findings
from skillnad.register.imports.keys import Identities, read_keys
from skillnad.register.imports.mapping import FileSpec, Source
from skillnad.register.imports.reading import ROW, Table, check_columns

KEY_MISSING = "IMP-111"

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Section:
    """`frame` has `#rad`, a key column a record and a column a field; `skipped` rows were left out by `where`."""

    index: int
    table: Table
    spec: FileSpec
    frame: pl.DataFrame
    skipped: int

    @property
    def lowest(self) -> tuple[Record, ...]:
        """The records that a row is about: those with nothing below them in this file."""
        upper = {each for record in self.spec.keys for each in above(record)}
        return tuple(record for record in self.spec.keys if record not in upper)

    def fields(self, record: Record) -> list[str]:
        """The columns of the record's fields in this section."""
        return [name for name in self.frame.columns if name.startswith(f"{record}.")]


@dataclass(frozen=True)
class Reader:
    """What every section is read with. `mapping` is the mapping file's name, for messages."""

    keys: Keys
    today: date
    mapping: str
    findings: Findings

    def section(self, index: int, table: Table, spec: FileSpec) -> tuple[Section, Identities]:
        """Raises UserError IMP-009 (a column is missing), IMP-013 (values that the mapping does not know)."""
        check_columns(table, spec.columns)
        kept = _wanted(table.frame, spec)
        place = Place(index, table.file, self.mapping)
        with ThreadPoolExecutor(1) as beside:
            keys = beside.submit(read_keys, kept, spec, self.keys, self.today)
            values = read_columns(kept, spec, self._span(spec), place, self.findings)
            found, identities = keys.result()
        frame = _from_identity(pl.concat([values, found], how="horizontal"), spec, identities)
        section = Section(index, table, spec, frame, table.frame.height - kept.height)
        _check_keys(section, self.findings)
        return section, identities

    def _span(self, spec: FileSpec) -> Span:
        """What the mapping says of the file's last day goes before what is likely on the day of import."""
        usual = Span.around(self.today)
        return Span(usual.first, spec.latest_date) if spec.latest_date else usual


def _wanted(frame: pl.DataFrame, spec: FileSpec) -> pl.DataFrame:
    """The rows that every `where` lets through."""
    for where in spec.where:
        texts = frame[where.column].fill_null("")
        fitting = [text for text in texts.unique().to_list() if " ".join(text.split()).casefold() in where.values]
        frame = frame.filter(texts.is_in(fitting) == where.wanted)
    return frame


def _from_identity(frame: pl.DataFrame, spec: FileSpec, identities: Identities) -> pl.DataFrame:
    """Birth date and sex out of the number, for the fields whose mapping says so; only where the number can know."""
    asked: Mapping[str, Source] = {source.field.id: source for source in spec.sources if source.from_identity}
    if not asked:
        return frame
    hints = identities.frame.filter(pl.col("kind").is_in(["personnummer", "samordning", "reserv_lokal", "interim"]))
    columns = {"birth_date": "born", "legal_sex": "sex"}
    wanted = [pl.col(columns[name]).alias(source.field.column) for name, source in asked.items()]
    return frame.join(
        hints.select("key", *wanted), left_on=Record.CLIENT, right_on="key", how="left", maintain_order="left"
    )


def _check_keys(section: Section, findings: Findings) -> None:
    """A record without its key is no fault where the row says nothing of it: a case without an intervention."""
    for record, key in section.spec.keys.items():
        missing = pl.col(record).is_null()
        for child, other in LINK.items():
            if PARENT[child] is record and {child, other} <= section.spec.keys.keys():
                missing = missing & pl.col(other).is_null()  # a review's intervention says which case it is of
        if record is not _topmost(section.spec):
            below = [child for child in section.spec.keys if PARENT[child] is record]
            said = [name for name in section.fields(record) if not name.endswith(NAMED)]
            constant = {source.field.column for source in section.spec.sources if source.value is not None}
            told = [pl.col(name).is_not_null() for name in (*said, *below) if name not in constant]
            missing = missing & pl.any_horizontal(told) if told else pl.lit(False)
        findings.add(section.index, section.frame.filter(missing)[ROW], KEY_MISSING, ", ".join(key.columns))


def _topmost(spec: FileSpec) -> Record:
    return next(record for record in Record if record in spec.keys)
