"""A FHIR R4 Questionnaire as an instrument, with what it has no room for.

One that Skillnad wrote holds its definition, and comes back whole, as long as nobody has changed the form. Any other is
read as it stands: questions, options, conditions, limits, plain sums; `losses` names what was left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from skillnad.exchange.forms import fhir_terms as fhir
from skillnad.exchange.forms.definition_tables import definition_of
from skillnad.exchange.forms.fhir_items import Place, Reading, read_items
from skillnad.exchange.forms.fhir_options import id_of
from skillnad.exchange.forms.fhir_out import questionnaire
from skillnad.exchange.forms.fhir_terms import Resource, extended, without_own
from skillnad.exchange.forms.fhir_valid import read_resource
from skillnad.exchange.forms.fhir_words import ENGLISH, heard
from skillnad.exchange.forms.folders import Folder
from skillnad.exchange.forms.json_form import form_from_json, json_form
from skillnad.exchange.forms.losses import Loss, between
from skillnad.exchange.forms.to_change import HOLDER, PURPOSE, UNSAID
from skillnad.instruments.asked import Condition, Item, Option, Perspective, Variant
from skillnad.instruments.content import digest_of
from skillnad.instruments.exact import exact, read_number
from skillnad.instruments.model import Instrument, Licence, VersionNote
from skillnad.lib.errors import UserError
from skillnad.lib.text import listed, shown

_USED: Final = frozenset(
    (
        *("resourceType", "id", "meta", "language", "text", "contained", "extension", "url", "version", "name"),
        *("title", "_title", "status", "date", "purpose", "_purpose", "description", "copyright", "item", "publisher"),
    )
)
_OF_OTHERS: Final = (
    "formuläret är ändrat sedan Skillnad skrev det, och läses därför som ett annat systems",
    "the form has been changed since Skillnad wrote it, and is therefore read as another system's",
)
_NO_DAY: Final = date(2000, 1, 1)
"""Of a form that says no date: versions need a year."""


@dataclass(frozen=True)
class Imported:
    """What a form became. `losses` is empty where nothing was left out."""

    folder: Folder
    losses: tuple[Loss, ...] = ()


def from_fhir(content: bytes, file: str) -> Imported:
    """The instrument of a Questionnaire in JSON; `file` is what messages call it.

    Raises UserError: INSTR-033 (no such resource, or it does not validate), INSTR-034 (what has no counterpart, each
    with its linkId), and every rule that the definition would break.
    """
    resource = read_resource(content, "Questionnaire", file)
    told = extended(resource, fhir.DEFINITION)
    if not isinstance(told, str):
        return read_form(resource, file)
    folder = form_from_json(told, file)
    if _without_definition(questionnaire(folder, _variant_of(resource, folder))) == _without_definition(resource):
        return Imported(folder)
    read = read_form(resource, file)
    changed = Loss(folder.instrument.id, *_OF_OTHERS)
    lost = between(alike(folder.instrument), alike(read.folder.instrument))
    return replace(read, losses=(changed, *read.losses, *lost))


def losses(folder: Folder, variant: str = "") -> tuple[Loss, ...]:
    """What one loses who reads the exported form without knowing Skillnad's own extensions."""
    stranger = without_own(questionnaire(folder, variant))
    try:
        read = read_form(stranger, folder.instrument.id, hold=False)
    except UserError as error:
        return tuple(Loss(problem.where, problem.sv, problem.en) for problem in error.problems)
    lost = between(alike(folder.instrument), alike(read.folder.instrument))
    return (*read.losses, *lost, *_words_lost(folder, variant))


def alike(instrument: Instrument) -> Instrument:
    """The same instrument, written one way: points that the code says are not said again; "any of one" is all."""
    items = {name: _alike(item) for name, item in instrument.items.items()}
    sets = {name: replace(each, options=_said_once(each.options)) for name, each in instrument.option_sets.items()}
    return replace(instrument, items=items, option_sets=sets, digest="")


def _alike(item: Item) -> Item:
    when = item.when
    if len(when.any) == 1:
        when = Condition(all=(*when.all, *when.any))
    return replace(item, when=when, options=_said_once(item.options))


def _said_once(options: Iterable[Option]) -> tuple[Option, ...]:
    return tuple(replace(each, points=None) if _says_points(each) else each for each in options)


def _says_points(option: Option) -> bool:
    return option.points is not None and read_number(option.code) == exact(option.points)


