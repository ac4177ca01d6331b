"""The requirement specification that a buyer gives to a supplier of case systems, made from the codebook."""

from collections.abc import Iterator
from pathlib import Path

from skillnad.codebook.model import Codebook, Entity, Kind, Variable
from skillnad.codebook.wording import ENTITIES, FORMATS, heading, in_cell, step_text

_INTRO = """\
# Kravspecifikation: uppgifter för systematisk uppföljning

Kodbok {version}. Kraven gäller vad systemet ska kunna registrera och vad som ska kunna tas ut ur det, för uppföljning
av socialtjänstens kvalitet och resultat. Variabler och värdemängder 1–20 är den gemensamma standarden från mars 2019;
övriga är kommunens egna.

Varje krav har en beteckning (V för variabel, U för uttag). Leverantören svarar för varje krav: uppfylls, uppfylls från
och med ett datum, eller uppfylls inte.
"""

_EXTRACT = Path(__file__).with_name("extract_requirements.md")


def requirement_specification(codebook: Codebook) -> str:
    """Markdown in Swedish: a section a level with its used variables, then the value sets and the extract itself."""
    parts = [_INTRO.format(version=codebook.version)]
    parts += [_level(codebook, entity) for entity in Entity if codebook.of(entity)]
    parts.append(_EXTRACT.read_text(encoding="utf-8"))
    parts.append(_value_sets(codebook))
    if unused := [variable for variable in codebook.standard if not variable.used]:
        parts.append(_not_used(unused))
    return "\n".join(parts)


def _level(codebook: Codebook, entity: Entity) -> str:
    lines = [
        f"## Uppgifter per {ENTITIES[entity]}\n",
        "| Krav | Uppgift | Format | Flera värden | Värdemängd | Registreras i steget |",
        "|---|---|---|---|---|---|",
    ]
    return "\n".join(lines + [_row(variable) for variable in codebook.of(entity)]) + "\n"


def _row(variable: Variable) -> str:
    several = "ja" if variable.kind == Kind.MULTIPLE else "nej"
    values = f"{len(variable.values)} värden" if variable.coded else "–"
    what = in_cell(f"{variable.sv}. {variable.definition_sv}".strip())
    cells = (_mark(variable), what, FORMATS[variable.kind])
    return "| " + " | ".join((*cells, several, values, step_text(variable))) + " |"


def _mark(variable: Variable) -> str:
    return f"V{variable.number}" if variable.number else f"V-{variable.id}"


def _value_sets(codebook: Codebook) -> str:
    lines = ["## Värdemängder\n"]
    for variable in codebook.used:
        if variable.coded:
            lines += _value_set(variable)
    return "\n".join(lines)


def _value_set(variable: Variable) -> Iterator[str]:
    yield f"### {heading(variable)}\n"
    yield "| Kod | Värde |"
    yield "|---|---|"
    for value in variable.values:
        yield f"| {value.code} | {in_cell(value.sv)}{' (lokalt värde)' if value.local and not variable.local else ''} |"
    if variable.exclusive:
        codes = ", ".join(code for code in variable.codes if code in variable.exclusive)
        yield f"\nSystemet ska hindra att {codes} registreras tillsammans med något annat värde."
    yield ""


def _not_used(unused: list[Variable]) -> str:
    lines = ["## Ur standarden, men används inte\n"]
    return "\n".join(lines + [f"- {heading(variable)}" for variable in unused]) + "\n"
