"""How much memory a process has held at most.

`getrusage` also counts what the parent held when the process was started, so that a measurement after a large one would
be of the wrong program; the kernel's mark of the process' own memory does not.
"""

import re
from pathlib import Path


def peak() -> int:
    """The most that this process has held of its own since it was started, in bytes (Linux)."""
    told = re.search(r"^VmHWM:\s+(\d+) kB$", Path("/proc/self/status").read_text(), re.MULTILINE)
    if told is None:
        raise OSError("the kernel does not tell how much memory the process has held")
    return int(told[1]) * 1024
