"""`skillnad serve`: the pages, on this machine unless told otherwise."""

import errno
import socket
import warnings
from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any

import typer

from skillnad.cli.service.django_setup import prepare_database, set_up_django
from skillnad.lib.errors import UserError, reader_language

HOST = "127.0.0.1"
PORT = 8000
THREADS = 8


def register(app: typer.Typer) -> None:
    app.command("serve")(serve)


def serve(
    host: Annotated[str, typer.Option("--host", help="Adress att lyssna på (förval: bara den här datorn).")] = HOST,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port att lyssna på.")] = PORT,
) -> None:
    """Starta webbappen. Den går tills den avbryts med Ctrl+C."""
    check_free(host, port)
    set_up_django()
    prepare_database()
    run_server(host, port)


def run_server(host: str, port: int) -> None:
    """Serve until interrupted. The application is named and not imported: `config` stands above the commands."""
    warnings.filterwarnings("ignore", message="No directory at")  # no collected files: the app's own are served
    application = import_module("skillnad.config.wsgi").application
    listen(application, host, port, lambda at: f"{_SERVING[reader_language()]} {address(host, at)}")


def listen(application: Any, host: str, port: int, told: Callable[[int], str], *, command: str = "serve") -> None:
    """Serve an application until interrupted; port 0 is any that is free. What is `told` of the port is printed."""
    from waitress import create_server

    try:
        server: Any = create_server(application, host=host, port=port, threads=THREADS, ident=None)
    except OSError:
        raise _taken(host, port, command) from None
    typer.echo(told(server.effective_port))
    try:
        server.run()
    finally:
        server.close()


_SERVING = {"sv": "Webbappen svarar på", "en": "The web app answers on"}


def address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def check_free(host: str, port: int, *, command: str = "serve") -> None:
    """Raises UserError CONF-020 where something listens already, CONF-021 where the address is not this machine's."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server itself does
            probe.bind(place)
    except socket.gaierror:
        raise _not_ours(host) from None
    except OSError as error:
        raise (_not_ours(host) if error.errno == _NO_SUCH_ADDRESS else _taken(host, port, command)) from None


_NO_SUCH_ADDRESS = errno.EADDRNOTAVAIL


def _taken(host: str, port: int, command: str) -> UserError:
    return UserError.of(
        "CONF-020",
        where=f"--port {port}",
        sv=f"Porten är upptagen eller spärrad på {host}. Stäng det som lyssnar där, eller välj en annan: "
        f"`skillnad {command} --port {_another(port)}`.",
        en=f"The port is taken or closed on {host}. Stop what listens there, or choose another: "
        f"`skillnad {command} --port {_another(port)}`.",
    )


def _another(port: int) -> int:
    return port + 1 if 1024 <= port < 65535 else PORT + 1


def _not_ours(host: str) -> UserError:
    return UserError.of(
        "CONF-021",
        where="--host",
        sv=f"Adressen {host[:60]} är inte den här datorns. Skriv 127.0.0.1, eller 0.0.0.0 för alla dess adresser.",
        en=f"The address {host[:60]} is not this machine's. Write 127.0.0.1, or 0.0.0.0 for all its addresses.",
    )
