"""`skillnad keys`: the key file made, told of, and its keys changed for new ones. No key is ever shown."""

import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillnad.cli.service.django_setup import set_up_django
from skillnad.lib.errors import reader_language

if TYPE_CHECKING:
    from skillnad.lib.key_file import KeyTold
    from skillnad.stewardship.keys import KeysStatus

BY = "operator:keys"
_STEPS = 10  # lines of a whole rotation
_WORDS_FIRST = 3  # columns of the table before the figures


def register(app: typer.Typer) -> None:
    keys = typer.Typer(help="Nycklarna: skapa filen, visa vilka som finns, byt och ta bort.", no_args_is_help=True)
    keys.command("create")(create)
    keys.command("status")(status)
    keys.command("rotate")(rotate)
    keys.command("retire")(retire)
    app.add_typer(keys, name="keys")


def create() -> None:
    """Skapa nyckelfilen som SKILLNAD_KEY_FILE anger, en gång, till en tom databas."""
    _begin()
    from django.conf import settings
    from django.utils import timezone

    from skillnad.stewardship.keys import create_keys

    create_keys(by=BY, at=timezone.now())
    typer.echo(_WORDS["created"][reader_language()].format(path=settings.SKILLNAD_KEY_FILE))


def status() -> None:
    """Visa vilka nycklar som finns, sedan när, och hur många värden var och en har förseglat. Ingen nyckel visas."""
    _begin()
    from skillnad.stewardship.keys import keys_status

    for line in _lines(keys_status()):
        typer.echo(line)


def rotate(
    prepare: Annotated[
        bool, typer.Option("--prepare", help="Lägg bara till nyckeln: för filen till de andra maskinerna, byt sedan.")
    ] = False,
    reseal: Annotated[
        bool,
        typer.Option("--reseal", help="Lägg inte till någon nyckel: försegla bara om det som äldre har förseglat."),
    ] = False,
) -> None:
    """Byt nyckel: en ny förseglar från nu, och allt lagrat förseglas om medan andra arbetar. Avbruten: kör igen."""
    _begin()
    from django.utils import timezone

    from skillnad.stewardship import keys_problems
    from skillnad.stewardship.keys import prepare_keys, rotate_keys

    language = reader_language()
    if prepare:
        name = prepare_keys(by=BY, at=timezone.now())
        typer.echo(_WORDS["prepared"][language].format(name=name))
        return
    done = rotate_keys(by=BY, at=timezone.now(), new_key=not reseal, progress=_progress())
    typer.echo(_WORDS["resealed"][language].format(values=done.values))
    if done.unreadable:
        raise keys_problems.unreadable(done.unreadable)
    typer.echo(_WORDS["left" if done.left else "rotated"][language].format(left=done.left))


def retire(
    name: Annotated[str, typer.Argument(metavar="NYCKEL", help="Nyckelns namn, åtta tecken, som status visar det.")],
    to: Annotated[
        Path,
        typer.Option("--to", metavar="MAPP", help="Mappen för nyckelfilen som den var, till gamla säkerhetskopior."),
    ],
) -> None:
    """Ta bort en gammal nyckel som inget lagrat värde behöver."""
    _begin()
    from django.utils import timezone

    from skillnad.stewardship.keys import retire_key

    copy = retire_key(name=name, to=to, by=BY, at=timezone.now())
    typer.echo(_WORDS["retired"][reader_language()].format(name=name, copy=copy))


def _begin() -> None:
    """As other commands, but that no key file is made by itself: a missing one is what these are about."""
    set_up_django()
    from django.conf import settings
    from django.core.management import call_command

    Path(settings.SKILLNAD_HOME).mkdir(mode=0o700, parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)


def _lines(status: "KeysStatus") -> list[str]:
    words = {name: told[reader_language()] for name, told in _WORDS.items()}
    columns = list(status.values)
    heads = [words["key"], words["since"], words["seals"], *(words[name] for name in columns)]
    rows = [
        [key.name, _day(key.since) or words["unknown"], words[_state(key)].format(until=_day(key.until)), *counts]
        for key in status.file.keys
        for counts in [[str(status.values[name].get(key.name, 0)) for name in columns]]
    ]
    for name in status.missing:
        rows.append([name, "", words["missing"], *(str(status.values[each].get(name, 0)) for each in columns)])
    widths = [max(map(len, cells)) for cells in zip(heads, *rows, strict=True)]
    lines = ["  ".join(_filled(row, widths)) for row in [heads, *rows]]
    return [line.rstrip() for line in lines] + ([words["unfinished"]] if status.file.rotating else [])


