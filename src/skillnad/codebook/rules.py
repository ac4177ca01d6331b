"""What must hold of a variable and of the age bands, whoever wrote them. Each broken rule is a problem at its line."""

from collections.abc import Iterator, Sequence
from datetime import date

from skillnad.codebook.model import AgeBand, Kind, Variable
from skillnad.codebook.snapshot_schema import DERIVED, EVENT, FIRST_FOLLOW_UP, KEYS, ORGANISATION
from skillnad.codebook.tables import Checked
from skillnad.lib.text import listed, shown

NUMBERS = range(1, 21)
RESERVED = (
    {"birth_date", "closed_date", "month", "year", "source", "source_key", "cost_from", "cost_to", "amount"}
    | {"due_date", "held_date", "review_in_time", FIRST_FOLLOW_UP}
    | {key for keys in KEYS.values() for key in keys}
    | set(ORGANISATION)
    | (set(DERIVED) - {"age"})
    | (set(EVENT.values()) - {"intake_date", "start_date", "follow_up_date"})
)
"""Columns that a snapshot has beside the codebook's variables: no local variable can have their names."""


def check_variable(variable: Variable, table: Checked) -> None:
    """The rules that need no other variable."""
    _check_number(variable, table)
    _check_kind(variable, table)
    _check_repeated(variable, table)
    _check_named_codes("exclusive", table.get("exclusive", ()), variable, table)
    _check_named_codes("order", variable.order, variable, table)
    check_dates(variable.valid_from, variable.valid_to, table)


def check_dates(first: date | None, last: date | None, table: Checked) -> None:
    if first and last and last < first:
        table.add(
            "CODE-015",
            "valid_to",
            sv=f"”valid_to” ({last}) är före ”valid_from” ({first}). Byt plats på datumen; valid_to är sista dagen.",
            en=f"'valid_to' ({last}) is before 'valid_from' ({first}). Swap them; valid_to is the last day.",
        )


def _check_number(variable: Variable, table: Checked) -> None:
    if variable.number is None:
        return
    if table.source.local:
        table.add(
            "CODE-011",
            "number",
            sv="En lokal variabel har inget nummer: 1–20 är standardens. Ta bort raden.",
            en="A local variable has no number: 1–20 are the standard's. Remove the line.",
        )
    elif variable.number not in NUMBERS:
        table.add("CODE-011", "number", sv="Numret ska vara 1–20.", en="The number must be 1–20.")


def _check_kind(variable: Variable, table: Checked) -> None:
    if table.source.local and variable.id in RESERVED:
        table.add(
            "CODE-010",
            "id",
            sv=f"”{variable.id}” är namnet på en kolumn som alltid finns. Välj ett annat, som lokal_{variable.id}.",
            en=f"'{variable.id}' names a column that is always there. Choose another id, such as local_{variable.id}.",
        )
    if variable.coded and not variable.values and "same_values_as" not in table.data:
        table.add(
            "CODE-021",
            "kind",
            sv=f"En variabel av slaget {variable.kind} behöver värden. Lägg till values = [{{ code = …, sv = … }}].",
            en=f"A variable of kind {variable.kind} needs values. Add values = [{{ code = …, sv = … }}].",
        )
    if variable.values and not variable.coded:
        table.add(
            "CODE-021",
            "values",
            sv=f'En variabel av slaget {variable.kind} har inga värden. Ta bort dem, eller skriv kind = "single".',
            en=f'A variable of kind {variable.kind} has no values. Remove them, or write kind = "single".',
        )
    if table.source.local and variable.kind in (Kind.IDENTITY, Kind.AGE):
        table.add(
            "CODE-021",
            "kind",
            sv=f"Slaget {variable.kind} finns bara i standarden: variabel 3 och 5 har redan uppgiften.",
            en=f"The kind {variable.kind} is the standard's alone: variables 3 and 5 have it already.",
        )


def _check_repeated(variable: Variable, table: Checked) -> None:
    seen = set()
    for index, code in enumerate(variable.codes):
        if code in seen:
            table.add(
                "CODE-012",
                *_value_path(table, index),
                sv=f"Koden ”{code}” står två gånger. Ge ett av värdena en annan kod.",
                en=f"The code '{code}' stands twice. Give one of the values another code.",
            )
        seen.add(code)


def check_same_entity(variable: Variable, target: Variable, table: Checked) -> None:
    """An old series of a case cannot give the value of an intervention: which of them would it be?"""
    if variable.entity is not target.entity:
        table.add(
            "CODE-023",
            "maps_to",
            sv=f"Variabeln hör till {variable.entity}, men ”{target.id}” till {target.entity}. Skriv "
            f'entity = "{target.entity}", eller peka på en variabel som hör till {variable.entity}.',
            en=f"The variable belongs to {variable.entity}, but '{target.id}' to {target.entity}. Write "
            f'entity = "{target.entity}", or point at a variable of {variable.entity}.',
        )


def _value_path(table: Checked, index: int) -> tuple[str | int, ...]:
    inline = len(table.get("values", ()))
    return ("values", index) if index < inline else ("value", index - inline)


def _check_named_codes(key: str, named: Sequence[str], variable: Variable, table: Checked) -> None:
    codes = variable.codes
    if "same_values_as" in table.data:
        return  # checked by the variable that the set belongs to
    if len(set(named)) < len(named):
        table.add("CODE-012", key, sv=f"”{key}” nämner en kod två gånger.", en=f"'{key}' names a code twice.")
    for code in named:
        if code not in codes:
            table.add(
                "CODE-014",
                key,
                sv=f"”{key}” nämner koden ”{shown(code)}”, som variabeln inte har. Den har {listed(codes)[:200]}.",
                en=f"'{key}' names the code '{shown(code)}', which it lacks. It has {listed(codes, 'en')[:200]}.",
            )


def check_bands(bands: Sequence[AgeBand], rows: Sequence[Checked]) -> None:
    """Bands start at 0 and follow on each other to an open last one; codes differ."""
    for row, (code, sv, en) in _band_faults(bands, rows):
        row.add(code, sv=sv, en=en)


def _band_faults(bands: Sequence[AgeBand], rows: Sequence[Checked]) -> Iterator[tuple[Checked, tuple[str, str, str]]]:
    expected: int | None = 0
    seen: set[str] = set()
    for band, row in zip(bands, rows, strict=True):
        if band.code in seen:
            yield row, ("CODE-012", f"Koden ”{band.code}” står två gånger.", f"The code '{band.code}' stands twice.")
        seen.add(band.code)
        if band.last is not None and band.last < band.first:
            yield row, _band("slutar före sin första ålder", "ends before its first age", expected)
        elif expected is None or band.first < expected:
            yield row, _band("överlappar gruppen före", "overlaps the band before it", expected)
        elif band.first > expected:
            yield row, _band("lämnar en lucka efter gruppen före", "leaves a gap after the band before it", expected)
        expected = None if band.last is None else band.last + 1
    if expected is not None:
        yield rows[-1], _band("är den sista och måste vara öppen", "is the last and must be open", None)


def _band(sv: str, en: str, expected: int | None) -> tuple[str, str, str]:
    if expected is None:
        return (
            "CODE-019",
            f"Åldersgruppen {sv}. Ta bort ”last” i den sista gruppen och bara där.",
            (f"The age band {en}. Leave 'last' out of the last band, and only there."),
        )
    return (
        "CODE-019",
        f"Åldersgruppen {sv}. Skriv first = {expected}, med grupperna i ordning.",
        (f"The age band {en}. Write first = {expected}, with the bands in order."),
    )
