"""What the commands of `skillnad audit` share."""

import sys

import typer

from skillnad.cli.service.django_setup import prepare_database, set_up_django
from skillnad.lib.errors import reader_language

BY = "operator:audit"


def begin() -> None:
    set_up_django()
    prepare_database()


def identity_asked_for() -> str:
    """From the terminal without showing it, else from what is piped in: never an argument, which a shell remembers."""
    if sys.stdin.isatty():
        return str(typer.prompt(_ASK[reader_language()], hide_input=True, err=True))
    return sys.stdin.readline()


_ASK = {"sv": "Identitetsnummer (syns inte)", "en": "Identity number (not shown)"}
