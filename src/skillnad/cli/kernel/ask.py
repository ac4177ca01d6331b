"""`skillnad ask`: a saved question, asked of a snapshot."""

from pathlib import Path
from typing import Annotated

import typer

from skillnad.analysis.saved_questions import load
from skillnad.cli.kernel.asking import Answer
from skillnad.cli.kernel.options import with_options


def register(app: typer.Typer) -> None:
    app.command("ask")(with_options(ask))


def ask(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="Den sparade frågan: TOML, eller JSON (.json).")],
    answer: Answer,
) -> None:
    """En sparad fråga, ställd till en ögonblicksbild: en skyddad tabell."""
    answer.give(lambda: load(file).question)
