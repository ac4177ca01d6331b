"""The vocabulary of XLSForm beside ours: types, languages and names. A type that is not here has no counterpart."""

import re
from collections.abc import Mapping
from typing import Final

from skillnad.instruments.asked import Item, ItemKind

SURVEY, CHOICES, SETTINGS, OWN = "survey", "choices", "settings", "_skillnad"
"""The sheets. Converters skip the last: they take no sheet whose name begins with _ for a misspelling of theirs."""

APART: Final = "__"
"""Stands between the parts of a made name; no id of ours has two underscores together."""

INTRO: Final = "form__intro"
GROUP: Final = "group__"
INSTEAD: Final = "__instead"
WORDS: Final = "__words"
OWN_LIST, SHARED_LIST = "__own", "__shared"
"""After the name of a list, where it would be taken for one question's own, or for a set that several share."""

LANGUAGES: Final[Mapping[str, str]] = {
    "sv": "Svenska",
    "en": "English",
    "fi": "Suomi",
    "ar": "العربية",
    "so": "Soomaali",
    "ti": "ትግርኛ",
    "prs": "دری",
    "uk": "Українська",
}

SELECTS: Final[Mapping[str, ItemKind]] = {
    "select_one": ItemKind.SINGLE,
    "select one": ItemKind.SINGLE,
    "select one from": ItemKind.SINGLE,
    "select1": ItemKind.SINGLE,
    "select_multiple": ItemKind.MULTIPLE,
    "select multiple": ItemKind.MULTIPLE,
    "select all that apply": ItemKind.MULTIPLE,
    "select all that apply from": ItemKind.MULTIPLE,
    "rank": ItemKind.RANK,
}
"""Types that name a list of choices after them."""

PLAIN: Final[Mapping[str, ItemKind]] = {
    "integer": ItemKind.NUMBER,
    "int": ItemKind.NUMBER,
    "decimal": ItemKind.NUMBER,
    "range": ItemKind.ANALOGUE,
    "date": ItemKind.DATE,
    "text": ItemKind.TEXT,
    "string": ItemKind.TEXT,
}

ABOUT_THE_FILLING: Final = (
    "start",
    "end",
    "today",
    "deviceid",
    "subscriberid",
    "simserial",
    "phonenumber",
    "username",
    "email",
    "audit",
)
"""Rows that ask nobody anything: what a telephone notes by itself. They are left out, and listed."""

REFUSED: Final[Mapping[str, tuple[str, str]]] = {
    "begin repeat": ("en upprepad grupp", "a repeated group"),
    "begin loop": ("en slinga", "a loop"),
    "geopoint": ("en plats på kartan", "a place on the map"),
    "geotrace": ("en linje på kartan", "a line on the map"),
    "geoshape": ("en yta på kartan", "an area on the map"),
    "start-geopoint": ("en plats på kartan", "a place on the map"),
    "image": ("en bild som svar", "a picture as the answer"),
    "photo": ("en bild som svar", "a picture as the answer"),
    "audio": ("ett ljud som svar", "a sound as the answer"),
    "background-audio": ("en ljudinspelning", "a sound recording"),
    "video": ("en film som svar", "a film as the answer"),
    "file": ("en fil som svar", "a file as the answer"),
    "barcode": ("en streckkod som svar", "a barcode as the answer"),
    "time": ("ett klockslag som svar", "a time of day as the answer"),
    "datetime": ("datum och klockslag som svar", "date and time as the answer"),
    "acknowledge": ("en bekräftelse utan svar", "an acknowledgement without an answer"),
    "trigger": ("en bekräftelse utan svar", "an acknowledgement without an answer"),
    "hidden": ("ett dolt värde", "a hidden value"),
    "xml-external": ("en fil vid sidan av", "a file beside the form"),
    "csv-external": ("en fil vid sidan av", "a file beside the form"),
    "select_one_from_file": ("svarsalternativ ur en annan fil", "options from another file"),
    "select_multiple_from_file": ("svarsalternativ ur en annan fil", "options from another file"),
    "select_one_external": ("svarsalternativ ur en annan fil", "options from another file"),
    "osm": ("ett kartobjekt", "an object on the map"),
}
"""By type, what the construct is: none of these has a counterpart."""

_LANGUAGE_CODE = re.compile(r"\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\)\s*$")


def language_column(language: str) -> str:
    """`Svenska (sv)`: how a column says which language it is in."""
    return f"{LANGUAGES.get(language, language)} ({language})"


def language_of(column: str) -> str:
    """The code of a language as a column names it; "" where it cannot be told."""
    if match := _LANGUAGE_CODE.search(column):
        return match[1]
    known = {"swedish": "sv", "finnish": "fi", "arabic": "ar", "somali": "so", "tigrinya": "ti", "ukrainian": "uk"}
    known |= {"dari": "prs", **{name.casefold(): code for code, name in LANGUAGES.items()}}
    word = column.strip().casefold()
    return known.get(word, word if word in LANGUAGES else "")


def form_name(item: str) -> str:
    """The name of an item, or of a cell of a matrix, in a form: `hours__client__mon`."""
    return item.replace(".", APART)


def type_of(item: Item, choices: str) -> str:
    """What an item is in the column `type`; `choices` is the name of its list."""
    if item.kind in (ItemKind.SINGLE, ItemKind.SCALE):
        return f"select_one {choices}"
    if item.kind is ItemKind.MULTIPLE:
        return f"select_multiple {choices}"
    if item.kind is ItemKind.RANK:
        return f"rank {choices}"
    if item.kind is ItemKind.ANALOGUE:
        return "range"
    if item.kind in (ItemKind.NUMBER, ItemKind.DURATION):
        return "decimal" if item.decimals else "integer"
    return str(item.kind)  # date and text


def number_text(number: float) -> str:
    """A number as a form has it: point for decimals, and none that are zero."""
    return f"{number:.10f}".rstrip("0").rstrip(".")
