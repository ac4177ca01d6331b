"""Writes of an import, one after another, while the next rows are made ready."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import connection, connections

T = TypeVar("T")
Write = Callable[[], object]


class Writer:
    """What is handed over is done in the order that it came, on the connection and in the transaction of the thread
    that made the writer. Whoever else would use that connection meanwhile asks for `settled` first.

    Nothing is done after a failure: whoever asks is told of the first.
    """

    def __init__(self, thread: ThreadPoolExecutor | None) -> None:
        self._thread = thread
        self._under_way: deque[Future[Any]] = deque()
        self._put_off: tuple[deque[Write], deque[Write]] = (deque(), deque())
        self._failure: BaseException | None = None

    @property
    def beside(self) -> bool:
        """Whether something else can be done while a write is under way."""
        return self._thread is not None

    def do(self, write: Write) -> None:
        self.ask(write)

    def ask(self, work: Callable[[], T]) -> Callable[[], T]:
        """Do it in its turn; what is given back waits for what came of it."""
        if self._thread is None:
            done = work()
            return lambda: done
        under_way = self._thread.submit(self._tried, work)
        self._under_way.append(under_way)
        return under_way.result

    def put_off(self, write: Write, *, last: bool = False) -> None:
        """Do it whenever nothing is waiting to be done: after what was put off before, and `last` after that too.
        Only what is being done puts more off."""
        idle = not any(self._put_off)
        self._put_off[last].append(write)
        if idle:
            self.do(self._next_put_off)

    def _next_put_off(self) -> None:
        """One, and the next of them behind whatever has come meanwhile."""
        first, last = self._put_off
        queue = first or last
        queue[0]()
        queue.popleft()
        if any(self._put_off):
            self.do(self._next_put_off)

    def _tried(self, work: Callable[[], T]) -> T:
        if self._failure:
            raise self._failure
        try:
            return work()
        except BaseException as failure:
            self._failure = failure
            raise

    def settled(self) -> None:
        """Wait for all that was handed over, what was put off too. Raises what the first that failed raised."""
        while self._under_way:
            self._under_way.popleft().result()


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
