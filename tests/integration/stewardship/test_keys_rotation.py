"""Everything sealed anew with a new key, while it is read and written."""

from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import people
import pytest
from django.db import connection, transaction
from sealed_values import clients, free_answer, keys_now, number_of, opened, opened_words, used_keys

from skillnad.audit.keys import installed_keys
from skillnad.audit.models import AuditEvent
from skillnad.audit.queries import verify
from skillnad.audit.writing import writing
from skillnad.lib.errors import UserError
from skillnad.lib.key_file import prepare_key, told_of
from skillnad.lib.sealing import create_key_file
from skillnad.register.models import Client
from skillnad.stewardship.keys import keys_status, prepare_keys, rotate_keys
from skillnad.stewardship.keys_resealing import Resealed
from skillnad.stewardship.keys_sealed import COLUMNS, replace, sealed_with

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database, pytest.mark.usefixtures("key_file")]

TOLD = {"by": people.BY, "at": people.NOW}
NUMBERS = {row: number_of(row) for row in range(1, 8)}


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skillnad.stewardship.keys_sealed.MANY", 2)


@pytest.fixture
def sealed() -> str:
    """Seven identities and two free answers; the name of the key that sealed them."""
    clients(NUMBERS)
    people.client(100)  # without identity
    run = people.import_run()
    for key, text in (("a", "Det var bra."), ("b", "Å, så sent.")):
        free_answer(key, text, run)
    return installed_keys().current


def events() -> list[tuple[str, dict[str, object]]]:
    return list(AuditEvent.objects.filter(action__startswith="keys.").order_by("pk").values_list("action", "details"))


def test_all_values_come_under_the_new_key_and_open(sealed: str) -> None:
    assert rotate_keys(**TOLD) == Resealed(9, 0, 0)
    assert used_keys() == {keys_now().current} != {sealed}
    assert opened() == NUMBERS
    assert opened_words() == ["Det var bra.", "Å, så sent."]


def test_running_process_reads_what_the_new_key_sealed(sealed: str) -> None:
    in_hand = installed_keys()
    rotate_keys(**TOLD)
    assert in_hand.current == sealed
    assert opened(in_hand) == opened(installed_keys()) == NUMBERS


def test_people_are_found_as_before(sealed: str) -> None:
    rotate_keys(**TOLD)
    index = installed_keys().blind_index(number_of(3))
    assert Client.everyone.get(identity_index=index).pseudonym == 3


def test_rotation_is_told_in_the_log_and_the_log_is_whole(sealed: str) -> None:
    rotate_keys(**TOLD)
    key = keys_now().current
    assert events() == [
        ("keys.rotated", {"key": key}),
        ("keys.resealed", {"key": key, "values": 9, "left": 0, "unreadable": 0}),
    ]
    assert verify() == 2


def test_progress_goes_to_the_whole(sealed: str) -> None:
    steps: list[tuple[int, int]] = []
    rotate_keys(**TOLD, progress=lambda done, of: steps.append((done, of)))
    assert steps[:2] == [(2, 9), (4, 9)]
    assert steps[-1] == (9, 9)
    assert steps == sorted(steps)


def test_rotation_of_nothing_changes_the_key(sealed: str) -> None:
    Client.everyone.all().delete()
    assert rotate_keys(**TOLD).values == 2
    assert rotate_keys(**TOLD).values == 2
    assert len(keys_status().file.keys) == 3


