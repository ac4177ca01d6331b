"""The process that makes a snapshot: `python -m skillnad.snapshots.writer`, started by `actions` and knowing no Django.

It reads one JSON object from its input (database, codebook's folder, day, place) and writes one JSON object a line:
{"written": …} as it goes, and at last {"snapshot": …} (exit status 0) or {"problems": […]} (exit status 2).
"""

import json
import sys
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO

from skillnad.codebook.loading import load_codebook
from skillnad.codebook.snapshot_schema import Manifest
from skillnad.lib.errors import UserError
from skillnad.snapshots.as_of import as_of_day
from skillnad.snapshots.database import read_transaction
from skillnad.snapshots.rows import read_register
from skillnad.snapshots.storing import store
from skillnad.snapshots.tables import make_tables


def main(source: TextIO, out: TextIO) -> int:
    def say(**line: Any) -> None:
        out.write(json.dumps(line) + "\n")
        out.flush()

    try:
        manifest = write_snapshot(json.load(source), progress=lambda part: say(written=part))
    except UserError as error:
        say(problems=[asdict(problem) for problem in error.problems])
        return error.exit_status
    say(snapshot=_summary(manifest))
    return 0


def write_snapshot(order: dict[str, Any], *, progress: Any) -> Manifest:
    """Make the snapshot that `order` asks for."""
    local = order["local_codebook"]
    codebook = load_codebook(Path(local) if local else None)
    day = date.fromisoformat(order["as_of"])
    with read_transaction(order["database"]) as database:
        register = read_register(database, codebook)
    progress("register")
    return store(
        make_tables(as_of_day(register, codebook, day), codebook),
        codebook=codebook,
        municipality=register.municipality,
        as_of=day,
        at=datetime.fromisoformat(order["at"]),
        home=Path(order["home"]),
        progress=progress,
    )


def _summary(manifest: Manifest) -> dict[str, Any]:
    return {
        "id": manifest.id,
        "codebook_version": manifest.codebook_version,
        "codebook_digest": manifest.codebook_digest,
        "rows": {population.value: table.rows for population, table in manifest.tables.items()},
    }


if __name__ == "__main__":
    sys.exit(main(sys.stdin, sys.stdout))
