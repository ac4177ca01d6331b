"""Suggestions as a mapping file: valid TOML, with a comment at everything that someone should look at."""

import json
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from skillnad.codebook.model import Value, Variable
from skillnad.register.imports.fields import RECORD_SV, Form, Record
from skillnad.register.imports.mapping import folded
from skillnad.register.imports.suggesting import SURE, Guess, Suggestion, usual_values
from skillnad.register.imports.ticks import Ticks

UNSURE = "OSÄKER"
_NOT_NAMED = ("YYYY-MM-DD", "YYYYMMDD", "D/M YYYY")
_ALIKE = 75


def draft(suggestions: Sequence[Suggestion], name: str) -> str:
    """The text of a mapping. What is marked OSÄKER is a guess; a value without a code is left as a comment, so that
    an import refuses it until someone has decided."""
    lines = [
        "# Ett utkast. Gå igenom allt som är märkt OSÄKER, och kontrollera med `skillnad mapping check`.",
        "# Versaler och gemener är lika: ett värde som finns med båda står en gång.",
        "[mapping]",
        f"name = {_quoted(name)}  # källans namn: byt det inte efter första inläsningen",
        f"title = {_quoted(name)}",
    ]
    for suggestion in suggestions:
        lines += ["", *_file(suggestion)]
    return "\n".join(lines) + "\n"


def _file(suggestion: Suggestion) -> Iterator[str]:
    table = suggestion.table
    yield "[[file]]"
    yield f"match = {_quoted(table.file)}  # byt det som skiljer leveranserna åt mot *"
    if table.stem != table.file.rpartition(".")[0]:
        yield f"sheet = {_quoted(table.stem.rpartition('.')[2])}"
    elif table.encoding != "utf-8":
        yield f"encoding = {_quoted(table.encoding)}"
    yield "[file.keys]"
    yield from _keys(suggestion)
    yield "[file.columns]"
    for column in suggestion.unused:
        yield f"# läses inte: {column.heading}"
    coded = [guess for guess in suggestion.guesses if _needs_table(guess)]
    for guess in suggestion.guesses:
        if guess not in coded:
            yield f"{guess.field.id} = {_source(guess)}{_doubt(guess)}"
    for guess in coded:
        yield from _coded(guess)
    for group in suggestion.ticked:
        yield from _ticked(group)


def _ticked(group: Ticks) -> Iterator[str]:
    doubt = "" if group.sure else f"  # {UNSURE}: värdenas namn står i fler variabler än {group.field.id}"
    yield f"[file.columns.{group.field.id}.columns]{doubt}"
    variable = group.field.variable
    for heading, code in group.options.items():
        yield f"{_quoted(heading)} = {_quoted(code)}  # {variable.value(code).sv if variable else code}"


def _keys(suggestion: Suggestion) -> Iterator[str]:
    if not suggestion.keys:
        yield f'# {UNSURE}: ingen nyckel är funnen. Ange minst en, till exempel case = "kolumn"'
    for record, column in suggestion.keys.items():
        value = (
            f"{{ column = {_quoted(column.heading)}, identity = true }}" if column.identity else _quoted(column.heading)
        )
        yield f"{record} = {value}"
    missing = [record for record in (Record.CLIENT, Record.CASE) if record not in suggestion.keys]
    for record in missing:
        yield f"# {UNSURE}: ingen nyckel till {RECORD_SV[record]} är funnen i filen"


def _source(guess: Guess) -> str:
    column = guess.column
    extras = []
    if guess.field.form is Form.DATE and column.date_form and column.date_form not in _NOT_NAMED:
        extras.append(f"date = {_quoted(column.date_form)}")
    if guess.field.form is Form.CODES and column.split:
        extras.append(f"split = {_quoted(column.split)}")
    if not extras:
        return _quoted(column.heading)
    return f"{{ column = {_quoted(column.heading)}, {', '.join(extras)} }}"


def _doubt(guess: Guess) -> str:
    return "" if guess.sure else f"  # {UNSURE}: rubriken är bara lik"


def _needs_table(guess: Guess) -> bool:
    """Whether some value is neither a code nor a label of the codebook."""
    variable = guess.field.variable
    if variable is None or guess.field.form not in (Form.CODE, Form.CODES):
        return False
    known = _known(variable)
    return any(folded(value) not in known for value in guess.column.values)


def _coded(guess: Guess) -> Iterator[str]:
    yield f"[file.columns.{guess.field.id}]{_doubt(guess)}"
    yield f"column = {_quoted(guess.column.heading)}"
    if guess.field.form is Form.CODES and guess.column.split:
        yield f"split = {_quoted(guess.column.split)}"
    yield f"[file.columns.{guess.field.id}.codes]"
    lines = [_code_line(value, guess) for value in _different(guess.column.values)]
    if guess.field.variable and any(UNSURE in line for line in lines):
        yield from (f"#   {value.code} = {value.sv}" for value in guess.field.variable.values)
    yield from lines


def _different(values: Sequence[str]) -> list[str]:
    """BO and bo are one value to whoever reads the mapping, and TOML would let both stand."""
    first: dict[str, str] = {}
    for value in values:
        first.setdefault(folded(value), value)
    return list(first.values())


def _code_line(value: str, guess: Guess) -> str:
    variable = guess.field.variable
    if variable is None:
        return ""
    known = usual_values(variable.id) | _known(variable)
    if folded(value) in known:
        return _told(value, variable.value(known[folded(value)]))
    found = (
        process.extractOne(folded(value), list(known), scorer=fuzz.WRatio, score_cutoff=_ALIKE)
        if len(value) > 3
        else None
    )
    if found is None:
        return f'# {_quoted(value)} = ""  # {UNSURE}: välj en kod ur listan ovan'
    return _told(value, variable.value(known[found[0]]), "" if found[1] >= SURE else f"{UNSURE}: ")


def _told(text: str, value: Value, doubt: str = "") -> str:
    """The code with what it means, where the source's own word does not say so already."""
    comment = "" if folded(text) == folded(value.sv) else f"  # {doubt}{value.sv}"
    return f"{_quoted(text)} = {_quoted(value.code)}{comment}"


def _known(variable: Variable) -> dict[str, str]:
    """Folded code or label -> code."""
    return {folded(text): value.code for value in variable.values for text in (value.en, value.sv, value.code)}


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # a JSON string is a TOML basic string