def _filled(row: list[str], widths: list[int]) -> Iterator[str]:
    """Words to the left, figures to the right."""
    for place, (cell, width) in enumerate(zip(row, widths, strict=True)):
        yield cell.ljust(width) if place < _WORDS_FIRST else cell.rjust(width)


def _state(key: "KeyTold") -> str:
    if key.current:
        return "sealing"
    if key.prepared:
        return "waiting"
    return "until" if key.until else "opens"


def _day(at: datetime | None) -> str:
    from django.utils import timezone

    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def _progress() -> Callable[[int, int], None]:
    """A line on stderr each tenth of the way."""
    told = 0

    def progress(done: int, total: int) -> None:
        nonlocal told
        if total and done * _STEPS // total > told:
            told = done * _STEPS // total
            print(_WORDS["progress"][reader_language()].format(done=done, total=total), file=sys.stderr)

    return progress


_WORDS = {
    "created": {
        "sv": "Nyckelfilen är skapad: {path}\nKopiera den nu till ett annat ställe än databasens säkerhetskopior. Utan "
        "den kan ingen identitet läsas.",
        "en": "The key file is made: {path}\nCopy it now to another place than the database's backups. Without it no "
        "identity can be read.",
    },
    "prepared": {
        "sv": "Nyckeln {name} är tillagd och förseglar inget än. För nyckelfilen till alla maskiner, och kör sedan "
        "skillnad keys rotate.",
        "en": "Key {name} is added and seals nothing yet. Carry the key file to all machines, then run skillnad keys "
        "rotate.",
    },
    "progress": {"sv": "{done} av {total} förseglade om", "en": "{done} of {total} sealed anew"},
    "resealed": {"sv": "Förseglade på nytt: {values}.", "en": "Sealed anew: {values}."},
    "rotated": {
        "sv": "Inget är kvar under äldre nycklar. Kopiera nyckelfilen till dess säkra ställe. En gammal nyckel kan tas "
        "bort efter ett dygn med skillnad keys retire.",
        "en": "Nothing is left under older keys. Copy the key file to its safe place. An old key can be removed after "
        "a day with skillnad keys retire.",
    },
    "left": {
        "sv": "Kvar under äldre nycklar, för att andra skrev just dem: {left}. Kör skillnad keys rotate igen.",
        "en": "Left under older keys, since others were writing those: {left}. Run skillnad keys rotate again.",
    },
    "retired": {
        "sv": "Nyckeln {name} är borttagen. Säkerhetskopior från före i dag behöver filen som den var: {copy}\nFlytta "
        "den dit gamla nycklar förvaras, och ta bort den när de säkerhetskopiorna är borta.",
        "en": "Key {name} is removed. Backups older than today need the file as it was: {copy}\nMove it to where old "
        "keys are kept, and remove it when those backups are gone.",
    },
    "key": {"sv": "nyckel", "en": "key"},
    "since": {"sv": "sedan", "en": "since"},
    "seals": {"sv": "läge", "en": "state"},
    "identities": {"sv": "identiteter", "en": "identities"},
    "free_answers": {"sv": "svar i fritext", "en": "free answers"},
    "second_factors": {"sv": "nycklar till engångskoder", "en": "secrets of one-time codes"},
    "unknown": {"sv": "okänt", "en": "unknown"},
    "sealing": {"sv": "förseglar nytt", "en": "seals new values"},
    "waiting": {"sv": "väntar på rotate", "en": "waits for rotate"},
    "until": {"sv": "öppnar, förseglade till {until}", "en": "opens, sealed until {until}"},
    "opens": {"sv": "öppnar", "en": "opens"},
    "missing": {"sv": "SAKNAS i nyckelfilen", "en": "MISSING from the key file"},
    "unfinished": {
        "sv": "Ett byte är påbörjat och inte klart: kör skillnad keys rotate igen.",
        "en": "A rotation is begun and not ended: run skillnad keys rotate again.",
    },
}
