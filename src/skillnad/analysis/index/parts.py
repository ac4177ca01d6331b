"""An index's words shared out: segments for threads or partitions, and what each of them counts added up."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np

from skillnad.analysis.index.layout import Integers, Layout

WORTH_A_THREAD = 2048
"""Words (131,072 rows) that a thread is started for."""
MOST_THREADS = 8


def segments_of(layout: Layout, first: int, end: int) -> Integers:
    """The words from `first` to `end`, cut where units meet: (unit, first word, word after the last)."""
    begins = np.clip(layout.unit_words[:-1], first, end)
    ends = np.clip(layout.unit_words[1:], first, end)
    held = np.flatnonzero(ends > begins)
    return np.stack([held, begins[held], ends[held]], axis=1)


def partitions(layout: Layout, parts: int) -> list[Integers]:
    """`parts` sets of segments with as many words each, as near as can be. Together they are every word once."""
    ends = [layout.words * part // parts for part in range(parts + 1)]
    return [segments_of(layout, first, end) for first, end in pairwise(ends)]


def threads_for(words: int) -> int:
    """How many threads are worth their start."""
    return max(1, min(len(os.sched_getaffinity(0)), MOST_THREADS, words // WORTH_A_THREAD))


def add_up(layout: Layout, count: Callable[[Integers], tuple[Integers, ...]]) -> tuple[Integers, ...]:
    """What `count` gives for each of the threads' segments, added."""
    shares = partitions(layout, threads_for(layout.words))
    if len(shares) == 1:
        return count(shares[0])
    with ThreadPoolExecutor(len(shares)) as pool:
        counted = list(pool.map(count, shares))
    return tuple(sum(several[1:], start=several[0]) for several in zip(*counted, strict=True))
