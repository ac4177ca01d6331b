"""The sheet of our own in an XLSForm: the whole instrument as JSON, and a digest of the sheets that others read."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Final

from skillnad.exchange.forms.xlsform_words import CHOICES, OWN, SETTINGS, SURVEY

Sheets = Mapping[str, Sequence[Sequence[str]]]
"""The cells of each sheet by its name, the first row being the names of columns."""

_FORMAT: Final = "skillnad_xlsform"
_PIECE: Final = 32_000
"""Characters in one cell; Excel holds 32,767."""


def own_sheet(text: str, sheets: Sheets, variant: str, perspective: str) -> list[list[str]]:
    """The cells of the sheet that holds `text` beside `sheets`, and which variant and perspective these are of."""
    pieces = [text[start : start + _PIECE] for start in range(0, len(text), _PIECE)]
    return [[_FORMAT, digest_of_sheets(sheets), variant, perspective], *([piece] for piece in pieces)]


def own_text(sheets: Sheets) -> str | None:
    """The text that `own_sheet` put away, or None where there is none."""
    rows = sheets.get(OWN, ())
    if not rows or rows[0][:1] != [_FORMAT]:
        return None
    return "".join(row[0] for row in rows[1:] if row)


def as_written(sheets: Sheets) -> bool:
    """Whether nobody has changed the other sheets since `own_sheet` was made of them."""
    return list(sheets[OWN][0][1:2]) == [digest_of_sheets(sheets)]


def written_of(sheets: Sheets) -> tuple[str, str]:
    """The variant and perspective that the form was written of, "" where the whole base variant was."""
    variant, perspective = (*sheets[OWN][0], "", "", "")[2:4]
    return variant, perspective


def digest_of_sheets(sheets: Sheets) -> str:
    """SHA-256 of every cell that has something in it, with its place."""
    cells = [
        (name, row, column, cell)
        for name in (SURVEY, CHOICES, SETTINGS)
        for row, content in enumerate(sheets.get(name, ()))
        for column, cell in enumerate(content)
        if cell
    ]
    return hashlib.sha256(json.dumps(cells, ensure_ascii=False).encode()).hexdigest()
