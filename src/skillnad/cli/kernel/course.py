"""`skillnad course`: a share, a time or a count over time, in a run chart or a control chart."""

from typing import Annotated

import typer

from skillnad.analysis.comparisons.questions import Chart, OverTime
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
from skillnad.cli.kernel.compared import From, ShareOf, To, asked_of, counted
from skillnad.codebook.snapshot_schema import Population


def register(app: typer.Typer) -> None:
    app.command("course")(course)


def course(
    by: Annotated[str, typer.Option("--by", help="Månad, kvartal eller år av ett datum: month:end_date.")],
    share: ShareOf = "",
    start: From = "",
    end: To = "",
    chart: Annotated[
        Chart, typer.Option("--chart", help="Seriediagram (run) eller styrdiagram (control).")
    ] = Chart.RUN,
    baseline: Annotated[
        int, typer.Option("--baseline", min=0, help="Så många första punkter ger mittlinje och gränser (0: alla).")
    ] = 0,
    of: Of = Population.INTERVENTIONS,
    period: PeriodText = "",
    event: Event = "",
    where: Conditions = None,
    unit: Units = None,
    snapshot: SnapshotFolder = None,
    format: Format = "",
    out: Out = None,
) -> None:
    """Ett antal, en andel eller en mediantid över tid, med regler för när något har förändrats."""

    def question() -> OverTime:
        chosen = selection(of, period, event, where, unit)
        asked = asked_of(share, start, end, chosen, by) or counted(chosen, by)
        return OverTime(asked, chart, baseline)

    answer(question, snapshot, Destination(format, out))
