"""Commands as they are run at a machine: each a process of its own, in an environment that has none of our settings."""

import os
import subprocess
import sys
from pathlib import Path

SKILLNAD = (sys.executable, "-m", "skillnad.cli.main")
SECONDS = 300

Done = subprocess.CompletedProcess[str]


def environment(**settings: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SKILLNAD_", "DJANGO_"))}
    return kept | {"PYTHONIOENCODING": "utf-8"} | settings


def skillnad(*words: str, folder: Path | None = None, **settings: str) -> Done:
    """`skillnad` and the words, run in the folder with these settings. The status is the test's to judge."""
    return subprocess.run(
        [*SKILLNAD, *words],
        cwd=folder,
        env=environment(**settings),
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
