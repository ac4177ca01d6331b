"""A form from another's XLSForm as an instrument of the municipality's own, or what in it has no counterpart and where.

A file that was written here and has not been changed since is the whole instrument again, from its own sheet.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final

from skillnad.exchange.forms.folders import Folder, loaded_of
from skillnad.exchange.forms.json_form import form_from_json
from skillnad.exchange.forms.losses import Loss, between
from skillnad.exchange.forms.to_change import HOLDER, PURPOSE, UNSAID
from skillnad.exchange.forms.xlsform_answers import list_of
from skillnad.exchange.forms.xlsform_choices import Lists
from skillnad.exchange.forms.xlsform_items import Questions, owner_of
from skillnad.exchange.forms.xlsform_matrices import matrix_cells
from skillnad.exchange.forms.xlsform_merge import merged
from skillnad.exchange.forms.xlsform_own import Sheets, as_written, own_text, written_of
from skillnad.exchange.forms.xlsform_reading import Reading, Table, unlike
from skillnad.exchange.forms.xlsform_sheets import form_sheets
from skillnad.exchange.forms.xlsform_table import (
    Group,
    Node,
    SheetRow,
    Unbalanced,
    languages_of,
    settings_of,
    table_of,
    tree_of,
)
from skillnad.exchange.forms.xlsform_words import CHOICES, INTRO, SURVEY
from skillnad.exchange.forms.xlsform_workbook import sheets_in, year_of
from skillnad.instruments.new import MARK
from skillnad.instruments.parsing import instrument_from
from skillnad.instruments.reading import Files
from skillnad.instruments.rules import check_definition
from skillnad.instruments.texts import direction_of
from skillnad.instruments.wording import base_of
from skillnad.lib.errors import UserError
from skillnad.lib.text import shown
from skillnad.lib.toml_files import Source
from skillnad.lib.toml_lines import Path as Keys
from skillnad.lib.toml_lines import TomlLines

_VERSION = re.compile(r"\d{4}\.\d{1,3}")
_YEAR: Final = 2000
"""Of a form and a workbook that say no year."""

_TO_FILL_IN: Final = Loss(
    "",
    f"syfte, vem som svarar, om vad, licens och vilka svar som betyder vet inte står inte i ett XLSForm: skriv dem där "
    f"det står {MARK} (”skillnad instrument check” säger på vilka rader)",
    "purpose, who answers, about what, licence, and which options mean don't know are not in an XLSForm: write them "
    f"where it says {MARK} ('skillnad instrument check' says on which lines)",
)
_CHANGED: Final = Loss(
    "",
    "formuläret är ändrat sedan det skrevs: ändringarna är med, resten är hämtad ur Skillnads blad; ge en ny version",
    "the form has been changed since it was written: changes are in, the rest is from Skillnad's sheet; give a version",
)
_NOT_KEPT: Final = Loss(
    "",
    "formuläret är ändrat så att poäng eller villkor inte längre går ihop med det: det läses som någon annans",
    "the form has been changed so that scores or conditions no longer fit: it is read as somebody else's",
)


@dataclass(frozen=True)
class SheetSource(Source):
    """A definition made of sheets: each part's place is the row that it came from."""

    places: Mapping[Keys, SheetRow] = field(default_factory=dict)

    @cached_property
    def lines(self) -> TomlLines:
        return TomlLines({path: row.number for path, row in self.places.items()})

    def where(self, *path: str | int) -> str:
        while path and path not in self.places:
            path = path[:-1]
        row = self.places.get(path)
        return f"{self.name}, blad {row.sheet}, rad {row.number}" if row else self.name


def instrument_from_xlsform(path: Path, name: str = "") -> tuple[Folder, tuple[Loss, ...]]:
    """As `instrument_from_workbook`, of a file."""
    return instrument_from_workbook(path.read_bytes(), path.name, name)


