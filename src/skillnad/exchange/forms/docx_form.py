"""An instrument as a Word document to edit and print: numbered questions with boxes, and the way between them in words.

It is a start for a form of one's own and not a form to scan: what comes back is entered by hand.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from skillnad.exchange.forms.fhir_terms import simple
from skillnad.exchange.forms.fhir_words import words_in
from skillnad.exchange.forms.folders import Folder
from skillnad.exchange.forms.form_paths import ENGLISH, SWEDISH, Question, paper
from skillnad.exchange.forms.losses import Loss, words_of
from skillnad.instruments.asked import Item, ItemKind
from skillnad.instruments.model import Instrument
from skillnad.instruments.wording import PutForm, PutQuestion, Wording, has_words, wording
from skillnad.lib.errors import UserError
from skillnad.lib.text import either, listed, shown

BOX: Final = "☐"
LINE: Final = "_" * 60
SHORT: Final = "_" * 12
_SAID: Final = {
    "sv": {
        "answer": "Svar",
        "several": "Du kan sätta flera kryss.",
        "rank": "Skriv 1 vid det som kommer först, 2 vid nästa, och så vidare.",
        "line": "Sätt ett kryss på linjen.",
        "date": "År ________  månad ____  dag ____",
        "alone": "inget annat kryss",
        "absent": "Frågornas ord står inte här: de tillhör {}. Här står bara vad varje fråga gäller.",
    },
    "en": {
        "answer": "Answer",
        "several": "You may tick several boxes.",
        "rank": "Write 1 beside what comes first, 2 beside the next, and so on.",
        "line": "Put a cross on the line.",
        "date": "Year ________  month ____  day ____",
        "alone": "no other box",
        "absent": "The words of the questions are not here: they belong to {}. Here is only what each is about.",
    },
}
_UNITS: Final = {"sv": {"minutes": "minuter", "hours": "timmar", "days": "dagar"}, "en": {}}
_LEFT: Final = ("scores", "band_sets", "changes", "shares", "pairs", "rules")
"""Fields that paper has no place for."""


@dataclass(frozen=True)
class Document:
    """The bytes of the .docx file, and what paper cannot hold."""

    content: bytes
    losses: tuple[Loss, ...]


def as_docx(folder: Folder, perspective: str = "", variant: str = "", language: str = "sv") -> Document:
    """The form of one perspective (the first unless told), variant and language.

    Raises UserError: INSTR-035 where the extra `forms` is not installed, INSTR-059 where there is no such perspective,
    variant or language.
    """
    make = _maker()
    asks = perspective or next(iter(folder.instrument.perspectives))
    if asks not in folder.instrument.perspectives:
        raise _no_perspective(asks, folder.instrument)
    put = wording(folder.instrument, words_in(folder), variant or _variant_for(folder.instrument, asks), language)
    ours = "en" if language == "en" else "sv"
    sheet = _Sheet(make(), put.form(asks), _SAID[ours], _UNITS[ours], ours)
    sheet.write(put, paper(put, asks, ENGLISH if ours == "en" else SWEDISH))
    stream = io.BytesIO()
    sheet.document.save(stream)
    return Document(stream.getvalue(), _losses(folder.instrument, asks, language))


def _variant_for(instrument: Instrument, perspective: str) -> str:
    """The base form, if it is put to this perspective; else the first variant that is."""
    base_first = sorted(instrument.variants.values(), key=lambda variant: not variant.base)
    put = (each.id for each in base_first if not each.perspectives or perspective in each.perspectives)
    return next(put, "")


def _maker() -> Any:
    try:
        from docx import Document as new
    except ImportError:
        raise UserError.of(
            "INSTR-035",
            sv="Word-filer behöver ett tillägg som inte är installerat. Skriv `pip install 'skillnad[forms]'` "
            "(python-docx), eller exportera till xlsform.",
            en="Word files need an extra that is not installed. Write `pip install 'skillnad[forms]'` (python-docx), "
            "or export to xlsform.",
        ) from None
    return new


def _no_perspective(name: str, instrument: Instrument) -> UserError:
    known = list(instrument.perspectives)
    return UserError.of(
        "INSTR-059",
        where="perspective",
        sv=f"Det finns inget perspektiv ”{shown(name)}”. Välj {either(known)}.",
        en=f"There is no perspective '{shown(name)}'. Choose {either(known, 'en')}.",
    )


def _losses(instrument: Instrument, perspective: str, language: str) -> tuple[Loss, ...]:
    left = [Loss(instrument.id, *words_of(path), path) for path in _LEFT if getattr(instrument, path)]
    others = [name for name in instrument.perspectives if name != perspective]
    if others:
        left.append(Loss(listed(others), "de andra perspektivens frågor", "the questions of other perspectives"))
    decided = [slot.id for slot in instrument.slots.values() if slot.source == "answers"]
    if decided:
        sv, en = "ordval som svaren styr, som står med sitt förval", "slots that answers decide, with their defaults"
        left.append(Loss(listed(decided), sv, en, "slots"))
    if language not in ("sv", "en"):
        left.append(Loss(language, "anvisningarna, som står på svenska", "the instructions, which are in Swedish"))
    return (*left, Loss(instrument.id, "svarens koder", "the codes of answers"))


@dataclass(frozen=True)
class _Sheet:
    """The document while it is written. `form` has the intro and what is not checked of its words."""

    document: Any
    form: PutForm
    said: dict[str, str]
    units: dict[str, str]
    language: str

    def write(self, put: Wording, questions: tuple[Question, ...]) -> None:
        instrument = put.instrument
        title = instrument.title_en if self.form.language == "en" else instrument.title_sv
        self.document.core_properties.title = title
        self.document.core_properties.language = self.form.language
        self.document.core_properties.author = ""
        self.document.add_heading(title, 0)
        for text in (self.form.mark, self.form.mark_sv, self.form.intro):
            self.paragraph(text)
        if not has_words(instrument, put.words, self.form.perspective):
            self.paragraph(self.said["absent"].format(instrument.licence.holder), italic=True)
        for group, run in groupby(questions, key=lambda question: question.item.group):
            if group in instrument.groups:
                self.turned(self.document.add_heading(instrument.groups[group][self.language == "en"], 1))
            for question in run:
                self.question(question)

    def paragraph(self, text: str, *, bold: bool = False, italic: bool = False, keep: bool = True) -> None:
        """A paragraph; `keep`: on the same page as the next."""
        if not text:
            return
        made = self.document.add_paragraph()
        run = made.add_run(text)
        run.bold, run.italic = bold, italic
        made.paragraph_format.keep_with_next = keep
        self.turned(made)

    def turned(self, made: Any) -> None:
        """From right to left, where the language is read so."""
        if self.form.direction != "rtl":
            return
        from docx.oxml import OxmlElement

        made._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        for run in made.runs:
            run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))

    def question(self, question: Question) -> None:
        put = question.cells[0]
        text = put.text or (put.item.label_en if self.form.language == "en" else put.item.label_sv)
        self.paragraph(question.only, italic=True)
        self.paragraph(f"{question.number}. {text}", bold=True)
        self.paragraph(put.help)
        if put.item.matrix:
            self.matrix(question.cells)
        else:
            lines = list(self.answers(put))
            for place, line in enumerate(lines, start=1):
                self.paragraph(line, keep=place < len(lines) or bool(question.go))
        self.paragraph(question.go, italic=True, keep=False)

    def answers(self, put: PutQuestion) -> Iterator[str]:
        """The lines to answer on."""
        item = put.item
        if item.kind is ItemKind.RANK:
            yield self.said["rank"]
            yield from (f"____ {option.words}{_blank(item, option.code)}" for option in put.options)
        elif item.kind is ItemKind.TEXT:
            yield from [LINE] * 3
        elif item.kind is ItemKind.DATE:
            yield self.said["date"]
        elif item.kind is ItemKind.ANALOGUE:
            yield self.said["line"]
            yield f"{_limit(item.least)} {LINE} {_limit(item.most)}"
        else:
            yield from self.boxes(put)

    def boxes(self, put: PutQuestion) -> Iterator[str]:
        item = put.item
        if item.kind is ItemKind.MULTIPLE:
            yield self.said["several"]
        if item.kind in (ItemKind.NUMBER, ItemKind.DURATION):
            unit = self.units.get(item.unit_of_measure, item.unit_of_measure)
            yield f"{self.said['answer']}: {SHORT} {unit}{self.span(item)}".rstrip()
        for option in put.options:
            known = item.option(option.code)
            alone = f" ({self.said['alone']})" if known and known.exclusive else ""
            yield f"{BOX} {option.words}{alone}{_blank(item, option.code)}"

    def span(self, item: Item) -> str:
        return "" if item.least is None or item.most is None else f" ({_limit(item.least)}–{_limit(item.most)})"

    def matrix(self, cells: tuple[PutQuestion, ...]) -> None:
        """A table to write in; a cell that is not asked is marked."""
        rows, columns = cells[0].rows, cells[0].columns
        asked = {cell.item.id for cell in cells}
        table = self.document.add_table(rows=1, cols=len(columns) + 1, style="Table Grid")
        for cell, words in zip(table.rows[0].cells[1:], columns.values(), strict=True):
            cell.text = words
        for row, words in rows.items():
            made = table.add_row().cells
            made[0].text = words
            for cell, column in zip(made[1:], columns, strict=True):
                cell.text = "" if f"{cells[0].item.matrix}.{row}.{column}" in asked else "–"
        self.document.add_paragraph()


def _blank(item: Item, code: str) -> str:
    """Room for words after an option that asks for them."""
    known = item.option(code)
    return f" {SHORT * 2}" if known and known.specify else ""


def _limit(number: float | None) -> str:
    return "" if number is None else str(simple(number)).replace(".", ",")
