"""What a backup says of itself, first in it and sealed by the installation's key file.

Anyone who has the public key can encrypt to it. The seal, under the log's key, is what tells a backup of this
installation from a made-up one.
"""

import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from skillnad.audit.chain import canonical
from skillnad.lib.sealing import Keys
from skillnad.stewardship.backup import problems

NAME = "backup.json"
FORMAT = 1
_WHOSE = b"skillnad backup: which installation"


@dataclass(frozen=True)
class Stored:
    """A file: its bytes, and their SHA-256 in hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """`made_at` is ISO 8601 in UTC. `vendor` is sqlite or postgresql, `rows` the rows of each table, `migrations` the
    applied ones ("register.0003_row_security"), `log_end` the seal of the log's last event, `files` by name in the
    archive; the database is one of them."""

    made_at: str
    version: str
    vendor: str
    rows: Mapping[str, int]
    migrations: tuple[str, ...]
    log_end: str
    files: Mapping[str, Stored]

    @property
    def size(self) -> int:
        """Bytes of all the files."""
        return sum(file.size for file in self.files.values())


def installation_of(keys: Keys) -> str:
    """A name of the installation that says nothing of its keys: the same for the same log key."""
    return keys.audit_mac(_WHOSE)[:32]


def sealed(manifest: Manifest, keys: Keys) -> bytes:
    said = {"format": FORMAT, "installation": installation_of(keys), **asdict(manifest)}
    return json.dumps({**said, "seal": _seal(said, keys)}, indent=1, sort_keys=True).encode()


def read(text: bytes, keys: Keys, name: str) -> Manifest:
    """Raises UserError of the backup `name`: OPS-003 (no manifest), OPS-004 (another installation's), OPS-005 (not as
    it was written), OPS-012 (a later format)."""
    try:
        said: dict[str, Any] = json.loads(text)
        seal, form, installation = str(said.pop("seal")), int(said["format"]), str(said["installation"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise problems.damaged(name) from None
    if installation != installation_of(keys):
        raise problems.of_another(name)
    if not hmac.compare_digest(seal, _seal(said, keys)):
        raise problems.forged(name)
    if form != FORMAT:
        raise problems.too_new(name)
    del said["format"], said["installation"]
    files = {file: Stored(**stored) for file, stored in said.pop("files").items()}
    return Manifest(**{**said, "migrations": tuple(said["migrations"])}, files=files)


def _seal(said: Mapping[str, Any], keys: Keys) -> str:
    """Over a text that begins as no event of the log, and no checkpoint, does."""
    return keys.audit_mac(b"backup\0" + canonical(said).encode())