def _words_lost(folder: Folder, variant: str) -> tuple[Loss, ...]:
    """The files of words whose words are not in the form: other variants'."""
    base = variant or next(each.id for each in folder.instrument.variants.values() if each.base)
    left = [name for name, table in folder.texts.items() if table.get("variant") != base]
    return (Loss(listed(left), "varianternas ord", "the words of the variants"),) if left else ()


def _without_definition(resource: Mapping[str, Any]) -> Resource:
    """What tells whether someone has changed the form; how the translations came about is in the definition."""
    kept = [each for each in resource.get("extension", ()) if each["url"] != fhir.DEFINITION]
    return {**resource, "extension": sorted(kept, key=str)}


def _variant_of(resource: Mapping[str, Any], folder: Folder) -> str:
    told = extended(resource, fhir.VARIANT)
    return told if told in folder.instrument.variants else ""


def read_form(resource: Resource, file: str, *, hold: bool = True) -> Imported:
    """The form as it stands. Raises UserError as `from_fhir` does; `hold`: hold it to the rules of a definition."""
    contained = {each.get("id", ""): each for each in resource.get("contained", ())}
    reading = Reading(file, contained)
    read_items(resource.get("item", ()), Place(), reading)
    if reading.problems:
        raise UserError(*reading.problems)
    instrument = _instrument(resource, reading)
    unread = [name for name in resource if name not in _USED and not name.startswith("_")]
    if unread:
        reading.left[("uppgifter om formuläret", "details of the form")] = [shown(name) for name in unread]
    left = tuple(Loss(listed(list(dict.fromkeys(links))), sv, en) for (sv, en), links in reading.left.items())
    folder = Folder(instrument, definition_of(instrument), unsaid=UNSAID)
    folder = replace(folder, licence=folder.files()["licence.md"])
    return Imported(_held(folder, file) if hold else folder, left)


def _held(folder: Folder, file: str) -> Folder:
    """The folder, if it follows the rules of definitions. The form has no lines: problems say the file."""
    try:
        return replace(form_from_json(json_form(folder), file), unsaid=folder.unsaid)
    except UserError as error:
        raise UserError(*(replace(problem, where=file) for problem in error.problems)) from None


def _instrument(resource: Resource, reading: Reading) -> Instrument:
    url, title = str(resource.get("url", "")), str(resource.get("title") or resource.get("name") or "Formulär")
    ours = url.removeprefix(fhir.INSTRUMENT) if url.startswith(fhir.INSTRUMENT) else ""
    purpose = str(resource.get("purpose") or resource.get("description") or PURPOSE)
    version = _version(resource)
    made = Instrument(
        ours or id_of(str(resource.get("name") or title), ()),
        version,
        "local",
        title,
        heard(resource, "title", ENGLISH) or title,
        purpose,
        heard(resource, "purpose", ENGLISH) or purpose,
        ("client",),
        "person",
        Licence("local", _holder(resource), texts=True, confirm=False),
        url or title,
        _perspectives(reading.items),
        {"adult": Variant("adult", "adult", "Grundform", "Base form", base=True)},
        reading.items,
        reading.intro,
        reading.option_sets,
        reading.matrices,
        groups=reading.groups,
        scores=reading.scores,
        versions=(VersionNote(version, _day(resource), "Inläst ur FHIR"),),
        local=True,
    )
    return replace(made, digest=digest_of(made))


def _holder(resource: Mapping[str, Any]) -> str:
    return str(resource.get("copyright") or resource.get("publisher") or HOLDER)


def _perspectives(items: Mapping[str, Item]) -> dict[str, Perspective]:
    """Those that items name; else one who answers everything."""
    names = dict.fromkeys(name for item in items.values() for name in item.perspectives)
    found = {name: Perspective(name, name, name, "client") for name in names}
    return found or {"client": Perspective("client", "Den som svarar", "Who answers", "client")}


def _day(resource: Mapping[str, Any]) -> date:
    try:
        return date.fromisoformat(str(resource.get("date", ""))[:10])
    except ValueError:
        return _NO_DAY


def _version(resource: Mapping[str, Any]) -> str:
    """Ours are a year and a number; of another's the year of its date, and 1."""
    year, dot, number = str(resource.get("version", "")).partition(".")
    ours = dot and len(year) == 4 and (year + number).isdecimal() and len(number) <= 3
    return f"{year}.{number}" if ours else f"{_day(resource).year}.1"
