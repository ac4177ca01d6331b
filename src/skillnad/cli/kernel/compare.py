"""`skillnad compare`: how groups differ, stand in order, or lie in a funnel."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from skillnad.analysis.comparisons.municipalities import MUNICIPALITY
from skillnad.analysis.comparisons.questions import REST, Adjusted, Comparative, Comparison, Funnel, Ranking
from skillnad.analysis.questions import Duration, Selection, Share
from skillnad.cli.kernel.across import give_across
from skillnad.cli.kernel.asking import Answer, Rows
from skillnad.cli.kernel.compared import ShareOrTime
from skillnad.cli.kernel.options import with_options
from skillnad.cli.kernel.sampling import Sampling
from skillnad.lib.errors import UserError

Within = Annotated[
    list[int] | None, typer.Option("--within", help="Gräns i dagar: också andelen inom den; kan upprepas.")
]
Against = Annotated[
    str, typer.Option("--against", metavar="KOD", help="Gruppen att jämföra med (förval: alla övriga).")
]
Adjust = Annotated[
    list[str] | None, typer.Option("--adjust", help="Bakgrund att justera en andel eller en tid för; kan upprepas.")
]
Standard = Annotated[
    bool, typer.Option("--standard", help="Justera med direkt standardisering i stället för med en modell.")
]
Relevant = Annotated[
    float | None,
    typer.Option(
        "--relevant",
        help="Minsta skillnad som spelar roll: 0.05 är fem procentenheter av en andel (förval), 14 två veckor av en "
        "tid.",
    ),
]
LowestFirst = Annotated[bool, typer.Option("--lowest-first", help="Rangordna med den lägsta andelen först.")]
Target = Annotated[
    float | None, typer.Option("--target", help="Trattens mittlinje, 0–1 (förval: alla gruppers andel).")
]


class Shape(StrEnum):
    """What is made of the groups."""

    DIFFERENCES = "differences"
    RANKING = "ranking"
    FUNNEL = "funnel"


@dataclass(frozen=True)
class Differences:
    """The options of how groups differ, which a ranking and a funnel have none of."""

    within: Within = None
    against: Against = REST
    adjust: Adjust = None
    standard: Standard = False
    relevant: Relevant = None

    @property
    def is_told(self) -> bool:
        return self != Differences()

    def of(self, asked: Share | Duration, sampling: Sampling) -> Comparison:
        way = Adjusted.STANDARD if self.standard else Adjusted.MODEL
        adjusted_for = tuple(self.adjust or ())
        return Comparison(asked, self.against, adjusted_for, way, relevant=self.relevant, drawn=sampling.drawn())


def register(app: typer.Typer) -> None:
    app.command("compare")(with_options(compare))


def compare(
    *,
    by: Annotated[str, typer.Option("--by", help="Grupperna: legal_sex, unit, year:end_date …")] = "",
    of: ShareOrTime,
    shape: Annotated[
        Shape, typer.Option("--as", help="Skillnader, en rangordning med osäkerhet, eller ett trattdiagram.")
    ] = Shape.DIFFERENCES,
    differences: Differences,
    sampling: Sampling,
    lowest_first: LowestFirst = False,
    target: Target = None,
    rows: Rows,
    municipality: Annotated[
        list[Path] | None,
        typer.Option(
            "--municipality",
            metavar="MAPP",
            help="Jämför kommuner, i stället för --by: en ögonblicksbild från var och en; upprepas.",
        ),
    ] = None,
    answer: Answer,
) -> None:
    """Hur grupper skiljer sig åt i en andel eller en tid, med intervall och utfall i ord."""

    def question() -> Comparative:
        groups = _groups(by, bool(municipality))
        _check_belongs(shape, lowest_first=lowest_first, target=target is not None)
        selection = rows.selected()
        if shape is Shape.DIFFERENCES:
            return differences.of(_asked(of, selection, groups, differences.within), sampling)
        told = _share(of, selection, groups, differences.is_told or sampling.is_told or bool(municipality))
        return Ranking(told, not lowest_first) if shape is Shape.RANKING else Funnel(told, target)

    if not municipality:
        answer.give(question)
    elif isinstance(asked := question(), Comparison):
        give_across(municipality, asked, answer)


def _groups(by: str, municipalities: bool) -> str:
    """What is compared: the groups of a column, or municipalities. Raises UserError ASK-075."""
    if municipalities and by in ("", MUNICIPALITY):
        return MUNICIPALITY
    if by and not municipalities:
        return by
    raise UserError.of(
        "ASK-075",
        sv="Ange vilka som ska jämföras: grupperna i en uppgift (--by legal_sex), eller kommuner (--municipality MAPP, "
        "en för varje), men inte båda.",
        en="Say who is to be compared: the groups of a column (--by legal_sex), or municipalities (--municipality "
        "FOLDER, one for each), but not both.",
    )


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


def _asked(of: ShareOrTime, selection: Selection, by: str, within: list[int] | None) -> Share | Duration:
    asked = of.asked(selection, by, within)
    if asked is None:
        raise UserError.of(
            "ASK-071",
            sv="Ange vad som ska jämföras: en andel (--share goal_attainment=1,3) eller en tid (--from start_date --to "
            "end_date).",
            en="Say what to compare: a share (--share goal_attainment=1,3) or a time (--from start_date --to "
            "end_date).",
        )
    return asked


def _share(of: ShareOrTime, selection: Selection, by: str, more: bool) -> Share:
    """Of a ranking or a funnel, which have neither times, opponents, adjustment nor samples."""
    asked = None if of.is_time else of.asked(selection, by)
    if not isinstance(asked, Share) or more:
        no = "--from, --to, --within, --against, --adjust, --standard, --relevant, --chosen"
        raise UserError.of(
            "ASK-072",
            sv="En rangordning och ett trattdiagram är av en andel ur en ögonblicksbild: ange --share, och varken "
            f"{no} eller --municipality.",
            en="A ranking and a funnel are of a share of one snapshot: give --share, and neither "
            f"{no} nor --municipality.",
        )
    return asked
