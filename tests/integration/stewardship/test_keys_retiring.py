"""A key file that is made once, and a key that is taken out of it when nothing needs it."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import people
import pytest
from sealed_values import clients, keys_now, number_of, opened

from skillnad.audit.actions import record
from skillnad.audit.keys import installed_keys
from skillnad.audit.models import AuditEvent
from skillnad.audit.queries import verify
from skillnad.lib.errors import UserError
from skillnad.lib.sealing import load_key_file
from skillnad.register.models import Client
from skillnad.stewardship.keys import create_keys, keys_status, prepare_keys, retire_key, rotate_keys

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database, pytest.mark.usefixtures("key_file")]

TOLD = {"by": people.BY, "at": people.NOW}
NEXT_DAY = people.NOW + timedelta(hours=24)


def retired(name: str, to: Path, at: datetime = NEXT_DAY) -> Path:
    return retire_key(name=name, to=to, by=people.BY, at=at)


@pytest.fixture
def old() -> str:
    """The name of a key that sealed two identities, which a newer has sealed anew."""
    clients([1, 2])
    name = installed_keys().current
    rotate_keys(**TOLD)
    return name


@pytest.fixture
def backup() -> list[tuple[int, bytes]]:
    """The register as it was before any rotation."""
    clients([7, 8])
    return [(row, bytes(sealed)) for row, sealed in Client.everyone.values_list("pseudonym", "identity_sealed")]


def refusal(name: str, to: Path, at: datetime = NEXT_DAY) -> str:
    """The code; nothing is changed."""
    before = keys_status()
    with pytest.raises(UserError) as refused:
        retired(name, to, at)
    assert keys_status() == before
    assert not AuditEvent.objects.filter(action="keys.retired").exists()
    return refused.value.code


def test_key_that_seals_nothing_more_is_removed(old: str, tmp_path: Path) -> None:
    retired(old, tmp_path / "arkiv")
    assert [key.name for key in keys_status().file.keys] == [keys_now().current]
    assert opened() == {row: number_of(row) for row in (1, 2)}


def test_removal_is_told_in_the_log(old: str, tmp_path: Path) -> None:
    retired(old, tmp_path / "arkiv")
    last = AuditEvent.objects.latest("pk")
    assert (last.action, last.details, last.by) == ("keys.retired", {"key": old}, people.BY)
    assert verify() == 3


def test_backup_of_before_does_not_open_with_the_new_file(backup: list[tuple[int, bytes]], tmp_path: Path) -> None:
    name = installed_keys().current
    rotate_keys(**TOLD)
    copy = retired(name, tmp_path / "arkiv")
    for row, sealed in backup:
        with pytest.raises(UserError, match="CONF-013"):
            keys_now().unseal(sealed, row)
        assert load_key_file(copy).unseal(sealed, row) == number_of(row)


def test_copy_tells_its_day_and_key_and_is_its_owners_alone(old: str, tmp_path: Path) -> None:
    copy = retired(old, tmp_path / "arkiv")
    assert copy == tmp_path / "arkiv" / f"keys-{NEXT_DAY:%Y-%m-%d}-{old}.json"
    assert copy.stat().st_mode & 0o777 == 0o600
    assert old in load_key_file(copy).sealing


def test_key_that_a_value_needs_stays(old: str, tmp_path: Path) -> None:
    clients([3], replace(keys_now(), current=old))
    assert refusal(old, tmp_path / "arkiv") == "KEY-006"
    assert not (tmp_path / "arkiv").exists()


def test_key_that_seals_stays(old: str, tmp_path: Path) -> None:
    assert refusal(keys_now().current, tmp_path / "arkiv") == "KEY-005"


def test_key_that_is_prepared_stays(old: str, tmp_path: Path) -> None:
    assert refusal(prepare_keys(**TOLD), tmp_path / "arkiv") == "KEY-005"


def test_key_that_is_not_there_is_told(old: str, tmp_path: Path) -> None:
    assert refusal("00000000", tmp_path / "arkiv") == "KEY-004"


def test_key_stays_as_long_as_work_that_began_with_it_may_go_on(old: str, tmp_path: Path) -> None:
    assert refusal(old, tmp_path / "arkiv", NEXT_DAY - timedelta(seconds=1)) == "KEY-007"


def test_key_stays_where_its_copy_cannot_be_written(old: str, tmp_path: Path) -> None:
    (tmp_path / "arkiv").touch()
    assert refusal(old, tmp_path / "arkiv") == "KEY-009"


def test_key_that_could_not_be_removed_is_not_told_as_removed(
    old: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("skillnad.lib.key_file._replace", full)
    assert refusal(old, tmp_path / "arkiv") == "KEY-008"


def test_key_file_is_made_once_and_told(key_file: Path) -> None:
    key_file.unlink()
    create_keys(**TOLD)
    (key,) = keys_status().file.keys
    assert key.since == people.NOW
    assert AuditEvent.objects.get().details == {"key": key.name}
    with pytest.raises(UserError, match="CONF-010"):
        create_keys(**TOLD)


def test_key_file_is_not_made_for_a_database_that_others_sealed(key_file: Path) -> None:
    clients([1])
    key_file.unlink()
    with pytest.raises(UserError, match=r"KEY-001 keys\.json"):
        create_keys(**TOLD)
    assert not key_file.exists()


def test_key_file_is_not_made_for_a_log_that_others_linked(key_file: Path) -> None:
    record(**TOLD, action="account.sign_in")
    key_file.unlink()
    with pytest.raises(UserError, match="KEY-001"):
        create_keys(**TOLD)
