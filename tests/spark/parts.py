"""Snapshots whose rows lie in several files, as a nation's do."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

import pyarrow.parquet as pq
from snapshots_made import make_snapshot

from skillnad.analysis.snapshot import Snapshot, open_snapshot
from skillnad.codebook.snapshot_schema import Population


def interventions(folder: Path, rows: int, seed: int = 1) -> Snapshot:
    """Random interventions of a few people in four units."""
    random = Random(seed)
    return make_snapshot(folder, interventions=[_row(random) for _ in range(rows)])


def cut_up(snapshot: Snapshot, parts: int) -> Snapshot:
    """The same rows with every population in a folder of `parts` files."""
    for population in snapshot.manifest.tables:
        file = snapshot.file(population)
        held = pq.read_table(file)
        file.unlink()
        file.mkdir()
        ends = [held.num_rows * part // parts for part in range(parts + 1)]
        for part in range(parts):
            pq.write_table(held.slice(ends[part], ends[part + 1] - ends[part]), file / f"part-{part:05}.parquet")
    return open_snapshot(snapshot.path)


def rows_in(snapshot: Snapshot, population: Population = Population.INTERVENTIONS) -> int:
    return sum(pq.read_metadata(part).num_rows for part in snapshot.parts(population))


def _row(random: Random) -> dict[str, object]:
    start = date(2024, 11, 1) + timedelta(days=random.randrange(400))
    end = start + timedelta(days=random.randrange(200))
    return {
        "client": random.choice(["", *range(1, 90)]),
        "unit": random.choice(["", "A", "A", "B", "C"]),
        "legal_sex": random.choice(["", "1", "2"]),
        "origin": random.choice(["", "1", "2", "3", "5"]),
        "problem": ";".join(str(code) for code in sorted(random.sample(range(1, 36), random.randrange(4)))),
        "closing_reason": random.choice(["", "1", "2", "9"]),
        "start_date": random.choice(["", start, start, start]),
        "end_date": random.choice(["", end, end]),
    }
