"""What can be wrong with what somebody says of the tree: where it is known, what, and how to mend it."""

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

from skillnad.lib.errors import Problem, UserError
from skillnad.lib.text import shown

_IMPORT = "`skillnad organisation import`"


def no_unit(code: str, known: Iterable[str]) -> UserError:
    near = get_close_matches(code, list(known), n=1, cutoff=0.5)
    hint_sv = f"Menade du {near[0]}?" if near else "Se koderna med `skillnad organisation show`."
    hint_en = f"Did you mean {near[0]}?" if near else "See the codes with `skillnad organisation show`."
    return UserError.of(
        "ORG-001",
        sv=f"Det finns ingen enhet med koden ”{shown(code)}”. {hint_sv}",
        en=f"There is no unit with the code '{shown(code)}'. {hint_en}",
    )


def no_place(code: str, known: Iterable[str]) -> UserError:
    told = ", ".join(sorted(known)[:20]) or "–"
    return UserError.of(
        "ORG-002",
        sv=f"Det finns ingen nämnd eller förvaltning med koden ”{shown(code)}” att lägga enheten i. De som finns är "
        f"{told}.",
        en=f"There is no committee or administration with the code '{shown(code)}' to place the unit in. Those that "
        f"are there: {told}.",
    )


def before_it_opened(code: str, first: date | None) -> Problem:
    opened = f" ({first})" if first else ""
    return Problem(
        "ORG-003",
        sv=f"Enheten {shown(code)} kan inte ändras den dag den började gälla så som den är{opened}, eller tidigare. "
        f"Ange en senare dag, eller rätta historiken med en fil och {_IMPORT}.",
        en=f"The unit {shown(code)} cannot change on the day it began as it is{opened}, or before. Give a later day, "
        f"or correct its history with a file and {_IMPORT}.",
    )


def ended_by_then(code: str, last: date) -> UserError:
    return UserError.of(
        "ORG-004",
        sv=f"Enheten {shown(code)} finns inte den dagen: dess sista dag var {last}. Ange en tidigare dag, eller rätta "
        f"historiken med en fil och {_IMPORT}.",
        en=f"The unit {shown(code)} is not there that day: its last day was {last}. Give an earlier day, or correct "
        f"its history with a file and {_IMPORT}.",
    )


def overlap(code: str) -> Problem:
    return Problem(
        "ORG-005",
        sv=f"Enheten {shown(code)} står två gånger för samma dag. Låt den ena raden sluta dagen före den andra.",
        en=f"The unit {shown(code)} stands twice for the same day. End one row the day before the other begins.",
    )


def circular(code: str) -> Problem:
    return Problem(
        "ORG-006",
        sv=f"Enheten {shown(code)} följer på sig själv, genom andra. Ge den enhet som börjar sist en egen kod, eller "
        "ta bort en av efterföljarna.",
        en=f"The unit {shown(code)} follows itself, by way of others. Give the unit that begins last a code of its "
        "own, or remove one of the successors.",
    )


def wrong_order(code: str) -> Problem:
    return Problem(
        "ORG-007",
        sv=f"Enheten {shown(code)} har en sista dag som är före den första. Byt plats på dagarna.",
        en=f"The unit {shown(code)} has a last day that is before its first. Swap the days.",
    )


def in_the_future(code: str, today: date) -> Problem:
    return Problem(
        "ORG-008",
        sv=f"Ändringen av enheten {shown(code)} börjar gälla efter i dag ({today}). Den som flyttas får en ny "
        "sekretessgräns, så ändringen görs först den dag den gäller. Kom tillbaka då.",
        en=f"The change of the unit {shown(code)} begins after today ({today}). A unit that is moved has another limit "
        "of secrecy, so the change is made on the day that it holds. Come back then.",
    )


def too_few() -> UserError:
    return UserError.of(
        "ORG-009",
        sv="En delning leder till minst två enheter, och en sammanslagning kommer av minst två, med olika koder. Ange "
        "flera, eller byt namn på enheten i stället.",
        en="A split leads to two units at least, and a merger comes of two at least, with different codes. Give more, "
        "or rename the unit instead.",
    )


def taken(code: str) -> UserError:
    return UserError.of(
        "ORG-010",
        sv=f"Koden {shown(code)} hör till en enhet som inte finns den dagen. Ge den nya enheten en egen kod.",
        en=f"The code {shown(code)} belongs to a unit that is not there that day. Give the new unit a code of its own.",
    )


def no_name(code: str) -> Problem:
    return Problem(
        "ORG-011",
        sv=f"Enheten ”{shown(code)}” saknar kod eller namn, eller har längre än som får plats: 40 tecken i koden, "
        "utan komma och semikolon, och 200 i namnet. Fyll i båda.",
        en=f"The unit '{shown(code)}' lacks a code or a name, or has longer than there is room for: 40 characters in "
        "the code, without commas and semicolons, and 200 in the name. Fill in both.",
    )


def empty() -> UserError:
    return UserError.of(
        "ORG-012",
        sv="Det finns ingen kommun i registret än, och så ingen organisation att ändra. Läs in underlag först, med "
        "`skillnad import`.",
        en="There is no municipality in the register yet, and so no organisation to change. Import extracts first, "
        "with `skillnad import`.",
    )


def read_day(text: str, where: str) -> date:
    """The day that somebody wrote. Raises UserError ORG-016."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserError.of(
            "ORG-016",
            where=where,
            sv="Dagen går inte att läsa. Skriv den som 2024-12-31.",
            en="The day cannot be read. Write it as 2024-12-31.",
        ) from None
