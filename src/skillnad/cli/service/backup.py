"""`skillnad backup`: make, check and restore encrypted backups. The key file is in none of them."""

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from skillnad.cli.service.django_setup import keep_from_others, prepare_database, set_up_django
from skillnad.lib.errors import reader_language

BY = "operator:backup"

File = Annotated[Path, typer.Argument(metavar="FIL", help="Säkerhetskopian.", exists=True, dir_okay=False)]
Secret = Annotated[
    Path, typer.Option("--identity", metavar="FIL", help="Filen med den hemliga nyckeln, som `keygen` skrev.")
]


def register(app: typer.Typer) -> None:
    backup = typer.Typer(
        help="Krypterade säkerhetskopior av databasen, ögonblicksbilderna och skyddets liggare.", no_args_is_help=True
    )
    backup.command("keygen")(keygen)
    backup.command("make")(make)
    backup.command("check")(check)
    backup.command("restore")(restore)
    app.add_typer(backup, name="backup")


def keygen(
    to: Annotated[Path, typer.Option("--to", metavar="FIL", help="Filen som den hemliga nyckeln skrivs i.")],
) -> None:
    """Gör ett nyckelpar: den öppna delen visas, den hemliga sparas. Gör det på en annan dator än den som kopieras."""
    keep_from_others()
    from skillnad.stewardship.backup.age_keys import make_pair

    typer.echo(f"SKILLNAD_BACKUP_RECIPIENT={make_pair(to)}")
    typer.echo(_SECRET[reader_language()].format(name=to.name))


def make(
    to: Annotated[Path, typer.Option("--to", metavar="MAPP", help="Mappen som säkerhetskopian skrivs i.")],
) -> None:
    """Gör en säkerhetskopia medan allt går. Nyckelfilen är inte med: kopiera den för sig, till ett annat ställe."""
    set_up_django()
    from django.conf import settings
    from django.utils import timezone

    from skillnad.stewardship.backup import making
    from skillnad.stewardship.backup.actions import record_made
    from skillnad.stewardship.backup.age_keys import recipient_of
    from skillnad.stewardship.backup.contents import own_keys

    recipient = recipient_of(settings.SKILLNAD_BACKUP_RECIPIENT)
    here, now = _here(), timezone.now()
    path, manifest = making.make(here, to.absolute(), recipient, now)
    record_made(manifest=manifest, by=BY, at=now)
    language = reader_language()
    typer.echo(_MADE[language].format(path=path, **_told(manifest)))
    left_out = [Path(settings.SKILLNAD_KEY_FILE), *own_keys(here.home)]
    typer.echo(_LEFT_OUT[language].format(names=", ".join(str(each) for each in left_out)))


def check(file: File, identity: Secret) -> None:
    """Öppna en säkerhetskopia och pröva att den är hel och är den här installationens. Inget ändras."""
    set_up_django()
    from django.conf import settings

    from skillnad.audit.keys import installed_keys
    from skillnad.stewardship.backup.age_keys import identity_of
    from skillnad.stewardship.backup.restoring import check as check_backup

    home = Path(settings.SKILLNAD_HOME)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    manifest = check_backup(file, identity_of(identity), installed_keys(), home)
    words = _CHECKED if manifest.vendor == "sqlite" else _LISTED
    typer.echo(words[reader_language()].format(made_at=manifest.made_at, **_told(manifest)))


def restore(
    file: File,
    identity: Secret,
    into: Annotated[Path, typer.Option("--into", metavar="HEM", help="En tom mapp, som blir SKILLNAD_HOME.")],
) -> None:
    """Lägg tillbaka allt på ett tomt ställe, och pröva att varje rad kom med och att loggen är hel.

    Nyckelfilen läggs på plats först (SKILLNAD_KEY_FILE). PostgreSQL: SKILLNAD_DATABASE_URL är en tom databas.
    """
    home = into.absolute()
    os.environ["SKILLNAD_HOME"] = str(home)
    set_up_django()
    from django.conf import settings
    from django.utils import timezone

    from skillnad.audit.queries import verify
    from skillnad.stewardship.backup.actions import record_restored
    from skillnad.stewardship.backup.age_keys import identity_of
    from skillnad.stewardship.backup.restoring import restore as restore_backup

    here, key_file = _here(), Path(settings.SKILLNAD_KEY_FILE)
    manifest = restore_backup(
        file,
        identity_of(identity),
        here.keys,
        home=home,
        database=here.database,
        key_file=key_file,
        known=_own_migrations(),
    )
    prepare_database()
    events = verify()
    moved = record_restored(manifest=manifest, home=home, by=BY, at=timezone.now())
    told = _told(manifest) | {"events": events, "moved": moved, "home": home}
    typer.echo(_RESTORED[reader_language()].format(made_at=manifest.made_at, **told))


