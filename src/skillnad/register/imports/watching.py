"""A drop folder: each delivery in it is taken once its files lie still, and gets a receipt.

A file is moved before it is read, so that two watchers never take the same one, and a watcher that is killed leaves it
where it is seen: in `pagar`. What is imported ends in `klara`, what is refused in `avvisade`, each with its receipt.
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from skillnad.lib.errors import UserError
from skillnad.register.imports.mapping import ExtractMapping
from skillnad.register.imports.summary import ImportSummary

UNDER_WAY, DONE, REFUSED = "pagar", "klara", "avvisade"
Import = Callable[[Sequence[Path], Path], ImportSummary]
"""Imports the files; rejected rows go to the folder."""


@dataclass
class DropFolder:
    """One watched folder. `seen` remembers sizes, to know which files have stopped growing."""

    folder: Path
    mapping: ExtractMapping
    seen: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def ready(self) -> list[Path]:
        """The files of one whole delivery, when each is as it was at the last look; else none."""
        found = [path for path in sorted(self.folder.iterdir()) if self._meant(path)]
        now = {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in found}
        still = [path for path in found if self.seen.get(path) == now[path]]
        self.seen = now
        whole = all(spec.optional or any(spec.takes(path.name) for path in still) for spec in self.mapping.files)
        return still if len(still) == len(found) and whole else []

    def take(self, files: Sequence[Path], work: Import, at: datetime) -> Mapping[str, object]:
        """Import one delivery and leave it with its receipt; the receipt is returned."""
        name = f"{at:%Y%m%dT%H%M%S}"
        place = self.folder / UNDER_WAY / name
        place.mkdir(parents=True)
        moved = [path.rename(place / path.name) for path in files]
        try:
            summary = work(moved, place)
            receipt: dict[str, object] = {"status": "klar", **summary.as_dict()}
            text, end = "\n".join(summary.lines()), DONE
        except UserError as error:
            receipt = {"status": "avvisad", "problems": [problem.text() for problem in error.problems]}
            text, end = error.text(), REFUSED
        receipt["at"] = at.isoformat()
        _write_receipts(moved, receipt, text)
        (self.folder / end).mkdir(exist_ok=True)
        place.rename(self.folder / end / name)
        return receipt

    def _meant(self, path: Path) -> bool:
        """Hidden and temporary names are files that someone is still writing."""
        if not path.is_file() or path.name.startswith((".", "~")) or path.suffix in (".part", ".tmp"):
            return False
        return any(spec.takes(path.name) for spec in self.mapping.files)


def _write_receipts(files: Sequence[Path], receipt: Mapping[str, object], text: str) -> None:
    for path in files:
        path.with_name(f"{path.name}.kvitto.json").write_text(
            json.dumps(receipt, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        )
        path.with_name(f"{path.name}.kvitto.txt").write_text(text + "\n", encoding="utf-8")


def watch(
    drop: DropFolder,
    work: Import,
    *,
    clock: Callable[[], datetime],
    interval: float,
    looks: int | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> Iterator[Mapping[str, object]]:
    """The receipt of each delivery as it is taken; without `looks` for ever."""
    looked = 0
    while looks is None or looked < looks:
        looked += 1
        if files := drop.ready():
            yield drop.take(files, work, clock())
        if looks is None or looked < looks:
            pause(interval)
