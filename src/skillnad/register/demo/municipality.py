"""What a made-up municipality is: plain data, in the codebook's codes. No Django, no clock."""

from dataclasses import dataclass
from datetime import date

NAME = "Påhittsund"
"""”Påhitt” is Swedish for something made up; no municipality has the name."""

CODE = "9901"
"""The first two digits of a municipality's code are its county; no county is 99, so the code can be nobody's."""

FIRST_DAY = date(2021, 1, 1)
LAST_DAY = date(2025, 12, 31)
"""The five years. What is ongoing on the last day has no end in the extracts."""

EXTRACTED = date(2026, 1, 7)
"""The day that the case systems gave their extracts away."""


@dataclass(frozen=True)
class Unit:
    """An organisational unit. `committee` is its secrecy area; `system` is where its cases are kept."""

    code: str
    name: str
    committee: str


@dataclass(frozen=True)
class Provider:
    """Who carries interventions out. `kind` is own, hvb or foster."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True)
class Client:
    """A made-up person. `identity` is a local reserve number, or empty where the support is given without one."""

    number: int
    identity: str
    birth_date: date | None
    legal_sex: str
    origin: str
    protected: bool = False


@dataclass(frozen=True)
class Case:
    """One case, kept in one `system` (lifecare, procapita or omsorg)."""

    number: int
    client: int
    system: str
    group: str
    unit: str
    intake_date: date
    intake_reason: tuple[str, ...]
    household_type: str
    previous_contact: str
    problem: tuple[str, ...]
    decision_date: date | None
    closed_date: date | None


@dataclass(frozen=True)
class Intervention:
    """One intervention. `end_date` is None while it is ongoing; support without identity has no decision."""

    number: int
    case: int
    provider: str
    types: tuple[str, ...]
    decision_date: date | None
    start_date: date | None
    end_date: date | None
    adherence_to_plan: str
    closing_reason: str


@dataclass(frozen=True)
class FollowUp:
    """One occasion of follow-up."""

    number: int
    intervention: int
    day: date
    collaboration: tuple[str, ...]
    coordinated_plan: str
    parallel_interventions: str
    goal_attainment: str


@dataclass(frozen=True)
class Review:
    """A review that the law asks for while a child is placed; `held_date` is None where it was not held."""

    number: int
    intervention: int
    due_date: date
    held_date: date | None


@dataclass(frozen=True)
class Cost:
    """What a placement cost in one calendar month, or the part of it that it lasted. `amount` is in öre."""

    number: int
    intervention: int
    from_date: date
    to_date: date
    amount: int


@dataclass(frozen=True)
class Municipality:
    """The whole of it, in the order that it was made."""

    seed: int
    units: tuple[Unit, ...]
    providers: tuple[Provider, ...]
    clients: tuple[Client, ...]
    cases: tuple[Case, ...]
    interventions: tuple[Intervention, ...]
    follow_ups: tuple[FollowUp, ...]
    reviews: tuple[Review, ...]
    costs: tuple[Cost, ...]
