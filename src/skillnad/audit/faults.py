"""What is wrong with the log, in words: where it is, and what to do about it."""

from collections.abc import Mapping

from skillnad.audit.checkpoints import Checkpoint
from skillnad.audit.following import Fault, Wrong
from skillnad.lib.errors import Problem

_DO_SV = "Jämför med säkerhetskopian, och gör en incidentanmälan: någon har skrivit i databasen förbi Skillnad."
_DO_EN = "Compare with the backup, and report an incident: someone has written to the database past Skillnad."
_TOLD: Mapping[Wrong, tuple[str, str, str]] = {
    Wrong.CHANGED: (
        "AUD-001",
        "Händelsen säger något annat än när den skrevs.",
        "The event says something else than when it was written.",
    ),
    Wrong.REMOVED: (
        "AUD-002",
        "Här saknas en eller flera händelser: den som stod före är borttagen.",
        "One event or more are missing here: the one that stood before has been removed.",
    ),
    Wrong.MOVED: (
        "AUD-003",
        "Händelsen står inte där den skrevs: den följer på en annan än den som står före.",
        "The event is not where it was written: it follows another than the one that stands before it.",
    ),
    Wrong.INSERTED: (
        "AUD-004",
        "Händelsen har lagts in i efterhand: kedjan går förbi den.",
        "The event has been put in afterwards: the chain goes past it.",
    ),
    Wrong.PEOPLE: (
        "AUD-005",
        "Listan över vilka personer händelsen gäller är inte den som skrevs.",
        "The list of the people whom the event is about is not the one that was written.",
    ),
}


def problem_of(fault: Fault) -> Problem:
    """Where: the event's number in the log, its row in the table and its moment, which a tamperer may have changed."""
    code, sv, en = _TOLD[fault.wrong]
    place = f"logg, händelse {fault.number} (rad {fault.row}, {fault.at[:16]} UTC)"
    if fault.row == 0:
        place = f"logg, personlistor till och med händelse {fault.number}"
    return Problem(code, where=place, sv=f"{sv} {_DO_SV}", en=f"{en} {_DO_EN}")


def cut_off(point: Checkpoint, end: Checkpoint) -> Problem:
    reached = f"rad {end.row} ({end.at[:16]} UTC)" if end.row else "ingen händelse alls"
    reached_en = f"row {end.row} ({end.at[:16]} UTC)" if end.row else "no event at all"
    return Problem(
        "AUD-006",
        where=_at(point),
        sv=f"Loggen når inte fram till kontrollpunkten: dess händelse är borta, och det sista i loggen är {reached}. "
        f"Händelser har klippts av i slutet. {_DO_SV}",
        en=f"The log does not reach the checkpoint: its event is gone, and the last of the log is {reached_en}. "
        f"Events have been cut off at the end. {_DO_EN}",
    )


def replaced(point: Checkpoint) -> Problem:
    return Problem(
        "AUD-006",
        where=_at(point),
        sv=f"Loggen går inte genom kontrollpunkten: på dess rad står en annan händelse. {_DO_SV}",
        en=f"The log does not go through the checkpoint: its row has another event. {_DO_EN}",
    )


def unnamed(count: int) -> Problem:
    return Problem(
        "AUD-008",
        where="logg",
        sv=f"Ytterligare {count} fel har hittats. De första säger var det börjar.",
        en=f"{count} more faults were found. The first ones say where it begins.",
    )


def _at(point: Checkpoint) -> str:
    return f"kontrollpunkt rad {point.row} ({point.at[:16]} UTC)"
