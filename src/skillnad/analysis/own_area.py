"""Results of one's own area, with nothing hidden: who answers for a unit may see the unit's small numbers.

Such a table is made by `door.ask_own_area` alone and carries the policy OWN_AREA: it is never stored and never a file
(`leaving`), and its reading is logged by the page that shows it. It is of rows of the area's own units, for follow-up,
and of what the register holds: what somebody answered in confidence or without a name is no population here, and must
never be.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from skillnad.analysis.comparisons.questions import Asked, Comparative
from skillnad.analysis.disclosure.policy import OWN_AREA, Policy
from skillnad.analysis.disclosure.protect import Pattern
from skillnad.analysis.measures import OPEN
from skillnad.analysis.protection import CLIENTS, ROWS, Protected, protect_table
from skillnad.analysis.results import RawTable
from skillnad.analysis.selection import selection_of
from skillnad.codebook.snapshot_schema import Population
from skillnad.lib.errors import UserError

UNIT = "unit"
COVERED = frozenset(
    {
        Population.CLIENTS,
        Population.CASES,
        Population.INTERVENTIONS,
        Population.FOLLOW_UPS,
        Population.REVIEWS,
        Population.COSTS,
    }
)
"""What the register holds. A population that is not named here is not covered until someone has decided that it is."""
_NOTHING = Pattern(frozenset(), 0)
_HIDES_NOTHING: Mapping[str, Pattern] = {ROWS: _NOTHING, OPEN: _NOTHING, CLIENTS: _NOTHING}


class Purpose(StrEnum):
    """What unprotected results may be read for."""

    FOLLOW_UP = "follow_up"


@dataclass(frozen=True)
class OwnArea:
    """The units that a reader answers for, by their codes."""

    units: frozenset[str]


def check_own_area(question: Asked, area: OwnArea, purpose: str) -> None:
    """Raises UserError: DISC-030 where the rows are not the area's alone, DISC-031 where the question or what it is of
    is not covered, DISC-032 for another purpose."""
    if purpose not in set(Purpose):
        raise _other_purpose()
    if isinstance(question, Comparative) or selection_of(question).population not in COVERED:
        raise _not_covered()
    chosen = [set(where.codes) for where in selection_of(question).where if where.column == UNIT]
    if not any(codes and codes <= area.units - {""} for codes in chosen):
        raise _not_the_area(sorted(area.units - {""}))


def unhidden(raw: RawTable) -> Protected:
    """The table with nothing hidden. Quantiles are of as many rows as elsewhere: of fewer they say little."""
    return protect_table(raw, OWN_AREA, joint=_HIDES_NOTHING)


def check_protects(policy: Policy) -> None:
    """Raises UserError (DISC-034) for a policy that hides nothing, where a protected answer is asked for."""
    if policy.own_area:
        raise UserError.of(
            "DISC-034",
            sv="Utan skydd visas bara det egna området. Fråga med en vanlig policy.",
            en="Only one's own area is shown without protection. Ask by an ordinary policy.",
        )


def _not_the_area(units: list[str]) -> UserError:
    own = ", ".join(units) or "inga enheter"
    return UserError.of(
        "DISC-030",
        sv=f"Utan skydd visas bara de egna enheterna ({own}). Välj rader med villkoret unit, och bara dem.",
        en=f"Only one's own units ({', '.join(units) or 'none'}) are shown without protection. Choose rows by unit, "
        "and those alone.",
    )


def _not_covered() -> UserError:
    return UserError.of(
        "DISC-031",
        sv="Utan skydd visas antal, andelar, tider och summor ur registret, inte jämförelser med andra och inte svar "
        "som lämnats i förtroende eller anonymt. Ställ frågan i Utforska i stället.",
        en="Counts, shares, times and sums of the register are shown without protection, but no comparisons with "
        "others and no answers that were given in confidence or without a name. Ask in the explorer instead.",
    )


def _other_purpose() -> UserError:
    return UserError.of(
        "DISC-032",
        sv="Oskyddade resultat visas bara för uppföljning (follow_up). Ange det ändamålet.",
        en="Unprotected results are shown for follow-up alone (follow_up). Give that purpose.",
    )