def test_interrupted_rotation_goes_on_with_the_same_key(sealed: str) -> None:
    def stop(done: int, of: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate_keys(**TOLD, progress=stop)
    key = keys_now().current
    assert keys_status().sealed_by(key) == 4
    assert keys_status().file.rotating
    assert opened() == NUMBERS  # half of it in each key, and all of it open
    assert rotate_keys(**TOLD) == Resealed(5, 0, 0)
    assert used_keys() == {key} == {keys_now().current}
    assert not keys_status().file.rotating


def test_every_batch_is_kept_by_itself(sealed: str) -> None:
    def outside(done: int, of: int) -> None:
        assert connection.get_autocommit()
        assert not connection.in_atomic_block

    rotate_keys(**TOLD, progress=outside)


def test_what_an_older_key_in_hand_seals_meanwhile_is_sealed_anew(sealed: str) -> None:
    """An import that began before has the older keys; what it writes comes behind the row that is being done."""
    in_hand = installed_keys()

    def write(done: int, of: int) -> None:
        if done == 4:
            clients([50], in_hand)
            Client.everyone.filter(pseudonym=1).update(identity_sealed=in_hand.seal("20010203-T99999", 1))

    done = rotate_keys(**TOLD, progress=write)
    assert (done.left, used_keys()) == (0, {keys_now().current})
    assert opened() == NUMBERS | {1: "20010203-T99999", 50: number_of(50)}


def test_row_that_changed_meanwhile_is_never_overwritten(sealed: str) -> None:
    (first, second), keys = sealed_with(COLUMNS[0], [sealed], 0), installed_keys()
    newer = keys.seal("20010203-T99999", first.to)
    Client.everyone.filter(pk=first.row).update(identity_sealed=newer)
    stale = [(each, keys.seal(number_of(each.to), each.to)) for each in (first, second)]
    assert replace(COLUMNS[0], stale) == 1
    assert opened()[first.to] == "20010203-T99999"


def test_row_that_is_gone_meanwhile_stays_gone(sealed: str) -> None:
    first, second = sealed_with(COLUMNS[0], [sealed], 0)
    Client.everyone.filter(pk=first.row).delete()
    assert replace(COLUMNS[0], [(each, each.value) for each in (first, second)]) == 1
    assert first.to not in opened()


def test_others_write_while_values_are_sealed_anew(sealed: str) -> None:
    """A thread writes in transactions of its own; what it wrote last is what opens in the end."""
    clients(range(200, 300))
    ended = Event()

    def write() -> None:
        for number in range(40):
            with writing():
                keys, row = installed_keys(), 200 + number
                fresh = keys.seal(f"20010203-T9{number:04}", row)
                Client.everyone.filter(pseudonym=row).update(identity_sealed=fresh)
        connection.close()
        ended.set()

    writer = Thread(target=write)
    writer.start()
    rotate_keys(**TOLD)
    writer.join()
    assert ended.is_set()
    rotate_keys(**TOLD)
    told = {200 + number: f"20010203-T9{number:04}" for number in range(40)}
    assert opened() == NUMBERS | {row: number_of(row) for row in range(200, 300)} | told
    assert used_keys() == {keys_now().current}


def test_row_that_somebody_is_writing_is_left_for_the_next_run(sealed: str) -> None:
    """On PostgreSQL a batch waits for no row: the writer would wait for others of the batch, and one would be ended."""
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite there is one writer at a time")
    held, done = Event(), Event()

    def hold() -> None:
        with transaction.atomic():
            Client.everyone.select_for_update().get(pseudonym=3)
            held.set()
            done.wait(60)
        connection.close()

    holder = Thread(target=hold)
    holder.start()
    try:
        assert held.wait(60)
        assert rotate_keys(**TOLD) == Resealed(8, 1, 0)
    finally:
        done.set()
        holder.join()
    assert keys_status().file.rotating
    assert rotate_keys(**TOLD) == Resealed(1, 0, 0)


def test_value_that_does_not_open_is_left_and_counted(sealed: str) -> None:
    row = Client.everyone.get(pseudonym=3)
    spoilt = bytes(row.identity_sealed[:-1]) + b"\x00\x00"
    Client.everyone.filter(pk=row.pk).update(identity_sealed=spoilt)
    assert rotate_keys(**TOLD) == Resealed(8, 1, 1)
    assert bytes(Client.everyone.get(pseudonym=3).identity_sealed) == spoilt
    assert not keys_status().file.rotating


@pytest.mark.parametrize("what", ["wrong", "missing", "damaged"])
def test_other_file_changes_nothing(sealed: str, key_file: Path, what: str) -> None:
    before = {row.pk: bytes(row.identity_sealed) for row in Client.everyone.exclude(identity_sealed=None)}
    key_file.unlink()
    if what == "wrong":
        create_key_file(key_file)
    if what == "damaged":
        key_file.touch(0o600)
    text = key_file.read_text() if key_file.exists() else None
    code = {"wrong": "KEY-002", "missing": "CONF-011", "damaged": "CONF-012"}[what]
    with pytest.raises(UserError) as refused:
        rotate_keys(**TOLD)
    assert refused.value.code == code
    assert (key_file.read_text() if key_file.exists() else None) == text
    assert {row.pk: bytes(row.identity_sealed) for row in Client.everyone.exclude(identity_sealed=None)} == before
    assert events() == []


def test_wrong_file_is_told_by_the_key_that_it_lacks(sealed: str, key_file: Path) -> None:
    key_file.unlink()
    create_key_file(key_file)
    assert keys_status().missing == (sealed,)
    with pytest.raises(UserError, match=rf"KEY-002 keys\.json:.*{sealed}\): 9\."):
        rotate_keys(**TOLD)


def test_prepared_key_is_what_the_rotation_uses(sealed: str, key_file: Path) -> None:
    name = prepare_keys(**TOLD)
    assert prepare_key(key_file) == name
    assert used_keys() == {sealed} == {installed_keys().current}
    rotate_keys(by=people.BY, at=people.NOW + timedelta(days=1))
    assert used_keys() == {name}
    assert events()[0] == ("keys.prepared", {"key": name})


def test_what_an_older_key_sealed_later_is_sealed_anew_without_another_key(sealed: str) -> None:
    in_hand = installed_keys()
    rotate_keys(**TOLD)
    key = keys_now().current
    clients([50], in_hand)
    assert rotate_keys(**TOLD, new_key=False) == Resealed(1, 0, 0)
    assert used_keys() == {key} == {keys_now().current}
    assert [action for action, _ in events()] == ["keys.rotated", "keys.resealed", "keys.resealed"]


def test_status_counts_by_key_and_shows_none(sealed: str, key_file: Path) -> None:
    in_hand = installed_keys()
    rotate_keys(**TOLD)
    clients([50], in_hand)
    status = keys_status()
    assert status.values == {
        "identities": {sealed: 1, keys_now().current: 7},
        "free_answers": {keys_now().current: 2},
        "second_factors": {},
    }
    assert [key.name for key in told_of(key_file).keys] == [sealed, keys_now().current]
    assert str(in_hand.sealing[sealed]) not in repr(status)


def test_sealed_value_shows_nothing_when_it_is_printed(sealed: str) -> None:
    (first, _) = sealed_with(COLUMNS[0], [sealed], 0)
    assert repr(first) == f"Sealed(row={first.row})"
