"""A snapshot's protected set: every answer that was ever given of it, stored protected, and never given otherwise.

One file an answer, named by its ledger key, in the folder `protected` beside the snapshot's tables, and one with its
gaps. A new question joins the set, and is protected together with all that was answered before: what has been shown
stays shown, and what was hidden stays hidden. What is stored is already protected; nothing raw is written.
"""

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from skillnad.analysis.cell_keyed import check_way
from skillnad.analysis.comparisons.questions import Asked
from skillnad.analysis.disclosure.attackers import Way
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.door import (
    Answered,
    ask_together,
    ask_with_noise,
    count_earlier,
    ledger_key,
    recounted,
    restore,
    stands_from_before,
)
from skillnad.analysis.held_way import hold_to_one_way
from skillnad.analysis.joint.home_ledger import not_writable
from skillnad.analysis.joint.ledger import Ledger
from skillnad.analysis.joint.releases import Release
from skillnad.analysis.joint.standing import Gaps, Standing, data_of, gaps_of
from skillnad.analysis.joint.together import numbered
from skillnad.analysis.question_data import canonical
from skillnad.analysis.results import ProtectedTable
from skillnad.analysis.selection import selection_of
from skillnad.analysis.serialise import table_as_data
from skillnad.analysis.snapshot import Snapshot
from skillnad.analysis.trees import on_tree
from skillnad.lib.errors import UserError
from skillnad.lib.locks import file_lock

FOLDER = "protected"
GAPS, LOCK, TURN = ".gaps", ".lock", ".turn"
STANDS = "stands_for"
"""In an answer of an earlier snapshot that stands for this one's: the key of the one that it stands for."""
FEW = 4
"""So few questions are not worth starting processes for."""

_STANDING: dict[tuple[Path, str, str], Standing] = {}
"""What this process knows of the sets that it has added to."""

Progress = Callable[[int, int], None]
"""Told how many answers are ready, and of how many."""


def quiet(done: int, of: int) -> None:
    """Progress that nobody is told."""


