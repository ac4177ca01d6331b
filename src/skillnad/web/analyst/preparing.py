"""What a page asks of a snapshot takes minutes where there is much to ask, or much to protect together: it is asked
beside the requests, by a thread of this process, and joins the protected set. What is ready stays, if the process ends
before the rest.

One page is made at a time, since each takes all the cores that there are; a few more wait in line. The line is this
process's own: where several serve the pages, a lock in the snapshot's folder keeps them from making the same answers.
"""

import logging
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from threading import Lock, Thread

from skillnad.analysis.protected_set import Progress as Told
from skillnad.codebook.periods import Period
from skillnad.lib.errors import UserError
from skillnad.publication.standard_reports import edition_and_places
from skillnad.reports.differences import prepare
from skillnad.reports.making import prepare as prepare_report
from skillnad.web.analyst.latest import protected

DIFFERENCES = "skillnader"
"""The page of differences; every other is a report, by the name of its edition."""
MOST_WAITING = 3
"""Pages in line behind the one that is being made."""
MOST_REFUSED = 20
Page = tuple[Path, str, Period]


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
_refused: dict[Page, UserError] = {}
"""Why the latest pages could not be made, until they are asked for again."""


def under_way(folder: Path, period: Period, page: str = DIFFERENCES) -> Progress | None:
    """How far the page has come; None where it is neither being made here nor in line."""
    asked = (folder, page, period)
    with _lock:
        found = _line.get(asked)
        return found and Progress(found.done, found.of, list(_line).index(asked))


def refused(folder: Path, period: Period, page: str = DIFFERENCES) -> UserError | None:
    """What stood in the way when the page was last tried here, in words for a user."""
    with _lock:
        return _refused.get((folder, page, period))


def start(folder: Path, period: Period, page: str = DIFFERENCES) -> Started:
    """Make the page, now or when those ahead of it are made."""
    asked = (folder, page, period)
    with _lock:
        if asked in _line:
            return Started.ALREADY
        if len(_line) > MOST_WAITING:
            return Started.FULL
        _refused.pop(asked, None)
        _line[asked] = Progress()
        if len(_line) > 1:
            return Started.WAITING
    Thread(target=_make_all, daemon=True, name="preparing").start()
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


def _make(asked: Page) -> None:
    def progress(done: int, of: int) -> None:
        with _lock:
            _line[asked] = Progress(done, of)

    try:
        _prepare(asked, progress)
    except UserError as problem:
        _log.warning("preparing.refused %s %s", asked[1], problem.code)
        with _lock:
            _refused[asked] = problem
            for oldest in list(_refused)[:-MOST_REFUSED]:
                del _refused[oldest]
    except Exception as error:
        # the next in line is made all the same; a message may hold what no log may
        _log.error("preparing.failed %s %s", asked[1], type(error).__name__)


def _prepare(asked: Page, progress: Told) -> None:
    folder, page, period = asked
    if page == DIFFERENCES:
        prepare(protected(folder), period, progress)
    else:
        edition, places = edition_and_places(page)
        prepare_report(protected(folder), period, edition, progress, places)
