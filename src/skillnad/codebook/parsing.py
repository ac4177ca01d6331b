"""One variable, value or age band of a file, as the model has it; what is wrong with it is added to the findings."""

import re
from typing import Any

from skillnad.codebook.model import AgeBand, Entity, Kind, Meaning, Step, Value, Variable
from skillnad.codebook.rules import check_bands, check_dates
from skillnad.codebook.tables import AGE_BAND, VALUE, Checked, tables
from skillnad.lib.text import shown
from skillnad.lib.toml_words import code_of, english

_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")


def variable_from(table: Checked) -> Variable:
    """The variable of one `[[variable]]` table. Several codes under one mapping key may be a text or a list."""
    for key in ("kind", "entity", "step"):
        table.required(key)
    return Variable(
        id=_identifier(table),
        kind=table.choice("kind", Kind, Kind.TEXT),
        entity=table.choice("entity", Entity, Entity.CASE),
        step=table.choice("step", Step, Step.INTAKE),
        sv=table.required("sv"),
        en=english(table),
        number=table.get("number"),
        step_when_provider=_step_when_provider(table),
        values=values_from(table),
        exclusive=frozenset(table.get("exclusive", ())),
        order=tuple(table.get("order", ())),
        sensitive=table.get("sensitive", False),
        maps_to=table.get("maps_to"),
        mapping=_mapping(table),
        used=table.get("used", True),
        **_texts(table),
    )


def values_from(table: Checked) -> tuple[Value, ...]:
    """The set, written as `values = [{…}, …]` or as `[[variable.value]]` tables."""
    listed = tables(table, "values", VALUE) + tables(table, "value", VALUE)
    return tuple(value_from(item) for item in listed)


def value_from(table: Checked) -> Value:
    check_dates(table.get("valid_from"), table.get("valid_to"), table)
    return Value(
        code=code_of(table),
        sv=table.required("sv"),
        en=english(table),
        meaning=table.choice("meaning", Meaning, Meaning.VALUE),
        definition_sv=table.get("definition_sv", ""),
        definition_en=table.get("definition_en", ""),
        valid_from=table.get("valid_from"),
        valid_to=table.get("valid_to"),
        local=table.source.local,
    )


def age_band_from(table: Checked) -> AgeBand:
    if "first" not in table.data:
        table.add("CODE-007", sv="”first” saknas: gruppens första ålder.", en="'first' is missing: the first age.")
    return AgeBand(table.required("code"), table.get("first", 0), table.get("last"))


def bands_of(files: list[Checked]) -> tuple[AgeBand, ...]:
    """All age bands of the files, checked as one row of bands; empty where no file has any."""
    rows = [row for file in files for row in tables(file, "age_band", AGE_BAND)]
    bands = tuple(age_band_from(row) for row in rows)
    if rows:
        check_bands(bands, rows)
    return bands


def _step_when_provider(table: Checked) -> Step | None:
    if "step_when_provider" not in table.data:
        return None
    return table.choice("step_when_provider", Step, Step.CARRY_OUT)


def _texts(table: Checked) -> dict[str, Any]:
    texts = {key: table.get(key, "") for key in ("definition_sv", "definition_en", "note_sv", "source")}
    return texts | {"valid_from": table.get("valid_from"), "valid_to": table.get("valid_to")}


def _identifier(table: Checked) -> str:
    name = table.required("id")
    if name and not _ID.fullmatch(name):
        table.add(
            "CODE-009",
            "id",
            sv=f"”{shown(name)}” kan inte vara ett id. Skriv små bokstäver a–z, siffror och _, högst 40 tecken.",
            en=f"'{shown(name)}' cannot be an id. Write lower case a–z, digits and _, at most 40 characters.",
        )
    return name


def _mapping(table: Checked) -> dict[str, tuple[str, ...]]:
    mapping = {}
    for old, new in table.get("mapping", {}).items():
        codes = [new] if isinstance(new, str) else new
        if isinstance(codes, list) and all(isinstance(code, str) for code in codes):
            mapping[old] = tuple(codes)
            continue
        table.add(
            "CODE-006",
            "mapping",
            old,
            sv=f'”{shown(old)}” ska peka på en kod eller en lista av koder, som {shown(old)} = "12".',
            en=f"'{shown(old)}' must point at a code or a list of codes, such as {shown(old)} = \"12\".",
        )
    return mapping
