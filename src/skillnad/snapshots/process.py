"""The writer's process, as its parent sees it: what it is told, how it is run, and what it answers."""

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from psycopg.conninfo import make_conninfo

from skillnad.lib.errors import Problem, UserError

WRITER = (sys.executable, "-m", "skillnad.snapshots.writer")


def run_writer(order: Mapping[str, Any]) -> dict[str, Any]:
    """The writer's last line. The order goes in on its input: a command line can be read by anyone on the machine."""
    done = subprocess.run(WRITER, input=json.dumps(order), stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603
    last = json.loads(lines[-1]) if (lines := done.stdout.splitlines()) else {}
    if "problems" in last:
        raise UserError(*(Problem(**problem) for problem in last["problems"]))
    if done.returncode != 0 or "snapshot" not in last:
        raise _stopped(done.returncode)
    return dict(last["snapshot"])


def database_order(settings_dict: Mapping[str, Any]) -> dict[str, str]:
    """How the writer reaches the database that Django uses. Raises UserError SNAP-024 for one in memory."""
    name = str(settings_dict["NAME"])
    if settings_dict["ENGINE"].endswith("sqlite3"):
        if ":memory:" in name or "mode=memory" in name:
            raise _in_memory()
        return {"engine": "sqlite", "path": name}
    wanted = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    given = {key: str(settings_dict[source]) for key, source in wanted.items() if settings_dict.get(source)}
    return {"engine": "postgresql", "conninfo": make_conninfo("", dbname=name, **given)}


def _stopped(status: int) -> UserError:
    return UserError.of(
        "SNAP-025",
        sv=f"Skrivaren av ögonblicksbilden stannade i förtid (status {status}). Ingenting har sparats. Kör kommandot "
        "igen; händer det igen, se vad som skrevs ut ovanför, och kontrollera minne och diskutrymme.",
        en=f"The snapshot's writer stopped early (status {status}). Nothing was kept. Run the command again; if it "
        "happens again, see what was printed above, and check memory and disk space.",
    )


def _in_memory() -> UserError:
    return UserError.of(
        "SNAP-024",
        where="SKILLNAD_DATABASE_URL",
        sv="Databasen ligger bara i minnet, och en ögonblicksbild görs av en egen process som inte når den. "
        "Använd en databasfil eller PostgreSQL.",
        en="The database is in memory alone, and a snapshot is made by a process of its own that cannot reach it. "
        "Use a database file or PostgreSQL.",
    )
