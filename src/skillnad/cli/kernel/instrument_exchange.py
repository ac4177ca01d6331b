"""`skillnad instrument export` and `import`: other systems' forms, with what they cannot hold.

The libraries that some formats need are loaded on use.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from skillnad.exchange.forms.folders import Folder, folder_of
from skillnad.exchange.forms.losses import Loss
from skillnad.instruments.licences import form_allowed, needs_statement, read_licences
from skillnad.instruments.loading import Loaded, instrument_ids
from skillnad.instruments.new import is_identifier
from skillnad.instruments.reading import LARGEST, Findings
from skillnad.instruments.texts import SWEDISH
from skillnad.lib.errors import UserError
from skillnad.lib.text import listed, shown


@dataclass(frozen=True)
class Form:
    """An instrument in another format: the file's bytes, and what it could not hold."""

    content: bytes
    losses: Sequence[Loss] = ()


@dataclass(frozen=True)
class Wanted:
    """Whose form, in which words. "" is the base form, and all perspectives where a format holds several."""

    variant: str = ""
    language: str = SWEDISH
    perspective: str = ""


@dataclass(frozen=True)
class Format:
    ending: str
    write: Callable[[Loaded, Wanted], Form]
    shows: bool = True  # to those who answer, on a screen; not so of our own JSON, nor of paper


def _json(loaded: Loaded, _: Wanted) -> Form:
    from skillnad.exchange.forms.json_form import json_form

    return Form(json_form(folder_of(loaded)).encode())


def _xlsform(loaded: Loaded, wanted: Wanted) -> Form:
    from skillnad.exchange.forms.xlsform_out import xlsform_of

    return Form(*xlsform_of(loaded, wanted.variant, wanted.perspective))


def _fhir(loaded: Loaded, wanted: Wanted) -> Form:
    from skillnad.exchange.forms.fhir_in import losses
    from skillnad.exchange.forms.fhir_out import as_fhir

    folder = folder_of(loaded)
    return Form(as_fhir(folder, wanted.variant).encode(), losses(folder, wanted.variant))


def _docx(loaded: Loaded, wanted: Wanted) -> Form:
    from skillnad.exchange.forms.docx_form import as_docx

    made = as_docx(folder_of(loaded), wanted.perspective, wanted.variant, wanted.language)
    return Form(made.content, made.losses)


FORMATS: Final[Mapping[str, Format]] = {
    "xlsform": Format(".xlsx", _xlsform),
    "fhir": Format(".fhir.json", _fhir),
    "json": Format(".json", _json, shows=False),
    "docx": Format(".docx", _docx, shows=False),
}


def exported(loaded: Loaded, to: str, wanted: Wanted, own: Path | None) -> Form:
    """The form. Raises UserError where the format is not there, or the words' holder has not let it be shown."""
    if to not in FORMATS:
        raise UserError.of(
            "INSTR-043",
            where="--to",
            sv=f"”{shown(to)}” finns inte. Skriv {listed(list(FORMATS))}.",
            en=f"There is no '{shown(to)}'. Write {listed(list(FORMATS), 'en')}.",
        )
    if FORMATS[to].shows:
        check_leave(loaded, own)
    return FORMATS[to].write(loaded, wanted)


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


def imported(path: Path) -> tuple[Folder, Sequence[Loss]]:
    """The folder that a form becomes, and what was left out. Raises UserError of what it is, where it is no form."""
    content = _bytes(path)
    if path.suffix.lower() == ".json":
        return _from_json(content, path.name)
    if path.suffix.lower() == ".xlsx":
        from skillnad.exchange.forms.xlsform_in import instrument_from_xlsform

        return instrument_from_xlsform(path)
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


def _from_json(content: bytes, name: str) -> tuple[Folder, Sequence[Loss]]:
    """Ours, or a FHIR resource, which says what it is."""
    from skillnad.exchange.forms.fhir_in import from_fhir
    from skillnad.exchange.forms.json_form import form_from_json

    if b'"resourceType"' not in content[:100_000]:
        return form_from_json(content, name), ()
    read = from_fhir(content, name)
    return read.folder, read.losses


def default_folder(folder: Folder) -> Path:
    """The form's own id, here; `_lokal` after one of the catalogue's."""
    name = folder.instrument.id
    return Path(f"{name}_lokal" if name in instrument_ids() else name)


def named(folder: Folder, out: Path) -> Folder:
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
