"""`skillnad account token new|list|revoke`: tokens for other systems."""

from datetime import date
from typing import Annotated, Any

import typer

from skillnad.cli.service.django_setup import prepare_database, set_up_django
from skillnad.cli.service.places import committee_of, unit_of
from skillnad.lib.errors import UserError, reader_language

BY = "operator:account"


def add_to(accounts: typer.Typer) -> None:
    tokens = typer.Typer(help="Nycklar för andra system: ge ut, visa, ta tillbaka.", no_args_is_help=True)
    tokens.command("new")(new)
    tokens.command("list")(list_tokens)
    tokens.command("revoke")(revoke)
    accounts.add_typer(tokens, name="token")


def new(
    name: Annotated[str, typer.Argument(metavar="NAMN", help="Systemet som ska ha nyckeln.")],
    rights: Annotated[
        list[str], typer.Option("--right", metavar="RÄTTIGHET", help="En rättighet, som read_report; får upprepas.")
    ],
    until: Annotated[str, typer.Option("--until", metavar="DAG", help="Sista dagen, som 2027-01-31.")],
    unit: Annotated[str, typer.Option("--unit", metavar="KOD", help="Enheten som nyckeln gäller.")] = "",
    committee: Annotated[str, typer.Option("--committee", metavar="KOD", help="Nämnden som nyckeln gäller.")] = "",
) -> None:
    """Ge ut en nyckel. Den visas en gång och sparas ingenstans."""
    _ready()
    from django.utils import timezone

    from skillnad.organisation.service_tokens.actions import issue_token

    row, text = issue_token(
        name=name,
        rights=_rights(rights),
        last_date=_day(until),
        unit=unit_of(unit) if unit else None,
        committee=committee_of(committee) if committee else None,
        by=BY,
        at=timezone.now(),
    )
    typer.echo(_SAID[reader_language()]["new"].format(number=row.pk, token=text))


def list_tokens() -> None:
    """Visa alla nycklar: nummer, namn, rättigheter, plats, sista dag, och om de är tillbakatagna."""
    _ready()
    from skillnad.organisation.service_tokens.records import ServiceToken

    words = _SAID[reader_language()]
    for row in ServiceToken.objects.select_related("unit", "committee").order_by("pk"):
        place = row.unit or row.committee
        told = [str(row.pk), row.name, ", ".join(row.rights), place.code if place else "–", row.last_date.isoformat()]
        typer.echo("\t".join([*told, words["gone"]] if row.revoked_at else told))


def revoke(number: Annotated[int, typer.Argument(metavar="NUMMER", help="Nyckelns nummer i listan.")]) -> None:
    """Ta tillbaka en nyckel. Den öppnar ingenting från och med nu."""
    _ready()
    from django.utils import timezone

    from skillnad.organisation.service_tokens.actions import revoke_token
    from skillnad.organisation.service_tokens.records import ServiceToken

    row = ServiceToken.objects.filter(pk=number).first()
    if row is None:
        raise UserError.of(
            "ACC-025",
            sv="Ingen nyckel har det numret. `skillnad account token list` visar dem som finns.",
            en="No token has that number. `skillnad account token list` shows those there are.",
        )
    revoke_token(token=row, by=BY, at=timezone.now())
    typer.echo(_SAID[reader_language()]["revoked"].format(number=number))


def _ready() -> None:
    set_up_django()
    prepare_database()


def _rights(words: list[str]) -> list[Any]:
    """None of them where one is unknown: the action says which there are."""
    from skillnad.organisation.rights import Right

    known = {right.value: right for right in Right}
    return [known[word] for word in words] if set(words) <= set(known) else []


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserError.of(
            "ACC-022",
            where="--until",
            sv="Dagen går inte att läsa. Skriv den som 2027-01-31.",
            en="The day cannot be read. Write it as 2027-01-31.",
        ) from None


_SAID = {
    "sv": {
        "new": "Nyckel {number} gäller nu. Den visas bara här: {token}",
        "revoked": "Nyckel {number} är tillbakatagen.",
        "gone": "TILLBAKATAGEN",
    },
    "en": {
        "new": "Token {number} stands. It is shown here only: {token}",
        "revoked": "Token {number} is revoked.",
        "gone": "REVOKED",
    },
}
