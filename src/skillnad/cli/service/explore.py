"""`skillnad explore`: the web explorer on one snapshot, for one person on this machine. No register, no accounts."""

import ipaddress
import os
import secrets
import socket
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from skillnad.analysis.protected_set import FOLDER
from skillnad.analysis.snapshot import open_snapshot
from skillnad.cli.kernel.asking import PolicyFile, home, newest_snapshot, protected_by
from skillnad.cli.service.django_setup import keep_from_others
from skillnad.cli.service.serve import HOST, address, check_free, listen
from skillnad.lib.errors import UserError, reader_language

ANY_FREE = 0
KEY_BYTES = 32


def register(app: typer.Typer) -> None:
    app.command("explore")(explore)


def explore(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[MAPP]", help="Ögonblicksbilden (förval: den nyaste).", show_default=False)
    ] = None,
    host: Annotated[str, typer.Option("--host", help="Adress på den här datorn: 127.0.0.1 eller ::1.")] = HOST,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port att lyssna på (0: en ledig).")] = ANY_FREE,
    policy: PolicyFile = None,
) -> None:
    """Utforska en ögonblicksbild i webbläsaren, utan databas och inloggning. Avsluta med Ctrl+C."""
    host = loopback(host)
    snapshot = open_snapshot((folder or newest_snapshot(home())).absolute())
    check_can_keep_answers(snapshot.path)
    if port != ANY_FREE:
        check_free(host, port, command="explore")
    keep_from_others()
    key = secrets.token_urlsafe(KEY_BYTES)
    rules = protected_by(snapshot, policy).policy
    site = import_module("skillnad.config.explore")
    application = site.explorer_application(snapshot.path, key, _in_address(host), rules)
    told = _TOLD[reader_language()]
    listen(application, host, port, lambda at: told.format(address=address(host, at), key=key), command="explore")


_TOLD = {
    "sv": "Utforskaren svarar på {address}?nyckel={key}\n"
    "Adressen fungerar en gång, och bara på den här datorn. Avsluta med Ctrl+C.",
    "en": "The explorer answers on {address}?nyckel={key}\n"
    "The address works once, and on this machine alone. Stop with Ctrl+C.",
}


def loopback(host: str) -> str:
    """The address that `host` is on this machine. Raises UserError CONF-023 where others could reach it."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError):
        found = []
    places = [str(place[0]) for *_, place in found]
    if not places or not all(ipaddress.ip_address(place.partition("%")[0]).is_loopback for place in places):
        raise UserError.of(
            "CONF-023",
            where="--host",
            sv="Utforskaren har ingen inloggning och lyssnar bara på den här datorn: 127.0.0.1, ::1 eller localhost. "
            "För flera läsare finns `skillnad serve`, med inloggning.",
            en="The explorer has no sign-in and listens on this machine alone: 127.0.0.1, ::1 or localhost. "
            "For several readers there is `skillnad serve`, with sign-in.",
        )
    return places[0]


def check_can_keep_answers(folder: Path) -> None:
    """Raises UserError CONF-024 where answers cannot join the snapshot's protected set."""
    kept = folder / FOLDER
    if not os.access(kept if kept.exists() else folder, os.W_OK):
        raise UserError.of(
            "CONF-024",
            where=str(kept),
            sv="Mappen går inte att skriva i, och varje svar ska sparas skyddat där. Kopiera ögonblicksbilden, med "
            "mappen ”protected”, till en plats där du får skriva.",
            en="The folder cannot be written to, and every answer is to be stored protected there. Copy the snapshot, "
            "with its folder 'protected', to a place where you may write.",
        )


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host
