"""What is said of a release in the ledger: of which snapshot it was, when, under which rules, and what was asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from skillnad.analysis.comparisons.questions import Asked
from skillnad.analysis.question_data import canonical_json, question_as_data, question_from_data
from skillnad.analysis.questions import Flow, Question
from skillnad.analysis.selection import selection_of
from skillnad.codebook.periods import Period


@dataclass(frozen=True)
class Release:
    """One table that was counted for an answer: `key` is the answer's ledger key and the table's number, `asked` what
    was asked, and `question` what was counted for it. `as_of` is the snapshot's day."""

    key: str
    snapshot: str
    as_of: date
    policy: str
    asked: Asked
    question: Question

    @property
    def answer(self) -> str:
        """The answer that it is a table of."""
        return self.key.partition(".")[0]

    @cached_property
    def text(self) -> str:
        """The same for the same table, of whatever snapshot."""
        return canonical_json(self.question)

    @cached_property
    def asked_text(self) -> str:
        """The same for the same that was asked."""
        return canonical_json(self.asked)

    def closed(self) -> bool:
        """Was the period over when the snapshot was taken, so that what has changed since is a correction?"""
        period = period_of(self.question)
        return period is not None and period.last_day <= self.as_of

    def as_data(self) -> dict[str, Any]:
        return {
            "answer": self.key,
            "snapshot": self.snapshot,
            "as_of": self.as_of.isoformat(),
            "policy": self.policy,
            "asked": question_as_data(self.asked),
            "question": question_as_data(self.question),
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Release":
        """Raises KeyError, TypeError or ValueError of data that is none."""
        question: Any = question_from_data(data["question"])
        day = date.fromisoformat(data["as_of"])
        asked = question_from_data(data["asked"])
        return cls(data["answer"], data["snapshot"], day, data["policy"], asked, question)


def period_of(question: Question) -> Period | None:
    return question.period if isinstance(question, Flow) else selection_of(question).period
