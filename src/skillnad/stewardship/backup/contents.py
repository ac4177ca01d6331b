"""Which files of a home must last. Keys are none of them, and neither are rejected rows, which name people in clear.

What is left out can be made again (static files, caches) or came from elsewhere (extracts).
"""

from collections.abc import Iterator
from pathlib import Path

LEDGERS = "ledger-*.jsonl"
OWN_KEYS = "ledger-*.key"
FOLDERS = ("snapshots", "checkpoints")
FILES = ("sammanhang.toml",)
LOCAL = {"codebook": "kodbok", "instruments": "instrument"}
"""The municipality's own, wherever it lies: what the folder is called in a backup, and in the home it goes back to."""


def lasting(home: Path, local: dict[str, Path | None]) -> Iterator[tuple[str, Path]]:
    """(name in the archive, file) of all that must last, in order. `local` has the keys of LOCAL.

    What begins with a dot is being made, or is a lock.
    """
    for file in sorted(home.glob(LEDGERS)):
        yield file.name, file
    for name in FILES:
        if (home / name).is_file():
            yield name, home / name
    for folder in FOLDERS:
        yield from _within(home / folder, folder)
    for name, place in local.items():
        if place is not None:
            yield from _within(place, LOCAL[name])


def own_keys(home: Path) -> list[Path]:
    """Keys that lie beside what must last, and that a backup leaves out."""
    return sorted(home.glob(OWN_KEYS))


def _within(folder: Path, name: str) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and not path.is_symlink() and not any(part.startswith(".") for part in inside.parts):
            yield f"{name}/{inside.as_posix()}", path
