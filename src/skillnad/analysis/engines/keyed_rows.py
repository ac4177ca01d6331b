"""The reference for `keyed`: the key of each cell, record by record."""

from collections import defaultdict
from collections.abc import Hashable, Mapping
from itertools import product
from typing import Any

from skillnad.analysis.disclosure.perturbed.cell_keys import record_key
from skillnad.analysis.engines.in_memory import InMemoryEngine, _Answer, _outcome
from skillnad.analysis.engines.keyed import KeyedQuestion
from skillnad.analysis.questions import Share
from skillnad.analysis.results import TOTAL, Key
from skillnad.analysis.snapshot import Snapshot
from skillnad.analysis.validation import check_question
from skillnad.codebook.snapshot_schema import KEYS

WHOLE = 1 << 64


class KeyedRows(InMemoryEngine):
    """Slow and obvious."""

    def cell_keys(self, snapshot: Snapshot, question: KeyedQuestion, secret: bytes) -> Mapping[Key, int]:
        check_question(snapshot.manifest, question)
        answer = _KeyedAnswer(snapshot, question)
        of = "client" if question.selection.people else KEYS[question.selection.population][-1]
        return {
            key: sum(record_key(secret, of, each) for each in records if each is not None) % WHOLE
            for key, records in answer.records(of).items()
        }


class _KeyedAnswer(_Answer):
    def records(self, of: str) -> Mapping[Key, list[Any]]:
        """The records in every cell and margin: a row each, or each client once."""
        question = self.question
        people = of == "client"
        if not isinstance(question, Share):
            found: Mapping[Key, Any] = self._gather((row, row[of]) for row in self._selected())
        else:
            found = self._best() if people else self._by_outcome(of)
        return {key: list(set(records)) if people else list(records) for key, records in found.items()}

    def _by_outcome(self, of: str) -> Mapping[Key, list[Hashable]]:
        found: dict[Key, list[Hashable]] = defaultdict(list)
        for row, outcome in self._outcomes(self.question):  # type: ignore[arg-type]
            for key in product((outcome, TOTAL), *self._levels(row)):
                found[key].append(row[of])
        return found

    def _best(self) -> Mapping[Key, list[Hashable]]:
        """Each client by the best that any of their rows in the cell says."""
        said: dict[tuple[Key, Hashable], set[str]] = defaultdict(set)
        for row, outcome in self._outcomes(self.question):  # type: ignore[arg-type]
            for key in product(*self._levels(row)):
                said[key, row["client"]].add(outcome)
        found: dict[Key, list[Hashable]] = defaultdict(list)
        for (key, client), outcomes in said.items():
            for level in (_outcome(outcomes), TOTAL):
                found[level, *key].append(client)
        return found
