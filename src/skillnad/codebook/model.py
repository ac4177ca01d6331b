"""What the codebook's files say, as frozen data: variables, their values, and which of them a municipality uses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from skillnad.lib.errors import UserError


class Kind(StrEnum):
    """What an answer to the variable is."""

    DATE = "date"
    IDENTITY = "identity"
    AGE = "age"  # whole years, derived at the event, never stored
    SINGLE = "single"  # one value of the set
    MULTIPLE = "multiple"  # several values of the set
    NUMBER = "number"  # local variables only
    TEXT = "text"  # local variables only; never leaves the register


class Entity(StrEnum):
    """What the variable is recorded about."""

    CLIENT = "client"
    CASE = "case"
    INTERVENTION = "intervention"
    FOLLOW_UP = "follow_up"


class Step(StrEnum):
    """The seven steps of the process, in the national information structure plus closing."""

    INTAKE = "intake"
    INVESTIGATE = "investigate"
    DECIDE = "decide"
    COMMISSION = "commission"  # no variable of the 20 belongs here
    CARRY_OUT = "carry_out"
    FOLLOW_UP = "follow_up"
    CLOSE = "close"


class Meaning(StrEnum):
    """What a value says: most name something; some say that nobody knows, or are findings of another kind."""

    VALUE = "value"
    UNKNOWN = "unknown"  # "vet ej": outside the denominator, shown beside it
    FINDING = "finding"  # says something about goals and plans, not about the client (17, value 6)


@dataclass(frozen=True)
class Value:
    """One value of a set. `code` is text, so that local codes and the standard's numbers look the same."""

    code: str
    sv: str
    en: str
    meaning: Meaning = Meaning.VALUE
    definition_sv: str = ""
    definition_en: str = ""
    valid_from: date | None = None
    valid_to: date | None = None  # the last day
    local: bool = False

    def label(self, language: str = "sv") -> str:
        return self.en if language == "en" else self.sv


@dataclass(frozen=True)
class Variable:
    """One variable. `number` is 1–20 for the standard's, None for a local one.

    `exclusive` holds codes that allow no other value beside them. `order` holds the codes from best to worst where
    the values are a scale, else it is empty. `maps_to` and `mapping` say which standard variable an old local
    variable speaks of, code by code; the old series is kept beside the standard one.
    """

    id: str
    kind: Kind
    entity: Entity
    step: Step
    sv: str
    en: str
    number: int | None = None
    step_when_provider: Step | None = None
    values: tuple[Value, ...] = ()
    exclusive: frozenset[str] = frozenset()
    order: tuple[str, ...] = ()
    sensitive: bool = False
    definition_sv: str = ""
    definition_en: str = ""
    note_sv: str = ""
    source: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    maps_to: str | None = None
    mapping: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    used: bool = True

    @property
    def local(self) -> bool:
        return self.number is None

    @property
    def coded(self) -> bool:
        return self.kind in (Kind.SINGLE, Kind.MULTIPLE)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(value.code for value in self.values)

    def value(self, code: str) -> Value:
        for value in self.values:
            if value.code == code:
                return value
        raise UserError.of(
            "CODE-002",
            sv=f"{self.sv} har inget värde ”{code[:20]}”. Koderna är {', '.join(self.codes)}.",
            en=f"{self.en} has no value '{code[:20]}'. The codes are {', '.join(self.codes)}.",
        )

    def conflicting(self, codes: Iterable[str]) -> frozenset[str]:
        """The codes among `codes` that allow no other value beside them, where there is another."""
        named = frozenset(codes)
        return named & self.exclusive if len(named) > 1 else frozenset()

    def label(self, language: str = "sv") -> str:
        return self.en if language == "en" else self.sv


@dataclass(frozen=True)
class AgeBand:
    """Ages from `first` to `last` years, both included; `last` is None for the open band."""

    code: str
    first: int
    last: int | None

    @property
    def label(self) -> str:
        return f"{self.first} år och äldre" if self.last is None else f"{self.first}–{self.last} år"

    def __contains__(self, age: int) -> bool:
        return self.first <= age and (self.last is None or age <= self.last)


@dataclass(frozen=True)
class Codebook:
    """All variables in order: the 20 first, then the local ones. `digest` names exactly this content."""

    version: str
    variables: Mapping[str, Variable]
    age_bands: tuple[AgeBand, ...]
    digest: str

    def __getitem__(self, name: str) -> Variable:
        """The variable with this id, or this number of the standard's 20 ("9")."""
        for variable in self.variables.values():
            if name == variable.id or (variable.number and name == str(variable.number)):
                return variable
        raise UserError.of(
            "CODE-001",
            sv=f"Kodboken har ingen variabel ”{name[:40]}”. `skillnad codebook show` listar dem.",
            en=f"The codebook has no variable '{name[:40]}'. `skillnad codebook show` lists them.",
        )

    def __contains__(self, name: object) -> bool:
        return name in self.variables

    @property
    def standard(self) -> tuple[Variable, ...]:
        return tuple(variable for variable in self.variables.values() if not variable.local)

    def age_band(self, age: int) -> AgeBand:
        """The band of an age in whole years (not negative)."""
        return next(band for band in self.age_bands if age in band)

    @property
    def used(self) -> tuple[Variable, ...]:
        return tuple(variable for variable in self.variables.values() if variable.used)

    def of(self, entity: Entity) -> tuple[Variable, ...]:
        return tuple(variable for variable in self.used if variable.entity == entity)
