"""What the parsers of TOML and JSON say in English, for one who has seen neither: what is wrong, and what is right.

A sentence of a parser that is not here (a newer Python's, say) is told in general words, never as it stands.
"""

from collections.abc import Mapping, Sequence
from typing import Final

Words = tuple[str, str]
"""Swedish and English: what is wrong, and what would be right."""

_VALUE: Final = (
    'värdet efter = går inte att läsa. Skriv text inom raka citattecken ("…"), tal utan, och annars true eller false',
    'the value after = cannot be read. Write text in straight quotes ("…"), numbers without, else true or false',
)
_CURLY: Final = (
    'citattecknen är typografiska (” eller “). Skriv raka citattecken: "…"',
    'the quotes are typographic (” or “). Write straight quotes: "…"',
)
_ENDED: Final = (
    'en text börjar men slutar aldrig. Sätt ett rakt citattecken (") efter den',
    'a text begins and never ends. Put a straight quote (") after it',
)
_TWICE: Final = (
    "samma namn står två gånger. Ta bort det ena, eller byt namn. Flera av ett slag har dubbla hakar: [[item]]",
    "the same name stands twice. Remove or rename one; several of a kind are written in double brackets: [[item]]",
)
_ARRAY: Final = (
    "en lista är inte hel. Skilj delarna med komma, och avsluta med ]",
    "a list is not whole. Put commas between its parts, and end it with ]",
)
_INLINE: Final = (
    "en tabell inom { } är inte hel på sin rad. Skilj delarna med komma, och avsluta med } på samma rad",
    "a table in { } is not whole on its line. Put commas between its parts, and end it with } on the same line",
)
_REST: Final = (
    'det står mer på raden än ett värde. Skriv ett citattecken inne i en text som \\", eller ta bort det som är över',
    'there is more on the line than one value. Write a quote inside a text as \\", or remove what is too much',
)

TOML: Final[Sequence[tuple[str, Words]]] = (
    ("Invalid value", _VALUE),
    ("Unterminated string", _ENDED),
    ('Expected \'"""\'', _ENDED),
    ("Expected \"'''\"", _ENDED),
    ("Expected newline or end of document", _REST),
    ("Unclosed array", _ARRAY),
    ("Unclosed inline table", _INLINE),
    ("Cannot ", _TWICE),
    ("Duplicate inline table key", _TWICE),
    (
        "Expected ']",
        ("rubriken saknar sin hake ]. Skriv [namn] eller [[namn]]", "the heading lacks its ]. Write [name]"),
    ),
    (
        "Expected '='",
        ("det står inget likhetstecken. Skriv namn = värde", "there is no equals sign. Write name = value"),
    ),
    (
        "Invalid statement",
        (
            "raden börjar inte med ett namn. Namn skrivs med a–z, siffror, _ och -; förklaringar börjar med #",
            "the line does not begin with a name. Names have a–z, digits, _ and -; explanations begin with #",
        ),
    ),
    (
        "Invalid initial character for a key part",
        (
            "här ska stå ett namn. Skriv det med a–z, siffror, _ och -",
            "here is no name. Write it with a–z, digits, _ and -",
        ),
    ),
    (
        "Unescaped '\\'",
        (
            "ett bakstreck i en text är ensamt. Skriv två: \\\\, eller raka enkla citattecken om texten",
            "a backslash in a text is alone. Write two: \\\\, or single quotes around the text",
        ),
    ),
    ("Illegal character '\\n'", _ENDED),
    ("Illegal character '\\r'", _ENDED),
    (
        "Illegal character",
        ("ett osynligt tecken står i texten. Ta bort det", "an invisible character is in the text. Remove it"),
    ),
    ("Found invalid character", _ENDED),
    ("Invalid date", ("dagen finns inte. Skriv den som 2026-02-28", "there is no such day. Write it as 2026-02-28")),
)
"""By how the sentence of tomllib begins."""

JSON: Final[Sequence[tuple[str, Words]]] = (
    (
        "Expecting property name",
        (
            "här ska stå ett namn. Ta bort ett komma för mycket, eller sätt raka citattecken om namnet",
            "here should be a name in straight quotes. Remove a comma too many, or put quotes around the name",
        ),
    ),
    (
        "Expecting ':'",
        ('det saknas ett kolon efter ett namn. Skriv "namn": värde', 'a colon is missing. Write "name": value'),
    ),
    (
        "Expecting ','",
        ("det saknas ett komma. Sätt ett mellan delarna", "a comma is missing. Put one between the parts"),
    ),
    (
        "Expecting value",
        ('här saknas ett värde. Skriv text inom "…", eller ett tal', 'a value is missing. Write text in "…"'),
    ),
    ("Unterminated string", _ENDED),
    ("Extra data", ("det står mer efter slutet. Ta bort det", "there is more after the end. Remove it")),
)

_OTHER: Final[Mapping[bool, Words]] = {
    True: (
        "den går inte att tolka. Vanligast är ett citattecken eller en klammer som saknas: jämför med raderna ovanför",
        "it cannot be parsed. Most often a quote or a bracket is missing: compare with the lines above",
    ),
    False: (
        "den går inte att tolka. Vanligast är ett komma eller ett citattecken som saknas",
        "it cannot be parsed. Most often a comma or a quote is missing",
    ),
}


def toml_fault(said: str, line: str) -> Words:
    """Of tomllib's sentence and the line that it stopped on, in a reader's words."""
    if ("”" in line or "“" in line) and said.startswith("Invalid value"):
        return _CURLY
    return _first(said, TOML) or _OTHER[True]


def json_fault(said: str) -> Words:
    """Of json's sentence, in a reader's words."""
    return _first(said, JSON) or _OTHER[False]


def _first(said: str, known: Sequence[tuple[str, Words]]) -> Words | None:
    return next((words for start, words in known if said.startswith(start)), None)
