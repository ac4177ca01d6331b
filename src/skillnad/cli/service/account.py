"""`skillnad account`: logins are given out by whoever runs Skillnad, with a first password to change."""

import secrets
from enum import StrEnum
from typing import Annotated, Any

import typer

from skillnad.cli.service.django_setup import prepare_database, set_up_django
from skillnad.lib.errors import UserError, reader_language

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
    accounts = typer.Typer(help="Inloggningar: lägg upp.", no_args_is_help=True)
    accounts.command("add")(add)
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
    place = {"unit": _unit(unit) if unit else None, "committee": _committee(committee) if committee else None}
    create_account(
        username=name, password=password, role=Role(role), protected=protected, by=BY, at=timezone.now(), **place
    )
    typer.echo(_ADDED[reader_language()].format(name=name, password=password))


def _unit(code: str) -> Any:
    from skillnad.organisation.models import Unit

    found = Unit.objects.filter(code=code).first()
    if found is None:
        codes = ", ".join(Unit.objects.order_by("code").values_list("code", flat=True)[:20]) or "–"
        raise UserError.of(
            "REG-007",
            where="--unit",
            sv=f"Ingen enhet har den koden. Det finns: {codes}. Enheter kommer med underlagen, se `skillnad import`.",
            en=f"No unit has that code. There are: {codes}. Units come with the extracts, see `skillnad import`.",
        )
    return found


def _committee(code: str) -> Any:
    from skillnad.organisation.models import Committee

    found = Committee.objects.filter(code=code).first()
    if found is None:
        codes = ", ".join(Committee.objects.order_by("code").values_list("code", flat=True)[:20]) or "–"
        raise UserError.of(
            "REG-008",
            where="--committee",
            sv=f"Ingen nämnd har den koden. Det finns: {codes}. En nämnd kommer med underlagen, se `skillnad import`.",
            en=f"No committee has that code. There are: {codes}. One comes with the extracts, see `skillnad import`.",
        )
    return found


_ADDED = {
    "sv": "Inloggningen {name} finns nu. Första lösenord, som visas bara här: {password}",
    "en": "The login {name} is ready. First password, shown here only: {password}",
}
