"""One sheet of answers: what may stand on it, and what each answer is: a value, or one of four kinds of none.

Problems have the item's id as `where`; whoever read the answers from a file says the file, the row and the column
before it. No message shows an answer, unless it is a short code or a number of a question that is not free text.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Final

from skillnad.instruments.answer_kinds import CODE, check_answer
from skillnad.instruments.asked import Ages, Item, Means
from skillnad.instruments.conditions import Answer, Answers, asked_answers, belongs, codes_of, number_of
from skillnad.instruments.model import Instrument, Rule
from skillnad.lib.errors import Problem
from skillnad.lib.text import either, listed


@dataclass(frozen=True)
class AnswerSheet:
    """What one person answered once. `age`: of whom it is about, in whole years. `slots`: code by slot.

    An item that is not in `answers`, or is "", was not answered; an empty list says that none was chosen.
    """

    instrument: str
    version: str
    perspective: str
    answers: Answers
    variant: str = ""
    language: str = ""
    age: int | None = None
    slots: Mapping[str, str] = field(default_factory=dict)


class Level(StrEnum):
    """What became of one question. Only VALUE is ever in a denominator."""

    VALUE = "value"
    DONT_KNOW = "dont_know"
    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"
    NOT_ASKED = "not_asked"


def level_of(item: Item, answer: Answer | None) -> Level:
    """What an answer to a question that was asked is."""
    if answer is None or answer == "":
        return Level.MISSING
    means = {item_means(item, code) for code in codes_of(answer)}
    return Level(means.pop()) if len(means) == 1 else Level.VALUE


def item_means(item: Item, code: str) -> Means:
    option = item.option(code)
    return option.means if option else Means.VALUE


def levels(instrument: Instrument, sheet: AnswerSheet) -> dict[str, Level]:
    """Every item's level. A multiple choice with `not_asked` "none" was answered with nothing where it is not asked."""
    found = asked_answers(instrument, sheet.perspective, sheet.answers)
    return {
        name: level_of(item, found[name]) if name in found else _unasked(item, sheet.perspective)
        for name, item in instrument.items.items()
    }


def _unasked(item: Item, perspective: str) -> Level:
    return Level.VALUE if item.not_asked == "none" and belongs(item, perspective) else Level.NOT_ASKED


def check_answers(instrument: Instrument, sheet: AnswerSheet) -> tuple[Problem, ...]:
    """Everything that keeps a sheet from being counted: INSTR-041 and INSTR-050 to INSTR-059."""
    if sheet.perspective not in instrument.perspectives:
        return (_unknown("perspective", sheet.perspective, instrument.perspectives),)
    return (
        *_about_the_sheet(instrument, sheet),
        *_about_answers(instrument, sheet),
        *_about_the_whole(instrument, sheet),
    )


def _about_the_sheet(instrument: Instrument, sheet: AnswerSheet) -> Iterator[Problem]:
    if (sheet.instrument, sheet.version) != (instrument.id, instrument.version):
        yield _problem(
            "INSTR-041",
            "",
            f"Svaren är inte givna på {instrument.id} {instrument.version}. Räkna dem med den version de gavs på.",
            f"The answers were not given on {instrument.id} {instrument.version}. Count them by the version they had.",
        )
    if sheet.variant and sheet.variant not in instrument.variants:
        yield _unknown("variant", sheet.variant, instrument.variants)
    spoken = dict.fromkeys(language for variant in instrument.variants.values() for language in variant.languages)
    if sheet.language and sheet.language not in spoken:
        yield _unknown("language", sheet.language, spoken)
    yield from _about_slots(instrument, sheet)
    yield from _about_age(instrument, sheet)


def _about_slots(instrument: Instrument, sheet: AnswerSheet) -> Iterator[Problem]:
    for name, code in sheet.slots.items():
        slot = instrument.slots.get(name)
        if slot is None:
            yield _unknown("slot", name, instrument.slots)
        elif code not in {choice.code for choice in slot.choices}:
            yield _unknown(f"slot.{name}", code, [choice.code for choice in slot.choices])


def _about_age(instrument: Instrument, sheet: AnswerSheet) -> Iterator[Problem]:
    perspective = instrument.perspectives[sheet.perspective]
    own = perspective.ages if perspective.answered_by == "client" else None
    for ages in (own, perspective.about_ages):
        if ages is not None and sheet.age is not None and sheet.age not in ages:
            years_sv, years_en = _years(ages)
            yield _problem(
                "INSTR-057",
                "",
                f"Åldern {sheet.age} ligger utanför perspektivet {perspective.id}, som är för {years_sv} år. Rätta "
                "åldern, eller använd ett instrument för den.",
                f"The age {sheet.age} is outside the perspective {perspective.id}, which is for {years_en} years. "
                "Correct the age, or use an instrument for it.",
            )


