"""What was published of other snapshots of the same people: its tables, counted again on the rows as they are now."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.system import Name, System
from skillnad.analysis.joint.ledger import Ledger
from skillnad.analysis.joint.named import NamedPart, NamedTable
from skillnad.analysis.joint.releases import Release
from skillnad.analysis.joint.said import said_of
from skillnad.analysis.question_data import canonical_json
from skillnad.analysis.questions import Question
from skillnad.analysis.selection import selection_of
from skillnad.codebook.snapshot_schema import Population

Counting = Callable[[Question], NamedTable | None]
"""Counts a question of the snapshot; None where it has no such columns any more."""


@dataclass
class Earlier:
    """`releases` by their keys, oldest first; `tables` by what was counted, as a text."""

    releases: dict[str, Release] = field(default_factory=dict)
    tables: dict[str, NamedTable | None] = field(default_factory=dict)

    def learn(self, releases: Iterable[Release], populations: Collection[Population], count: Counting) -> None:
        """Counts what has not been counted yet, of the populations."""
        for release in releases:
            self.releases[release.key] = release
            if release.text not in self.tables and selection_of(release.question).population in populations:
                self.tables[release.text] = count(release.question)

    def near(self, populations: Collection[Population]) -> dict[str, NamedTable]:
        """The tables of the populations, each by the key of its latest release."""
        latest = {release.text: key for key, release in self.releases.items()}
        found = ((key, self.tables.get(text)) for text, key in latest.items())
        return {key: table for key, table in found if table and table.columns.table.population in populations}

    def stands(self, ledger: Ledger, asked: str, counted: Question, policy: Policy) -> str:
        """The key of the answer that stands though it was of another snapshot: the latest to what is `asked` (as a
        text), under the same policy. Its period was over then, and since then some group has changed by less than the
        threshold, or none has changed. Empty where there is none."""
        told = self._latest(asked, policy.id)
        if not told or told[0].text != canonical_json(counted) or not all(release.closed() for release in told):
            return ""
        little, much = False, False
        for release in told:
            table = self.tables.get(release.text)
            if table is None:
                return ""
            counts = counts_of([table])
            said = said_of(counts, ledger.heard(counts, {release.key}), policy.threshold)
            little |= bool(said.near)
            much |= bool(counts.keys() - said.known)
        return told[0].answer if little or not much else ""

    def _latest(self, asked: str, policy: str) -> Sequence[Release]:
        own = [each for each in self.releases.values() if each.policy == policy and each.asked_text == asked]
        return [release for release in own if release.answer == own[-1].answer]


def counts_of(tables: Iterable[NamedTable]) -> dict[Name, float]:
    """How many are in each group of the tables."""
    found: dict[Name, float] = {}
    for table in tables:
        for part in table.parts.values():
            found |= part.counts
    return found


def unsaid(table: NamedTable, names: Collection[Name], policy: Policy) -> NamedTable:
    """The table with groups that nobody has been told the number of as it is now: small ones are still protected."""
    parts = {kind: _unsaid(part, names, policy) for kind, part in table.parts.items()}
    return NamedTable(table.columns, parts)


def _unsaid(part: NamedPart, names: Collection[Name], policy: Policy) -> NamedPart:
    cells = tuple(
        replace(cell, latent=True, slack=not policy.small(cell.value)) if part.names[cell.name] in names else cell
        for cell in part.told.cells
    )
    return NamedPart(System(cells, part.told.matrix), part.names, part.groups)


def groups_of(tables: Iterable[NamedTable]) -> set[Name]:
    return {name for table in tables for part in table.parts.values() for name in part.groups}
