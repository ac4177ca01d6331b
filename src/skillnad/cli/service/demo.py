"""`skillnad demo`: a made-up municipality in a folder of its own, from messy extracts and answers to the report.

Everything goes the way that a user's own files go: the same imports, the same snapshot, the same report.
"""

import json
import os
import secrets
import shlex
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from skillnad.cli.service.django_setup import prepare_database, set_up_django
from skillnad.cli.service.serve import HOST, PORT, address, check_free, run_server
from skillnad.lib.errors import UserError, reader_language

BY = "operator:demo"
CLIENTS = 5000
SEED = 1
HOME = Path("var/demo")
PERIOD = "2025"
MARK = "demo.json"
"""The file that says that a folder is the demo's, and may be made anew."""

OURS = (
    *("skillnad.sqlite3", "skillnad.sqlite3-wal", "skillnad.sqlite3-shm", "keys.json", "write.lock"),
    *("cache", "static", "snapshots", "underlag", "svar", "avvisat", "kodbok", "rapport", "ledger-*", MARK),
)
"""What the demo puts in its folder, and nothing else is removed from it."""

WORDS = (
    *("bok", "tak", "vind", "sten", "skog", "lampa", "stol", "regn", "fjord", "kaka", "tavla", "lykta", "bro", "sand"),
    *("penna", "korg", "spade", "glas", "klocka", "matta", "hylla", "trappa", "kvist", "moln", "ek", "gran", "sjö"),
)


def register(app: typer.Typer) -> None:
    app.command("demo")(demo)


def demo(
    clients: Annotated[int, typer.Option("--clients", min=50, max=200_000, help="Antal påhittade brukare.")] = CLIENTS,
    seed: Annotated[int, typer.Option("--seed", help="Samma tal ger samma kommun.")] = SEED,
    home: Annotated[Path, typer.Option("--home", metavar="MAPP", help="Mapp för allt som demon skapar.")] = HOME,
    serve: Annotated[bool, typer.Option("--serve", help="Starta webbappen när allt är klart.")] = False,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Webbappens port.")] = PORT,
) -> None:
    """En påhittad kommun: tre stökiga underlag, inläsning, ögonblicksbild, rapport. Görs om från början varje gång."""
    started = time.monotonic()
    if serve:
        check_free(HOST, port)
    home = home.absolute()
    claim(home, clients, seed)
    os.environ.update(environment(home))
    for name in ("SKILLNAD_DATABASE_URL", "SKILLNAD_KEY_FILE"):
        os.environ.pop(name, None)  # the demo never touches a register that is somewhere else
    logins = _make(home, clients, seed)
    _tell(home, logins, port, time.monotonic() - started)
    if serve:
        run_server(HOST, port)


def environment(home: Path) -> dict[str, str]:
    """The settings of the demo's own installation."""
    return {
        "SKILLNAD_MODE": "demo",
        "SKILLNAD_HOME": str(home),
        "SKILLNAD_LOCAL_CODEBOOK": str(home / "kodbok"),
    }


def claim(home: Path, clients: int, seed: int) -> None:
    """An empty folder with the demo's mark. Raises UserError CONF-022 where the folder holds something else."""
    if home.exists() and any(home.iterdir()) and not (home / MARK).exists():
        raise UserError.of(
            "CONF-022",
            where=str(home),
            sv="Mappen har annat i sig än en demo, och demon skriver över sin mapp. Ange en tom med --home.",
            en="The folder holds something else than a demo, and the demo overwrites its folder. Give an empty --home.",
        )
    for path in [path for name in OURS for path in home.glob(name)]:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    (home / MARK).write_text(json.dumps({"clients": clients, "seed": seed}) + "\n", encoding="utf-8")


def _make(home: Path, clients: int, seed: int) -> dict[str, str]:
    """All of it, in order; returns the logins' passwords."""
    from skillnad.register.demo.answer_files import write_answers
    from skillnad.register.demo.extracts import codebook_folder, write_extracts
    from skillnad.register.demo.generate import make_municipality

    with _step("extracts", clients=clients):
        shutil.copytree(codebook_folder(), home / "kodbok")
        municipality = make_municipality(clients, seed)
        extracts = write_extracts(municipality, home / "underlag")
        deliveries = write_answers(municipality, home / "svar")
    with _step("database"):
        logins = _prepare()
    for extract in extracts:
        with _step("import", system=extract.system, files=len(extract.files)) as told:
            told.append(_import(extract, home))
    for delivery in deliveries:
        with _step("answers", instrument=delivery.instrument) as told:
            told.append(_import_answers(delivery, home))
    with _step("snapshot"):
        snapshot = _snapshot(home)
    with _step("report"):
        _report(snapshot, home / "rapport")
    return logins


def _prepare() -> dict[str, str]:
    """Database, keys, organisation and logins."""
    set_up_django()
    from skillnad.audit.keys import ensure_key_file

    ensure_key_file()
    prepare_database()
    from skillnad.organisation.actions import create_account, set_up_tree
    from skillnad.organisation.models import Role, Unit
    from skillnad.register.demo.places import tree

    at = _now()
    set_up_tree(tree=tree(), by=BY, at=at)
    logins = {"anna": _password(), "bo": _password()}
    unit = Unit.objects.get(code="BUO")
    committee = unit.committee
    create_account(username="anna", password=logins["anna"], role=Role.ANALYST, committee=committee, by=BY, at=at)
    create_account(username="bo", password=logins["bo"], role=Role.UNIT_MANAGER, unit=unit, by=BY, at=at)
    return logins


def _password() -> str:
    """Four words: for a made-up municipality on this machine, and new every time."""
    return "-".join(secrets.choice(WORDS) for _ in range(4))


