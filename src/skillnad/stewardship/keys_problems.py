"""What stops a change of keys, and what to do about it. A key is named by its eight letters, and never shown."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from skillnad.lib.errors import UserError


def other_keys(file: str) -> UserError:
    return UserError.of(
        "KEY-001",
        where=file,
        sv="Databasen har redan en logg eller förseglade värden, som bara dess egen nyckelfil öppnar. Lägg tillbaka "
        "den filen från säkerhetskopian. Nya nycklar kan bara göras till en tom databas.",
        en="The database has a log or sealed values already, which only its own key file opens. Restore that file from "
        "the backup. New keys can only be made for an empty database.",
    )


def keys_missing(file: str, names: Sequence[str], count: int) -> UserError:
    told = ", ".join(names)
    return UserError.of(
        "KEY-002",
        where=file,
        sv=f"Antal värden som är förseglade med nycklar som filen saknar ({told}): {count}. "
        "Det är fel fil eller en för gammal: lägg tillbaka den rätta från säkerhetskopian och kör igen. Ingenting "
        "har ändrats.",
        en=f"Values sealed with keys that the file lacks ({told}): {count}. It is the wrong file or too old: "
        "restore the right one from the backup and run again. Nothing has been changed.",
    )


def unreadable(count: int) -> UserError:
    return UserError.of(
        "KEY-003",
        sv=f"Antal värden som inte går att öppna: {count}. De har ändrats eller hör till andra rader. Resten är "
        "förseglat på nytt. Jämför registret med säkerhetskopian; behåll den gamla nyckeln tills dess.",
        en=f"Values that do not open: {count}. They have been changed or belong to other rows. The "
        "rest is sealed anew. Compare the register with the backup; keep the old key until then.",
    )


def no_such_key(name: str) -> UserError:
    return UserError.of(
        "KEY-004",
        where=name,
        sv="Nyckelfilen har ingen sådan nyckel. Namnen står i skillnad keys status.",
        en="The key file has no such key. The names are in skillnad keys status.",
    )


def still_sealing(name: str) -> UserError:
    return UserError.of(
        "KEY-005",
        where=name,
        sv="Nyckeln förseglar nya värden, eller ska göra det. Kör skillnad keys rotate och vänta ett dygn.",
        en="The key seals new values, or is going to. Run skillnad keys rotate and wait a day.",
    )


def still_needed(name: str, count: int) -> UserError:
    return UserError.of(
        "KEY-006",
        where=name,
        sv=f"Antal värden som ännu är förseglade med nyckeln: {count}. Kör skillnad keys rotate tills inga är kvar.",
        en=f"Values still sealed with the key: {count}. Run skillnad keys rotate until none are left.",
    )


def too_soon(name: str, when: datetime) -> UserError:
    day = f"{timezone.localtime(when):%Y-%m-%d %H:%M}"
    return UserError.of(
        "KEY-007",
        where=name,
        sv=f"Nyckeln byttes för mindre än ett dygn sedan, och en inläsning som började före bytet kan hålla på än. "
        f"Försök igen efter {day}.",
        en=f"The key was changed less than a day ago, and an import that began before may still be under way. Try "
        f"again after {day}.",
    )
