"""The token itself: `skn_`, a handle that finds it, and a secret of 256 random bits, which are too many to try, so that
one round of SHA-256 hides it."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field

HANDLE_BYTES, SECRET_BYTES = 8, 32
_FORM = re.compile(r"skn_([0-9a-f]{16})_([A-Za-z0-9_-]{43})")
NO_DIGEST = "0" * 64
"""Compared with where there is no row: the answer takes as long."""


@dataclass(frozen=True)
class Presented:
    handle: str
    secret: str = field(repr=False)

    @property
    def text(self) -> str:
        return f"skn_{self.handle}_{self.secret}"

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.secret.encode()).hexdigest()


def new_token() -> Presented:
    return Presented(secrets.token_hex(HANDLE_BYTES), secrets.token_urlsafe(SECRET_BYTES))


def presented(text: str) -> Presented | None:
    """The parts of what somebody calls a token; None where it has not the form of one."""
    match = _FORM.fullmatch(text)
    return Presented(match[1], match[2]) if match else None


def is_right(given: Presented, digest: str) -> bool:
    """In a time that tells nothing of how much was right."""
    return hmac.compare_digest(given.digest, digest)
