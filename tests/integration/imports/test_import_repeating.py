"""The same delivery again, a changed one, and one that changes too much."""

from datetime import date

import pytest

from skillnad.lib.errors import UserError
from skillnad.register.models import Case, Client, ImportRun, Intervention

from .conftest import MAPPING, ROWS, Deliver, many, text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def test_same_rows_again_change_nothing(deliver: Deliver) -> None:
    deliver({"insatser.csv": text()})
    before = list(Intervention.everyone.order_by("pk").values())
    summary = deliver({"insatser.csv": text()})
    assert (summary.new, summary.changed, summary.unchanged) == (0, 0, 3)
    assert list(Intervention.everyone.order_by("pk").values()) == before


def test_first_time_every_row_is_new(deliver: Deliver) -> None:
    summary = deliver({"insatser.csv": text()})
    assert (summary.read, summary.accepted, summary.new, summary.changed, summary.unchanged) == (3, 3, 3, 0, 0)


def test_order_of_rows_makes_no_difference(deliver: Deliver) -> None:
    deliver({"insatser.csv": text()})
    assert deliver({"insatser.csv": text(*reversed(ROWS))}).unchanged == 3


def test_changed_row_updates_its_record(deliver: Deliver) -> None:
    deliver({"insatser.csv": text()})
    summary = deliver({"insatser.csv": text(*ROWS[:2], ROWS[2].replace(";;6;;", ";2024-12-31;6;1;"))})
    assert (summary.new, summary.changed, summary.unchanged) == (0, 1, 2)
    stored = Intervention.everyone.get(source_key="I3")
    assert (stored.end_date, stored.closing_reason) == (date(2024, 12, 31), "1")


def test_changed_record_keeps_its_row_and_pseudonym(deliver: Deliver) -> None:
    deliver({"insatser.csv": text()})
    before = set(Client.everyone.values_list("pk", "pseudonym"))
    deliver({"insatser.csv": text(*(row.replace("1990-01-02", "1990-01-03") for row in ROWS))})
    assert set(Client.everyone.values_list("pk", "pseudonym")) == before
    assert Client.everyone.filter(birth_date=date(1990, 1, 3)).exists()


def test_value_that_goes_missing_is_emptied(deliver: Deliver) -> None:
    deliver({"insatser.csv": text()})
    deliver({"insatser.csv": text(ROWS[0].replace(";2024-06-30;10;1;", ";;10;;"), *ROWS[1:])})
    stored = Intervention.everyone.get(source_key="I1")
    assert (stored.end_date, stored.closing_reason) == (None, "")


def test_fewer_mapped_columns_do_not_change_or_empty_the_rest(deliver: Deliver) -> None:
    deliver({"insatser.csv": text()})
    fewer = MAPPING.replace('closing_reason = "Avslutsorsak"\n', "")
    assert deliver({"insatser.csv": text()}, fewer).changed == 0
    assert Intervention.everyone.get(source_key="I1").closing_reason == "1"


def test_case_that_moves_to_another_client_is_relinked(deliver: Deliver) -> None:
    deliver({"insatser.csv": text()})
    deliver({"insatser.csv": text(*ROWS[:2], ROWS[2].replace("20010203-TF31", "20010203-TF33"))})
    assert Case.everyone.get(source_key="A2").client == Client.everyone.order_by("-pk").first()


def test_unusual_share_of_changes_stops(deliver: Deliver) -> None:
    deliver({"insatser.csv": text(*many(30))})
    with pytest.raises(UserError, match="--accept-changes") as stopped:
        deliver({"insatser.csv": text(*many(30, end="2024-05-05"))})
    assert stopped.value.code == "IMP-022"
    assert not Intervention.everyone.filter(end_date__isnull=False).exists()
    assert ImportRun.objects.count() == 1


def test_accepted_changes_are_stored(deliver: Deliver) -> None:
    deliver({"insatser.csv": text(*many(30))})
    summary = deliver({"insatser.csv": text(*many(30, end="2024-05-05"))}, accept_changes=True)
    assert summary.changed == 30
    assert Intervention.everyone.filter(end_date=date(2024, 5, 5)).count() == 30


def test_much_smaller_delivery_stops(deliver: Deliver) -> None:
    deliver({"insatser.csv": text(*many(30))})
    with pytest.raises(UserError) as stopped:
        deliver({"insatser.csv": text(*many(10))})
    assert stopped.value.code == "IMP-023"


def test_rehearsal_counts_and_leaves_nothing(deliver: Deliver) -> None:
    summary = deliver({"insatser.csv": text()}, dry_run=True)
    assert (summary.new, summary.run) == (3, None)
    assert not Client.everyone.exists()
    assert not ImportRun.objects.exists()
