"""A form on paper: which questions one person gets, their numbers, and the way past those that are not for everyone.

Paper cannot hide a question. Where the questions that hang on one answer come right after it, it says where to go
("Gå till fråga 5 om du svarade Nej"); every question with a condition says when to answer it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from skillnad.exchange.forms.fhir_terms import simple
from skillnad.instruments.asked import Clause, Condition, Item, ItemKind
from skillnad.instruments.conditions import belongs
from skillnad.instruments.model import Instrument
from skillnad.instruments.wording import PutQuestion, Wording

ONE: Final = (ItemKind.SINGLE, ItemKind.SCALE)


@dataclass(frozen=True)
class PaperWords:
    """What the form itself says. Each `{}` is filled in."""

    only: str = "Besvara bara om {}."
    go: str = "Gå till fråga {} om du svarade {}."
    go_to_end: str = "Du är klar om du svarade {}."
    chose: str = "du svarade {} på fråga {}"
    chose_not: str = "du inte svarade {} på fråga {}"
    least: str = "du svarade minst {} på fråga {}"
    most: str = "du svarade högst {} på fråga {}"
    both: str = " och "
    either: str = " eller "
    comma: str = ","


SWEDISH: Final = PaperWords()
ENGLISH: Final = PaperWords(
    "Answer only if {}.",
    "Go to question {} if you answered {}.",
    "You have finished if you answered {}.",
    "you answered {} to question {}",
    "you did not answer {} to question {}",
    "you answered at least {} to question {}",
    "you answered at most {} to question {}",
    " and ",
    " or ",
    ".",
)


@dataclass(frozen=True)
class Question:
    """One numbered question: its cells where it is a matrix, else itself. `only` and `go` are whole sentences."""

    number: int
    cells: tuple[PutQuestion, ...]
    only: str = ""
    go: str = ""

    @property
    def item(self) -> Item:
        return self.cells[0].item


def paper(wording: Wording, perspective: str, words: PaperWords = SWEDISH) -> tuple[Question, ...]:
    """The questions of one perspective in order. One that can never be asked on this form is left out."""
    instrument = wording.instrument
    shown = _shown(instrument, perspective)
    numbers = _numbers(shown)
    units = [[item for item in shown if numbers[item.id] == number] for number in dict.fromkeys(numbers.values())]
    said = _Said(instrument, numbers, {item.id: wording.question(item.id) for item in shown}, words)
    return tuple(
        Question(
            numbers[cells[0].id],
            tuple(said.puts[cell.id] for cell in cells),
            said.only(cells[0].when),
            said.go(units, place),
        )
        for place, cells in enumerate(units)
    )


def _shown(instrument: Instrument, perspective: str) -> list[Item]:
    found: dict[str, Item] = {}
    for item in instrument.items.values():
        if belongs(item, perspective) and _can_hold(item.when, found):
            found[item.id] = item
    return list(found.values())


def _can_hold(condition: Condition, shown: Mapping[str, Item]) -> bool:
    """A question that is not on the form has no answer: only "not that one" holds of it."""
    may = [clause.item in shown or bool(clause.not_in) for clause in condition.any]
    return all(clause.item in shown or bool(clause.not_in) for clause in condition.all) and (not may or any(may))


def _numbers(shown: Sequence[Item]) -> dict[str, int]:
    """The number of each item's question: the cells of a matrix are one."""
    places: dict[str, int] = {}
    return {item.id: places.setdefault(item.matrix or item.id, len(places) + 1) for item in shown}


@dataclass(frozen=True)
class _Said:
    """Conditions in words, by the numbers and options of this form."""

    instrument: Instrument
    numbers: Mapping[str, int]
    puts: Mapping[str, PutQuestion]
    words: PaperWords

    def only(self, when: Condition) -> str:
        needed = [text for clause in when.all for text in self.clause(clause)]
        either = self.either([clause for clause in when.any if clause.item in self.numbers])
        parts = [*needed, *([either] if either else [])]
        return self.words.only.format(self.words.both.join(parts)) if parts else ""

    def either(self, clauses: Sequence[Clause]) -> str:
        """Of which one must hold: the codes of one question together, and questions with the same words together."""
        if any(clause != Clause(clause.item, in_=clause.in_) for clause in clauses):
            return self.words.either.join(self.words.both.join(self.clause(clause)) for clause in clauses)
        chosen: dict[str, frozenset[str]] = {}
        for clause in clauses:
            chosen[clause.item] = chosen.get(clause.item, frozenset()) | clause.in_
        asked: dict[str, list[str]] = {}
        for name, codes in chosen.items():
            asked.setdefault(self.options(name, codes), []).append(str(self.numbers[name]))
        told = (self.words.chose.format(said, self.words.either.join(numbers)) for said, numbers in asked.items())
        return self.words.either.join(told)

    def clause(self, clause: Clause) -> Iterator[str]:
        number = self.numbers.get(clause.item)
        if number is None:
            return
        if clause.in_:
            yield self.words.chose.format(self.options(clause.item, clause.in_), number)
        if clause.not_in:
            yield self.words.chose_not.format(self.options(clause.item, clause.not_in), number)
        if clause.at_least is not None:
            yield self.words.least.format(self.decimal(clause.at_least), number)
        if clause.at_most is not None:
            yield self.words.most.format(self.decimal(clause.at_most), number)

    def options(self, name: str, codes: frozenset[str]) -> str:
        said = [option.words for option in self.puts[name].options if option.code in codes]
        return self.words.either.join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)

    def decimal(self, limit: float) -> str:
        return str(simple(limit)).replace(".", self.words.comma)

    def go(self, units: Sequence[Sequence[Item]], place: int) -> str:
        """Where to go from a question that all of the next ones hang on, or nothing."""
        asks = units[place][0]
        chosen = [_codes_on(unit[0], asks.id) for unit in units[place + 1 :]]
        skipped = next(
            (count for count, codes in enumerate(chosen) if codes != chosen[0] or codes is None), len(chosen)
        )
        if asks.kind not in ONE or asks.matrix or not skipped or not chosen[0]:
            return ""
        others = frozenset(option.code for option in asks.options) - chosen[0]
        if not others:
            return ""
        target = place + 1 + skipped
        if target == len(units):
            return self.words.go_to_end.format(self.options(asks.id, others))
        return self.words.go.format(self.numbers[units[target][0].id], self.options(asks.id, others))


def _codes_on(item: Item, asked: str) -> frozenset[str] | None:
    """The codes of `asked` that alone decide whether `item` is asked; None where anything else does."""
    clauses = (*item.when.all, *item.when.any)
    if len(clauses) != 1 or clauses[0].item != asked or clauses[0] != Clause(asked, in_=clauses[0].in_):
        return None
    return clauses[0].in_
