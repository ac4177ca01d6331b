"""The log at ten million events, on both databases: appended, shown to be whole, and asked about one person.

Every event reads one of a million people, in turns of a thousand events a commit; SQLite commits with synchronous FULL.
Each step is a process of its own. Beside the seconds of the wall stand those of the processors, which a busy machine
stretches less.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks import Goal

EVENTS = 10_000_000
TOGETHER = 1_000
PEOPLE = 1_000_003
ENTRIES_A_SECOND = 10_000
VERIFY_SECONDS = 120 / 10_000_000
EXTRACT_SECONDS = 1.0
ROOT = Path(__file__).parent.parent

Measured = dict[str, float]


def run(events: int = EVENTS) -> Iterator[Goal]:
    """Both databases. With fewer events the goal of verifying shrinks as they do."""
    sys.path.insert(0, str(ROOT / "tests"))
    import servers

    with tempfile.TemporaryDirectory(prefix="skillnad-bench-") as folder:
        yield from _goals("SQLite", events, Path(folder), {})
    with tempfile.TemporaryDirectory(prefix="skillnad-bench-") as folder, servers.postgresql() as url:
        yield from _goals("PostgreSQL", events, Path(folder), {"SKILLNAD_DATABASE_URL": url})


def _goals(name: str, events: int, home: Path, environment: dict[str, str]) -> Iterator[Goal]:
    settings = {**os.environ, "SKILLNAD_HOME": str(home), **environment}
    settings["DJANGO_SETTINGS_MODULE"] = "skillnad.config.settings"
    filled = _measured("fill", events, settings)
    rate = events / filled["seconds"]
    yield Goal(
        f"audit entries appended to {name}", rate, ENTRIES_A_SECOND, "/s", larger_is_better=True, note=_note(filled)
    )
    verified = _measured("verify", events, settings)
    name_of = f"audit verify of {events:,} entries, {name}"
    yield Goal(name_of, verified["seconds"], VERIFY_SECONDS * events, "s", note=_note(verified))
    asked = _measured("ask", events, settings)
    note = f"{asked['found']:.0f} events found"
    yield Goal(f"who has read about one person, {name}", asked["seconds"], EXTRACT_SECONDS, "s", note=note)


def _note(measured: Measured) -> str:
    return f"processors {measured['processor']:.1f} s; load {os.getloadavg()[0]:.1f}"


def _measured(what: str, events: int, environment: dict[str, str]) -> Measured:
    command = [sys.executable, "-m", "benchmarks.audit_log", what, str(events)]
    done = subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True)
    measured: Measured = json.loads(done.stdout.splitlines()[-1])
    return measured


def fill(events: int) -> Measured:
    from skillnad.cli.service.django_setup import prepare_database

    prepare_database()
    from skillnad.audit.actions import record_many
    from skillnad.audit.entries import Entry

    begun, first = _now(), datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(0, events, TOGETHER):
        entries = [
            Entry("client.read", "follow_up", "client", [each * 7919 % PEOPLE + 1], {"page": "case", "rows": each % 9})
            for each in range(number, min(events, number + TOGETHER))
        ]
        record_many(entries=entries, by=f"account:{number // TOGETHER % 50}", at=first + timedelta(seconds=number))
    return _since(begun)


def verify(events: int) -> Measured:
    from skillnad.audit import queries

    begun = _now()
    if queries.verify(processes=2) != events:
        raise RuntimeError("the log has another number of events than were added")
    return _since(begun)


def ask(events: int) -> Measured:
    from skillnad.audit.queries import events_about

    begun = _now()
    found = len(list(events_about(7919 * (events // 2) % PEOPLE + 1)))
    return {**_since(begun), "found": found}


def _now() -> tuple[float, float]:
    """The wall's clock, and the processors' of this process and those that it started."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return time.perf_counter(), sum(each.ru_utime + each.ru_stime for each in both)


def _since(begun: tuple[float, float]) -> Measured:
    wall, processor = _now()
    return {"seconds": wall - begun[0], "processor": processor - begun[1]}


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps({"fill": fill, "verify": verify, "ask": ask}[sys.argv[1]](int(sys.argv[2]))))
