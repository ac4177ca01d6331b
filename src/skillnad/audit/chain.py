"""The seal of an event: over all that it says and the seal before it, under a key that the database does not have.

No Django here: the log is verified in processes of their own.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from typing import Any

from skillnad.lib.keyed import keyed_digest

_PERSON_BYTES = 8
_text = json.encoder.encode_basestring_ascii  # what `canonical` does to a text


@dataclass(frozen=True)
class Sealing:
    """What the log's key can do: `link` seals an event, `person` gives the keyed name (64 bits) of a pseudonym."""

    link: Callable[[bytes], bytes]

    @classmethod
    def by(cls, key: bytes) -> "Sealing":
        return cls(_digest(key))

    def person(self, pseudonym: int) -> int:
        """Says nothing without the key, not even to who has the register: a list of these is a list of nobody."""
        return int.from_bytes(self.link(b"person\0%d" % pseudonym)[:_PERSON_BYTES], "big", signed=True)

    def people(self, pseudonyms: Iterable[int]) -> list[int]:
        """The keyed names of some people, each once and in order."""
        return sorted({self.person(each) for each in pseudonyms})


@cache
def _digest(key: bytes) -> Callable[[bytes], bytes]:
    return keyed_digest(key)


def canonical(value: Any) -> str:
    """One text for one value, whatever a database does to spaces and the order of keys."""
    return json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"))


def moment(at: datetime) -> str:
    """In UTC, so that a database's own time zone changes nothing."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def content(
    previous: str, at: str, actor: str, action: str, purpose: str, kind: str, subjects: str, details: str
) -> bytes:
    """What is sealed: the canonical text of all eight as a list. `subjects` and `details` are canonical already.

    No other thing that the key seals begins with `[`.
    """
    told = f"{_text(actor)},{_text(action)},{_text(purpose)},{_text(kind)}"
    return f"[{_text(previous)},{_text(at)},{told},{subjects},{details}]".encode()


def list_digest(people: Sequence[int]) -> str:
    """Of a list of keyed names in order: what an event says of the list that is stored beside it."""
    return sha256(b"".join(each.to_bytes(_PERSON_BYTES, "big", signed=True) for each in people)).hexdigest()
