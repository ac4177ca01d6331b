"""`skillnad instrument export` and `import`: other systems' forms, with what they cannot hold.

A format is offered where its module is there; the libraries that some of them need are loaded on use.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from skillnad.instruments.licences import form_allowed, needs_statement, read_licences
from skillnad.instruments.loading import Loaded, instrument_ids
from skillnad.instruments.new import is_identifier
from skillnad.instruments.reading import LARGEST, Findings
from skillnad.lib.errors import UserError
from skillnad.lib.text import listed, shown

_FORMS: Final = "skillnad.exchange.forms"


@dataclass(frozen=True)
class Form:
    """An instrument in another format: the file's bytes and, in Swedish or English, what it could not hold."""

    content: bytes
    losses: Sequence[Any] = ()


@dataclass(frozen=True)
class Format:
    """`write` takes what was loaded, a variant and a language."""

    module: str
    ending: str
    write: Callable[[Loaded, str, str], Form]
    shows: bool = True  # to those who answer; not so of our own JSON


def _module(name: str) -> Any:
    return import_module(f"{_FORMS}.{name}")


def _json(loaded: Loaded, _variant: str, _language: str) -> Form:
    return Form(_module("json_form").json_form(_module("folders").folder_of(loaded)).encode())


def _xlsform(loaded: Loaded, variant: str, _language: str) -> Form:
    return Form(*_module("xlsform_out").xlsform_of(loaded, variant))


def _fhir(loaded: Loaded, variant: str, _language: str) -> Form:
    folder = _module("folders").folder_of(loaded)
    content = _module("fhir_out").as_fhir(folder, variant).encode()
    return Form(content, _module("fhir_in").losses(folder, variant))


def _docx(loaded: Loaded, variant: str, language: str) -> Form:
    made = _module("docx_form").as_docx(_module("folders").folder_of(loaded), "", variant, language)
    return Form(made.content, made.losses)


_ALL: Final[Mapping[str, Format]] = {
    "xlsform": Format("xlsform_out", ".xlsx", _xlsform),
    "fhir": Format("fhir_out", ".fhir.json", _fhir),
    "json": Format("json_form", ".json", _json, shows=False),
    "docx": Format("docx_form", ".docx", _docx),
}


def formats() -> dict[str, Format]:
    """Those whose module is there."""
    return {name: each for name, each in _ALL.items() if find_spec(f"{_FORMS}.{each.module}")}


def exported(loaded: Loaded, to: str, variant: str, language: str, own: Path | None) -> Form:
    """The form. Raises UserError where the format is not there, or the words' holder has not let it be shown."""
    known = formats()
    if to not in known:
        raise UserError.of(
            "INSTR-043",
            where="--to",
            sv=f"”{shown(to)}” finns inte. Skriv {listed(list(known))}.",
            en=f"There is no '{shown(to)}'. Write {listed(list(known), 'en')}.",
        )
    if known[to].shows:
        check_leave(loaded, own)
    return known[to].write(loaded, variant, language)


def check_leave(loaded: Loaded, own: Path | None) -> None:
    """Raises UserError (INSTR-028) where a form on a screen needs leave that the municipality has not stated."""
    instrument = loaded.instrument
    findings = Findings()
    stated = read_licences(own, findings).get(instrument.id) if own and needs_statement(instrument) else None
    findings.stop()
    if not form_allowed(instrument, stated):
        holder = instrument.licence.holder
        raise UserError.of(
            "INSTR-028",
            where=instrument.id,
            sv=f"Ett formulär på skärm kräver tillstånd av {holder}. Ange det med ”skillnad instrument licence "
            f"{instrument.id} --kind electronic”, och kommunens mapp med --local.",
            en=f"A form on a screen needs leave of {holder}. State it with 'skillnad instrument licence "
            f"{instrument.id} --kind electronic', and name the municipality's folder with --local.",
        )


def imported(path: Path) -> tuple[Any, Sequence[Any]]:
    """The folder that a form becomes, and what was left out. Raises UserError of what it is, where it is no form."""
    content = _bytes(path)
    if path.suffix.lower() == ".json":
        return _from_json(content, path.name)
    if path.suffix.lower() == ".xlsx" and find_spec(f"{_FORMS}.xlsform_in"):
        found: tuple[Any, Sequence[Any]] = _module("xlsform_in").instrument_from_xlsform(path)
        return found
    raise UserError.of(
        "INSTR-030",
        where=path.name,
        sv="Formulär läses som .xlsx (XLSForm) eller .json (FHIR Questionnaire, eller Skillnads egen JSON).",
        en="Forms are read as .xlsx (XLSForm) or .json (FHIR Questionnaire, or Skillnad's own JSON).",
    )


def _bytes(path: Path) -> bytes:
    try:
        large = path.stat().st_size > 5 * LARGEST
        if not large:
            return path.read_bytes()
    except OSError:
        raise UserError.of(
            "INSTR-030",
            where=path.name,
            sv="Filen finns inte eller går inte att läsa.",
            en="The file is not there, or cannot be read.",
        ) from None
    raise UserError.of(
        "INSTR-023",
        where=path.name,
        sv=f"Filen är större än {5 * LARGEST // 1_000_000} MB: det är något annat än frågor.",
        en=f"The file is larger than {5 * LARGEST // 1_000_000} MB: it is something else than questions.",
    )


def _from_json(content: bytes, name: str) -> tuple[Any, Sequence[Any]]:
    """Ours, or a FHIR resource, which says what it is."""
    if b'"resourceType"' in content[:100_000] and find_spec(f"{_FORMS}.fhir_in"):
        read = _module("fhir_in").from_fhir(content, name)
        return read.folder, read.losses
    return _module("json_form").form_from_json(content, name), ()


def default_folder(folder: Any) -> Path:
    """The form's own id, here; `_lokal` after one of the catalogue's."""
    name: str = folder.instrument.id
    return Path(f"{name}_lokal" if name in instrument_ids() else name)


def named(folder: Any, out: Path) -> Any:
    """The folder under the name of where it is to lie. Raises UserError where that is no id, or is taken."""
    if out.exists():
        raise UserError.of(
            "INSTR-042",
            where=str(out),
            sv="Mappen finns redan. Välj ett annat namn med --out MAPP/ID.",
            en="The folder is there already. Choose another name with --out FOLDER/ID.",
        )
    if not is_identifier(out.name):
        raise UserError.of(
            "INSTR-005",
            where=str(out),
            sv="Mappens namn blir id: små bokstäver a–z, siffror och _. Ange --out MAPP/ID.",
            en="The folder's name becomes the id: small letters a–z, digits and _. Give --out FOLDER/ID.",
        )
    return folder.named(out.name)
