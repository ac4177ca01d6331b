"""Units, providers and committees that a delivery names: found in the organisation, or added to it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from skillnad.lib.errors import UserError
from skillnad.organisation.actions import FIRST_COMMITTEE, add_providers, add_units, set_up_tree
from skillnad.organisation.models import Municipality
from skillnad.organisation.places import Place, ProviderPlace, Tree, UnitPlace
from skillnad.register.imports.columns import NAMED
from skillnad.register.imports.fields import Record

_LONGEST_CODE = 40
_LONGEST_NAME = 200


def ensure_municipality(*, given: str | None, by: str, at: datetime) -> Municipality:
    """The register's municipality; set up from `given` ("2281" or "2281 Sundsvall") where there is none.

    Raises UserError IMP-026 where none is there and none is given, REG-002 where `given` is another one's code.
    """
    there = Municipality.objects.first()
    code, _, name = (given or "").strip().partition(" ")
    if there and (not code or there.code == code or there.name == given):
        return there
    if not (len(code) == 4 and code.isdigit()):
        raise UserError.of(
            "IMP-026",
            where="--municipality",
            sv='Registret har ingen kommun än. Ange kommunkod och namn: --municipality "2281 Sundsvall".',
            en='The register has no municipality yet. Give code and name: --municipality "2281 Sundsvall".',
        )
    return set_up_tree(tree=Tree(Place(code, name.strip() or f"Kommun {code}")), by=by, at=at)


Named = Mapping[str, tuple[str, str, str]]
"""Text in the frames -> code, name, and what stands beside it (a unit's committee)."""


@dataclass(frozen=True)
class NamedPlaces:
    units: Named
    providers: Named
    committees: Named


def named_places(frames: Mapping[Record, pl.DataFrame]) -> NamedPlaces:
    """The places that the frames name."""
    return NamedPlaces(_named(frames, "unit", "committee"), _named(frames, "provider"), _named(frames, "committee"))


def places_of(
    named: NamedPlaces, municipality: Municipality, *, by: str, at: datetime
) -> Mapping[str, Mapping[str, int]]:
    """The row ids of units and providers by the text that the frames have for them."""
    committees = {place for *_, place in named.units.values() if place}
    names = {code: name for code, name, _ in named.committees.values()}
    _add_committees(municipality, {short_code(text): names.get(short_code(text), text) for text in committees}, by, at)
    units = tuple(
        UnitPlace(code, name, committee=short_code(place) if place else "")
        for code, name, place in named.units.values()
    )
    providers = tuple(ProviderPlace(code, name) for code, name, _ in named.providers.values())
    unit_ids = add_units(municipality=municipality, units=units, by=by, at=at)
    provider_ids = add_providers(municipality=municipality, providers=providers, by=by, at=at)
    return {
        "unit": {text: unit_ids[code] for text, (code, *_) in named.units.items()},
        "provider": {text: provider_ids[code] for text, (code, *_) in named.providers.items()},
    }


def short_code(text: str) -> str:
    """A code of at most 40 characters; a longer text keeps its beginning and gets a digest of the whole."""
    if len(text) <= _LONGEST_CODE:
        return text
    return f"{text[:31]}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def _named(frames: Mapping[Record, pl.DataFrame], kind: str, beside: str = "") -> Named:
    found: dict[str, tuple[str, str, str]] = {}
    for record, frame in frames.items():
        column = f"{record}.{kind}"
        if column not in frame.columns:
            continue
        name = pl.col(column + NAMED) if column + NAMED in frame.columns else pl.col(column)
        other = pl.col(f"{record}.{beside}") if f"{record}.{beside}" in frame.columns else pl.lit(None, pl.String)
        rows = frame.select(pl.col(column).alias("text"), name.alias("name"), other.alias("beside"))
        told = rows.drop_nulls("text").unique()  # of a million rows some hundreds: the order is made of those
        for text, called, place in told.sort(pl.all(), nulls_last=True).unique("text", maintain_order=True).rows():
            found.setdefault(text, (short_code(text), (called or text)[:_LONGEST_NAME], place or ""))
    return found


def _add_committees(municipality: Municipality, wanted: Mapping[str, str], by: str, at: datetime) -> None:
    known = set(municipality.committees.values_list("code", flat=True))
    new = tuple(Place(code, name[:_LONGEST_NAME]) for code, name in wanted.items() if code not in known)
    if not new and known:
        return
    there = Place(municipality.code, municipality.name, municipality.valid_from, municipality.valid_to)
    set_up_tree(tree=Tree(there, committees=new or (FIRST_COMMITTEE,)), by=by, at=at)
