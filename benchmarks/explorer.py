"""The table explorer as a reader meets it: sign-in, form, count, protection, chart and page, each question new.

A snapshot of 100,000 interventions; every question is asked once, so nothing comes from the protected set. The year's
standard report stands there already, and each answer is protected beside it and beside all answers before.
"""

import os
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from benchmarks import Goal
from benchmarks.random_snapshot import random_snapshot
from skillnad.analysis.protected_set import ProtectedSet
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.periods import Period
from skillnad.reports.contents.standard import standard_outline
from skillnad.reports.outline import questions as questions_of

NAME = "explorer"
YEAR = Period.year(2025)
REFUSED = "kan inte visas bredvid"
PASSWORD = "en lång mening som ingen gissar"


def run(rows: int = 100_000, questions: int = 200) -> Iterator[Goal]:
    with TemporaryDirectory() as folder:
        os.environ |= {"SKILLNAD_HOME": folder, "SKILLNAD_MODE": "demo"}
        snapshot = random_snapshot(Path(folder) / "snapshot", rows)
        _report(snapshot)
        browser = _signed_in(snapshot)
        addresses = _addresses(snapshot, questions)
        for address in addresses[:5]:
            _time(browser, address)  # loads the rows, the solver and the chart library, once a process
        answers = [_time(browser, address) for address in addresses[5:]]
        times, refused = [took for took, _ in answers], sum(not told for _, told in answers)
        p95 = quantiles(times, n=20)[-1] * 1000
        middle, worst = quantiles(times, n=2)[0] * 1000, max(times) * 1000
        note = f"{len(times)} new questions, {refused} refused, median {middle:.0f} ms, max {worst:.0f} ms"
        yield Goal(f"explorer: a new table of {rows:,} interventions beside a report, p95", p95, 300, "ms", note=note)


def _report(snapshot: Snapshot) -> None:
    asked = questions_of(standard_outline(snapshot.manifest, YEAR), YEAR)
    ProtectedSet(snapshot).precompute(asked)


def _signed_in(snapshot: Snapshot) -> Any:
    from skillnad.cli.service.django_setup import prepare_database, set_up_django

    set_up_django()
    prepare_database()
    from django.test import Client
    from django.test.utils import override_settings

    from skillnad.organisation.actions import create_account
    from skillnad.organisation.models import Role
    from skillnad.snapshots.models import Snapshot as SnapshotRow

    override_settings(ALLOWED_HOSTS=["testserver"]).enable()
    now = datetime.now(UTC)
    SnapshotRow.objects.create(
        id=snapshot.id, path=str(snapshot.path), as_of=snapshot.manifest.as_of, made_at=now, made_by="benchmark"
    )
    browser = Client()
    browser.force_login(create_account(username="alva", password=PASSWORD, role=Role.ANALYST, by="benchmark", at=now))
    return browser


def _addresses(snapshot: Snapshot, number: int) -> list[str]:
    """Different pairs of columns with periods, as a seeded reader would choose them."""
    from skillnad.codebook.snapshot_schema import Population
    from skillnad.web.analyst.choices import column_choices

    columns = [name for name, _ in column_choices(snapshot, Population.INTERVENTIONS)]
    pairs = [(a, b, year) for a in columns for b in columns if a < b for year in ("", "2023", "2024", "2025")]
    chosen = random.Random(1).sample(pairs, number + 5)
    return [f"/utforska/?om=insatser&rader={a}&kolumner={b}&period={year}" for a, b, year in chosen]


def _time(browser: Any, address: str) -> tuple[float, bool]:
    """Seconds, and whether there was a table; without one the page says that it cannot stand beside another."""
    began = perf_counter()
    answer = browser.get(address)
    took = perf_counter() - began
    told = b"<table" in answer.content
    if answer.status_code != 200 or not (told or REFUSED.encode() in answer.content):
        raise RuntimeError(f"no answer at {address}")
    return took, told
