"""`profiles.toml` as frozen data: how often what happens in the made-up municipality."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Weights = Mapping[str, float]


@dataclass(frozen=True)
class Group:
    """People who come for much the same thing, and the `system` that keeps their cases."""

    id: str
    system: str
    units: tuple[str, ...]
    share: float
    ages: Mapping[tuple[int, int], float]
    female: float
    months: Mapping[int, float]
    origins: Weights
    reasons: Weights
    problems: Weights
    kept: float  # chance that an intake reason still stands after the investigation
    without: float  # chance that the decision is no intervention
    investigation: tuple[float, float]  # median days, sigma
    start: tuple[float, float]
    known: Weights
    interventions: Mapping[str, Weights]  # by problem, and "other"


@dataclass(frozen=True)
class Kind:
    """A type of intervention: how long, by whom, and at what median cost a month (SEK, 0 where none is recorded)."""

    days: tuple[float, float]
    provider: str
    month: int
    placement: bool


@dataclass(frozen=True)
class Profiles:
    groups: Mapping[str, Group]
    households: tuple[tuple[int, int, Weights], ...]
    kinds: Mapping[str, Kind]
    ending: Mapping[str, Weights]
    goals: Mapping[str, Weights]
    collaboration: Mapping[str, Weights]


@cache
def load_profiles() -> Profiles:
    text = files("skillnad.register.demo").joinpath("profiles.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return Profiles(
        groups={table["id"]: _group(table) for table in data["group"]},
        households=tuple((*table["ages"], table["weights"]) for table in data["household"]),
        kinds={code: _kind(table) for code, table in data["intervention"].items()},
        ending=data["ending"],
        goals=data["goals"],
        collaboration=data["collaboration"],
    )


def _group(table: Mapping[str, Any]) -> Group:
    numbered = {name: _numbered(table[name]) for name in ("origins", "known")}
    return Group(
        id=table["id"],
        system=table["system"],
        units=tuple(table["units"]),
        share=table["share"],
        ages={(first, last): weight for first, last, weight in table["ages"]},
        female=table["female"],
        months=dict(enumerate(table["months"], start=1)),
        reasons=table["reasons"],
        problems=table["problems"],
        kept=table["kept"],
        without=table["without"],
        investigation=tuple(table["investigation"]),
        start=tuple(table["start"]),
        interventions=table["interventions"],
        **numbered,
    )


def _numbered(weights: list[float]) -> Weights:
    return {str(place): weight for place, weight in enumerate(weights, start=1)}


def _kind(table: Mapping[str, Any]) -> Kind:
    return Kind(tuple(table["days"]), table["kind"], table.get("month", 0), table.get("placement", False))
