"""The order of writes, and who is told of a failure, without a database."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event

import pytest

from skillnad.register.imports.writer import Writer


@pytest.fixture(params=["beside", "at once"])
def writes(request: pytest.FixtureRequest) -> Iterator[Writer]:
    if request.param == "at once":
        yield Writer(None)
        return
    with ThreadPoolExecutor(1) as thread:
        yield Writer(thread)


@pytest.fixture
def thread() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as thread:
        yield thread


def fail(what: str) -> None:
    raise ValueError(what)


def test_writes_are_done_in_order(writes: Writer) -> None:
    done: list[int] = []
    for number in range(20):
        writes.do(partial(done.append, number))
    writes.settled()
    assert done == list(range(20))


def test_what_came_of_it_is_given_back(writes: Writer) -> None:
    assert [answer() for answer in [writes.ask(lambda: 1), writes.ask(lambda: 2)]] == [1, 2]


def test_settled_waits_for_what_was_put_off(writes: Writer) -> None:
    done: list[str] = []
    writes.do(lambda: [writes.put_off(partial(done.append, text)) for text in "ab"])
    writes.settled()
    assert done == ["a", "b"]


def test_what_is_put_off_gives_way_to_what_comes_meanwhile(thread: ThreadPoolExecutor) -> None:
    writes, done = Writer(thread), list[str]()
    first = lambda: [done.append("index 1"), writes.do(partial(done.append, "rows"))]  # noqa: E731
    writes.do(lambda: [writes.put_off(each) for each in (first, partial(done.append, "index 2"))])
    writes.settled()
    assert done == ["index 1", "rows", "index 2"]


def test_what_is_put_off_to_the_last_is_done_after_all(thread: ThreadPoolExecutor) -> None:
    writes, done, come = Writer(thread), list[str](), Event()
    writes.do(come.wait)
    for table in "12":
        writes.do(partial(writes.put_off, partial(done.append, f"link {table}"), last=True))
        writes.do(partial(writes.put_off, partial(done.append, f"index {table}")))
    come.set()
    writes.settled()
    assert done == ["index 1", "index 2", "link 1", "link 2"]


def test_a_failure_is_raised_when_settled(thread: ThreadPoolExecutor) -> None:
    writes = Writer(thread)
    writes.do(partial(fail, "first"))
    with pytest.raises(ValueError, match="first"):
        writes.settled()


def test_nothing_is_done_after_a_failure(thread: ThreadPoolExecutor) -> None:
    writes, done = Writer(thread), list[str]()
    writes.do(partial(fail, "first"))
    writes.do(partial(done.append, "second"))
    with pytest.raises(ValueError, match="first"):
        writes.settled()
    with pytest.raises(ValueError, match="first"):
        writes.settled()
    assert done == []


def test_who_asks_after_a_failure_is_told_of_the_first(thread: ThreadPoolExecutor) -> None:
    writes = Writer(thread)
    writes.do(partial(fail, "first"))
    answer = writes.ask(partial(fail, "second"))
    with pytest.raises(ValueError, match="first"):
        answer()


def test_a_failure_of_what_was_put_off_is_raised_when_settled(writes: Writer) -> None:
    with pytest.raises(ValueError, match="late"):  # noqa: PT012 - at once, or when settled
        writes.do(partial(writes.put_off, partial(fail, "late")))
        writes.settled()


def test_something_else_can_be_done_beside_a_thread_alone(thread: ThreadPoolExecutor) -> None:
    assert Writer(thread).beside
    assert not Writer(None).beside
