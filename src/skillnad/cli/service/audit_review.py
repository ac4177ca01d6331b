"""`skillnad audit review` and `own`: the recurring check of the log, begun at the machine where all of the register is
known; the auditor settles it on a page that shows no person."""

import secrets
from datetime import date, datetime, timedelta
from typing import Annotated

import typer

from skillnad.cli.service.audit_begin import BY, begin, identity_asked_for
from skillnad.lib.errors import UserError, reader_language

WANTED = 30
SEED_BYTES = 16
DAY = ["%Y-%m-%d"]


def review(
    first: Annotated[
        datetime | None, typer.Option("--from", formats=DAY, metavar="DAG", help="Första dagen. Förval: förra månaden.")
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=DAY, metavar="DAG", help="Sista dagen. Förval: förra månaden.")
    ] = None,
    draw: Annotated[int, typer.Option("--draw", min=0, metavar="ANTAL", help="Så många läsningar dras.")] = WANTED,
) -> None:
    """Gör en loggkontroll: dra läsningar av människor, och lägg till det som sticker ut. Granskaren bedömer dem."""
    begin()
    from django.utils import timezone

    from skillnad.stewardship.log_review import begin_review

    now = timezone.now()
    begun, ended = month_before(timezone.localdate(now))
    made = begin_review(
        from_date=first.date() if first else begun,
        to_date=last.date() if last else ended,
        wanted=draw,
        seed=secrets.token_hex(SEED_BYTES),
        by=BY,
        at=now,
    )
    told = {"first": made.from_date, "last": made.to_date, "found": made.findings.count(), "of": made.readings}
    typer.echo(_MADE[reader_language()].format(**told, seed=made.seed))


def own(name: Annotated[str, typer.Argument(metavar="NAMN", help="Inloggningens namn.")]) -> None:
    """Ange en inloggnings eget identitetsnummer, så att läsning av den egna posten hittas. Numret frågas efter."""
    begin()
    from django.utils import timezone

    from skillnad.organisation.models import Account
    from skillnad.stewardship.log_review import set_own_identity

    account = Account.objects.filter(username=name).first()
    if account is None:
        raise UserError.of(
            "AUD-024",
            where="NAMN",
            sv="Ingen inloggning har det namnet. Namnen står på sidan Behörigheter.",
            en="No login has that name. The names are on the page of roles.",
        )
    set_own_identity(account=account, identity=identity_asked_for(), by=BY, at=timezone.now())
    typer.echo(_KEPT[reader_language()])


def month_before(today: date) -> tuple[date, date]:
    """The first and last day of the month before."""
    last = today.replace(day=1) - timedelta(1)
    return last.replace(day=1), last


_MADE = {
    "sv": "Loggkontroll {first}–{last}: {found} att bedöma, ur {of} läsningar. Frö: {seed}",
    "en": "Log check {first}–{last}: {found} to settle, of {of} readings. Seed: {seed}",
}
_KEPT = {
    "sv": "Numret är förseglat: det går att jämföra med, men inte att läsa.",
    "en": "The number is sealed: it can be compared with, and not read.",
}
