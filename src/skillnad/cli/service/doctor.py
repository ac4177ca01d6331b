"""`skillnad doctor`: every setting and its origin, what is wrong, and how to mend it. Nothing is changed."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import typer

from skillnad.cli.service.django_setup import set_up_django
from skillnad.lib.errors import Problem, reader_language

MOUNTS = Path("/proc/mounts")


def register(app: typer.Typer) -> None:
    app.command("doctor")(doctor)


def doctor() -> None:
    """Undersök installationen: inställningar, nyckelfil, databas, säkerhetskopior, logg, disk och klocka.

    En rad för varje fel, med kod och hur det avhjälps. Slutar med 1 när något är fel, annars med 0.
    """
    language = reader_language()
    settings_shown = import_module("skillnad.config.settings_shown")  # `config` stands above the commands
    for setting in settings_shown.shown():
        origin = _ORIGIN[language][setting.given]
        typer.echo(f"{setting.name:27} {setting.value or '–'}  ({origin})")
    problems = settings_shown.start_problems() or list(_examined())
    typer.echo("")
    for problem in problems:
        typer.echo(problem.text(language))
    if problems:
        raise typer.Exit(1)
    typer.echo(_WELL[language])


def _examined() -> Iterator[Problem]:
    set_up_django()
    from django.conf import settings

    from skillnad.stewardship.examining import places

    home = Path(settings.SKILLNAD_HOME)
    keys = list(places.key_file(Path(settings.SKILLNAD_KEY_FILE)))
    yield from keys
    yield from places.home_folder(home)
    if settings.SKILLNAD_MODE == "production":
        yield from places.production(https=settings.SESSION_COOKIE_SECURE, static=Path(settings.STATIC_ROOT))
    if home.is_dir():
        yield from _database(with_keys=not keys)


def _database(*, with_keys: bool) -> Iterator[Problem]:
    from django.conf import settings
    from django.db import connection
    from django.utils import timezone

    from skillnad.stewardship.examining import database, places

    if connection.vendor == "sqlite" and MOUNTS.exists():
        yield from places.sqlite_disk(Path(connection.settings_dict["NAME"]).resolve(), MOUNTS.read_text())
    wrong = list(database.reachable_and_migrated())
    if wrong:
        yield from wrong
        return
    now = timezone.now()
    yield from database.write_ahead()
    yield from database.backups(now, settings.SKILLNAD_BACKUP_DAYS)
    if with_keys:
        yield from database.checkpoints(Path(settings.SKILLNAD_CHECKPOINTS))
    yield from database.clock(now)


_ORIGIN = {"sv": {True: "miljön", False: "förval"}, "en": {True: "environment", False: "default"}}
_WELL = {"sv": "Inget fel hittades.", "en": "Nothing wrong was found."}
