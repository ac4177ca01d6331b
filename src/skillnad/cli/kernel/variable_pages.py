"""The codebook in a terminal: a list of all variables, and one variable with its values."""

from collections.abc import Iterator

from skillnad.codebook.model import Codebook, Kind, Meaning, Variable
from skillnad.codebook.wording import ENTITIES, FORMATS, heading, step_text

_MEANINGS = {Meaning.UNKNOWN: "utanför nämnaren", Meaning.FINDING: "säger något om mål och plan"}

_KINDS = {
    Kind.DATE: "datum",
    Kind.IDENTITY: "identitetsnummer",
    Kind.AGE: "räknas fram",
    Kind.NUMBER: "tal",
    Kind.TEXT: "text",
    Kind.SINGLE: "en kod",
    Kind.MULTIPLE: "en eller flera koder",
}


def overview(codebook: Codebook, language: str = "sv") -> str:
    """A line a variable: number, id, label, kind, and whether it is used."""
    lines = [f"Kodbok {codebook.version} ({codebook.digest[:12]})", ""]
    for variable in codebook.variables.values():
        number = str(variable.number or "")
        size = f"{len(variable.values)} värden" if variable.coded else _KINDS[variable.kind]
        unused = "" if variable.used else "  (används inte)"
        lines.append(f"{number:>3} {variable.id:<24} {variable.label(language):<56} {size}{unused}")
    return "\n".join(lines)


def variable_page(variable: Variable, language: str = "sv") -> str:
    """What there is to know of one variable, with a line a value."""
    lines = [f"{variable.number}. {variable.en}" if language == "en" and variable.number else heading(variable)]
    lines += [variable.definition_en if language == "en" else variable.definition_sv, ""]
    lines += list(_facts(variable))
    if variable.values:
        lines += ["", *_values(variable, language)]
    return "\n".join(line for line in lines if line is not None)


def _facts(variable: Variable) -> Iterator[str]:
    yield f"id:      {variable.id}"
    yield f"gäller:  {ENTITIES[variable.entity]}"
    yield f"steg:    {step_text(variable)}"
    yield f"format:  {FORMATS[variable.kind]}"
    if variable.maps_to:
        yield f"jämförs: med {variable.maps_to}; den egna serien finns kvar"
    if variable.order:
        yield f"skala:   {', '.join(variable.order)} (bäst först)"
    if not variable.used:
        yield "används inte"
    if variable.note_sv:
        yield f"obs:     {variable.note_sv}"


def _values(variable: Variable, language: str) -> Iterator[str]:
    width = max(len(code) for code in variable.codes)
    for value in variable.values:
        remarks = [_MEANINGS[value.meaning]] if value.meaning in _MEANINGS else []
        remarks += ["utesluter alla andra"] if value.code in variable.exclusive else []
        remarks += ["lokalt"] if value.local and not variable.local else []
        remarks += [f"= {', '.join(variable.mapping[value.code])}"] if value.code in variable.mapping else []
        remark = f"  [{'; '.join(remarks)}]" if remarks else ""
        yield f"{value.code:>{width + 2}}  {value.label(language)}{remark}"
