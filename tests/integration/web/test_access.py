"""A page that an account may not open is refused, with the reason, and the attempt is in the log."""

from typing import Any

import people
import pytest
from django.contrib.auth.models import AnonymousUser

from skillnad.analysis.snapshot import Snapshot
from skillnad.audit.models import AuditEvent
from skillnad.audit.queries import verify
from skillnad.organisation.models import Account
from skillnad.web.shared.logged import log

IDENTITY = "20010203-TK01"  # a local reserve identity, which can be nobody's


def denied() -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(action="web.denied"))


@pytest.mark.parametrize(
    ("address", "page"), [("/utforska/", "explorer"), ("/utforska/tabell.csv?rader=unit", "explorer_file")]
)
def test_refused_page_is_logged_by_its_name(anna: Any, snapshot: Snapshot, address: str, page: str) -> None:
    assert anna.get(address).status_code == 403
    (event,) = denied()
    assert event.by == Account.objects.get(username="anna").actor
    assert (event.subject_kind, event.subjects, event.details) == ("page", [page], {"method": "GET"})
    assert verify() == AuditEvent.objects.count()


def test_refused_making_is_logged_as_a_post(anna: Any, snapshot: Snapshot) -> None:
    assert anna.post("/rapport/gor/", {"period": "2024"}).status_code == 403
    (event,) = denied()
    assert (event.subjects, event.details) == (["make_report"], {"method": "POST"})


def test_operator_is_refused_the_report_and_told_who_may(browser: Any, db: None) -> None:
    browser.force_login(people.olle())
    answer = browser.get("/rapport/2025/")
    assert answer.status_code == 403
    assert "analytiker" in answer.content.decode()
    assert [event.subjects for event in denied()] == [["report"]]


def test_log_of_a_refusal_holds_nothing_of_the_address(anna: Any, snapshot: Snapshot) -> None:
    anna.get("/utforska/", {"rader": IDENTITY})
    anna.get(f"/utforska/tabell.{IDENTITY}")
    anna.generic(f"X{IDENTITY}", "/utforska/")
    assert len(denied()) == 3
    for event in denied():
        assert IDENTITY not in f"{event.by} {event.subjects} {event.details} {event.purpose}"


def test_page_that_is_opened_is_not_logged_as_refused(alva: Any, snapshot: Snapshot) -> None:
    assert alva.get("/utforska/").status_code == 200
    assert denied() == []


def test_stranger_is_sent_to_sign_in_and_leaves_no_event(browser: Any, db: None) -> None:
    assert browser.get("/utforska/").status_code == 302
    assert denied() == []


def test_refusal_is_stored_by_no_browser(anna: Any, snapshot: Snapshot) -> None:
    assert "no-store" in anna.get("/utforska/")["Cache-Control"]


def test_event_without_a_login_is_a_mistake_of_the_page(rf: Any) -> None:
    request = rf.get("/")
    request.user = AnonymousUser()
    with pytest.raises(TypeError, match="by nobody"):
        log(request, "web.denied", kind="page", subjects=["start"])
