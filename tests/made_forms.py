"""An instrument with every kind of question as a folder, for the formats that it is written in."""

from dataclasses import replace

from made_instruments import scored

from skillnad.exchange.forms.definition_tables import definition_of
from skillnad.exchange.forms.folders import Folder
from skillnad.instruments.asked import Matrix
from skillnad.instruments.model import Instrument

HOURS = Matrix(
    "hours", "Timmar", "Hours", (("mon", "Måndag", "Monday"), ("tue", "Tisdag", "Tuesday")), (("day", "Dag", "Day"),)
)


def whole() -> Instrument:
    """`scored()` with the matrix that its cells belong to."""
    return replace(scored(), matrices={"hours": HOURS})


def folder(instrument: Instrument) -> Folder:
    return Folder(instrument, definition_of(instrument), licence="# Licens: fri\n\nKommunens egna frågor.\n")
