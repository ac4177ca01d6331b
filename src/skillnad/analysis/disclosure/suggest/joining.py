"""What levels that are put together are called, and which follow on each other."""

import re
from collections.abc import Sequence
from itertools import pairwise

from skillnad.lib.text import listed

_AGES = re.compile(r"(\d+)(?:\s?[–-]\s?(\d+))?\b(.*)")
MOST_NAMED = 3


def are_ages(labels: Sequence[str]) -> bool:
    """Do the levels follow on each other as years do?"""
    found = [_AGES.fullmatch(label) for label in labels]
    ends = [(int(each[1]), int(each[2] or each[1])) for each in found if each]
    return len(ends) == len(labels) and all(low[1] + 1 == high[0] for low, high in pairwise(ends))


def joined(labels: Sequence[str]) -> str:
    """ "0–12 år" and "13–17 år" are "0–17 år"; other names stand after each other."""
    first, last = _AGES.fullmatch(labels[0]), _AGES.fullmatch(labels[-1])
    if first and last and last[2] and are_ages(labels):
        return f"{first[1]}–{last[2]}{last[3]}"
    return listed(labels)


def shortened(labels: Sequence[str], language: str = "sv") -> str:
    """The names in running text; of many the first two."""
    if len(labels) <= MOST_NAMED:
        return listed(labels, language)
    return listed([*labels[:2], f"{len(labels) - 2} {'more' if language == 'en' else 'till'}"], language)
