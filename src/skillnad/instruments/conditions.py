"""Which questions are asked of whom: conditions on what has been answered before.

An item without answer fails every comparison but `not_in`. What was answered to a question that is no longer asked
counts as no answer for the questions after it.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from skillnad.instruments.asked import Clause, Condition, Item
from skillnad.instruments.exact import exact, read_number
from skillnad.instruments.model import Instrument

Answer = str | int | float | Decimal | Sequence[str] | Mapping[str, int]
"""A code, an ISO date or words; a number; the codes of a multiple choice; the rank of each code."""
Answers = Mapping[str, Answer]


def codes_of(answer: Answer | None) -> frozenset[str]:
    """The codes that were chosen; none of a number, and none where nothing was answered."""
    if isinstance(answer, str):
        return frozenset((answer,))
    if not isinstance(answer, Sequence | Mapping):
        return frozenset()
    return frozenset(code for code in answer if isinstance(code, str))


def number_of(answer: Answer | None) -> Fraction | None:
    """The number that was answered, or that a code is; None of all else."""
    if isinstance(answer, str):
        return read_number(answer)
    if not isinstance(answer, int | float | Decimal):
        return None
    try:
        return exact(answer)
    except ValueError:  # not finite
        return None


def holds(condition: Condition, answers: Answers) -> bool:
    """Whether `condition` holds of the answers to questions that were asked."""
    met = (_met(clause, answers.get(clause.item)) for clause in condition.any)
    return all(_met(clause, answers.get(clause.item)) for clause in condition.all) and (not condition.any or any(met))


def _met(clause: Clause, answer: Answer | None) -> bool:
    codes = codes_of(answer)
    if clause.in_ and not codes & clause.in_:
        return False
    return not codes & clause.not_in and _within(clause, answer)


def _within(clause: Clause, answer: Answer | None) -> bool:
    if clause.at_least is None and clause.at_most is None:
        return True
    number = number_of(answer)
    if number is None or (clause.at_least is not None and number < exact(clause.at_least)):
        return False
    return clause.at_most is None or number <= exact(clause.at_most)


def belongs(item: Item, perspective: str) -> bool:
    """Whether `item` is a question to this perspective."""
    return not item.perspectives or perspective in item.perspectives


def asked_answers(instrument: Instrument, perspective: str, answers: Answers) -> dict[str, Answer | None]:
    """What is asked, in the form's order, with what was answered (None: nothing)."""
    found: dict[str, Answer | None] = {}
    known: dict[str, Answer] = {}
    for name, item in instrument.items.items():
        if not belongs(item, perspective) or not holds(item.when, known):
            continue
        answer = answers.get(name)
        found[name] = None if answer == "" else answer
        if found[name] is not None:
            known[name] = answers[name]
    return found


def asked(instrument: Instrument, perspective: str, answers: Answers) -> tuple[str, ...]:
    """The ids of what is asked of one who has answered so."""
    return tuple(asked_answers(instrument, perspective, answers))
