"""The words of one variant in one language, as texts/<variant>.<language>.toml has them.

Such a file can say words, help, pictures and what is read aloud. It has no key for a code, a condition or a score, so
that no variant and no language can change what an answer means.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from skillnad.instruments.keys import CODES, Keys
from skillnad.instruments.reading import Files
from skillnad.lib.plain_json import plain
from skillnad.lib.toml_files import DATE, TABLE, TEXT, TEXTS, Checked, Findings, Source, checked

STATUSES: Final = ("original", "adapted", "machine", "signed")
"""As published; our own words; made by a machine, and so not validated; read and signed by a professional."""

SWEDISH: Final = "sv"
_RIGHT_TO_LEFT: Final = frozenset({"ar", "prs", "fa", "ps", "ur", "he", "ckb", "yi"})

FILE: Final[Keys] = {
    "variant": TEXT,
    "language": TEXT,
    "direction": TEXT,
    "status": TEXT,
    "note_sv": TEXT,
    "source": TEXT,
    "signed_by": TEXT,
    "signed_date": DATE,
    "signed_digest": TEXT,
    "intro": TABLE,
    "slots": TABLE,
    "items": TABLE,
    "option_sets": TABLE,
    "pictures": TABLE,
}
INTRO: Final[Keys] = {"text": TEXT, "spoken": TEXT, "not_validated": TEXT}
ITEM: Final[Keys] = {
    "text": TEXT,
    "help": TEXT,
    "spoken": TEXT,
    "number": TEXT,
    "standard": TEXT,
    "options": TABLE,
    "rows": TABLE,
    "columns": TABLE,
}
SLOT: Final[Keys] = {"standard": TEXT, "default": TEXT, "choices": TEXTS}
_SIGNATURE: Final = frozenset({"status", "signed_by", "signed_date", "signed_digest"})

Named = Mapping[str, str]
"""Words by code."""


@dataclass(frozen=True)
class SlotWords:
    """`words` by choice; `standard`, `default` and `choices` where this wording has others than the definition."""

    words: Named
    standard: str = ""
    default: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class ItemWords:
    """`options` are an item's own; `rows` and `columns` a matrix's."""

    text: str = ""
    help: str = ""
    spoken: str = ""
    number: str = ""
    standard: str = ""
    options: Named = field(default_factory=dict)
    rows: Named = field(default_factory=dict)
    columns: Named = field(default_factory=dict)


@dataclass(frozen=True)
class Texts:
    """One file. `pictures` names an SVG file by option set and code; `digest` is of all but the signature."""

    variant: str
    language: str
    direction: str
    status: str
    intro: Named
    slots: Mapping[str, SlotWords]
    items: Mapping[str, ItemWords]
    option_sets: Mapping[str, Named]
    pictures: Mapping[str, Named]
    digest: str
    note_sv: str = ""
    source: str = ""
    signed_by: str = ""
    signed_date: date | None = None
    signed_digest: str = ""

    @property
    def validated(self) -> bool:
        return self.status != "machine"


Words = Mapping[tuple[str, str], Texts]
"""The texts of an instrument by variant and language."""


def words_of(files: Files) -> Words:
    """What a folder that was loaded, and so is without problems, has of words."""
    findings = Findings(CODES)
    read = [texts_from(source, findings) for source in files.texts.values()]
    return {(texts.variant, texts.language): texts for texts in read}


def direction_of(language: str) -> str:
    """`rtl` or `ltr`: which way a language is read."""
    return "rtl" if language.partition("-")[0] in _RIGHT_TO_LEFT else "ltr"


def texts_from(source: Source, findings: Findings) -> Texts:
    """The texts of a file; unknown keys and wrong types are added to `findings` (INSTR-003)."""
    top = checked(source, (), source.data, FILE, findings)
    language = top.required("language")
    return Texts(
        variant=top.required("variant"),
        language=language,
        direction=top.word("direction", ("ltr", "rtl"), direction_of(language)),
        status=top.word("status", STATUSES, "machine"),
        intro=checked(source, ("intro",), top.get("intro", {}), INTRO, findings).data,
        slots={name: _slot(table) for name, table in _tables(top, "slots", SLOT)},
        items={name: _item(table) for name, table in _tables(top, "items", ITEM)},
        option_sets={name: table.data for name, table in _tables(top, "option_sets", {})},
        pictures={name: table.data for name, table in _tables(top, "pictures", {})},
        digest=signed_content(source.data),
        **{key: top.data[key] for key in ("note_sv", "source", *sorted(_SIGNATURE - {"status"})) if key in top.data},
    )


def signed_content(data: Mapping[str, Any]) -> str:
    """What a signature is of: 16 hexadecimal characters of all that the file says but the signature itself."""
    kept = {key: part for key, part in data.items() if key not in _SIGNATURE}
    text = json.dumps(plain(kept), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _tables(top: Checked, key: str, keys: Keys) -> list[tuple[str, Checked]]:
    """The tables under `key` by id. All other keys of a slot, a set of options or pictures are codes with words."""
    found = []
    for name, table in top.get(key, {}).items():
        coded = keys is not ITEM and isinstance(table, Mapping)
        known = {**dict.fromkeys(table, TEXT), **keys} if coded else keys
        found.append((name, checked(top.source, (key, name), table, known, top.findings)))
    return found


def _slot(table: Checked) -> SlotWords:
    words = {code: said for code, said in table.data.items() if code not in SLOT}
    choices = tuple(table.get("choices", ()))
    return SlotWords(words, table.get("standard", ""), table.get("default", ""), choices)


def _item(table: Checked) -> ItemWords:
    said: dict[str, Any] = {key: table.data[key] for key in ITEM if key in table.data and ITEM[key] == TEXT}
    said |= {key: _coded(table, key) for key in ("options", "rows", "columns")}
    return ItemWords(**said)


def _coded(table: Checked, key: str) -> Named:
    words = table.get(key, {})
    return checked(table.source, (*table.path, key), words, dict.fromkeys(words, TEXT), table.findings).data
