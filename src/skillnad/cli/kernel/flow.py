"""`skillnad flow`: new, ongoing and closed in a period."""

from typing import Annotated

import typer

from skillnad.analysis.questions import Flow
from skillnad.cli.kernel.asking import Answer, Conditions, Of, Units, conditions
from skillnad.cli.kernel.options import with_options
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population


def register(app: typer.Typer) -> None:
    app.command("flow")(with_options(flow))


def flow(
    *,
    period: Annotated[
        str, typer.Option("--period", help="2025, 2025H1, 2025K3, 2025-04 eller två datum med .. emellan.")
    ],
    by: Annotated[list[str] | None, typer.Option("--by", help="Kolumn att dela in efter; kan upprepas.")] = None,
    monthly: Annotated[bool, typer.Option("--monthly", help="Också månad för månad.")] = False,
    of: Of = Population.INTERVENTIONS,
    where: Conditions = None,
    unit: Units = None,
    answer: Answer,
) -> None:
    """Pågående vid början, nya, avslutade och pågående vid slutet av en period."""
    answer.give(lambda: Flow(Period.parse(period), of, conditions(where, unit), tuple(by or ()), monthly))
