"""The page of differences of a large snapshot takes minutes to ask for: it is made beside the requests, by a thread of
this process, and joins the protected set answer by answer. What is ready stays, if the process ends before the rest.

One page is made at a time, since each takes all the cores that there are; a few more wait in line. The line is this
process's own: where several serve the pages, a lock in the snapshot's folder keeps them from making the same answers.
"""

import logging
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from threading import Lock, Thread

from skillnad.codebook.periods import Period
from skillnad.lib.errors import UserError
from skillnad.reports.differences import prepare
from skillnad.web.analyst.latest import protected

MOST_WAITING = 3
"""Pages in line behind the one that is being made."""
Page = tuple[Path, Period]


class Started(Enum):
    """What came of asking for a page."""

    NOW = "now"
    WAITING = "waiting"
    ALREADY = "already"  # it is being made, or stands in line
    FULL = "full"


@dataclass(frozen=True)
class Progress:
    """How many answers are ready, and of how many; `ahead` is how many pages are to be made first."""

    done: int = 0
    of: int = 0
    ahead: int = 0


_log = logging.getLogger(__name__)
_lock = Lock()
_line: dict[Page, Progress] = {}
"""In the order that they were asked for: the first is being made."""


def under_way(folder: Path, period: Period) -> Progress | None:
    """How far the page has come; None where it is neither being made here nor in line."""
    with _lock:
        found = _line.get((folder, period))
        return found and Progress(found.done, found.of, list(_line).index((folder, period)))


def start(folder: Path, period: Period) -> Started:
    """Make the page, now or when those ahead of it are made."""
    page = (folder, period)
    with _lock:
        if page in _line:
            return Started.ALREADY
        if len(_line) > MOST_WAITING:
            return Started.FULL
        _line[page] = Progress()
        if len(_line) > 1:
            return Started.WAITING
    Thread(target=_make_all, daemon=True, name="differences").start()
    return Started.NOW


def _make_all() -> None:
    """The first in line, until nobody is."""
    page = _first()
    while page:
        try:
            _make(page)
        finally:
            page = _next_after(page)


def _first() -> Page | None:
    with _lock:
        return next(iter(_line), None)


def _next_after(made: Page) -> Page | None:
    """In one step: who asks between two would find a line that nobody works on."""
    with _lock:
        del _line[made]
        return next(iter(_line), None)


def _make(page: Page) -> None:
    folder, period = page

    def progress(done: int, of: int) -> None:
        with _lock:
            _line[page] = Progress(done, of)

    try:
        prepare(protected(folder), period, progress)
    except UserError as refused:
        _log.warning("differences.refused %s", refused.code)
    except Exception as error:
        # the next in line is made all the same; a message may hold what no log may
        _log.error("differences.failed %s", type(error).__name__)
