"""One protected table as a file, by its kind: the list that the command line, the explorer and notebooks share.

Every kind has the same numbers and the same gaps. All but CSV say where they come from: a CSV is read by machines that
take every line for numbers, and its name can hold the ledger key.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from skillnad.analysis.leaving import check_may_leave
from skillnad.analysis.results import ProtectedTable
from skillnad.lib.errors import UserError
from skillnad.reports.render.tables import as_csv, as_html, as_json, as_markdown


def _xlsx(table: ProtectedTable) -> bytes:
    from skillnad.reports.render.workbook import table_workbook

    return table_workbook(table)


def _sav(table: ProtectedTable) -> bytes:
    from skillnad.exchange.results.spss import as_sav

    return as_sav(table)


def _parquet(table: ProtectedTable) -> bytes:
    from skillnad.exchange.results.frames import as_parquet

    return as_parquet(table)


def _svg(table: ProtectedTable) -> bytes:
    check_may_leave(table)
    from skillnad.reports.table_charts import chart  # altair takes half a second, and a command writes one file

    return chart(table).svg().encode()


@dataclass(frozen=True)
class FileKind:
    """How a table becomes the bytes of a file, and what a browser calls them."""

    content_type: str
    content: Callable[[ProtectedTable], bytes]


def _as_page(table: ProtectedTable) -> bytes:
    """A page of its own; the same words inside another page are no file (`tables.as_html`)."""
    check_may_leave(table)
    return as_html(table).encode()


KINDS: Mapping[str, FileKind] = {
    "csv": FileKind("text/csv; charset=utf-8", lambda table: as_csv(table).encode("utf-8-sig")),
    "xlsx": FileKind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
    "sav": FileKind("application/x-spss-sav", _sav),
    "parquet": FileKind("application/vnd.apache.parquet", _parquet),
    "svg": FileKind("image/svg+xml", _svg),
    "json": FileKind("application/json", lambda table: as_json(table).encode()),
    "html": FileKind("text/html; charset=utf-8", _as_page),
    "md": FileKind("text/markdown; charset=utf-8", lambda table: as_markdown(table).encode()),
}


def save(table: ProtectedTable, path: Path | str) -> Path:
    """Write the table to a file of the kind that its name ends with.

    Raises UserError: REP-012 another ending, ASK-022 the file cannot be written, REP-010 no extra for SPSS,
    REP-011 nothing to draw.
    """
    file = Path(path)
    return save_as(kind_of(file), table, file)


def kind_of(file: Path) -> FileKind:
    """What the file's name ends with. Raises UserError (REP-012) where it is none of the kinds."""
    kind = KINDS.get(file.suffix.lower().lstrip("."))
    if kind is None:
        raise UserError.of(
            "REP-012",
            where=file.suffix[:20],
            sv=f"Filnamnets slut säger inte vilken sorts fil det blir. Välj {_listed('eller')}.",
            en=f"The end of the file's name does not say which kind of file it is. Choose {_listed('or')}.",
        )
    return kind


def save_as(kind: FileKind, table: ProtectedTable, file: Path) -> Path:
    content = kind.content(table)
    try:
        file.write_bytes(content)
    except OSError:
        raise not_writable(file) from None
    return file


def not_writable(file: Path) -> UserError:
    return UserError.of(
        "ASK-022",
        where=str(file),
        sv="Filen går inte att skriva. Ange en mapp som finns och som du får skriva i.",
        en="The file cannot be written. Give a folder that exists and that you may write to.",
    )


def _listed(last: str) -> str:
    *most, end = (f".{kind}" for kind in KINDS)
    return f"{', '.join(most)} {last} {end}"
