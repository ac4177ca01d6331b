"""What the tree is told as: plain data, so that a file, an extract or a demo can say what a municipality looks like."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Place:
    """A committee, or anything else with a code and a name."""

    code: str
    name: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class AdministrationPlace(Place):
    committee: str = ""
    kind: str = "department"


@dataclass(frozen=True)
class UnitPlace(Place):
    """`committee` and `administration` are codes; without a committee, the unit belongs to the municipality's first."""

    committee: str = ""
    administration: str = ""


@dataclass(frozen=True)
class ProviderPlace(Place):
    kind: str = "unknown"


@dataclass(frozen=True)
class Tree:
    """A municipality and what is in it, above before below."""

    municipality: Place
    committees: tuple[Place, ...] = ()
    administrations: tuple[AdministrationPlace, ...] = ()
    units: tuple[UnitPlace, ...] = ()
    providers: tuple[ProviderPlace, ...] = ()
