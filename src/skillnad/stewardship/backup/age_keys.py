"""The pair of keys of backups: the public one encrypts, and only the secret one, kept elsewhere, opens.

The files are those of `age-keygen`, so that a backup can be opened with `age` alone where there is no Skillnad.
"""

import os
from pathlib import Path

from pyrage import IdentityError, RecipientError, x25519

from skillnad.stewardship.backup import problems


def recipient_of(public: str) -> x25519.Recipient:
    """Raises UserError OPS-001."""
    try:
        return x25519.Recipient.from_str(public.strip())
    except RecipientError:
        raise problems.no_recipient() from None


def identity_of(file: Path) -> x25519.Identity:
    """The secret key of the file. Raises UserError OPS-002; what the file holds is in no message."""
    try:
        if file.stat().st_mode & 0o077:
            raise problems.no_identity(file.name)
        lines = file.read_text(encoding="ascii").splitlines()
        (secret,) = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
        return x25519.Identity.from_str(secret)
    except (OSError, ValueError, IdentityError):
        raise problems.no_identity(file.name) from None


def make_pair(file: Path) -> str:
    """Write a new secret key to the file, for its owner alone, and give the public one. Raises UserError OPS-015 and
    OPS-016."""
    identity = x25519.Identity.generate()
    public = str(identity.to_public())
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise problems.key_file_there(file.name) from None
    except OSError:
        raise problems.not_writable(str(file.parent)) from None
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(f"# public key: {public}\n{identity}\n")
        stream.flush()
        os.fsync(stream.fileno())
    return public
