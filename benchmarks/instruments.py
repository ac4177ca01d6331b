"""How long a million SDQ sheets take to score and band, and how long it takes to check the whole catalogue.

What is timed is the columns' way. Ten thousand of the sheets are scored one by one too: both must say the same.
"""

from collections.abc import Callable, Iterator, Mapping
from time import perf_counter

import numpy as np

from benchmarks import Goal
from skillnad.instruments.answers import AnswerSheet
from skillnad.instruments.checking import check_folder
from skillnad.instruments.columns import Column, refused
from skillnad.instruments.loading import load_instrument
from skillnad.instruments.model import Instrument
from skillnad.instruments.reading import CATALOGUE
from skillnad.instruments.scoring import score
from skillnad.instruments.vectors import ScoreColumn, band_columns, score_columns

NAME = "instruments"
SHEETS = 1_000_000
COMPARED = 10_000
PERSPECTIVE = "parent"
MOST_SECONDS = 2.0
TIMES = 5
UNANSWERED = 0.12


def run(sheets: int = SHEETS) -> Iterator[Goal]:
    sdq = load_instrument("sdq")
    columns = made_sheets(sdq, sheets)
    _compare(sdq, columns)
    seconds = _fastest(lambda: _scored(sdq, columns))
    sets = len(band_columns(sdq, PERSPECTIVE, score_columns(sdq, PERSPECTIVE, columns)))
    note = f"{len(columns)} items, {sets} band sets; refusing besides: {_fastest(lambda: _refused(sdq, columns)):.2f} s"
    yield Goal(f"scores and bands of {sheets:,} SDQ sheets", seconds, MOST_SECONDS, "s", note=note)
    checking = _fastest(lambda: check_folder(CATALOGUE))
    found = len(check_folder(CATALOGUE).problems)
    yield Goal("the whole catalogue checked", checking, MOST_SECONDS, "s", note=f"{found} problems")


def made_sheets(sdq: Instrument, sheets: int) -> dict[str, Column]:
    """Random answers to every item of the perspective; the parts of impact only of those with difficulties."""
    chance = np.random.default_rng(5)
    items = [item for item in sdq.items.values() if not item.perspectives or PERSPECTIVE in item.perspectives]
    codes = {item.id: chance.integers(0, len(item.options), sheets, dtype=np.int8) for item in items}
    for name in codes:
        codes[name][chance.random(sheets) < UNANSWERED] = -1
    for item in items:
        if item.when.all:
            codes[item.id][codes["difficulties"] <= 0] = -1
    return {name: Column(each) for name, each in codes.items()}


def _scored(sdq: Instrument, columns: Mapping[str, Column]) -> Mapping[str, ScoreColumn]:
    scores = score_columns(sdq, PERSPECTIVE, columns)
    band_columns(sdq, PERSPECTIVE, scores)
    return scores


def _refused(sdq: Instrument, columns: Mapping[str, Column]) -> None:
    if refused(sdq, PERSPECTIVE, columns).any():
        raise ValueError("the made sheets can all be answered")


def _compare(sdq: Instrument, columns: Mapping[str, Column]) -> None:
    """Raises ValueError where a sheet's own score is another than its row's."""
    values = {name: column.values for name, column in _scored(sdq, columns).items()}
    for row in range(min(COMPARED, len(next(iter(values.values()))))):
        answers = {
            name: sdq.items[name].options[code].code for name, each in columns.items() if (code := each.codes[row]) >= 0
        }
        sheet = AnswerSheet(sdq.id, sdq.version, PERSPECTIVE, answers)
        for name, result in score(sdq, sheet).items():
            alone = np.nan if result.number is None else result.number
            if not np.array_equal(alone, values[name][row], equal_nan=True):
                raise ValueError(f"row {row}: {name} is {alone}, not {values[name][row]}")


def _fastest(work: Callable[[], object]) -> float:
    """Seconds of the fastest of some runs: the machine that measures is shared."""
    seconds = []
    for _ in range(TIMES):
        begun = perf_counter()
        work()
        seconds.append(perf_counter() - begun)
    return min(seconds)
