"""Explanations beside differences: written, kept with their figures, read back by period, and withdrawn."""

from datetime import date, timedelta
from typing import Any

import people
import pytest
from django.db import IntegrityError, transaction

from skillnad.audit.models import AuditEvent
from skillnad.audit.queries import verify
from skillnad.improvement.actions import MOST, withdraw_explanation, write_explanation
from skillnad.improvement.models import Explanation
from skillnad.improvement.queries import all_explanations
from skillnad.lib.errors import Denied, UserError
from skillnad.reports.explanations import Difference

pytestmark = pytest.mark.django_db

KEY = "mal.legal_sex.1"
ABOUT = "7 procentenheter lägre (1–13)"
DIFFERENCE = Difference(KEY, "Alla mål uppnådda", "mal", "5 procentenheter lägre")


def write(text: str = "Fler kvinnor har korta insatser.", **how: Any) -> Explanation:
    told: dict[str, Any] = {
        "difference": KEY,
        "period": "2025",
        "snapshot": "5" * 64,
        "title": "Alla mål uppnådda: kvinnor jämfört med män",
        "about": ABOUT,
        "figures": {"difference": -0.07, "low": -0.13, "high": -0.01},
        "by": people.BY,
        "at": people.NOW,
    }
    return write_explanation(text=text, **{**told, **how})


def test_explanation_is_kept_with_its_figures() -> None:
    kept = Explanation.objects.get(pk=write().pk)
    assert (kept.difference, kept.period, kept.snapshot, kept.about) == (KEY, "2025", "5" * 64, ABOUT)
    assert kept.figures == {"difference": -0.07, "low": -0.13, "high": -0.01}
    assert (kept.written_by, kept.written_at) == (people.BY, people.NOW)


def test_writing_is_logged_without_the_text() -> None:
    kept = write("En hemlig mening.")
    event = AuditEvent.objects.get(action="explanation.written")
    assert (event.by, event.subjects, event.details["difference"]) == (people.BY, [kept.pk], KEY)
    assert "hemlig" not in str(event.details)
    assert verify() == AuditEvent.objects.count()


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "EXPL-001"), (" \n ", "EXPL-001"), ("a" * (MOST + 1), "EXPL-002"), ("Se 20010203-T123.", "EXPL-003")],
)
def test_text_that_cannot_be_kept_is_refused_and_nothing_is_written(text: str, code: str) -> None:
    with pytest.raises(UserError) as refused:
        write(text)
    assert refused.value.code == code
    assert not Explanation.objects.exists()
    assert not AuditEvent.objects.filter(action="explanation.written").exists()


@pytest.mark.parametrize(
    "written",
    [
        "2001-02-03-T123",
        "2001.02.03-T123",
        "2001-02-03 T123",
        "20010203  -  T123",
        "010203\u2009-\u2009T123",
        "010203\u200b-T123",
        "010203\u00ad-T123",
        "\uff10\uff11\uff10\uff12\uff10\uff13-T123",
    ],
)
def test_identity_number_is_refused_however_it_is_written(written: str) -> None:
    with pytest.raises(UserError) as refused:
        write(f"Modern ({written}) fick vänta.")
    assert refused.value.code == "EXPL-003"


@pytest.mark.parametrize(
    "text", ["Från 2024-01-01 2024-12-31 ändrades rutinen.", "2024-01-01-2024-12-31, 1200 insatser.", "Se 2024-12-31."]
)
def test_dates_and_periods_are_kept(text: str) -> None:
    assert write(text).text == text


def test_control_characters_are_left_out() -> None:
    assert write("\x00En\x00 rad\r\nNästa\x07\tled\x00").text == "En rad\nNästa\tled"


def test_text_of_control_characters_alone_is_none() -> None:
    with pytest.raises(UserError) as refused:
        write("\x00\x01")
    assert refused.value.code == "EXPL-001"


def test_refusal_does_not_repeat_the_text() -> None:
    with pytest.raises(UserError) as refused:
        write("Kim Exempel, 20010203-T123")
    assert "Exempel" not in refused.value.text()
    assert "20010203" not in refused.value.text()


def test_longest_text_is_kept() -> None:
    assert len(write("a" * MOST).text) == MOST


def test_explanations_are_read_by_difference_last_first() -> None:
    write("Först.")
    write("Sedan.", at=people.NOW + timedelta(hours=1))
    write("En annan.", difference="mal.origin.4")
    told = all_explanations()
    assert [one.text for one in told.written[KEY]] == ["Sedan.", "Först."]
    assert set(told.written) == {KEY, "mal.origin.4"}


def test_explanation_of_another_period_stands_beside_as_earlier() -> None:
    write("I fjol.", period="2024")
    write("I år.")
    explained = all_explanations().of(DIFFERENCE, "2025")
    assert [one.text for one in explained.written] == ["I år."]
    assert [(one.text, one.period, one.about) for one in explained.earlier] == [("I fjol.", "2024", ABOUT)]


def test_reader_sees_who_wrote_it_and_which_day() -> None:
    write(by=people.alva().actor)
    (written,) = all_explanations().written[KEY]
    assert (written.by, written.on) == ("alva", date(2026, 3, 2))
    assert written.actor == Explanation.objects.get().written_by


def test_withdrawn_explanation_loses_its_text_and_is_not_read() -> None:
    kept = write("Ska bort.")
    withdraw_explanation(explanation=kept.pk, by=people.BY, at=people.NOW)
    kept.refresh_from_db()
    assert (kept.text, kept.withdrawn_by) == ("", people.BY)
    assert all_explanations().written == {}
    assert AuditEvent.objects.filter(action="explanation.withdrawn").count() == 1


def test_anothers_explanation_stays_without_the_right_to_withdraw_it() -> None:
    kept = write("Står kvar.")
    with pytest.raises(Denied):
        withdraw_explanation(explanation=kept.pk, by="account:7", at=people.NOW)
    kept.refresh_from_db()
    assert (kept.text, kept.withdrawn_at) == ("Står kvar.", None)
    assert not AuditEvent.objects.filter(action="explanation.withdrawn").exists()


def test_withdrawing_anothers_explanation_is_logged_by_who_did_it() -> None:
    kept = write("Ska bort.")
    withdraw_explanation(explanation=kept.pk, by="account:7", at=people.NOW, others=True)
    kept.refresh_from_db()
    assert (kept.text, kept.written_by, kept.withdrawn_by) == ("", people.BY, "account:7")
    assert AuditEvent.objects.get(action="explanation.withdrawn").by == "account:7"


def test_withdrawing_twice_is_withdrawing_once() -> None:
    kept = write()
    for actor in ("account:7", "account:8"):
        withdraw_explanation(explanation=kept.pk, by=actor, at=people.NOW, others=True)
    kept.refresh_from_db()
    assert kept.withdrawn_by == "account:7"
    assert AuditEvent.objects.filter(action="explanation.withdrawn").count() == 1


def test_withdrawing_what_is_not_there_is_refused() -> None:
    with pytest.raises(UserError) as refused:
        withdraw_explanation(explanation=404, by=people.BY, at=people.NOW)
    assert refused.value.code == "EXPL-004"


@pytest.mark.parametrize("values", [{"text": ""}, {"difference": ""}, {"written_by": ""}, {"withdrawn_by": "x"}])
def test_database_refuses_an_explanation_that_says_nothing(values: dict[str, str]) -> None:
    kept = write()
    with pytest.raises(IntegrityError), transaction.atomic():
        Explanation.objects.filter(pk=kept.pk).update(**values)
