"""Identity numbers at rest: sealed with AES-GCM, found again by a keyed index, and never the same key for both.

The keys live in a JSON file outside the database (mode 0600), so that a copy of the database alone names no one.
A sealed value is `version (1 byte) | key id (4) | nonce (12) | ciphertext and tag`; the row it belongs to is its
associated data, so that a value moved to another row no longer opens. An index is HMAC-SHA256 under a key of its
own: without it, the few hundred million possible numbers could be tried one by one.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from skillnad.lib.errors import UserError

_VERSION = b"\x01"
_KEY_ID_BYTES = 4
_NONCE_BYTES = 12
_HEAD = 1 + _KEY_ID_BYTES + _NONCE_BYTES
_KEY_BYTES = 32
INDEX_BYTES = 32
IDENTITY = "identity"
"""What is sealed where nothing else is said."""
_BLOCK_BYTES = 64  # of SHA-256: the key, which is shorter, is filled up to it
_HMAC_PADS = [bytes(byte ^ pad for byte in range(256)) for pad in (0x36, 0x5C)]  # RFC 2104: inner, outer


@dataclass(frozen=True, repr=False)
class Keys:
    """The keys of one installation. `sealing` has each key that a stored value needs; `current` seals new ones."""

    current: str
    sealing: Mapping[str, bytes]
    index: bytes
    audit: bytes
    file: Path | None = field(default=None, compare=False)
    """Where they were read: what meets a key that it does not know reads it again, since keys are rotated meanwhile."""

    def seal(self, number: str, row_id: int, kind: str = IDENTITY) -> bytes:
        """The number, readable only with these keys and only for the row `row_id` (a client's pseudonym).

        With another `kind`, any text of a row of that kind: what is sealed as one kind does not open as another.
        """
        return self.seal_many([(number, row_id)], kind)[0]

    def seal_many(self, rows: Iterable[tuple[str, int]], kind: str = IDENTITY) -> list[bytes]:
        """`seal` of each (number, row id), in order; about a million in a few seconds."""
        seal = AESGCM(self.sealing[self.current]).encrypt
        head = _VERSION + bytes.fromhex(self.current)
        wanted = list(rows)
        chance = os.urandom(_NONCE_BYTES * len(wanted))
        nonces = (chance[place : place + _NONCE_BYTES] for place in range(0, len(chance), _NONCE_BYTES))
        return [
            head + nonce + seal(nonce, number.encode(), _belongs_to(row_id, kind))
            for nonce, (number, row_id) in zip(nonces, wanted, strict=True)
        ]

    def unseal(self, sealed: bytes, row_id: int, kind: str = IDENTITY) -> str:
        """What was sealed. Raises UserError CONF-013 for a key that is not in the file, CONF-014 for a value that
        has been changed or belongs to another row."""
        name = sealed[1 : 1 + _KEY_ID_BYTES].hex()
        key = self.sealing.get(name) or self._come_since(name)
        if key is None or sealed[:1] != _VERSION:
            raise _unknown_key()
        nonce = sealed[1 + _KEY_ID_BYTES : _HEAD]
        try:
            return AESGCM(key).decrypt(nonce, sealed[_HEAD:], _belongs_to(row_id, kind)).decode()
        except InvalidTag:
            raise _does_not_open() from None

    def _come_since(self, name: str) -> bytes | None:
        """A key that the file was given after these were read."""
        return load_key_file(self.file).sealing.get(name) if self.file and self.file.is_file() else None

    def blind_index(self, number: str) -> bytes:
        """The same 32 bytes for the same number: what a person is found by, without the number itself."""
        return hmac.digest(self.index, number.encode(), "sha256")

    def blind_index_many(self, numbers: Iterable[str]) -> list[bytes]:
        """`blind_index` of each, in order: HMAC written out, so that the key is taken in once; a third of the time."""
        inner, outer = (hashlib.sha256(self.index.ljust(_BLOCK_BYTES, b"\0").translate(pad)) for pad in _HMAC_PADS)
        found = []
        for number in numbers:
            first, last = inner.copy(), outer.copy()
            first.update(number.encode())
            last.update(first.digest())
            found.append(last.digest())
        return found

    def blind_text(self, purpose: str, text: str) -> str:
        """A keyed name (43 characters) for `text`, other for each purpose: for source keys that may be identities."""
        digest = hmac.digest(self.index, f"{purpose}\0{text}".encode(), "sha256")
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")

    def audit_mac(self, content: bytes) -> str:
        """The link of the audit chain, 64 hexadecimal digits."""
        return hmac.digest(self.audit, content, "sha256").hex()


def _belongs_to(row_id: int, kind: str) -> bytes:
    return f"skillnad.{kind}:{row_id}".encode()


def create_key_file(path: Path, at: datetime | None = None) -> None:
    """Write new keys to `path`, readable by its owner alone; `at` is when they begin to seal. Raises UserError CONF-010
    where there is a file already: what was sealed with its keys could not be read again."""
    current = secrets.token_hex(_KEY_ID_BYTES)
    content = {
        "format": 1,
        "current": current,
        "sealing": {current: new_key()},
        "since": {current: at.isoformat()} if at else {},
        "index": new_key(),
        "audit": new_key(),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise UserError.of(
            "CONF-010",
            where=path.name,
            sv="Det finns redan en nyckelfil här, och utan den kan inga identiteter läsas. Välj ett annat namn.",
            en="There is a key file here already; without it the register's identities are lost. Choose another name.",
        ) from None
    with os.fdopen(descriptor, "w") as file:
        json.dump(content, file, indent=2)
        file.flush()
        os.fsync(file.fileno())


def load_key_file(path: Path) -> Keys:
    """The keys in `path`. Raises UserError CONF-011 where it is missing or open to others, CONF-012 where it is no
    key file."""
    _check_private(path)
    return keys_in(path.read_text(), path)


def keys_in(text: str, path: Path) -> Keys:
    """The keys that a file's text says. Raises UserError CONF-012 where it is no key file's."""
    try:
        content = json.loads(text)
        sealing = {name: _key(text) for name, text in content["sealing"].items()}
        if content["format"] != 1 or content["current"] not in sealing:
            raise ValueError
        return Keys(content["current"], sealing, _key(content["index"]), _key(content["audit"]), path)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UserError.of(
            "CONF-012",
            where=path.name,
            sv="Filen är ingen nyckelfil, eller så är den skadad. Lägg tillbaka den från säkerhetskopian.",
            en="The file is no key file, or it is damaged. Restore it from the backup.",
        ) from None


def _check_private(path: Path) -> None:
    if not path.is_file():
        raise UserError.of(
            "CONF-011",
            where=path.name,
            sv="Nyckelfilen finns inte. Ange den i SKILLNAD_KEY_FILE, eller lägg tillbaka den från säkerhetskopian.",
            en="The key file does not exist. Name it in SKILLNAD_KEY_FILE, or restore it from the backup.",
        )
    if path.stat().st_mode & 0o077:
        raise UserError.of(
            "CONF-011",
            where=path.name,
            sv="Nyckelfilen kan läsas av fler än sin ägare. Den ska ha rättigheterna 0600: kör chmod 600 på den.",
            en="The key file can be read by others than its owner. Its mode should be 0600: run chmod 600 on it.",
        )


def new_key() -> str:
    return base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode()


def _key(text: str) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != _KEY_BYTES:
        raise ValueError("a key has 32 bytes")
    return key


def _unknown_key() -> UserError:
    return UserError.of(
        "CONF-013",
        sv="Något är förseglat med en nyckel som nyckelfilen saknar. Lägg tillbaka registrets egen nyckelfil.",
        en="Something is sealed with a key that the key file lacks. Restore the register's own key file.",
    )


def _does_not_open() -> UserError:
    return UserError.of(
        "CONF-014",
        sv="Något förseglat har ändrats eller hör till en annan rad. Jämför registret med säkerhetskopian.",
        en="Something sealed has been changed or belongs to another row. Compare the register with the backup.",
    )
