"""Writes of an import, one after another, while the next rows are made ready."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from django.db import connection, connections


class Writer:
    """What is handed over is done in the order that it came, on the connection and in the transaction of the thread
    that made the writer. Whoever else would use that connection meanwhile asks for `settled` first."""

    def __init__(self, thread: ThreadPoolExecutor | None) -> None:
        self._thread = thread
        self._under_way: list[Future[None]] = []

    def do(self, write: Callable[[], None]) -> None:
        if self._thread is None:
            write()
        else:
            self._under_way.append(self._thread.submit(write))

    def settled(self) -> None:
        """Wait for all that was handed over. Raises what the first that failed raised."""
        under_way, self._under_way = self._under_way, []
        for each in under_way:
            each.result()


@contextmanager
def writer() -> Iterator[Writer]:
    """On PostgreSQL a thread of its own waits for the server; SQLite is no server, and has nothing to wait for.

    At the end all is written, or the first failure is raised; after a failure nothing more is begun.
    """
    if connection.vendor == "sqlite":
        yield Writer(None)
        return
    mine = connections[connection.alias]
    mine.inc_thread_sharing()
    thread = ThreadPoolExecutor(1, initializer=lambda: connections.__setitem__(mine.alias, mine))
    try:
        writes = Writer(thread)
        yield writes
        writes.settled()
    finally:
        thread.shutdown(wait=True, cancel_futures=True)
        mine.dec_thread_sharing()
