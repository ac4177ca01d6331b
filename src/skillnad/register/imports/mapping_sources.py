"""`[file.columns]` of a mapping: each field's source, checked against the codebook."""

from collections.abc import Mapping
from typing import Any

from skillnad.codebook.model import Variable
from skillnad.lib.text import shown
from skillnad.register.imports.cells import DATE_FORMS
from skillnad.register.imports.fields import NOT_COLUMNS, Field, Form, Record
from skillnad.register.imports.mapping import YES, Key, Source, Unknown, folded
from skillnad.register.imports.mapping_faults import Faults, Path

Fields = Mapping[str, tuple[Field, ...]]

_SHAPES = {
    "column": str,
    "value": str,
    "columns": dict,
    "true": list,
    "codes": dict,
    "missing": list,
    "split": str,
    "unknown": str,
    "date": str,
    "name": str,
    "in": str,
    "from_identity": bool,
}
_FROM_IDENTITY = ("birth_date", "legal_sex")


def read_sources(
    entries: dict[str, Any], path: Path, keys: Mapping[Record, Key], fields: Fields, faults: Faults
) -> tuple[Source, ...]:
    """The sources of one file, in its order."""
    sources: dict[Path, Source] = {}
    for name, entry, place in _flat(entries, path):
        field = _field(name, place, keys, fields, faults)
        source = _source(field, entry, place, faults) if field else None
        if source:
            sources[place] = source
    _check_derived(sources, faults)
    return tuple(sources.values())


def _check_derived(sources: Mapping[Path, Source], faults: Faults) -> None:
    """One old series a file gives the standard's value; where a source gives the value itself, none does."""
    given = {(source.field.record, source.field.id) for source in sources.values()}
    first: dict[tuple[Record, str], str] = {}
    for path, source in sources.items():
        standard = source.field.variable.maps_to if source.field.variable else None
        target = (source.field.record, standard or "")
        if standard is None or target in given:
            continue
        other = first.setdefault(target, source.field.id)
        if other != source.field.id:
            faults.add(
                "MAP-008",
                path,
                sv=f"Både {other} och {source.field.id} översätts till {standard} (maps_to), och bara den ena kan "
                f"gälla. Läs dem i var sin [[file]] med where, eller ange {standard} själv i [file.columns].",
                en=f"Both {other} and {source.field.id} translate to {standard} (maps_to), and only one can hold. Read "
                f"each in a [[file]] of its own with where, or give {standard} itself in [file.columns].",
            )


def _flat(entries: dict[str, Any], path: Path) -> list[tuple[str, object, Path]]:
    """TOML reads an unquoted `case.decision_date` as a table in a table: both spellings mean the same."""
    flat: list[tuple[str, object, Path]] = []
    for name, entry in entries.items():
        if name in list(Record) and isinstance(entry, dict):
            flat.extend((f"{name}.{inner}", each, (*path, name, inner)) for inner, each in entry.items())
        else:
            flat.append((name, entry, (*path, name)))
    return flat


def _field(name: str, path: Path, keys: Mapping[Record, Key], fields: Fields, faults: Faults) -> Field | None:
    record, _, short = name.rpartition(".")
    if short in NOT_COLUMNS:
        faults.add(
            "MAP-003", path, sv=NOT_COLUMNS[short], en=f"{short} is not read from a column; see docs/mapping.md."
        )
        return None
    if short not in fields or (record and record not in [field.record for field in fields[short]]):
        faults.unknown(
            "MAP-003", path, name, fields, sv="Kodboken har ingen variabel", en="The codebook has no variable"
        )
        return None
    fitting = [field for field in fields[short] if field.record in keys and record in ("", field.record)]
    if not fitting:
        wanted = fields[short][-1].record
        faults.add(
            "MAP-005",
            path,
            sv=f"{short} hör till {wanted}, men raden har ingen nyckel till den. Lägg till {wanted} = … i [file.keys].",
            en=f"{short} belongs to {wanted}, but the row has no key of it. Add {wanted} = … to [file.keys].",
        )
        return None
    return fitting[-1]


