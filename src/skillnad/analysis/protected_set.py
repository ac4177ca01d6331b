"""A snapshot's protected set: every answer that was ever given of it, stored protected, and never given otherwise.

One file an answer, named by its ledger key, in the folder `protected` beside the snapshot's tables. A new question
joins the set. What is stored is already protected; nothing raw is written.
"""

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from skillnad.analysis.comparisons.questions import Asked
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.door import ask, ask_many, ledger_key, restore
from skillnad.analysis.question_data import canonical
from skillnad.analysis.results import ProtectedTable
from skillnad.analysis.serialise import table_as_data
from skillnad.analysis.snapshot import Snapshot
from skillnad.lib.errors import UserError

FOLDER = "protected"
FEW = 4
"""So few questions are not worth starting processes for."""

Progress = Callable[[int, int], None]
"""Told how many answers are ready, and of how many."""


def quiet(done: int, of: int) -> None:
    """Progress that nobody is told."""


@dataclass(frozen=True)
class ProtectedSet:
    """What may be shown of one snapshot under one policy. Reports, screens and files take their tables from here."""

    snapshot: Snapshot
    policy: Policy = DEFAULT

    @property
    def directory(self) -> Path:
        return self.snapshot.path / FOLDER

    def get_or_protect(self, question: Asked) -> ProtectedTable:
        """The stored answer, or a new one that joins the set.

        Raises UserError: ASK-… and DISC-… as `door.ask`, DISC-004 where a stored answer is damaged.
        """
        stored = self.load(question)
        return stored or self._store(ask(self.snapshot, canonical(question), self.policy))

    def load(self, question: Asked) -> ProtectedTable | None:
        """The stored answer, or None where the question has not been asked."""
        key = ledger_key(self.snapshot, question, self.policy)
        try:
            text = self._file(key).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        return self._restored(text, key)

    def __contains__(self, question: Asked) -> bool:
        return self._file(ledger_key(self.snapshot, question, self.policy)).exists()

    def __iter__(self) -> Iterator[ProtectedTable]:
        for file in sorted(self.directory.glob("*.json")):
            yield self._restored(file.read_text(encoding="utf-8"), file.stem)

    def precompute(self, questions: Iterable[Asked], progress: Progress = quiet, *, workers: int = 0) -> None:
        """Answer all that are not in the set, protected in as many processes as there are cores (or `workers`)."""
        asked = {ledger_key(self.snapshot, question, self.policy): question for question in questions}
        new = [canonical(question) for key, question in asked.items() if not self._file(key).exists()]
        done = len(asked) - len(new)
        progress(done, len(asked))
        for more, table in enumerate(self._answers(new, workers or os.cpu_count() or 1), start=1):
            self._store(table)
            progress(done + more, len(asked))

    def _answers(self, new: list[Asked], workers: int) -> Iterator[ProtectedTable]:
        if len(new) <= FEW or workers == 1:
            return (ask(self.snapshot, question, self.policy) for question in new)
        return ask_many(self.snapshot, new, self.policy, workers=workers)

    def _store(self, table: ProtectedTable) -> ProtectedTable:
        """Where another process was first, its answer stands."""
        data = json.dumps(table_as_data(table), ensure_ascii=False, separators=(",", ":"))
        self.directory.mkdir(exist_ok=True)
        if _write_once(self._file(table.provenance.ledger_key), data):
            return table
        return self.load(table.question) or table

    def _file(self, key: str) -> Path:
        return self.directory / f"{key}.json"

    def _restored(self, text: str, key: str) -> ProtectedTable:
        try:
            data = json.loads(text)
        except ValueError:
            data = {}
        table = restore(data)
        if (table.provenance.ledger_key, table.provenance.snapshot) != (key, self.snapshot.id):
            raise UserError.of(
                "DISC-005",
                sv="En sparad skyddad tabell hör till en annan fråga eller ögonblicksbild och visas inte. Ta bort "
                "mappen ”protected” i ögonblicksbilden, så skyddas tabellerna på nytt.",
                en="A stored protected table belongs to another question or snapshot and is not shown. Remove the "
                "folder 'protected' of the snapshot, and the tables are protected again.",
            )
        return table


def _write_once(file: Path, text: str) -> bool:
    """Whole or not at all, and never over what is there: False where someone was first."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.link(name, file)
    except FileExistsError:
        return False
    finally:
        os.unlink(name)
    return True
