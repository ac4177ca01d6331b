"""Clients with identities and free answers, sealed; and what they say when they are opened."""

from collections.abc import Iterable

import people
from django.conf import settings

from skillnad.audit.keys import installed_keys
from skillnad.codebook.identity import IdentityKind
from skillnad.collection.models import FreeAnswer, Submission
from skillnad.collection.storing import seal_kind, unsealed
from skillnad.lib.sealing import Keys, load_key_file
from skillnad.register.models import Client, ImportRun

ITEM = "day.good"


def number_of(pseudonym: int) -> str:
    """A local reserve identity, which can be nobody's."""
    return f"20010203-T{pseudonym:05}"


def clients(pseudonyms: Iterable[int], keys: Keys | None = None) -> None:
    keys = keys or installed_keys()
    Client.everyone.bulk_create(client(each, keys) for each in pseudonyms)


def client(pseudonym: int, keys: Keys) -> Client:
    number = number_of(pseudonym)
    return Client(
        source="test",
        source_key=f"client-{pseudonym}",
        pseudonym=pseudonym,
        id_kind=IdentityKind.RESERVE_LOCAL.value,
        identity_sealed=keys.seal(number, pseudonym),
        identity_index=keys.blind_index(number),
    )


def free_answer(key: str, text: str, run: ImportRun | None = None) -> FreeAnswer:
    about = {"instrument": "day", "version": "1", "digest": "0" * 64, "perspective": "client"}
    sheet = Submission.everyone.create(
        source="test/day",
        source_key=key,
        row_hash=1,
        import_run=run or people.import_run(),
        answered_date=people.NOW.date(),
        **about,
    )
    sealed = installed_keys().seal(text, sheet.pk, seal_kind(ITEM))
    return FreeAnswer.everyone.create(submission=sheet, item=ITEM, text_sealed=sealed)


def keys_now() -> Keys:
    """From the file itself, as a process that begins now reads it."""
    return load_key_file(settings.SKILLNAD_KEY_FILE)


def opened(keys: Keys | None = None) -> dict[int, str]:
    """Number by pseudonym, of all clients that have one."""
    there = Client.everyone.exclude(identity_sealed=None).order_by("pseudonym")
    rows = there.values_list("pseudonym", "identity_sealed")
    return {row: (keys or keys_now()).unseal(bytes(sealed), row) for row, sealed in rows}


def opened_words(keys: Keys | None = None) -> list[str]:
    return [unsealed(row, keys or keys_now()) for row in FreeAnswer.everyone.order_by("pk")]


def used_keys() -> set[str]:
    """The names of the keys of all that is sealed."""
    sealed = [
        *Client.everyone.exclude(identity_sealed=None).values_list("identity_sealed", flat=True),
        *FreeAnswer.everyone.values_list("text_sealed", flat=True),
    ]
    return {bytes(each)[1:5].hex() for each in sealed}
