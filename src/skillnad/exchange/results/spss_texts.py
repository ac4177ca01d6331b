"""What an SPSS file has room for: names of variables, labels cut at a whole letter, and notes of 80 bytes a line."""

import re
import textwrap

from skillnad.analysis.headline import headline
from skillnad.analysis.results import ProtectedTable
from skillnad.exchange.results.cells import REPRODUCE, provenance_of

FILE_LABEL, NAME, NOTE = 64, 60, 80
"""Bytes; a name has four of its 64 left for a number."""
RESERVED = {"ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"}
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_]+")


def variable_name(name: str) -> str:
    """A name that SPSS takes: `month:intake_date` is `month_intake_date`."""
    plain = _NOT_IN_NAMES.sub("_", name)[:NAME]
    if not plain[:1].isalpha():
        plain = f"v{plain}"[:NAME]
    return f"{plain}_" if plain.upper() in RESERVED else plain


def cut(text: str, size: int) -> str:
    """The text in at most `size` bytes of UTF-8, whole letters, with a mark where something is left out."""
    if len(text.encode()) <= size:
        return text
    return text.encode()[: size - len("…".encode())].decode(errors="ignore") + "…"


def file_label(table: ProtectedTable) -> str:
    """Snapshot and ledger in short, so that the file says where it is from wherever its label is shown."""
    told = table.provenance
    return cut(f"Skillnad {told.as_of} snapshot {told.snapshot[:12]} key {told.ledger_key[:12]}", FILE_LABEL)


def note_lines(table: ProtectedTable) -> list[str]:
    """The file's notes: title, what finds the same answer again in full, left-out rows, and what a gap means."""
    told = provenance_of(table)
    ids = (f"{name}: {told[name]}" for name in (*REPRODUCE, "left_out"))
    texts = (headline(table), *ids, f"Skyddat tal: {told['gap']}.")
    return [line for text in texts for line in _lines(text)]


def _lines(text: str) -> list[str]:
    """A Swedish letter takes two bytes: half as many letters as bytes are sure to fit."""
    return [text] if len(text.encode()) <= NOTE else textwrap.wrap(text, NOTE // 2)
