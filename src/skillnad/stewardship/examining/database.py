"""The database and its log: what is wrong with them. Nothing is changed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from skillnad.audit.checkpoints import kept_checkpoints, read_checkpoint
from skillnad.audit.models import AuditEvent
from skillnad.lib.errors import Problem, UserError
from skillnad.stewardship.examining import findings

_MINUTE = timedelta(minutes=1)
_WRONG = timedelta(minutes=2)


def reachable_and_migrated() -> Iterator[Problem]:
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        yield findings.unreachable()  # to ask would make one
        return
    try:
        executor = MigrationExecutor(connection)
        left = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, UserError):
        yield findings.unreachable()
        return
    if left:
        yield findings.unmigrated(len(left))


def write_ahead() -> Iterator[Problem]:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        if mode != "wal":
            yield findings.no_wal(mode)


def backups(now: datetime, most: int) -> Iterator[Problem]:
    """By the log: a backup that was made elsewhere than by `skillnad backup make` is not known."""
    last = AuditEvent.objects.filter(action="backup.made").order_by("-pk").values_list("at", flat=True).first()
    days = None if last is None else (now - last).days
    if days is None or days >= most:
        yield findings.no_backup(days, most)


def checkpoints(folder: Path) -> Iterator[Problem]:
    kept = kept_checkpoints(folder)
    if not kept and AuditEvent.objects.exists():
        yield findings.no_checkpoint()
    for path in kept[-1:]:
        try:
            read_checkpoint(path)
        except UserError as refused:
            yield from refused.problems


def clock(now: datetime) -> Iterator[Problem]:
    """Against the last event of the log, and against a server's own clock."""
    last = AuditEvent.objects.order_by("-pk").values_list("at", flat=True).first()
    apart = [last - now] if last and last - now > _WRONG else []
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            server = abs(timezone.localtime(cursor.fetchone()[0]) - now)
        apart += [server] if server > _WRONG else []
    if apart:
        yield findings.clock_apart(round(max(apart) / _MINUTE))