def instrument_from_workbook(raw: bytes, file: str, name: str = "") -> tuple[Folder, tuple[Loss, ...]]:
    """The instrument of an XLSX file, and what of the form does not come along. `name` is the id that it gets here.

    Raises UserError with every problem, by sheet and row: INSTR-030 (another kind of file), INSTR-031 (a construct
    without counterpart), INSTR-032 (a fault in the form), and the rules that any instrument is held to.
    """
    sheets = sheets_in(raw, file)
    text = own_text(sheets)
    if text is None:
        return instrument_from_sheets(sheets, file, name, year_of(raw) or _YEAR)
    original = form_from_json(text, file)
    folder, losses = (original, ()) if as_written(sheets) else _changed(original, sheets, file)
    return (folder.named(name) if name else folder), losses


def _changed(original: Folder, sheets: Sheets, file: str) -> tuple[Folder, tuple[Loss, ...]]:
    """A form that somebody has changed: with the rest of the original where that still fits, else as any other's."""
    returned, losses = instrument_from_sheets(sheets, file)
    together = _together(original, returned, sheets, file)
    if together is not None:
        return together, (_CHANGED,)
    return returned, (*losses, *between(original.instrument, returned.instrument), _NOT_KEPT)


def _together(original: Folder, returned: Folder, sheets: Sheets, file: str) -> Folder | None:
    """None where the original no longer fits, or another variant was sent: its words are not the definition's."""
    variant, perspective = written_of(sheets)
    if variant not in ("", base_of(original.instrument).id):
        return None
    try:
        sent = form_sheets(loaded_of(original), perspective=perspective)
        return merged(original, instrument_from_sheets(sent, file)[0], returned, file)
    except UserError:
        return None


def instrument_from_sheets(
    sheets: Sheets, file: str, name: str = "", year: int = _YEAR
) -> tuple[Folder, tuple[Loss, ...]]:
    """The instrument of a form's sheets alone, as someone else's. `year` is of a form that says no version."""
    reading = Reading(file, languages_of(sheets))
    tree = _tree(sheets, reading)
    lists = Lists(table_of(sheets, CHOICES), _owners(tree), reading)
    Questions(reading, lists).all(tree)
    reading.findings.stop()
    texts = _texts(reading)
    definition = _definition(reading, settings_of(sheets), name, year, tuple(texts))
    files = Files(
        Path(definition["id"]),
        SheetSource(file, definition, "", local=True, places=reading.places),
        None,
        {f"adult.{code}.toml": SheetSource(file, table, "", local=True) for code, table in texts.items()},
        "# Licens",
        local=True,
    )
    parsed = instrument_from(files, reading.findings)
    if parsed is not None:
        check_definition(parsed, files)
    reading.findings.stop()
    if parsed is None:
        raise ValueError("a definition without problems is always an instrument")
    named = {f"adult.{code}.toml": table for code, table in texts.items()}
    return Folder(parsed.instrument, definition, named, unsaid=UNSAID), (*reading.losses(), _TO_FILL_IN)


def _tree(sheets: Sheets, reading: Reading) -> tuple[Node, ...]:
    try:
        return tree_of(table_of(sheets, SURVEY))
    except Unbalanced as error:
        reading.fault(
            error.row,
            "Gruppen har inte både början och slut, eller ligger i för många andra. Skriv en begin_group och en "
            "end_group för varje grupp.",
            "The group lacks its beginning or end, or lies inside too many others. Write one begin_group and one "
            "end_group for each group.",
        )
        reading.findings.stop()
        raise


def _owners(nodes: tuple[Node, ...]) -> dict[str, set[str]]:
    """By list of choices, the questions (or the matrix) that use it."""
    found: dict[str, set[str]] = defaultdict(set)
    for row, owner in _with_lists(nodes):
        if list_of(row):
            found[list_of(row)].add(owner)
    return found