@dataclass(frozen=True)
class ProtectedSet:
    """What may be shown of one snapshot under one policy. Reports, screens and files take their tables from here.

    Each population is shown in one way alone (`held_way`); `secret` is what noise is made with, where there is any.
    With a `ledger` each answer is recorded, and is safe beside what was released of earlier snapshots; a set of a home
    has its home's (`asking.protected_set`). `engine` counts what is new; the quickest that answers, where none is
    named.
    """

    snapshot: Snapshot
    policy: Policy = DEFAULT
    secret: bytes = field(default=b"", repr=False, compare=False)
    ledger: Ledger | None = None
    engine: str = field(default="", compare=False)

    @property
    def directory(self) -> Path:
        return self.snapshot.path / FOLDER

    def get_or_protect(self, question: Asked) -> ProtectedTable:
        """The stored answer, or a new one that joins the set.

        Raises UserError: ASK-… and DISC-… as `door.ask`, DISC-004 where a stored answer is damaged.
        """
        question = on_tree(question, self.snapshot.manifest)
        stored = self.load(question)
        if stored:
            return stored
        with self._alone():
            return self.load(question) or next(self._answered([canonical(question)], 1, or_refuse=True))

    def load(self, question: Asked) -> ProtectedTable | None:
        """The stored answer, or None where the question has not been asked."""
        key = self._key(question)
        try:
            text = self._file(key).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        return self._restored(text, key)

    def __contains__(self, question: Asked) -> bool:
        return self._file(self._key(question)).exists()

    def _key(self, question: Asked) -> str:
        return ledger_key(self.snapshot, on_tree(question, self.snapshot.manifest), self.policy)

    def __iter__(self) -> Iterator[ProtectedTable]:
        for file in sorted(self.directory.glob("*.json")):
            table = self._restored(file.read_text(encoding="utf-8"), file.stem)
            if table.provenance.policy == self.policy.id:
                yield table

    def precompute(self, questions: Iterable[Asked], progress: Progress = quiet, *, workers: int = 0) -> None:
        """Answer all that are not in the set, protected in as many processes as there are cores (or `workers`)."""
        resolved = [on_tree(question, self.snapshot.manifest) for question in questions]
        asked = {ledger_key(self.snapshot, question, self.policy): canonical(question) for question in resolved}
        with self._alone():
            new = [question for key, question in asked.items() if not self._file(key).exists()]
            done = len(asked) - len(new)
            progress(done, len(asked))
            for more, _ in enumerate(self._answered(new, workers or os.cpu_count() or 1), start=1):
                progress(done + more, len(asked))

    def _answered(self, new: list[Asked], workers: int, *, or_refuse: bool = False) -> Iterator[ProtectedTable]:
        """New answers, safe beside all that stands."""
        for question in new:
            check_way(question, self.policy, self.secret)
            hold_to_one_way(self.directory, selection_of(question).population, self.policy, self.secret)
        if not new:
            return
        if self.policy.way is Way.CELL_KEYS:
            yield from (self._store(Answered(self._noisy(question), ())) for question in new)
            return
        standing = self._standing(new)
        left = []
        for question in new:
            stood = self._from_before(question, standing)
            if stood:
                yield stood
            else:
                left.append(question)
        few = 1 if len(left) <= FEW else workers
        given = ask_together(
            self.snapshot, left, self.policy, standing, workers=few, or_refuse=or_refuse, engine=self.engine
        )
        for answered in given:
            self._release(answered.table, answered.gaps, standing)
            yield self._store(answered)

    def _release(self, table: ProtectedTable, gaps: Sequence[Gaps], standing: Standing) -> None:
        """Into the ledger, before anybody sees the answer."""
        told, as_of = table.provenance, self.snapshot.manifest.as_of
        for place, each in enumerate(gaps):
            key = numbered(told.ledger_key, place)
            standing.release(Release(key, self.snapshot.id, as_of, told.policy, table.question, each.question))

    def _from_before(self, question: Asked, standing: Standing) -> ProtectedTable | None:
        """The answer of an earlier snapshot that stands for this one too, kept here as it was; None where there is
        none, or where that snapshot's folder is not there any more."""
        key = stands_from_before(self.snapshot, question, self.policy, standing)
        files = sorted(self.snapshot.path.parent.glob(f"*/{FOLDER}/{key}.json")) if key else []
        if not files:
            return None
        table = restored(files[0].read_text(encoding="utf-8"), key)
        own = ledger_key(self.snapshot, question, self.policy)
        told = {**table_as_data(table), STANDS: own}
        _write_once(self._file(own), json.dumps(told, ensure_ascii=False, separators=(",", ":")))
        return table

    def _noisy(self, question: Asked) -> ProtectedTable:
        return ask_with_noise(self.snapshot, question, self.policy, self.secret)

    def _standing(self, new: Sequence[Asked]) -> Standing:
        """What has been answered, as it is on disk, and what was published of other snapshots; what this process has
        looked at before is not counted again."""
        standing = _STANDING.setdefault((self.directory, self.snapshot.id, self.policy.id), Standing())
        standing.ledger = self.ledger
        recorded = {release.key for release in self.ledger.releases()} if self.ledger else set()
        for file in sorted(self.directory.glob(f"*{GAPS}")):
            key = file.name.removesuffix(GAPS)
            known = numbered(key, 0) in standing.keys
            late = self.ledger is not None and numbered(key, 0) not in recorded
            if (late or not known) and self._file(key).exists():
                self._recount(key, file, standing, known=known)
        count_earlier(self.snapshot, new, standing, self.engine)
        return standing

    def _recount(self, key: str, file: Path, standing: Standing, *, known: bool) -> None:
        """An answer from before the home had a ledger is written there too."""
        table = self._restored(self._file(key).read_text(encoding="utf-8"), key)
        if table.provenance.policy != self.policy.id:
            return
        try:
            gaps = list(gaps_of(json.loads(file.read_text(encoding="utf-8"))))
        except (ValueError, KeyError, TypeError):
            raise _damaged() from None
        if not known:
            recounted(self.snapshot, key, table.question, gaps, standing, self.engine)
        self._release(table, gaps, standing)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time adds to the set: two that did not see each other's answers could tell too much."""
        with ExitStack() as held:
            try:
                self.directory.mkdir(exist_ok=True)
                held.enter_context(file_lock(self.directory / LOCK))
                if self.ledger:  # nor may two snapshots' answers pass each other
                    held.enter_context(file_lock(self.ledger.file.with_suffix(TURN)))
            except OSError:
                raise not_writable(self.snapshot.path) from None
            yield

    def _store(self, answered: Answered) -> ProtectedTable:
        """Where another process was first, its answer stands. The gaps are there before the answer is."""
        table = answered.table
        key = table.provenance.ledger_key
        data = json.dumps(table_as_data(table), ensure_ascii=False, separators=(",", ":"))
        gaps = json.dumps(data_of(answered.gaps), ensure_ascii=False, separators=(",", ":"))
        self.directory.mkdir(exist_ok=True)
        _write_once(self.directory / f"{key}{GAPS}", gaps)
        if _write_once(self._file(key), data):
            return table
        return self.load(table.question) or table

    def _file(self, key: str) -> Path:
        return self.directory / f"{key}.json"

    def _restored(self, text: str, key: str) -> ProtectedTable:
        return restored(text, key, self.snapshot.id)


def restored(text: str, key: str, snapshot: str = "") -> ProtectedTable:
    """A stored answer by its key; one of another snapshot only where it was kept to stand for this one's. Raises
    UserError: DISC-004 where it is damaged, DISC-005 where it is another's."""
    try:
        data = json.loads(text)
    except ValueError:
        data = {}
    table = restore(data)
    told = table.provenance
    if data.get(STANDS, told.ledger_key) != key or (snapshot not in ("", told.snapshot) and STANDS not in data):
        raise UserError.of(
            "DISC-005",
            sv="En sparad skyddad tabell hör till en annan fråga eller ögonblicksbild och visas inte. Ta bort "
            "mappen ”protected” i ögonblicksbilden, så skyddas tabellerna på nytt.",
            en="A stored protected table belongs to another question or snapshot and is not shown. Remove the "
            "folder 'protected' of the snapshot, and the tables are protected again.",
        )
    return table


def _damaged() -> UserError:
    return UserError.of(
        "DISC-018",
        sv="Det går inte att läsa vilka luckor ett sparat svar har, så inget nytt kan skyddas bredvid det. Lägg "
        "tillbaka mappen ”protected” från säkerhetskopian.",
        en="The gaps of a stored answer cannot be read, so nothing new can be protected beside it. Restore the folder "
        "'protected' from the backup.",
    )


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
