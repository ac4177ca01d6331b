"""What leaves the site is logged, and what is behind sign-in is stored by no browser or proxy."""

from typing import Any

import pytest
from pages_made import shown

from skillnad.analysis.protected_set import ProtectedSet
from skillnad.analysis.snapshot import Snapshot
from skillnad.audit.models import AuditEvent
from skillnad.audit.queries import verify
from skillnad.codebook.periods import Period
from skillnad.organisation.models import Account
from skillnad.reports.making import prepare

SEX = {"om": "insatser", "rader": "legal_sex", "period": "2025"}


def logged(action: str) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(action=action))


def alva_is() -> str:
    return Account.objects.get(username="alva").actor


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_table_that_is_taken_along_is_logged(alva: Any, snapshot: Snapshot, kind: str) -> None:
    name = alva.get(f"/utforska/tabell.{kind}", SEX)["Content-Disposition"]
    (event,) = logged("explorer.exported")
    assert (event.by, event.purpose, event.details) == (alva_is(), "follow_up", {"file": kind})
    assert event.subjects[0][:12] in name
    assert verify() == AuditEvent.objects.count()


def test_table_that_is_looked_at_is_not_logged_as_taken(alva: Any, snapshot: Snapshot) -> None:
    alva.get("/utforska/", SEX)
    alva.get("/utforska/tabell.svg", SEX)
    assert not logged("explorer.exported")


def test_report_file_that_is_taken_along_is_logged(alva: Any, reported: Snapshot) -> None:
    shown(reported)
    assert b"".join(alva.get("/rapport/2025/report.pdf").streaming_content)
    (event,) = logged("report.exported")
    assert (event.by, event.subjects) == (alva_is(), [reported.id])
    assert event.details == {"period": "2025", "file": "report.pdf"}


def test_report_file_that_does_not_exist_is_not_logged(alva: Any, reported: Snapshot) -> None:
    shown(reported)
    alva.get("/rapport/2025/manifest.json")
    assert not logged("report.exported")


def test_making_a_report_is_logged_once(alva: Any, snapshot: Snapshot) -> None:
    prepare(ProtectedSet(snapshot), Period.year(2025))
    for _ in range(2):
        alva.post("/rapport/gor/", {"period": "2025"})
    (event,) = logged("report.made")
    assert (event.by, event.subjects, event.details) == (alva_is(), [snapshot.id], {"period": "2025"})


def test_report_that_is_to_be_reviewed_first_is_not_logged_as_made(alva: Any, snapshot: Snapshot) -> None:
    assert alva.post("/rapport/gor/", {"period": "2025"})["Location"] == "/rapport/granska/2025/"
    assert not logged("report.made")


def test_refused_export_is_not_logged_as_one(anna: Any, snapshot: Snapshot) -> None:
    assert anna.get("/utforska/tabell.csv", SEX).status_code == 403
    assert not logged("explorer.exported")


PROTECTED = ["/rapport/", "/rapport/2025/", "/rapport/2025/report.pdf", "/utforska/", "/utforska/tabell.csv?rader=unit"]


@pytest.mark.parametrize("address", PROTECTED)
def test_page_behind_sign_in_is_stored_by_no_one(alva: Any, reported: Snapshot, address: str) -> None:
    shown(reported)
    answer = alva.get(address)
    assert answer.status_code == 200
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))


@pytest.mark.parametrize("address", PROTECTED)
def test_way_to_sign_in_is_stored_by_no_one_either(browser: Any, db: None, address: str) -> None:
    answer = browser.get(address)
    assert answer.status_code == 302
    assert "no-store" in answer["Cache-Control"]
