"""An instrument as an XLSForm, for KoboToolbox, ODK and others that read it.

What XLSForm cannot hold is listed, and stands besides in a sheet of its own that other tools skip: read back here, the
file is the whole instrument again, as long as nobody has changed its other sheets.
"""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO

import xlsxwriter

from skillnad.exchange.forms.folders import folder_of
from skillnad.exchange.forms.json_form import json_form
from skillnad.exchange.forms.losses import Loss, between, words_of
from skillnad.exchange.forms.xlsform_in import instrument_from_sheets
from skillnad.exchange.forms.xlsform_own import Sheets, own_sheet
from skillnad.exchange.forms.xlsform_sheets import form_sheets
from skillnad.exchange.forms.xlsform_words import OWN
from skillnad.instruments import texts
from skillnad.instruments.loading import Loaded
from skillnad.instruments.texts import Texts
from skillnad.instruments.wording import base_of
from skillnad.lib.text import listed


def xlsform_of(loaded: Loaded, variant: str = "", perspective: str = "") -> tuple[bytes, tuple[Loss, ...]]:
    """The bytes of the XLSX file, and what another reader of it does not get.

    The base variant unless told, in all its languages; `perspective`: only what is asked of it. Raises UserError
    (INSTR-059) where the instrument has no such variant or perspective.
    """
    sheets = form_sheets(loaded, variant, perspective)
    returned = instrument_from_sheets(sheets, f"{loaded.instrument.id}.xlsx")[0].instrument
    losses = (*between(loaded.instrument, returned), *_words_lost(loaded, variant))
    return _workbook(sheets, own_sheet(json_form(folder_of(loaded)), sheets, variant, perspective), loaded), losses


def _words_lost(loaded: Loaded, variant: str) -> Iterator[Loss]:
    """What the files of words have that stands in no sheet."""
    chosen = variant or base_of(loaded.instrument).id
    files = [words for (name, _), words in texts.words_of(loaded.files).items() if name == chosen]
    for part in ("spoken", "pictures", "status"):
        if having := [f"{words.variant}.{words.language}" for words in files if _has(words, part)]:
            yield Loss(listed(having), *words_of(f"texts.{part}"), f"texts.{part}")


def _has(words: Texts, part: str) -> bool:
    if part == "spoken":
        return bool(words.intro.get("spoken")) or any(item.spoken for item in words.items.values())
    return bool(words.pictures) if part == "pictures" else words.status != "machine"


def _workbook(sheets: Sheets, own: list[list[str]], loaded: Loaded) -> bytes:
    """Text is written as text with its mark, never as a formula, so that what it says is the same when it is read."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"title": loaded.instrument.title_sv, "created": _made(loaded)})
        plain, heading = book.add_format({"quote_prefix": True}), book.add_format({"bold": True, "quote_prefix": True})
        for name, rows in {**sheets, OWN: own}.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if cell:
                        sheet.write_string(row, column, cell, plain if row or name == OWN else heading)
            if name == OWN:
                sheet.hide()
    return stream.getvalue()


def _made(loaded: Loaded) -> datetime:
    """The day of the version, so that the same instrument is the same file."""
    day = loaded.instrument.versions[-1].date
    return datetime(day.year, day.month, day.day)
