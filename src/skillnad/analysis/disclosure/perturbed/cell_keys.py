"""The cell key method (Fraser and Wooton 2005; Thompson, Broadfoot and Elazar 2013): noise that belongs to who is in a
cell, so that the same people are always shown as the same number, whatever the question, its labels or its order.

Each record has a key: BLAKE2b with the municipality's secret over its pseudonym, 64 bits. A cell's key is the sum of
those of its records, modulo 2^64; and the key says which noise of the table (`noise_table`) the count is given.
"""

import hashlib
from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

import numpy as np

from skillnad.analysis.disclosure.perturbed.noise_table import NoiseTable
from skillnad.analysis.disclosure.perturbed.reader import concluded
from skillnad.analysis.disclosure.system import Name, System
from skillnad.lib.errors import UserError

LEAST_SECRET, MOST_SECRET = 16, 64
"""Bytes; BLAKE2b takes no longer key."""
WHO = b"skillnad cellkey"

K = TypeVar("K", bound=Hashable)


def check_secret(secret: bytes) -> None:
    """Raises UserError (DISC-075) where it is too short or too long."""
    if not LEAST_SECRET <= len(secret) <= MOST_SECRET:
        raise _no_secret()


def record_key(secret: bytes, of: str, pseudonym: int) -> int:
    """The key of one record: `of` says what kind it is ("client", "case" …). Evenly spread over 64 bits.

    Raises UserError (DISC-075) where the secret is too short or too long.
    """
    check_secret(secret)
    told = of.encode() + b"\0" + int(pseudonym).to_bytes(8, "big", signed=True)
    return int.from_bytes(hashlib.blake2b(told, digest_size=8, key=secret, person=WHO).digest(), "big")


def record_keys(secret: bytes, of: str, pseudonyms: Iterable[int]) -> np.ndarray:
    """The keys of many records, as 64-bit whole numbers, in order."""
    return np.array([record_key(secret, of, each) for each in pseudonyms], dtype=np.uint64)


def with_noise(counts: Mapping[K, int], keys: Mapping[K, int], table: NoiseTable) -> dict[K, int]:
    """Each count as it is shown; `keys` are the cells' keys."""
    named = list(counts)
    values = np.array([counts[name] for name in named], dtype=np.int64)
    cell_keys = np.array([keys[name] for name in named], dtype=np.uint64)
    return dict(zip(named, (values + table.noise(values, cell_keys)).tolist(), strict=True))


def ends(told: System, shown: Mapping[Name, int], table: NoiseTable) -> tuple[np.ndarray, np.ndarray]:
    """Between what each count lies for who knows the table of noise, in the order of the cells; a number that is not
    shown lies anywhere."""
    found = [table.counts_behind(shown[cell.name]) if cell.name in shown else (0, np.inf) for cell in told.cells]
    return np.array([low for low, _ in found], dtype=float), np.array([high for _, high in found], dtype=float)


def told_too_closely(told: System, shown: Mapping[Name, int], table: NoiseTable) -> list[Name]:
    """The small counts that who knows the table of noise, and that the counts add up, can be sure of to a single one.

    Empty but for noise at its utmost in many numbers of one line. Who asks many questions knows more (see the docs).
    """
    small = np.flatnonzero((told.values > 0) & (told.values < table.threshold) & ~_slack(told))
    low, high = concluded(told, *ends(told, shown, table), places=small.tolist())
    return [told.cells[place].name for place in small.tolist() if high[place] - low[place] < 1.0]


def _slack(told: System) -> np.ndarray:
    return np.array([cell.slack for cell in told.cells], dtype=bool)


def _no_secret() -> UserError:
    return UserError.of(
        "DISC-075",
        sv=f"Bruset behöver en hemlighet på {LEAST_SECRET}–{MOST_SECRET} byte. Skapa en som för de andra nycklarna och "
        "behåll den: med en ny blir bruset ett annat, och två svar på samma fråga säger mer än ett.",
        en=f"The noise needs a secret of {LEAST_SECRET} to {MOST_SECRET} bytes. Make one as for the other keys and "
        "keep it: with a new one the noise is another, and two answers to the same question tell more than one.",
    )
