"""`skillnad course`: a share, a time or a count over time, in a run chart or a control chart."""

from dataclasses import replace
from typing import Annotated

import typer

from skillnad.analysis.comparisons.questions import Chart, OverTime
from skillnad.analysis.questions import Count, Selection
from skillnad.cli.kernel.asking import Answer, Rows
from skillnad.cli.kernel.compared import ShareOrTime
from skillnad.cli.kernel.options import with_options
from skillnad.codebook.snapshot_schema import EVENT


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
        chosen = _by_its_own_date(rows.selected(), by)
        return OverTime(of.asked(chosen, by) or Count(chosen, (by,)), chart, baseline)

    answer.give(question)


def _by_its_own_date(chosen: Selection, by: str) -> Selection:
    """A period is of the date that is followed, where no other is given: of another date it would cut the first and the
    last points short. The population's own event stays unsaid, as it is the same question."""
    _, _, day = by.partition(":")
    if chosen.period is None or chosen.event or day == EVENT[chosen.population]:
        return chosen
    return replace(chosen, event=day)
