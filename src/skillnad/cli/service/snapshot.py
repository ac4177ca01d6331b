"""`skillnad snapshot`: the register as pseudonymised files that analysis reads."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from skillnad.cli.service.django_setup import set_up_django
from skillnad.lib.errors import UserError, reader_language

BY = "operator:snapshot"


def register(app: typer.Typer) -> None:
    app.command("snapshot")(snapshot)


def snapshot(
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="DATUM", help="Registret som det var den dagen (förval: i dag).")
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="MAPP", help="Mapp för ögonblicksbilder (förval: SKILLNAD_HOME/snapshots)."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Skriv resultatet som JSON.")] = False,
) -> None:
    """Gör en pseudonymiserad ögonblicksbild av registret: en tabell per population, och ett manifest."""
    set_up_django()
    from django.conf import settings
    from django.utils import timezone

    from skillnad.snapshots.actions import make_snapshot

    now = timezone.localtime()
    home = out or Path(settings.SKILLNAD_HOME) / "snapshots"
    made = make_snapshot(by=BY, at=now, as_of=_day(as_of, now), home=home)
    if as_json:
        typer.echo(json.dumps({"id": made.id, "path": made.path, "as_of": str(made.as_of), "rows": made.rows}))
        return
    typer.echo(_told(made.path, made.as_of, made.rows))


def _day(text: str, now: datetime) -> date:
    try:
        return date.fromisoformat(text) if text else now.date()
    except ValueError:
        raise UserError.of(
            "SNAP-027",
            where="--as-of",
            sv="Det är inget datum. Skriv år, månad och dag: 2025-12-31.",
            en="That is no date. Write year, month and day: 2025-12-31.",
        ) from None


_NAMES = {
    "sv": {
        "clients": "brukare",
        "cases": "ärenden",
        "interventions": "insatser",
        "follow_ups": "uppföljningar",
        "reviews": "omprövningar",
        "costs": "kostnader",
    },
    "en": {"follow_ups": "follow-ups"},
}


def _told(path: str, as_of: date, rows: dict[str, int]) -> str:
    language = reader_language()
    counts = ", ".join(f"{count} {_NAMES[language].get(name, name)}" for name, count in rows.items())
    return f"{path}\n{as_of}: {counts}"
