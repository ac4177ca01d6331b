"""A made-up municipality whose units have some twenty answers a year on five options: what the ladder of small figures
is measured on.

A unit's answers are drawn from shares of its own, which vary about those of all as units do (a Dirichlet whose weight
is that of some forty answers), and its number of answers varies as numbers of visitors do (Poisson). Most answers are
good, as in the pilots: 30, 30, 22, 12 and 6 per cent, from the best to the worst.
"""

from dataclasses import dataclass
from datetime import date
from hashlib import file_digest
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from skillnad.analysis.snapshot import Snapshot, open_snapshot
from skillnad.codebook.loading import load_codebook
from skillnad.codebook.manifest import file_name, named, write_manifest
from skillnad.codebook.snapshot_schema import MANIFEST, Manifest, Population, SnapshotLevel, SnapshotTable
from skillnad.snapshots.columns import columns_of

SHARES = (0.30, 0.30, 0.22, 0.12, 0.06)
COLUMNS = ("client", "case", "intervention", "committee", "unit", "end_date", "goal_attainment")
FIRST_DAY = (date(2024, 1, 1) - date(1970, 1, 1)).days


@dataclass(frozen=True)
class Municipality:
    """So many units in districts of as equal size as can be, with `answers` a unit and year on average; of these the
    part `missing` has none, and `alike` is how many answers' weight a unit's own shares have."""

    units: int = 100
    districts: int = 14
    answers: float = 20.0
    alike: float = 40.0
    missing: float = 0.0


def few_answers(folder: Path, of: Municipality = Municipality(), *, seed: int = 1) -> Snapshot:
    """Writes two years' answers as interventions that ended with a judgement of their goals, and opens the snapshot."""
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(seed)
    units, years, answers = _drawn(of, random)
    days = FIRST_DAY + np.minimum(years * 366 + random.integers(0, 365, len(units)), 730)
    keys = np.arange(1, len(units) + 1)
    columns = {"client": keys, "case": keys, "intervention": keys, "unit": units + 1, "goal_attainment": answers}
    columns |= {"committee": units % of.districts + 1, "end_date": days}
    places = {"committee": _places("D", of.districts), "unit": _places("E", of.units), "provider": ()}
    schema = columns_of(Population.INTERVENTIONS, load_codebook(), places)
    file = folder / file_name(Population.INTERVENTIONS)
    pq.write_table(pa.table({name: _array(name, columns[name]) for name in COLUMNS}), file)
    with file.open("rb") as stream:
        digest = file_digest(stream, "sha256").hexdigest()
    kept = {name: schema[name] for name in COLUMNS}
    tables = {Population.INTERVENTIONS: SnapshotTable(Population.INTERVENTIONS, len(units), digest, kept)}
    manifest = named(Manifest("", date(2025, 12, 31), "made", "", "Småsvarsköping", tables, ()))
    (folder / MANIFEST).write_text(write_manifest(manifest), encoding="utf-8")
    return open_snapshot(folder)


def _drawn(of: Municipality, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A row an answer: its unit and year, from 0, and what it is, from 1; 0 is missing."""
    many = random.poisson(of.answers, (of.units, 2))
    own = random.dirichlet(np.array(SHARES) * of.alike, of.units)
    units = np.repeat(np.arange(of.units), many.sum(axis=1))
    years = np.concatenate([np.repeat([0, 1], each) for each in many])
    answers = np.concatenate(
        [random.choice(5, sum(each), p=shares) + 1 for each, shares in zip(many, own, strict=True)]
    )
    return units, years, np.where(random.random(len(units)) < of.missing, 0, answers)


def _places(letter: str, number: int) -> tuple[SnapshotLevel, ...]:
    names = (f"{letter}{place + 1:02d}" for place in range(number))
    return tuple(SnapshotLevel(name, name, name) for name in names)


def _array(name: str, values: np.ndarray) -> pa.Array:
    if name == "end_date":
        return pa.array(values.astype("int32"), pa.int32()).cast(pa.date32())
    return pa.array(values, pa.int64() if name in ("client", "case", "intervention") else pa.int16())
