"""Everything that older keys have sealed, opened and sealed with the key that seals now: in short batches."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from skillnad.lib.errors import UserError
from skillnad.lib.sealing import Keys
from skillnad.organisation.second_factor import reseal_factors
from skillnad.stewardship.keys_sealed import COLUMNS, Sealed, replace, sealed_counts, sealed_with

Progress = Callable[[int, int], None]
"""Values done, of how many there were to begin with."""


@dataclass(frozen=True)
class Resealed:
    """`values` were sealed anew and `left` were not: `unreadable` of those do not open at all, the rest somebody was
    writing."""

    values: int
    left: int
    unreadable: int


def reseal(keys: Keys, older: Sequence[str], total: int, progress: Progress) -> Resealed:
    """What the keys named `older` sealed, through all rows until a round finds nothing that it can do: others write
    meanwhile, and a row may come under an older key behind one's back."""
    done, unreadable = 0, 0
    while older:
        round_done, unreadable = _round(keys, older, _beyond(done, total, progress))
        if not round_done:
            break
        done += round_done
    done += reseal_factors(keys, older)
    counts = sealed_counts()
    unreadable += sum(counts["second_factors"].get(name, 0) for name in older)  # each was tried just now
    left = sum(count for told in counts.values() for name, count in told.items() if name in older)
    return Resealed(done, left, unreadable)


def _beyond(before: int, total: int, progress: Progress) -> Callable[[int], None]:
    return lambda done: progress(before + done, total)


def _round(keys: Keys, older: Sequence[str], progress: Callable[[int], None]) -> tuple[int, int]:
    """Once through all rows: how many were sealed anew, and how many do not open."""
    done = unreadable = 0
    for column in COLUMNS:
        after = 0
        while found := sealed_with(column, older, after):
            fresh = _fresh(keys, found)
            done += replace(column, fresh)
            unreadable += len(found) - len(fresh)
            after = found[-1].row
            progress(done)
    return done, unreadable


def _fresh(keys: Keys, found: Sequence[Sealed]) -> list[tuple[Sealed, bytes]]:
    """Each with what is to take its place; one that does not open is left as it is."""
    fresh = []
    for each in found:
        try:
            text = keys.unseal(each.value, each.to, each.kind)
        except UserError:
            continue
        fresh.append((each, keys.seal(text, each.to, each.kind)))
    return fresh
