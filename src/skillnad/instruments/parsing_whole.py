"""What a definition says of the instrument as a whole: its name and version, who answers, its licence and history."""

import re
from datetime import date
from typing import Any, Final

from skillnad.instruments.keys import KEYS
from skillnad.instruments.model import Licence, Occasion, VersionNote
from skillnad.instruments.parsing_items import identifier, named, needed_word
from skillnad.instruments.reading import Files
from skillnad.instruments.vocabulary import ABOUT, KINDS, LICENCES, WHO
from skillnad.lib.text import either, shown
from skillnad.lib.toml_files import Checked, checked
from skillnad.lib.toml_words import english

SCHEMA: Final = 1
WHEN: Final = ("start", "during", "end", "after")
_VERSION = re.compile(r"\d{4}\.\d{1,3}")


def said_of(files: Files, top: Checked) -> dict[str, Any]:
    """What the file says of the instrument as a whole. An addition (`extends`) says only what it adds."""
    adds = bool(top.get("extends"))
    return {
        "id": identifier(top),
        "version": _version(top),
        "kind": "local" if adds else needed_word(top, "kind", KINDS),
        "title_sv": top.get("title_sv", "") if adds else top.required("title_sv"),
        "title_en": english(top, "title_en", "title_sv"),
        "purpose_sv": top.get("purpose_sv", "") if adds else top.required("purpose_sv"),
        "purpose_en": english(top, "purpose_en", "purpose_sv"),
        "answered_by": _answered_by(top),
        "about": "" if adds else needed_word(top, "about", ABOUT),
        "source": top.get("source", "") if adds else top.required("source"),
        "intro": top.get("intro", ""),
        "note_sv": top.get("note_sv", ""),
        "extends": top.get("extends", ""),
        "person": top.word("person", ("none",), "") != "none",
        "verified": top.get("verified", True),
        "local": files.local,
        **{flag: top.get(flag, False) for flag in ("no_sum", "never_average", "sensitive")},
    }


def _version(top: Checked) -> str:
    if top.get("schema", SCHEMA) != SCHEMA:
        top.add(
            "INSTR-003",
            "schema",
            sv=f"Skillnad läser schema = {SCHEMA}. Skriv det, eller använd den version som filen är gjord för.",
            en=f"Skillnad reads schema = {SCHEMA}. Write that, or use the version that the file was made for.",
        )
    version = top.required("version")
    if version and not _VERSION.fullmatch(version):
        top.add(
            "INSTR-005",
            "version",
            sv=f"”{shown(version)}” kan inte vara en version. Skriv årtal, punkt och nummer, som 2026.1.",
            en=f"'{shown(version)}' cannot be a version. Write year, point and number, such as 2026.1.",
        )
    return version


def _answered_by(top: Checked) -> tuple[str, ...]:
    who = tuple(top.get("answered_by", ()))
    if not who and not top.get("extends"):
        top.missing("answered_by", '["client"]')
    for index, one in enumerate(who):
        if one not in WHO:
            top.add(
                "INSTR-003",
                "answered_by",
                index,
                sv=f"”{shown(one)}” är ingen som kan svara. Skriv {either(list(WHO))}.",
                en=f"'{shown(one)}' is nobody who can answer. Write {either(list(WHO), 'en')}.",
            )
    return who


def licence_from(top: Checked) -> Licence:
    if "licence" not in top.data:
        if not top.get("extends"):
            top.missing("licence", '{ kind = "free", holder = "Kommunen", texts = true, confirm = false }')
        return Licence("local", "", texts=True, confirm=False)
    table = checked(top.source, ("licence",), top.get("licence"), KEYS["licence"], top.findings)
    for key in ("texts", "confirm"):
        if key not in table.data:
            table.missing(key, "false")
    return Licence(
        kind=needed_word(table, "kind", LICENCES),
        holder=table.required("holder"),
        texts=table.get("texts", False),
        confirm=table.get("confirm", True),
        note_sv=table.get("note_sv", ""),
        electronic=table.word("electronic", ("permission",), ""),
        verified=table.get("verified", True),
    )


def occasion_from(table: Checked) -> Occasion:
    return Occasion(*named(table), needed_word(table, "when", WHEN), table.get("days"), table.get("every_days"))


def version_note_from(table: Checked) -> VersionNote:
    if "date" not in table.data:
        table.missing("date", "2026-01-01")
    when = table.get("date", date.min)
    return VersionNote(table.required("version"), when, table.required("sv"), frozenset(table.get("breaks", ())))
