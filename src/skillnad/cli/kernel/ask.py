"""`skillnad ask`: a saved question, asked of a snapshot."""

from pathlib import Path
from typing import Annotated

import typer

from skillnad.analysis.saved_questions import load
from skillnad.cli.kernel.asking import Destination, Format, Out, SnapshotFolder, answer


def register(app: typer.Typer) -> None:
    app.command("ask")(ask)


def ask(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="Den sparade frågan: TOML, eller JSON (.json).")],
    snapshot: SnapshotFolder = None,
    format: Format = "",
    out: Out = None,
) -> None:
    """En sparad fråga, ställd till en ögonblicksbild: en skyddad tabell."""
    answer(lambda: load(file).question, snapshot, Destination(format, out))
