"""Who may do what: one table, from which `permissions`, the page docs/behorighet.md and the tests are made.

Knows no database and no Django, so that the manual can be made without either. Importing and making snapshots are no
rights: they are done at the machine, by whoever can read its keys (docs/adr/0020). A right is here only where a page
asks about it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What someone is in the organisation. `label` is its name, `what` the work that it is for."""

    label: str
    what: str

    def __new__(cls, value: str, label: str = "", what: str = "") -> "Role":
        role = str.__new__(cls, value)
        role._value_, role.label, role.what = value, label, what
        return role

    CASEWORKER = "caseworker", "handläggare", "följer upp sina ärenden på en enhet"
    UNIT_MANAGER = "unit_manager", "enhetschef", "svarar för en enhet och dess resultat"
    ANALYST = "analyst", "analytiker", "tar fram resultat; läser vad människor skrivit i den nämnd som rollen gäller"
    CONTRACT_MANAGER = "contract_manager", "avtalsansvarig", "följer utförarna över hela kommunen, utan att se någon"
    COMMITTEE_SECRETARY = "committee_secretary", "nämndsekreterare", "läser färdiga rapporter åt nämnden"
    INTERVIEWER = "interviewer", "intervjuare", "ställer frågorna, och behöver känna till formulären"
    OPERATOR = "operator", "driftansvarig", "sköter driften och ger ut behörigheter; ser ingen person"
    AUDITOR = "auditor", "granskare", "kontrollerar vem som haft vilken behörighet, och använt den"


UNIT_ROLES = (Role.CASEWORKER, Role.UNIT_MANAGER)
"""These are always of a unit."""


class Sees(StrEnum):
    """What a right shows, from what is safe to what is about someone."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "Sees":
        sees = str.__new__(cls, value)
        sees._value_, sees.label = value, label
        return sees

    NOTHING = "nothing", "ingenting om brukare"
    RESULTS = "results", "skyddade resultat: ingen person går att peka ut"
    SMALL_NUMBERS = "small_numbers", "små tal, som kan röra någon få känner igen"
    PEOPLE = "people", "uppgifter om enskilda människor"


class Purpose(StrEnum):
    """Why something is shown: stands in the log beside each reading of people."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "Purpose":
        purpose = str.__new__(cls, value)
        purpose._value_, purpose.label = value, label
        return purpose

    FOLLOW_UP = "follow_up", "uppföljning, utvärdering och kvalitetssäkring"
    ACCESS_CONTROL = "access_control", "att tilldela och kontrollera behörighet"


class Right(StrEnum):
    READ_REPORT = "read_report"
    EXPLORE_TABLES = "explore_tables"
    EXPLAIN_DIFFERENCES = "explain_differences"
    WITHDRAW_EXPLANATIONS = "withdraw_explanations"
    SEE_OWN_UNIT = "see_own_unit"
    PREVIEW_INSTRUMENTS = "preview_instruments"
    READ_FREE_TEXT = "read_free_text"
    BREAK_GLASS = "break_glass"
    SEE_BROKEN_GLASS = "see_broken_glass"
    SEE_ROLES = "see_roles"
    MANAGE_ROLES = "manage_roles"
    MANAGE_ORGANISATION = "manage_organisation"
    REVIEW_LOG = "review_log"


@dataclass(frozen=True)
class Rule:
    """One right. `what` follows "får" in a sentence. With `protected`, people with protected identity are seen too by
    an assignment that says so; without it they are seen by nobody."""

    right: Right
    what: str
    sees: Sees
    purpose: Purpose
    roles: frozenset[Role]
    protected: bool = False

    @property
    def reads_people(self) -> bool:
        return self.sees is Sees.PEOPLE


def _rule(right: Right, what: str, sees: Sees, purpose: Purpose, *roles: Role, protected: bool = False) -> Rule:
    return Rule(right, what, sees, purpose, frozenset(roles), protected)


_C, _U, _A, _K, _S, _I, _O, _R = Role
_READERS = (_C, _U, _A, _K, _S)

RULES: tuple[Rule, ...] = (
    _rule(Right.READ_REPORT, "läsa rapporten", Sees.RESULTS, Purpose.FOLLOW_UP, *_READERS),
    _rule(Right.EXPLORE_TABLES, "bygga tabeller", Sees.RESULTS, Purpose.FOLLOW_UP, _U, _A, _K),
    _rule(Right.EXPLAIN_DIFFERENCES, "förklara skillnader", Sees.RESULTS, Purpose.FOLLOW_UP, _U, _A),
    _rule(Right.WITHDRAW_EXPLANATIONS, "ta bort andras förklaringar", Sees.RESULTS, Purpose.FOLLOW_UP, _A),
    _rule(Right.SEE_OWN_UNIT, "se den egna enhetens små tal", Sees.SMALL_NUMBERS, Purpose.FOLLOW_UP, _U),
    _rule(Right.PREVIEW_INSTRUMENTS, "förhandsgranska instrument", Sees.NOTHING, Purpose.FOLLOW_UP, _A, _I),
    _rule(Right.READ_FREE_TEXT, "läsa svar i fritext", Sees.PEOPLE, Purpose.FOLLOW_UP, _A, protected=True),
    _rule(Right.BREAK_GLASS, "öppna ett annat område i nödfall", Sees.NOTHING, Purpose.FOLLOW_UP, _A),
    _rule(Right.SEE_BROKEN_GLASS, "se nödöppningar", Sees.NOTHING, Purpose.ACCESS_CONTROL, _U, _A, _R),
    _rule(Right.SEE_ROLES, "se vem som har vilken behörighet", Sees.NOTHING, Purpose.ACCESS_CONTROL, _O, _R),
    _rule(Right.MANAGE_ROLES, "ge och ta tillbaka behörigheter", Sees.NOTHING, Purpose.ACCESS_CONTROL, _O),
    _rule(Right.MANAGE_ORGANISATION, "ändra organisationens enheter", Sees.NOTHING, Purpose.ACCESS_CONTROL, _O),
    _rule(Right.REVIEW_LOG, "kontrollera loggen", Sees.NOTHING, Purpose.ACCESS_CONTROL, _R),
)

TABLE: Mapping[Right, Rule] = {rule.right: rule for rule in RULES}
PEOPLE_ROLES = frozenset(role for rule in RULES if rule.reads_people for role in rule.roles)
"""Roles that show people, where they are held: what the database's own area is made of."""


def rights_of(role: Role) -> frozenset[Right]:
    return frozenset(rule.right for rule in RULES if role in rule.roles)
