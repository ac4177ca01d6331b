"""Who may see what, and the trail of it: `make bench only=access`."""

from collections.abc import Iterator

from benchmarks import Goal, audit_log

NAME = "access"


def run() -> Iterator[Goal]:
    yield from audit_log.run()
