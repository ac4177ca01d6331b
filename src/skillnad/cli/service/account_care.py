"""`skillnad account list|disable|enable|password|forget-code`: looking after logins that are given out."""

import secrets
from typing import Annotated

import typer

from skillnad.cli.service.django_setup import prepare_database, set_up_django
from skillnad.lib.errors import reader_language

BY = "operator:account"
PASSWORD_BYTES = 15
Name = Annotated[str, typer.Argument(metavar="NAMN", help="Användarnamnet.")]


def add_to(accounts: typer.Typer) -> None:
    accounts.command("list")(list_accounts)
    accounts.command("disable")(disable)
    accounts.command("enable")(enable)
    accounts.command("password")(password)
    accounts.command("forget-code")(forget_code)


def list_accounts() -> None:
    """Visa alla inloggningar: namn, roller, hur de loggar in, engångskod, och om de är avstängda."""
    _ready()
    from skillnad.organisation.accounts.queries import all_accounts

    words = _LISTED[reader_language()]
    for one in all_accounts():
        told = [one.provider or words["local"], words["code"] if one.second_factor else "", ", ".join(one.roles) or "–"]
        told.append("" if one.active else words["off"])
        typer.echo("\t".join([one.username, *filter(None, told)]))


def disable(name: Name) -> None:
    """Stäng av en inloggning. Den är ute vid nästa sida; ingenting tas bort."""
    _ready()
    from django.utils import timezone

    from skillnad.organisation.accounts.actions import disable_account
    from skillnad.organisation.accounts.queries import account_named

    disable_account(account=account_named(name), by=BY, at=timezone.now())
    _say("off", name)


def enable(name: Name) -> None:
    """Öppna en avstängd inloggning igen, med de roller som den har."""
    _ready()
    from django.utils import timezone

    from skillnad.organisation.accounts.actions import enable_account
    from skillnad.organisation.accounts.queries import account_named

    enable_account(account=account_named(name), by=BY, at=timezone.now())
    _say("on", name)


def password(name: Name) -> None:
    """Ge en inloggning ett nytt första lösenord, som visas en gång. Dess sessioner tar slut."""
    _ready()
    from django.utils import timezone

    from skillnad.organisation.accounts.actions import renew_password
    from skillnad.organisation.accounts.queries import account_named

    new = secrets.token_urlsafe(PASSWORD_BYTES)
    renew_password(account=account_named(name), password=new, by=BY, at=timezone.now())
    _say("password", name, new)


def forget_code(name: Name) -> None:
    """Glöm engångskoden för någon som har tappat telefonen. Den läggs upp på nytt vid nästa inloggning."""
    _ready()
    from django.utils import timezone

    from skillnad.organisation.accounts.actions import forget_factor
    from skillnad.organisation.accounts.queries import account_named

    forget_factor(account=account_named(name), by=BY, at=timezone.now())
    _say("forgotten", name)


def _ready() -> None:
    set_up_django()
    prepare_database()


def _say(what: str, name: str, password: str = "") -> None:
    typer.echo(_SAID[reader_language()][what].format(name=name, password=password))


_LISTED = {
    "sv": {"local": "eget lösenord", "code": "engångskod", "off": "AVSTÄNGD"},
    "en": {"local": "own password", "code": "one-time code", "off": "DISABLED"},
}
_SAID = {
    "sv": {
        "off": "Inloggningen {name} är avstängd.",
        "on": "Inloggningen {name} är öppen igen.",
        "password": "Nytt första lösenord för {name}, som visas bara här: {password}",
        "forgotten": "Engångskoden för {name} är glömd, och läggs upp på nytt vid nästa inloggning.",
    },
    "en": {
        "off": "The login {name} is disabled.",
        "on": "The login {name} is open again.",
        "password": "New first password for {name}, shown here only: {password}",
        "forgotten": "The one-time code of {name} is forgotten, to be set up anew at the next sign-in.",
    },
}
