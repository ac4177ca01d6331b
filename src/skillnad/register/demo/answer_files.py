"""The made-up answers as files that `skillnad import answers` reads: one an instrument, a row a sheet.

A row says which follow-up it is about by the key that the case system's extract has for it, and so knows no person.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from skillnad.register.demo import lifecare, omsorg, procapita
from skillnad.register.demo.asked import Filled, Occasion, provider_pair, six_questions
from skillnad.register.demo.dice import Dice
from skillnad.register.demo.index import Index
from skillnad.register.demo.municipality import Case, Municipality
from skillnad.register.demo.opinions import Opinions, load_opinions
from skillnad.register.demo.sheets import Sheet, write_text

SIX, PAIR = "skr6", "hvb_pilot_2022"
_ABOUT = ("key", "date", "follow_up", "perspective", "variant", "language")
_QUESTIONS = {
    SIX: ("slot.topic", "slot.intervention", "slot.since", "slot.worker", "b1a", "b1b", "b2", "b3", "b4", "b5"),
    PAIR: ("slot.plan", "c1", "c2", "c3", "c4", "w1", "w2", "w3", "w4"),
}
_ASKING: dict[str, Callable[[Dice, Opinions, Occasion], Iterator[Filled]]] = {SIX: six_questions, PAIR: provider_pair}
_DELIVERED = {
    lifecare.SYSTEM: lifecare.delivered_follow_ups,
    procapita.SYSTEM: procapita.delivered_follow_ups,
    omsorg.SYSTEM: omsorg.delivered_follow_ups,
}


@dataclass(frozen=True)
class Delivery:
    """The file of answers to one instrument."""

    instrument: str
    file: Path


def write_answers(municipality: Municipality, folder: Path) -> tuple[Delivery, ...]:
    """A file an instrument in `folder`. The same municipality gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    since = min(load_opinions().six_since, load_opinions().pair_since)
    occasions = [each for each in _occasions(municipality) if each[1].follow_up.day >= since]
    return tuple(
        Delivery(instrument, _written(instrument, occasions, municipality.seed, folder)) for instrument in _ASKING
    )


def _occasions(municipality: Municipality) -> Iterator[tuple[str, Occasion]]:
    """Every follow-up that an extract tells of, with its key there."""
    index = Index(municipality)
    for case in municipality.cases:
        yield from _of_case(index, case)


def _of_case(index: Index, case: Case) -> Iterator[tuple[str, Occasion]]:
    client = index.clients[case.client]
    for intervention in index.interventions_of(case):
        nth = {visit.number: place for place, visit in enumerate(index.follow_ups_of(intervention))}
        for key, visit in _DELIVERED[case.system](index, case, intervention):
            yield key, Occasion(client, case, intervention, visit, nth[visit.number])


def _written(instrument: str, occasions: list[tuple[str, Occasion]], seed: int, folder: Path) -> Path:
    sheet = Sheet(instrument, (*_ABOUT, *_QUESTIONS[instrument]))
    opinions = load_opinions()
    for key, occasion in occasions:
        dice = Dice(seed, f"{instrument} {occasion.follow_up.number}")
        for filled in _ASKING[instrument](dice, opinions, occasion):
            sheet.put(_row(len(sheet.rows) + 1, key, filled))
    return write_text(folder / f"{instrument}.csv", sheet, encoding="utf-8", separator=";")


def _row(number: int, key: str, filled: Filled) -> dict[str, str]:
    about = {
        "key": str(number),
        "date": str(filled.day),
        "follow_up": key,
        "perspective": filled.perspective,
        "variant": filled.variant,
        "language": filled.language,
    }
    return about | {f"slot.{name}": code for name, code in filled.slots.items()} | dict(filled.answers)
