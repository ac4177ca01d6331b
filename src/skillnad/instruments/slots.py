"""Which word stands where the published question has a slash: from the case, from the plan, or from the answers.

Of a case nothing is used but codes and months. What was chosen is stored with the answers; the choice of a slot that
tells the reference point ("since when") is a column of its own, so that answers are not mixed unawares.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from skillnad.codebook.days_in_words import month_name
from skillnad.instruments.asked import Slot
from skillnad.instruments.conditions import Answers, holds
from skillnad.instruments.model import Instrument
from skillnad.instruments.reading import CATALOGUE
from skillnad.instruments.texts import Texts

NAMED: Final = "named"
"""The choice that says the intervention's own name."""


@dataclass(frozen=True)
class CaseFacts:
    """What a case tells of words: codes and months ("2026-03"), and nothing of the person. "" is not known."""

    intervention_type: str = ""
    start_month: str = ""
    last_follow_up_month: str = ""
    reference_point: str = ""
    caseworker_kind: str = ""


@dataclass(frozen=True)
class Chosen:
    """A slot's choice. `name`: the intervention's, in a sentence. `month`: the reference point's, in words."""

    code: str
    name: str = ""
    month: str = ""


def resolve(
    instrument: Instrument, facts: CaseFacts, plan: Mapping[str, str], texts: Texts | None = None
) -> dict[str, Chosen]:
    """The choice of every slot that is decided before the first answer.

    The case decides where it is known, else the plan (code by slot), else the slot's default. A slot that is the plan's
    own is never decided by the case. `texts` may leave choices out: Stockholm's wording has no "personalen".
    """
    slots = [slot for slot in instrument.slots.values() if slot.source != "answers"]
    return {slot.id: _resolved(slot, facts, plan, texts) for slot in slots}


def stored(chosen: Mapping[str, Chosen]) -> dict[str, str]:
    """What is kept with the answers: the code by slot, and no words."""
    return {name: choice.code for name, choice in chosen.items()}


def reference_points(instrument: Instrument) -> tuple[str, ...]:
    """The slots whose choice says from when an answer is counted."""
    return tuple(slot.id for slot in instrument.slots.values() if slot.reference)


def choices_of(slot: Slot, texts: Texts | None) -> tuple[str, ...]:
    """The codes that may be chosen, in the definition's order."""
    codes = tuple(choice.code for choice in slot.choices)
    own = texts.slots.get(slot.id) if texts else None
    return tuple(code for code in codes if code in own.choices) if own and own.choices else codes


def default_of(slot: Slot, texts: Texts | None) -> str:
    own = texts.slots.get(slot.id) if texts else None
    return (own.default if own else "") or slot.default


def decided_by(slot: Slot, answers: Answers) -> str:
    """The choice that the answers so far make; the default where they make none."""
    made = (choice.code for choice in slot.choices if choice.when is not None and holds(choice.when, answers))
    return next(made, slot.default)


def intervention_names(file: str) -> Mapping[str, str]:
    """What each intervention type (codes of variable 12) is called inside a Swedish sentence."""
    return _names(CATALOGUE / "_shared" / file) if file else {}


def _resolved(slot: Slot, facts: CaseFacts, plan: Mapping[str, str], texts: Texts | None) -> Chosen:
    known = choices_of(slot, texts)
    wished = (_of_case(slot, facts), plan.get(slot.id, ""), default_of(slot, texts))
    code = next((code for code in wished if code in known), slot.default)
    return Chosen(code, _name(slot, facts), _month(slot, facts, code))


def _of_case(slot: Slot, facts: CaseFacts) -> str:
    if slot.source == "case.intervention_type":
        return NAMED if _name(slot, facts) else ""
    told = {"case.reference_point": facts.reference_point, "case.caseworker_kind": facts.caseworker_kind}
    return told.get(slot.source, "")


def _name(slot: Slot, facts: CaseFacts) -> str:
    if slot.source != "case.intervention_type":
        return ""
    return intervention_names(slot.names).get(facts.intervention_type, "")


def _month(slot: Slot, facts: CaseFacts, code: str) -> str:
    months = {"start": facts.start_month, "previous": facts.last_follow_up_month}
    return month_name(months.get(code, "")) if slot.source == "case.reference_point" else ""


@cache
def _names(path: Path) -> Mapping[str, str]:
    names: Mapping[str, str] = tomllib.loads(path.read_text("utf-8")).get("sv", {})
    return names
