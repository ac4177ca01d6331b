"""Typer's own words in Swedish. It has no catalogue of languages, but its pages and messages pass one highlighter."""

import re
from typing import Any

from rich.text import Text
from typer import rich_utils

TITLES = {
    "ARGUMENTS_PANEL_TITLE": "Argument",
    "OPTIONS_PANEL_TITLE": "Val",
    "COMMANDS_PANEL_TITLE": "Kommandon",
    "ERRORS_PANEL_TITLE": "Fel",
    "ABORTED_TEXT": "Avbrutet.",
    "DEFAULT_STRING": "[förval: {}]",
    "REQUIRED_LONG_STRING": "[måste anges]",
    "RICH_HELP": "[blue]{command_path} {help_option}[/] visar vad som går att ange.",
}
"""What stands between our own words on a help page, by typer's name for it."""

_PHRASES = (
    (r"^\s*Usage: ", "Användning: "),
    (r"\[OPTIONS\]", "[VAL]"),
    (r"COMMAND \[ARGS\]\.\.\.", "KOMMANDO [ARGUMENT]..."),
    (r"^Show this message and exit\.$", "Visa den här hjälpen."),
    (r"^No such option: (\S+)", r"Det finns inget val \1."),
    (r" \(Possible options: (.+)\)$", r" Liknande val: \1."),
    (r"^No such command '(.+?)'\.?", r"Det finns inget kommando ”\1”."),
    (r" Did you mean (.+)\?$", r" Menade du \1?"),
    (r"^Missing argument '(.+)'\.", r"\1 måste anges."),
    (r"^Missing option '(.+)'\.", r"\1 måste anges."),
    (r"^Option '(.+)' requires an argument\.$", r"\1 ska följas av ett värde."),
    (r"^Option '(.+)' does not take a value\.$", r"\1 ska inte ha något värde."),
    (r"^Got unexpected extra argument\(s\) \((.+)\)$", r"Det står mer än kommandot tar emot: \1."),
    (r"^Invalid value for '(.+?)': ", r"Värdet för \1 duger inte. "),
    (r"Value error, '(.+)' is not one of (.+)\.$", r"Välj bland \2."),
    (r"Input should be greater than or equal to (\S+)$", r"Det minsta är \1."),
    (r"Input should be less than or equal to (\S+)$", r"Det största är \1."),
    (r"Input should be a valid integer\b.*$", "Skriv ett heltal."),
    (r"Input should be a valid number\b.*$", "Skriv ett tal, med punkt före decimalerna."),
)

_TYPE = re.compile(r"^<(?:list\[)?(\w+)(?: range)?\]?>")
_TYPES = {"str": "TEXT", "path": "SÖKVÄG", "int": "HELTAL", "float": "TAL", "bool": ""}


def in_swedish(text: str) -> str:
    """A message or a line of a help page; what is not known to be typer's is left as it is."""
    for pattern, swedish in _PHRASES:
        text = re.sub(pattern, swedish, text)
    return text


def type_in_swedish(told: str) -> str:
    """What an option takes: nothing of a flag, and of many the same as of one."""
    return _TYPE.sub(lambda found: _TYPES.get(found[1].lower(), found[0]), told)


class _Swedish(rich_utils.OptionHighlighter):
    def __call__(self, text: Any) -> Text:
        plain = text.plain if isinstance(text, Text) else text
        swedish = in_swedish(plain)
        return super().__call__(text if swedish == plain else swedish)


class _SwedishTypes(rich_utils.TypesHighlighter):
    def __call__(self, text: Any) -> Text:
        return super().__call__(Text(type_in_swedish(text.plain), style=text.style, overflow=text.overflow))


def speak_swedish() -> None:
    for name, text in TITLES.items():
        setattr(rich_utils, name, text)
    rich_utils.highlighter = _Swedish()
    rich_utils.types_highlighter = _SwedishTypes()