def _years(ages: Ages) -> tuple[str, str]:
    if ages.last is None:
        return f"minst {ages.first}", f"at least {ages.first}"
    return f"{ages.first}–{ages.last}", f"{ages.first} to {ages.last}"


def _about_answers(instrument: Instrument, sheet: AnswerSheet) -> Iterator[Problem]:
    shown = asked_answers(instrument, sheet.perspective, sheet.answers)
    for name, answer in sheet.answers.items():
        item = instrument.items.get(name)
        if item is None:
            yield _problem(
                "INSTR-050",
                name,
                f"Instrumentet {instrument.id} har ingen sådan fråga. Ta bort svaret, eller rätta frågans namn.",
                f"The instrument {instrument.id} has no such question. Remove the answer, or mend its name.",
            )
        elif answer is not None and answer != "":
            if name in shown:
                yield from check_answer(item, answer)
            elif not belongs(item, sheet.perspective) or name not in _unsure(instrument, shown):
                yield from _misplaced(item, sheet.perspective)


def _unsure(instrument: Instrument, shown: Mapping[str, Answer | None]) -> set[str]:
    """The items of which nobody can say whether they should have been asked: what decides it has an answer that cannot
    be, or is unsure itself."""
    found: set[str] = set()
    for name, item in instrument.items.items():
        hangs_on = {clause.item for clause in (*item.when.all, *item.when.any)}
        if hangs_on & found or any(_cannot_be(instrument.items[other], shown.get(other)) for other in hangs_on):
            found.add(name)
    return found


def _cannot_be(item: Item, answer: Answer | None) -> bool:
    return answer is not None and any(True for _ in check_answer(item, answer))


def _misplaced(item: Item, perspective: str) -> Iterator[Problem]:
    if belongs(item, perspective):
        yield _problem(
            "INSTR-053",
            item.id,
            "Frågan är besvarad fast dess villkor inte är uppfyllt. Ta bort svaret, eller rätta det som styr frågan.",
            "The question is answered though its condition does not hold. Remove the answer, or mend what it hangs on.",
        )
        return
    yield _problem(
        "INSTR-055",
        item.id,
        f"Frågan ställs inte till {perspective}, utan till {listed(item.perspectives)}. Ta bort svaret.",
        f"The question is not put to {perspective} but to {listed(item.perspectives, 'en')}. Remove the answer.",
    )


def _about_the_whole(instrument: Instrument, sheet: AnswerSheet) -> Iterator[Problem]:
    shown = asked_answers(instrument, sheet.perspective, sheet.answers)
    for name, answer in shown.items():
        unanswered = instrument.items[name].required and (answer is None or answer == () or answer == [])
        if unanswered and name not in _unsure(instrument, shown):
            yield _problem(
                "INSTR-054",
                name,
                "Frågan måste besvaras. Fyll i ett svar.",
                "The question must be answered. Fill it in.",
            )
    for rule in instrument.rules:
        if _broken(rule, shown):
            yield _problem(
                "INSTR-058",
                rule.id,
                f"{rule.sv}: {listed(rule.sum_of)} är tillsammans mer än {rule.at_most_item}. Rätta något av talen.",
                f"{rule.en}: {listed(rule.sum_of, 'en')} add up to more than {rule.at_most_item}. Mend one of them.",
            )


def _broken(rule: Rule, shown: Mapping[str, Answer | None]) -> bool:
    parts = [number_of(shown.get(name)) for name in rule.sum_of]
    most = number_of(shown.get(rule.at_most_item))
    known = [part for part in parts if part is not None]
    return most is not None and len(known) == len(parts) and sum(known, Fraction(0)) > most


def _unknown(what: str, code: str, known: Iterable[str]) -> Problem:
    told = code if CODE.fullmatch(code) else ""
    names = list(known)
    sv, en = _SORTS.get(what, ("ordval", "slot"))
    right_sv, right_en = (
        (f"Skriv {either(names)}", f"Write {either(names, 'en')}") if names else ("Lämna det tomt", "Leave it empty")
    )
    return _problem(
        "INSTR-059",
        what,
        f"Instrumentet har inget sådant {sv}{told and f' ({told})'}. {right_sv}.",
        f"The instrument has no such {en}{told and f' ({told})'}. {right_en}.",
    )


_SORTS: Final[Mapping[str, tuple[str, str]]] = {
    "perspective": ("perspektiv", "perspective"),
    "variant": ("formulär", "form"),
    "language": ("språk", "language"),
}


def _problem(code: str, where: str, sv: str, en: str) -> Problem:
    return Problem(code=code, sv=sv, en=en, where=where)
