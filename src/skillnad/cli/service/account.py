"""`skillnad account`: logins are given out by whoever runs Skillnad, with a first password to change."""

import secrets
from enum import StrEnum
from typing import Annotated

import typer

from skillnad.cli.service import account_care, account_tokens
from skillnad.cli.service.django_setup import prepare_database, set_up_django
from skillnad.cli.service.places import committee_of, unit_of
from skillnad.lib.errors import reader_language

BY = "operator:account"
PASSWORD_BYTES = 15


class RoleName(StrEnum):
    """The roles as they are written on the command line; `organisation.models.Role` has the same."""

    CASEWORKER = "caseworker"
    UNIT_MANAGER = "unit_manager"
    ANALYST = "analyst"
    CONTRACT_MANAGER = "contract_manager"
    COMMITTEE_SECRETARY = "committee_secretary"
    INTERVIEWER = "interviewer"
    OPERATOR = "operator"
    AUDITOR = "auditor"


def register(app: typer.Typer) -> None:
    accounts = typer.Typer(
        help="Inloggningar: lägg upp, visa, stäng av; nycklar för andra system.", no_args_is_help=True
    )
    accounts.command("add")(add)
    account_care.add_to(accounts)
    account_tokens.add_to(accounts)
    app.add_typer(accounts, name="account")


def add(
    name: Annotated[str, typer.Argument(metavar="NAMN", help="Användarnamnet.")],
    role: Annotated[RoleName, typer.Option("--role", help="Rollen; vad den får står i docs/behorighet.md.")],
    unit: Annotated[
        str, typer.Option("--unit", metavar="KOD", help="Enhetens kod, för enhetschef och handläggare.")
    ] = "",
    committee: Annotated[
        str, typer.Option("--committee", metavar="KOD", help="Nämndens kod: vilkas ord en analytiker får läsa.")
    ] = "",
    protected: Annotated[
        bool, typer.Option("--protected", help="Får även se personer med skyddad identitet, där rollen medger det.")
    ] = False,
) -> None:
    """Lägg upp en inloggning. Det första lösenordet visas en gång; personen byter det på sidan Byt lösenord."""
    set_up_django()
    prepare_database()
    from django.utils import timezone

    from skillnad.organisation.actions import create_account
    from skillnad.organisation.models import Role

    password = secrets.token_urlsafe(PASSWORD_BYTES)
    place = {"unit": unit_of(unit) if unit else None, "committee": committee_of(committee) if committee else None}
    create_account(
        username=name, password=password, role=Role(role), protected=protected, by=BY, at=timezone.now(), **place
    )
    typer.echo(_ADDED[reader_language()].format(name=name, password=password))


_ADDED = {
    "sv": "Inloggningen {name} finns nu. Första lösenord, som visas bara här: {password}",
    "en": "The login {name} is ready. First password, shown here only: {password}",
}
