"""`skillnad course`: a share, a time or a count over time, in a run chart or a control chart."""

from typing import Annotated

import typer

from skillnad.analysis.comparisons.questions import Chart, OverTime
from skillnad.analysis.questions import Count
from skillnad.cli.kernel.asking import Answer, Rows
from skillnad.cli.kernel.compared import ShareOrTime
from skillnad.cli.kernel.options import with_options


def register(app: typer.Typer) -> None:
    app.command("course")(with_options(course))


def course(
    *,
    by: Annotated[str, typer.Option("--by", help="Månad, kvartal eller år av ett datum: month:end_date.")],
    of: ShareOrTime,
    chart: Annotated[
        Chart, typer.Option("--chart", help="Seriediagram (run) eller styrdiagram (control).")
    ] = Chart.RUN,
    baseline: Annotated[
        int, typer.Option("--baseline", min=0, help="Så många första punkter ger mittlinje och gränser (0: alla).")
    ] = 0,
    rows: Rows,
    answer: Answer,
) -> None:
    """Ett antal, en andel eller en mediantid över tid, med regler för när något har förändrats."""

    def question() -> OverTime:
        chosen = rows.selected()
        return OverTime(of.asked(chosen, by) or Count(chosen, (by,)), chart, baseline)

    answer.give(question)
