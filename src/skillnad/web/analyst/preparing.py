"""The page of differences of a large snapshot takes minutes to ask for: it is made beside the requests, by a thread of
this process, and joins the protected set answer by answer. What is ready stays, if the process ends before the rest.
"""

import logging
from pathlib import Path
from threading import Lock, Thread

from skillnad.codebook.periods import Period
from skillnad.lib.errors import UserError
from skillnad.reports.differences import prepare
from skillnad.web.analyst.latest import protected

Done = tuple[int, int]
"""How many answers are ready, and of how many."""

_log = logging.getLogger(__name__)
_lock = Lock()
_under_way: dict[tuple[Path, str], Done] = {}


def under_way(folder: Path, period: Period) -> Done | None:
    """How far the page has come; None where it is not being made here."""
    with _lock:
        return _under_way.get((folder, str(period)))


def start(folder: Path, period: Period) -> Thread | None:
    """Make the page; None where that is under way already."""
    key = (folder, str(period))
    with _lock:
        if key in _under_way:
            return None
        _under_way[key] = (0, 0)
    thread = Thread(target=_make, args=(folder, period), daemon=True, name="differences")
    thread.start()
    return thread


def _make(folder: Path, period: Period) -> None:
    key = (folder, str(period))

    def progress(done: int, of: int) -> None:
        with _lock:
            _under_way[key] = (done, of)

    try:
        prepare(protected(folder), period, progress)
    except UserError as refused:
        _log.warning("differences.refused %s", refused.code)
    finally:
        with _lock:
            _under_way.pop(key, None)
