"""`skillnad audit`: that the log is whole, checkpoints of it, and what it has of one person."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from skillnad.cli.service.audit_begin import BY, begin, identity_asked_for
from skillnad.cli.service.audit_review import own, review
from skillnad.lib.errors import Problem, UserError, reader_language


def register(app: typer.Typer) -> None:
    audit = typer.Typer(
        help="Loggen: pröva att den är hel, skriv kontrollpunkter, gör utdrag och loggkontroller.", no_args_is_help=True
    )
    audit.command("verify")(verify)
    audit.command("checkpoint")(checkpoint)
    audit.command("person")(person)
    audit.command("review")(review)
    audit.command("own")(own)
    app.add_typer(audit, name="audit")


def verify(
    since: Annotated[
        list[Path] | None,
        typer.Option("--since", metavar="FIL", help="En kontrollpunkt som loggen ska gå igenom. Kan ges flera gånger."),
    ] = None,
) -> None:
    """Pröva hela loggen: att ingen händelse har ändrats, tagits bort, flyttats, lagts in eller klippts av i slutet.

    Alla kontrollpunkter i SKILLNAD_CHECKPOINTS prövas med, och de som anges med --since.
    """
    begin()
    from django.conf import settings
    from django.utils import timezone

    from skillnad.audit.actions import record
    from skillnad.audit.checkpoints import kept_checkpoints
    from skillnad.audit.queries import verify as verify_log

    points, problems = _points([*kept_checkpoints(Path(settings.SKILLNAD_CHECKPOINTS)), *(since or [])])
    events = 0
    try:
        events = verify_log(since=points)
    except UserError as broken:
        problems = [*broken.problems, *problems]
    told = {"events": events, "checkpoints": len(points), "problems": len(problems)}
    record(by=BY, at=timezone.now(), action="log.verified", purpose="log_check", details=told)
    if problems:
        raise UserError(*problems)
    typer.echo(_WHOLE[reader_language()].format(events=events, points=len(points)))
    if not points:
        typer.echo(_NO_POINT[reader_language()])


def checkpoint(
    to: Annotated[Path, typer.Option("--to", metavar="MAPP", help="Mappen som filen skrivs i, utanför databasen.")],
) -> None:
    """Skriv en kontrollpunkt: hur långt loggen har kommit nu, förseglat med loggens nyckel."""
    begin()
    from skillnad.audit import queries
    from skillnad.audit.checkpoints import write_checkpoint

    typer.echo(str(write_checkpoint(queries.checkpoint(), to)))


def person() -> None:
    """Visa vem som har läst om en person. Numret skrivs när det frågas efter, och aldrig på kommandoraden."""
    begin()
    from django.utils import timezone

    from skillnad.stewardship.log_extract import log_extract

    extract = log_extract(identity=identity_asked_for(), by=BY, at=timezone.now())
    language = reader_language()
    if not extract.found:
        typer.echo(_NOBODY[language])
        return
    typer.echo(_HEADING[language].format(count=len(extract.readings)))
    for each in extract.readings:
        whom = f"; {_EVERYONE[language]}" if each.everyone else ""
        typer.echo(f"{timezone.localtime(each.at):%Y-%m-%d %H:%M}  {each.by}  {each.what}  ({each.why}{whom})")


def _points(paths: Sequence[Path]) -> tuple[list[Any], list[Problem]]:
    """Those that are as they were written, and what is wrong with the others: the log is followed all the same."""
    from skillnad.audit.checkpoints import read_checkpoint

    points: list[Any] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            points.append(read_checkpoint(path))
        except UserError as refused:
            problems += refused.problems
    return points, problems


_WHOLE = {
    "sv": "Loggen är hel: {events} händelser, var och en som den skrevs, och den går genom {points} kontrollpunkter.",
    "en": "The log is whole: {events} events, each as it was written, and it goes through {points} checkpoints.",
}
_NO_POINT = {
    "sv": "Ingen kontrollpunkt fanns att jämföra med: att slutet är avklippt syns bara mot en sådan.",
    "en": "There was no checkpoint to compare with: that the end is cut off shows only against one.",
}
_NOBODY = {
    "sv": "Ingen i registret har det numret, och loggen har inget om personen. Frågan står i loggen.",
    "en": "Nobody in the register has that number, and the log has nothing of the person. The question is in the log.",
}
_HEADING = {"sv": "{count} händelser, den senaste först:", "en": "{count} events, the latest first:"}
_EVERYONE = {"sv": "gällde alla i registret", "en": "of everyone in the register"}
