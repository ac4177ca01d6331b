"""`skillnad compare`: how groups differ, stand in order, or lie in a funnel."""

from enum import StrEnum
from typing import Annotated

import typer

from skillnad.analysis.comparisons.questions import REST, Adjusted, Comparative, Comparison, Funnel, Ranking
from skillnad.analysis.questions import Duration, Selection, Share
from skillnad.cli.kernel.asking import (
    Conditions,
    Destination,
    Event,
    Format,
    Of,
    Out,
    PeriodText,
    SnapshotFolder,
    Units,
    answer,
    selection,
)
from skillnad.cli.kernel.compared import From, ShareOf, To, Within, asked_of
from skillnad.codebook.snapshot_schema import Population
from skillnad.lib.errors import UserError


class Shape(StrEnum):
    """What is made of the groups."""

    DIFFERENCES = "differences"
    RANKING = "ranking"
    FUNNEL = "funnel"


def register(app: typer.Typer) -> None:
    app.command("compare")(compare)


def compare(
    by: Annotated[str, typer.Option("--by", help="Grupperna: legal_sex, unit, year:end_date …")],
    share: ShareOf = "",
    start: From = "",
    end: To = "",
    within: Within = None,
    shape: Annotated[
        Shape, typer.Option("--as", help="Skillnader, en rangordning med osäkerhet, eller ett trattdiagram.")
    ] = Shape.DIFFERENCES,
    against: Annotated[
        str, typer.Option("--against", metavar="KOD", help="Gruppen att jämföra med (förval: alla övriga).")
    ] = REST,
    adjust: Annotated[
        list[str] | None, typer.Option("--adjust", help="Bakgrund att justera en andel för; kan upprepas.")
    ] = None,
    standard: Annotated[
        bool, typer.Option("--standard", help="Justera med direkt standardisering i stället för med en modell.")
    ] = False,
    relevant: Annotated[
        float | None,
        typer.Option(
            "--relevant",
            help="Minsta skillnad som spelar roll: 0.05 är fem procentenheter av en andel (förval), 14 två veckor av "
            "en tid.",
        ),
    ] = None,
    lowest_first: Annotated[bool, typer.Option("--lowest-first", help="Rangordna med den lägsta andelen först.")] = (
        False
    ),
    target: Annotated[
        float | None, typer.Option("--target", help="Trattens mittlinje, 0–1 (förval: alla gruppers andel).")
    ] = None,
    of: Of = Population.INTERVENTIONS,
    period: PeriodText = "",
    event: Event = "",
    where: Conditions = None,
    unit: Units = None,
    snapshot: SnapshotFolder = None,
    format: Format = "",
    out: Out = None,
) -> None:
    """Hur grupper skiljer sig åt i en andel eller en tid, med intervall och utfall i ord."""

    def question() -> Comparative:
        chosen = selection(of, period, event, where, unit)
        _check_belongs(shape, lowest_first=lowest_first, target=target is not None)
        if shape is Shape.DIFFERENCES:
            way = Adjusted.STANDARD if standard else Adjusted.MODEL
            asked = _asked(share, start, end, chosen, by, within)
            return Comparison(asked, against, tuple(adjust or ()), way, relevant=relevant)
        more = (start, end, within, against, adjust, standard, relevant is not None)
        told = _share(share, chosen, by, any(more))
        return Ranking(told, not lowest_first) if shape is Shape.RANKING else Funnel(told, target)

    answer(question, snapshot, Destination(format, out))


def _check_belongs(shape: Shape, *, lowest_first: bool, target: bool) -> None:
    """An option of one shape says nothing of another, and is refused rather than passed over."""
    if (lowest_first and shape is not Shape.RANKING) or (target and shape is not Shape.FUNNEL):
        raise UserError.of(
            "ASK-073",
            sv="--lowest-first hör till en rangordning (--as ranking), och --target till ett trattdiagram (--as "
            "funnel). Ta bort valet, eller ange --as.",
            en="--lowest-first belongs to a ranking (--as ranking), and --target to a funnel (--as funnel). Leave the "
            "option out, or give --as.",
        )


def _asked(share: str, start: str, end: str, chosen: Selection, by: str, within: list[int] | None) -> Share | Duration:
    asked = asked_of(share, start, end, chosen, by, within)
    if asked is None:
        raise UserError.of(
            "ASK-071",
            sv="Ange vad som ska jämföras: en andel (--share goal_attainment=1,3) eller en tid (--from start_date --to "
            "end_date).",
            en="Say what to compare: a share (--share goal_attainment=1,3) or a time (--from start_date --to "
            "end_date).",
        )
    return asked


def _share(share: str, chosen: Selection, by: str, more: bool) -> Share:
    """Of a ranking or a funnel, which have neither times, opponents nor adjustment."""
    asked = asked_of(share, "", "", chosen, by)
    if not isinstance(asked, Share) or more:
        raise UserError.of(
            "ASK-072",
            sv="En rangordning och ett trattdiagram är av en andel: ange --share, och varken --from, --to, --within, "
            "--against, --adjust, --standard eller --relevant.",
            en="A ranking and a funnel are of a share: give --share, and neither --from, --to, --within, --against, "
            "--adjust, --standard nor --relevant.",
        )
    return asked
