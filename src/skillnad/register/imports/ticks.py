"""One column a value: `problem_1 … problem_14`, or a column with Ja and Nej for each of a variable's values."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from skillnad.codebook.model import Variable
from skillnad.register.imports.cells import NO
from skillnad.register.imports.fields import Field, Form
from skillnad.register.imports.mapping import YES, folded

_LEAST = 2
"""Columns of a variable before they are taken for its values: one alone is a flag of something else."""
_ALIKE = 90
_BETWEEN = " _.:/-"
_PARTS = re.compile(r"[/(),]")


@dataclass(frozen=True)
class Ticks:
    """The columns of one variable. `named` of them have its name; the others just a value's label."""

    field: Field
    options: Mapping[str, str]  # heading -> code
    named: int

    @property
    def sure(self) -> bool:
        return self.named == len(self.options)


def tick_groups(
    columns: Mapping[str, Sequence[str]], fields: Iterable[Field], names: Callable[[Field], Sequence[str]]
) -> list[Ticks]:
    """`columns` has each heading's distinct cells; a column is used once, by the variable that explains most of them.

    `names` gives what a field may be called in a heading.
    """
    possible = [heading for heading, cells in columns.items() if all(folded(cell) in YES | NO for cell in cells)]
    several = [field for field in fields if field.form is Form.CODES and field.variable and field.variable.coded]
    chosen: list[Ticks] = []
    while group := _largest(_group(possible, field, names(field)) for field in several):
        chosen.append(group)
        several = [field for field in several if field.id != group.field.id]
        possible = [heading for heading in possible if heading not in group.options]
    return chosen


def _largest(groups: Iterable[Ticks]) -> Ticks | None:
    found = [group for group in groups if len(group.options) >= _LEAST]
    return max(found, key=lambda group: (group.named, len(group.options)), default=None)


def _group(headings: Sequence[str], field: Field, names: Sequence[str]) -> Ticks:
    """Each code goes to the first heading that says it."""
    options: dict[str, str] = {}
    named = 0
    for heading in headings:
        rest = _after_name(heading, names)
        code = _code(rest or heading, field.variable, numbers=rest is not None)
        if code and code not in options.values():
            options[heading] = code
            named += rest is not None
    return Ticks(field, options, named)


def _after_name(heading: str, names: Sequence[str]) -> str | None:
    """`14` of `problem_14`, `Våld` of `Problematik: Våld`; None where the heading has none of the names first."""
    text = folded(heading)
    for name in sorted((folded(name) for name in names), key=len, reverse=True):
        rest = text.removeprefix(name)
        if rest != text and (rest.isdigit() or rest[:1] in _BETWEEN) and rest.strip(_BETWEEN):
            return rest.strip(_BETWEEN)
    return None


def _code(text: str, variable: Variable | None, numbers: bool) -> str | None:
    """The code that `text` says; a number alone only where the variable's name stood before it."""
    for value in variable.values if variable else ():
        if numbers and text in (value.code, value.code.zfill(2)):
            return value.code
        labels = {folded(part) for label in (value.sv, value.en) for part in (label, *_PARTS.split(label))} - {""}
        if any(fuzz.ratio(folded(text).replace("_", " "), label) >= _ALIKE for label in labels):
            return value.code
    return None