def _now() -> datetime:
    from django.utils import timezone

    return timezone.localtime()


def _import(extract: Any, home: Path) -> str:
    """One delivery, read as `skillnad import` reads any other."""
    from skillnad.register.imports.running import run_import

    out = home / "avvisat" / extract.system
    summary = run_import(extract.mapping, extract.files, by=BY, at=_now(), out=out)
    counts = {name: getattr(summary, name) for name in ("read", "accepted", "warned", "rejected")}
    return _IMPORTED[reader_language()].format(**counts)


def _import_answers(delivery: Any, home: Path) -> str:
    """One file of answers, read as `skillnad import answers` reads any other."""
    from skillnad.cli.service.answers import write_refused
    from skillnad.collection.actions import import_answers
    from skillnad.instruments.loading import load_instrument

    summary = import_answers(path=delivery.file, instrument=load_instrument(delivery.instrument), by=BY, at=_now())
    write_refused(summary, delivery.file, home / "avvisat" / "svar")
    counts = {name: getattr(summary, name) for name in ("read", "accepted", "refused")}
    return _ANSWERED[reader_language()].format(**counts)


def _snapshot(home: Path) -> Any:
    from skillnad.register.demo.municipality import LAST_DAY
    from skillnad.snapshots.actions import make_snapshot

    return make_snapshot(by=BY, at=_now(), as_of=LAST_DAY, home=home / "snapshots")


def _report(snapshot: Any, folder: Path) -> None:
    """The report as the pages show it, and its files where the demo's other things are."""
    from skillnad.analysis.asking import protected_set
    from skillnad.analysis.snapshot import open_snapshot
    from skillnad.codebook.periods import Period
    from skillnad.publication.standard_reports import FILES, store_report

    answers = protected_set(open_snapshot(Path(snapshot.path)))
    stored = store_report(answers, Period.parse(PERIOD), made_on=_now().date())
    folder.mkdir(exist_ok=True)
    for name in FILES:
        shutil.copy(stored.file(name), folder)


@contextmanager
def _step(name: str, **facts: object) -> Iterator[list[str]]:
    """What is being done; and on the same line, when it is, what came of it and how many seconds it took."""
    told: list[str] = []
    started = time.monotonic()
    typer.echo(f"{_STEPS[reader_language()][name].format(**facts)} … ", nl=False)
    yield told
    seconds = f"{time.monotonic() - started:.1f}"
    seconds = seconds.replace(".", ",") if reader_language() == "sv" else seconds
    typer.echo(f"{''.join(f'{what}, ' for what in told)}{seconds} s")


_IMPORTED = {
    "sv": "{read} rader lästa, {accepted} godtagna, {warned} med varning, {rejected} avvisade",
    "en": "{read} rows read, {accepted} accepted, {warned} warned, {rejected} rejected",
}
_ANSWERED = {
    "sv": "{read} formulär lästa, {accepted} godtagna, {refused} avvisade",
    "en": "{read} forms read, {accepted} accepted, {refused} refused",
}
_STEPS = {
    "sv": {
        "extracts": "Tre underlag om {clients} påhittade brukare, och deras svar",
        "database": "Databas, nycklar, organisation och inloggningar",
        "import": "Inläsning av {system} ({files} filer)",
        "answers": "Inläsning av svar på {instrument}",
        "snapshot": "Ögonblicksbild",
        "report": "Rapport",
    },
    "en": {
        "extracts": "Three extracts about {clients} made-up clients, and their answers",
        "database": "Database, keys, organisation and logins",
        "import": "Import of {system} ({files} files)",
        "answers": "Import of answers to {instrument}",
        "snapshot": "Snapshot",
        "report": "Report",
    },
}


def _tell(home: Path, logins: dict[str, str], port: int, seconds: float) -> None:
    """Where everything is, and how to sign in."""
    facts = {
        "settings": " ".join(f"{name}={shlex.quote(value)}" for name, value in environment(home).items()),
        "command": called_as(sys.argv[0], shutil.which("skillnad")),
    }
    where = {"home": home, "url": address(HOST, port), "port": port}
    typer.echo(_TOLD[reader_language()].format(seconds=round(seconds), **where, **facts, **logins))


def called_as(name: str, found: str | None) -> str:
    """How the reader starts this command again, from how it was started: `skillnad` alone only where the shell finds
    it (at `found`), its path else, and the module where Python was given that."""
    if name.endswith(".py"):
        return f"{shlex.quote(sys.executable)} -m skillnad.cli.main"
    return Path(name).name if found and Path(found).resolve() == Path(name).resolve() else shlex.quote(name)


_TOLD = {
    "sv": """
Påhittsunds kommun är klar på {seconds} sekunder. Ingen människa i den finns.

  Rapport      {home}/rapport/report.html, .pdf och .xlsx
  Underlag     {home}/underlag/
  Svar         {home}/svar/
  Avvisat      {home}/avvisat/
  Webbapp      {url}
               anna  {anna}   (analytiker)
               bo    {bo}   (enhetschef, Barn och familj öst)

  Startas med  {settings} {command} serve --port {port}
""",
    "en": """
The municipality of Påhittsund is ready in {seconds} seconds. No person in it exists.

  Report       {home}/rapport/report.html, .pdf and .xlsx
  Extracts     {home}/underlag/
  Answers      {home}/svar/
  Rejected     {home}/avvisat/
  Web app      {url}
               anna  {anna}   (analyst)
               bo    {bo}   (unit manager, Barn och familj öst)

  Start with   {settings} {command} serve --port {port}
""",
}
