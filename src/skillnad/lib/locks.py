"""A lock that processes and threads queue for: the kernel wakes the waiters, nobody sleeps and polls."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def file_lock(path: Path) -> Iterator[None]:
    """Hold the lock of `path` alone, waiting as long as it takes.

    Each call opens the file anew, so that threads of one process exclude each other too; a thread that takes the
    same lock twice waits for itself. The lock dies with the process that holds it. The file is left in place:
    removing it would give two holders of two files with one name.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
