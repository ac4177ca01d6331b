"""A part of the log, read and followed. No Django, so that a process of its own can do it."""

from dataclasses import dataclass
from typing import Any

from skillnad.audit import stored
from skillnad.audit.chain import Sealing
from skillnad.audit.following import Followed, follow


@dataclass(frozen=True)
class Segment:
    """Rows `after`+1 to `last`; the first follows the seal `previous`."""

    after: int
    last: int
    previous: str


def in_its_own(database: stored.Database, key: bytes, segment: Segment) -> Followed:
    """For a process of its own, which sees what is committed."""
    with stored.opened(database) as reading:
        return followed(reading, database.vendor, segment, Sealing.by(key))


def followed(reading: Any, vendor: str, segment: Segment, sealing: Sealing) -> Followed:
    """`reading` is a connection to a database of this kind."""
    rows = stored.events(reading, vendor, segment.after, segment.last)
    people = stored.people(reading, vendor, segment.after, segment.last)
    return follow(rows, people, segment.previous, sealing)
