"""What an event is made of, before it has its place in the chain."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from skillnad.audit.chain import Sealing, canonical, list_digest

CLIENT = "client"
"""The kind of subject that is a person: its subjects are pseudonyms."""
PEOPLE = "people"
"""What `details` calls the list of people that is stored beside the event: how many, and a digest."""
EVERYONE = (0,)
"""As `people`: all who were in the register. No pseudonym is 0."""


@dataclass(frozen=True)
class Entry:
    """As `actions.record` takes it. `people` are the pseudonyms that the event touched, where its subjects are
    something else than people (a delivery, a free answer)."""

    action: str
    purpose: str = ""
    subject_kind: str = ""
    subjects: Sequence[int | str] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
    people: Iterable[int] = ()

    def told(self, sealing: Sealing) -> "Told":
        """What it says as canonical JSON, and the keyed names of the people."""
        details = dict(self.details)
        if self.subject_kind == CLIENT:
            people = sealing.people(int(each) for each in self.subjects)
        else:
            people = sealing.people(self.people)
            if people:
                details[PEOPLE] = {"count": len(people), "sha256": list_digest(people)}
        return Told(_text(list(self.subjects)), _text(details) if details else "{}", people)


@dataclass(frozen=True)
class Told:
    subjects: str
    details: str
    people: list[int]


def _text(value: Any) -> str:
    """Of the value as it will be read back: JSON's keys are texts, and stand in the order of texts."""
    if isinstance(value, list) and all(type(each) is int for each in value):
        return f"[{','.join(map(str, value))}]"
    return canonical(json.loads(json.dumps(value)))
