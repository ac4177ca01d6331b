"""Who may see what, and the trail of it: `make bench only=access`."""

from collections.abc import Iterator

from benchmarks import Goal, audit_log, key_rotation

NAME = "access"


def run() -> Iterator[Goal]:
    yield from audit_log.run()
    yield from key_rotation.run()
