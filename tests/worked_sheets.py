"""The catalogue's worked cases as sheets of answers: real forms filled in by hand, of nobody."""

from collections.abc import Iterator
from functools import cache

from skillnad.instruments.answers import AnswerSheet
from skillnad.instruments.cases import sheet_of
from skillnad.instruments.loading import load_catalogue, load_with_files
from skillnad.instruments.model import Instrument
from skillnad.instruments.reading import Findings
from skillnad.instruments.worked import cases_of


@cache
def instrument_names() -> tuple[str, ...]:
    return tuple(load_catalogue())


def sheets_of(name: str) -> Iterator[tuple[Instrument, AnswerSheet]]:
    """The sheets of an instrument's cases that nothing is wrong with."""
    loaded = load_with_files(name)
    first = next(iter(loaded.instrument.perspectives))
    cases = cases_of(loaded.files.cases, first, Findings())
    for case in cases.cases:
        if not case.problems:
            yield loaded.instrument, sheet_of(loaded.instrument, case)