def _here() -> Any:
    from django.conf import settings
    from django.db import connection

    from skillnad.audit.keys import installed_keys
    from skillnad.audit.stored import database_of
    from skillnad.stewardship.backup.making import Installation

    local = {"codebook": settings.SKILLNAD_LOCAL_CODEBOOK, "instruments": settings.SKILLNAD_LOCAL_INSTRUMENTS}
    return Installation(Path(settings.SKILLNAD_HOME), database_of(connection), installed_keys(), local)


def _own_migrations() -> frozenset[str]:
    """Those of our own apps that this version has."""
    from django.apps import apps
    from django.db.migrations.loader import MigrationLoader

    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("skillnad.")}
    known = MigrationLoader(None).disk_migrations or {}
    return frozenset(f"{app}.{name}" for app, name in known if app in ours)


def _told(manifest: Any) -> dict[str, Any]:
    return {"rows": sum(manifest.rows.values()), "tables": len(manifest.rows), "files": len(manifest.files)}


_SECRET = {
    "sv": "Den hemliga nyckeln ligger i {name}. Utan den går ingen säkerhetskopia att öppna: förvara den på två "
    "ställen, inget av dem på den dator som kopieras.",
    "en": "The secret key is in {name}. Without it no backup opens: keep it in two places, neither on the machine that "
    "is backed up.",
}
_MADE = {
    "sv": "{path}\n{rows} rader i {tables} tabeller, {files} filer.",
    "en": "{path}\n{rows} rows in {tables} tables, {files} files.",
}
_LEFT_OUT = {
    "sv": "Inte med, med avsikt: {names}. Utan nyckelfilen går ingen identitet att läsa, och säkerhetskopian går inte "
    "att återställa: förvara en kopia av den på ett annat ställe än säkerhetskopian.",
    "en": "Left out, on purpose: {names}. Without the key file no identity can be read and the backup cannot be "
    "restored: keep a copy of it elsewhere than the backup.",
}
_CHECKED = {
    "sv": "Säkerhetskopian är hel, och är den här installationens. Gjord {made_at}: {rows} rader i {tables} tabeller, "
    "{files} filer. Varje rad är räknad och loggens kedja prövad.",
    "en": "The backup is whole, and of this installation. Made {made_at}: {rows} rows in {tables} tables, {files} "
    "files. Every row is counted and the log's chain followed.",
}
_LISTED = {
    "sv": "Säkerhetskopian är hel, och är den här installationens. Gjord {made_at}: {rows} rader i {tables} tabeller, "
    "{files} filer. Att raderna går att läsa in i PostgreSQL visar bara en återställning till en tom databas.",
    "en": "The backup is whole, and of this installation. Made {made_at}: {rows} rows in {tables} tables, {files} "
    "files. That PostgreSQL takes the rows in is shown only by a restore to an empty database.",
}
_RESTORED = {
    "sv": "Allt från {made_at} är tillbaka i {home}: {rows} rader i {tables} tabeller, varje rad räknad, {files} "
    "filer, och loggens {events} händelser är hela. {moved} ögonblicksbilder fick sin nya plats. Sätt SKILLNAD_HOME "
    "till mappen.",
    "en": "Everything from {made_at} is back in {home}: {rows} rows in {tables} tables, every row counted, {files} "
    "files, and the log's {events} events are whole. {moved} snapshots were given their new place. Set SKILLNAD_HOME "
    "to the folder.",
}
