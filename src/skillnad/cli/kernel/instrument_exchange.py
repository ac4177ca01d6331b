"""`skillnad instrument export` and `import`: other systems' forms, with what they cannot hold.

The libraries that some formats need are loaded on use.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from skillnad.cli.kernel.instrument_files import check_free
from skillnad.exchange.forms.folders import Folder, folder_of
from skillnad.exchange.forms.losses import Loss
from skillnad.instruments.licences import form_allowed, needs_statement, read_licences
from skillnad.instruments.loading import Loaded, instrument_ids
from skillnad.instruments.reading import LARGEST, Findings
from skillnad.instruments.texts import SWEDISH
from skillnad.lib.errors import UserError
from skillnad.lib.text import either, meant, nearest, shown


@dataclass(frozen=True)
class Form:
    """An instrument in another format: the file's bytes, and what other readers of it do not get. `returns`: whether
    Skillnad gets all of it back, as long as nobody has changed the file."""

    content: bytes
    losses: Sequence[Loss] = ()
    returns: bool = False

    def heading(self) -> tuple[str, str]:
        """What stands before the list of losses, in Swedish and English."""
        if self.returns:
            return _OF_OTHERS
        return "Det här ryms inte i formatet, och kommer inte tillbaka:", "This has no room in the format, and is lost:"


_OF_OTHERS: Final = (
    "Läser du in filen i Skillnad igen kommer allt tillbaka, om ingen har ändrat den. Andra program får inte med:",
    "Read into Skillnad again, the file brings everything back, if nobody has changed it. Other programs do not get:",
)


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
    read: bool = True  # by `import` too


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
    "docx": Format(".docx", _docx, shows=False, read=False),
}


def exported(loaded: Loaded, to: str, wanted: Wanted, own: Path | None) -> Form:
    """The form. Raises UserError where the format is not there, or the words' holder has not let it be shown."""
    chosen = format_of(to)
    if chosen.shows:
        check_leave(loaded, own)
    form = chosen.write(loaded, wanted)
    return replace(form, returns=chosen.read and _comes_back(form.content, chosen.ending, folder_of(loaded)))


def format_of(to: str) -> Format:
    if to in FORMATS:
        return FORMATS[to]
    raise UserError.of(
        "INSTR-043",
        where="--to",
        sv=f"Formatet ”{shown(to)}” finns inte.{meant(nearest(to, FORMATS))} Skriv {either(list(FORMATS))}.",
        en=f"There is no format '{shown(to)}'.{meant(nearest(to, FORMATS), 'en')} Write {either(list(FORMATS), 'en')}.",
    )


def check_form_file(out: Path, to: str) -> None:
    """Raises UserError (INSTR-043) where the file's name says another kind than what is written in it, or its folder
    is not there."""
    ending = format_of(to).ending
    if not out.name.lower().endswith((ending, f".{ending.rpartition('.')[2]}")):
        right = f"{out.stem}{ending}"
        others = [name for name, each in FORMATS.items() if each.ending == out.suffix.lower()]
        sv, en = (f", eller välj --to {others[0]}", f", or choose --to {others[0]}") if others else ("", "")
        raise UserError.of(
            "INSTR-043",
            where=out.name,
            sv=f"Med --to {to} blir det en {ending}-fil. Skriv --out {right}{sv}.",
            en=f"With --to {to} the file is a {ending} file. Write --out {right}{en}.",
        )
    if not out.resolve().parent.is_dir():
        raise UserError.of(
            "INSTR-043",
            where=str(out),
            sv="Mappen som filen ska ligga i finns inte. Skapa den först, eller skriv till en mapp som finns.",
            en="The folder that the file is to lie in is not there. Make it first, or write to one that is.",
        )


def _comes_back(content: bytes, ending: str, folder: Folder) -> bool:
    """Whether `import` makes the same of the file: found by reading it, never promised."""
    try:
        read, losses = _read(content, f"form{ending}")
    except UserError:
        return False
    kept = (read.instrument, read.texts, read.cases, read.licence)
    return not losses and kept == (folder.instrument, folder.texts, folder.cases, folder.licence)


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
    if path.suffix.lower() in (".json", ".xlsx"):
        return _read(_bytes(path), path.name)
    raise UserError.of(
        "INSTR-030",
        where=path.name,
        sv="Formulär läses som .xlsx (XLSForm) eller .json (FHIR Questionnaire, eller Skillnads egen JSON). Exportera "
        "formuläret så från verktyget som det kommer från.",
        en="Forms are read as .xlsx (XLSForm) or .json (FHIR Questionnaire, or Skillnad's own JSON). Export the form "
        "so from the tool that it comes from.",
    )


def _read(content: bytes, name: str) -> tuple[Folder, Sequence[Loss]]:
    if name.lower().endswith(".json"):
        return _from_json(content, name)
    from skillnad.exchange.forms.xlsform_in import instrument_from_workbook

    return instrument_from_workbook(content, name)


def _bytes(path: Path) -> bytes:
    try:
        large = path.stat().st_size > 5 * LARGEST
        if not large:
            return path.read_bytes()
    except OSError:
        raise UserError.of(
            "INSTR-030",
            where=path.name,
            sv="Filen finns inte, eller går inte att läsa. Se efter att namnet och mappen är rätt.",
            en="The file is not there, or cannot be read. See that its name and folder are right.",
        ) from None
    raise UserError.of(
        "INSTR-023",
        where=path.name,
        sv=f"Filen är större än {5 * LARGEST // 1_000_000} MB: det är något annat än frågor. Välj formulärets fil.",
        en=f"The file is larger than {5 * LARGEST // 1_000_000} MB: it is something else than questions. Choose the "
        "form's file.",
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
    """The form's own id, here; `_lokal` after one of the catalogue's, unless it adds to that one."""
    name = folder.instrument.id
    taken = name in instrument_ids() and not folder.instrument.extends
    return Path(f"{name}_lokal" if taken else name)


def named(folder: Folder, out: Path) -> Folder:
    """The folder under the name of where it is to lie. Raises UserError where `check` would refuse that name, or it is
    taken."""
    adds = folder.instrument.extends
    if adds and out.name != adds:
        raise UserError.of(
            "INSTR-025",
            where=str(out),
            sv=f"Formuläret är ett tillägg till katalogens {adds}, och ligger i en mapp med det namnet. "
            f"Skriv --out {out.parent / adds}.",
            en=f"The form adds to the catalogue's {adds}, and lies in a folder of that name. "
            f"Write --out {out.parent / adds}.",
        )
    check_free(out, allowed=adds)
    return folder if adds else folder.named(out.name)
