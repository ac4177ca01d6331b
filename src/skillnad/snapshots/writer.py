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

import polars as pl

from skillnad.codebook.loading import load_codebook
from skillnad.codebook.snapshot_schema import Manifest
from skillnad.instruments.loading import instrument_ids, load_versions
from skillnad.lib.errors import UserError
from skillnad.snapshots.answers import Versions, given_on, not_kept
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
        register = as_of_day(read_register(database, codebook), codebook, day)
    progress("register")
    own = order.get("local_instruments")
    instruments = kept_versions(register.submissions, Path(own) if own else None)
    return store(
        make_tables(register, codebook, instruments),
        codebook=codebook,
        municipality=register.municipality,
        as_of=day,
        at=datetime.fromisoformat(order["at"]),
        home=Path(order["home"]),
        progress=progress,
        instruments=given_on(register.submissions, instruments),
        tree=register.tree,
    )


def kept_versions(submissions: pl.DataFrame, own: Path | None) -> Versions:
    """Every version of each instrument that has been answered: the catalogue's, or the municipality's own.

    Raises UserError SNAP-028 for an instrument that is nowhere, and INSTR-… for one that is damaged.
    """
    there = instrument_ids(own)
    asked = submissions["instrument"].unique().sort().to_list()
    if absent := [name for name in asked if name not in there]:
        raise UserError(*(problem for name in absent for problem in not_kept(name).problems))
    return {name: load_versions(name, own) for name in asked}


def _summary(manifest: Manifest) -> dict[str, Any]:
    return {
        "id": manifest.id,
        "codebook_version": manifest.codebook_version,
        "codebook_digest": manifest.codebook_digest,
        "rows": {population.value: table.rows for population, table in manifest.tables.items()},
    }


if __name__ == "__main__":
    sys.exit(main(sys.stdin, sys.stdout))