def _source(field: Field, entry: object, path: Path, faults: Faults) -> Source | None:
    if isinstance(entry, str):
        return Source(field, column=entry, line=faults.lines.of(*path))
    if not isinstance(entry, dict) or not _well_formed(entry, path, faults):
        if not isinstance(entry, dict):
            faults.shape(path, sv="En källa är en rubrik eller en tabell.", en="A source is a heading or a table.")
        return None
    _check_origin(field, entry, path, faults)
    _check_date(entry, path, faults)
    return Source(
        field,
        column=entry.get("column"),
        value=_constant(field, entry, path, faults),
        options={
            column: _one(field, code, (*path, "columns", column), faults)
            for column, code in entry.get("columns", {}).items()
        },
        codes=_codes(field, entry["codes"], (*path, "codes"), faults) if "codes" in entry else None,
        missing=frozenset(folded(str(text)) for text in entry.get("missing", ())),
        yes=frozenset(folded(str(text)) for text in entry["true"]) if "true" in entry else YES,
        split=entry.get("split") or None,
        unknown=Unknown(entry.get("unknown", Unknown.REFUSE)),
        date=entry.get("date"),
        name=entry.get("name"),
        whole_ore=entry.get("in") == "öre",
        from_identity=entry.get("from_identity", False),
        line=faults.lines.of(*path),
    )


def _well_formed(entry: dict[str, Any], path: Path, faults: Faults) -> bool:
    before = len(faults.problems)
    for name, value in entry.items():
        if name not in _SHAPES:
            faults.unknown("MAP-002", (*path, name), name, _SHAPES, sv="Det finns ingen nyckel", en="There is no key")
        elif not isinstance(value, _SHAPES[name]):
            faults.shape(
                (*path, name), sv=f"{name} har fel slag av värde.", en=f"{name} has a value of the wrong kind."
            )
    if entry.get("unknown", "refuse") not in list(Unknown):
        faults.unknown(
            "MAP-002",
            (*path, "unknown"),
            str(entry["unknown"]),
            list(Unknown),
            sv="unknown kan inte vara",
            en="unknown cannot be",
        )
    return len(faults.problems) == before


def _check_origin(field: Field, entry: dict[str, Any], path: Path, faults: Faults) -> None:
    """A value comes from one place: a column, several, a constant, or the identity number."""
    given = [name for name in ("column", "value", "columns", "from_identity") if entry.get(name)]
    if len(given) != 1:
        faults.shape(
            path,
            sv="Ange en av column, columns, value och from_identity.",
            en="Give one of column, columns, value and from_identity.",
        )
    if "from_identity" in given and field.id not in _FROM_IDENTITY:
        faults.shape(
            (*path, "from_identity"),
            sv="Bara birth_date och legal_sex kan tas ur identitetsnumret.",
            en="Only birth_date and legal_sex can be taken from the identity number.",
        )


def _check_date(entry: dict[str, Any], path: Path, faults: Faults) -> None:
    if "date" in entry and entry["date"] not in DATE_FORMS:
        faults.unknown(
            "MAP-002", (*path, "date"), entry["date"], DATE_FORMS, sv="Datumformen finns inte:", en="No such date form:"
        )


def _constant(field: Field, entry: dict[str, Any], path: Path, faults: Faults) -> str | None:
    value = entry.get("value")
    return _one(field, value, (*path, "value"), faults) if value and field.variable else value


def _codes(field: Field, entries: dict[str, Any], path: Path, faults: Faults) -> dict[str, tuple[str, ...]]:
    """Source value (folded) -> codes; an empty tuple is missing."""
    codes = {}
    for value, target in entries.items():
        targets = target if isinstance(target, list) else [target]
        if len(targets) > 1 and field.form is not Form.CODES:
            faults.shape(
                (*path, value),
                sv=f"{field.id} har ett värde, inte flera.",
                en=f"{field.id} has one value, not several.",
            )
        wanted = [str(code) for code in targets if str(code)]
        codes[folded(value)] = tuple(_one(field, code, (*path, value), faults) for code in wanted)
    return codes


def _one(field: Field, code: object, path: Path, faults: Faults) -> str:
    """`code`, checked against the codebook where the field has a value set."""
    variable: Variable | None = field.variable
    if variable and variable.coded and code not in variable.codes:
        known = ", ".join(variable.codes[:40])
        faults.add(
            "MAP-004",
            path,
            sv=f"{field.sv} har ingen kod ”{shown(code, 20)}”. Koderna är {known}.",
            en=f"{variable.en} has no code '{shown(code, 20)}'. The codes are {known}.",
        )
    return str(code)
