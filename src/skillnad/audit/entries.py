"""What an event is made of, before it has its place in the chain."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from skillnad.audit.chain import Sealing, list_digest

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

    def told(self, sealing: Sealing) -> tuple[list[Any], dict[str, Any], list[int]]:
        """Subjects and details as they will be read back, and the keyed names of the people."""
        details = dict(self.details)
        if self.subject_kind == CLIENT:
            people = sealing.people(int(each) for each in self.subjects)
        else:
            people = sealing.people(self.people)
            if people:
                details[PEOPLE] = {"count": len(people), "sha256": list_digest(people)}
        subjects, details = json.loads(json.dumps([list(self.subjects), details]))
        return subjects, details, people