def _with_lists(nodes: tuple[Node, ...]) -> Iterator[tuple[SheetRow, str]]:
    for node in nodes:
        if isinstance(node, SheetRow):
            yield node, owner_of(node)
        elif cells := matrix_cells(node):
            yield from ((cell, node.row.get("name")) for cell in cells)
        elif isinstance(node, Group):
            yield from _with_lists(node.children)


def _texts(reading: Reading) -> dict[str, Table]:
    """The words of each other language, where they are whole."""
    found = {}
    for code in dict.fromkeys(reading.languages.codes.values()):
        if reading.intro.get("sv") and not reading.intro.get(code):
            reading.lacking[code].append(INTRO)
        if lacking := reading.lacking.get(code):
            reading.lose(f"{code} ({len(set(lacking))})", "språk där ord saknas", "languages that lack words")
            continue
        parts = {part: dict(words) for part, words in reading.words[code].items()}
        head = {"variant": "adult", "language": code, "direction": direction_of(code)}
        found[code] = {**head, **_intro(reading, code), **parts}
    for language in reading.languages.unknown:
        reading.lose(language, "språk som inte går att känna igen", "languages that cannot be told")
    return found


def _intro(reading: Reading, code: str) -> Table:
    """The introduction of a language, and whether its words have been checked: as published, if nobody says else."""
    said = reading.intro.get(code, "")
    if code not in reading.unchecked:
        return {"status": "original", **({"intro": {"text": said}} if said else {})}
    mark, _, said = said.partition("\n")
    return {"status": "machine", "intro": {"not_validated": mark, **({"text": said} if said else {})}}


def _definition(reading: Reading, settings: SheetRow, name: str, year: int, languages: tuple[str, ...]) -> Table:
    """What the form says, and what it must say to be an instrument at all: a person fills in the rest."""
    title = settings.get("form_title") or settings.get("form_id") or Path(reading.file).stem
    given = settings.get("form_id") or Path(reading.file).stem
    found = name or unlike(given, set())
    if found != given and not name:
        reading.lose(f"{given} → {found}", "namn som skrivs om", "names that are rewritten")
    version, when = _version(reading, settings.get("version"), year)
    slash = "/" in json.dumps([reading.items, reading.intro, reading.words], ensure_ascii=False)
    who = ("staff", "Personalen", "The staff") if slash else ("client", "Den som svarar", "Who answers")
    parts = {"option_set": reading.option_sets, "group": list(reading.groups.values()), "item": reading.items}
    return {
        "schema": 1,
        "id": found,
        "version": version,
        "title_sv": title,
        "purpose_sv": PURPOSE,
        **({"intro": reading.intro["sv"]} if reading.intro.get("sv") else {}),
        "answered_by": [who[0]],
        "about": "person",
        "kind": "local",
        "source": f"XLSForm, {shown(Path(reading.file).name, 80)}",
        "licence": {"kind": "local", "holder": HOLDER, "texts": True, "confirm": False},
        "perspective": [{"id": who[0], "sv": who[1], "en": who[2], "answered_by": who[0]}],
        "variant": [_variant(languages)],
        **{key: tables for key, tables in parts.items() if tables},
        **({"score": reading.scores} if reading.scores else {}),
        "version_note": [{"version": version, "date": when, "sv": "Importerad från XLSForm"}],
    }


def _variant(languages: tuple[str, ...]) -> Table:
    named = {"id": "adult", "kind": "adult", "base": True, "sv": "Grundform", "en": "Base form"}
    return named | {"languages": ["sv", *languages]}


def _version(reading: Reading, said: str, year: int) -> tuple[str, date]:
    """The version and the first of January of its year: the form's own, or the year that it names."""
    if not _VERSION.fullmatch(said):
        if said[:4].isdigit() and 1980 <= int(said[:4]) <= 2200:
            year = int(said[:4])
        reading.lose(f"{said or '–'} → {year}.1", "versionens namn", "the version's name")
        said = f"{year}.1"
    return said, date(max(int(said[:4]), 1), 1, 1)
