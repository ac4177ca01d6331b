"""Tables of the same people protected together: one problem, and an answer that is audited before it leaves."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from math import log2

from skillnad.analysis.disclosure.attackers import Way
from skillnad.analysis.disclosure.group_disclosure import Group, guarded
from skillnad.analysis.disclosure.perturbed.one_way import check_releases
from skillnad.analysis.disclosure.perturbed.releasing import rounded_release
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.policy_files import check_columns
from skillnad.analysis.disclosure.protect import Pattern, protect_within
from skillnad.analysis.disclosure.release import TOTAL, ProtectedRelease, ReleasedTable, Row, relative
from skillnad.analysis.disclosure.system import Name, System
from skillnad.analysis.disclosure.table_set.earlier import Together, together, without_counts
from skillnad.analysis.disclosure.table_set.families import natural
from skillnad.analysis.disclosure.table_set.forcing import Forced, forced_cells
from skillnad.analysis.disclosure.table_set.publication import Publication, publication_of
from skillnad.analysis.disclosure.table_set.refusals import (
    another_way,
    forced_is_unsafe,
    nothing_is_safe,
    objected,
    release_is_unsafe,
)
from skillnad.analysis.disclosure.table_set.sensitive import groups_of, told_whole
from skillnad.analysis.disclosure.table_set.tables import TableSet
from skillnad.analysis.disclosure.verify.beside import verify_beside
from skillnad.analysis.disclosure.verify.verifying import Others, verify
from skillnad.lib.errors import UserError


def protect(
    told: TableSet,
    policy: Policy,
    *,
    seconds: float = 10.0,
    seed: int = 0,
    against: Sequence[ProtectedRelease] = (),
    forced: Sequence[Forced] = (),
) -> ProtectedRelease:
    """All cells and margins of the tables, with gaps where a reader could learn too much; or rounded, where the policy
    says so (`perturbed.releasing`, which says what is then refused).

    `against`: earlier releases of the same people. What they show is known and cannot be hidden; what they hid stays
    safe. Raises UserError where the tables are no tables (DISC-042 … DISC-052), where an earlier release is of other
    people (DISC-055), and where nothing was found that is safe: DISC-051 for the sake of what was forced, DISC-056 of
    an earlier release, DISC-057 where the independent audit objects, else DISC-053.
    """
    if policy.way is Way.ROUND and not forced:
        return _verified(rounded_release(told, policy, seed=seed, against=against), policy, told)
    if policy.way is not Way.SUPPRESS:
        raise another_way(policy)
    check_releases([release.rules for release in against], policy)
    check_columns(policy, {column for table in told.tables for column in table.columns})
    told = _grouped(told, against)
    publication = publication_of(told, without_counts(against))
    search = _Search(publication, policy, seconds, seed)
    found = _made(search, told, against, forced)
    if found is None:
        raise search.refusal(against, forced)
    if isinstance(found, UserError):
        deeper = _made(replace(search, under=True), told, against, forced)
        if not isinstance(deeper, ProtectedRelease):
            raise found
        return deeper
    return found


def _made(
    search: "_Search", told: TableSet, against: Sequence[ProtectedRelease], forced: Sequence[Forced]
) -> ProtectedRelease | UserError | None:
    """A release, or why one that was found is not to be published; None where none was. The cells that some table has
    need not tell all that the tables do together: then it is looked for again with those that lie under them."""
    pattern, policy = search.pattern(against, forced), search.policy
    if pattern is None:
        return None
    release = _release(search.publication, told, policy, pattern, tuple(each.id for each in against))
    objections = verify(release, policy, told.tables, others=list(_others(search.publication, pattern)))
    if objections:
        return objected(objections)
    if against and verify_beside(release, against, policy, told.tables):
        return _in_the_way(release, against, policy, told)
    return release


def _verified(release: ProtectedRelease, policy: Policy, told: TableSet) -> ProtectedRelease:
    """Fails closed: what the independent audit objects to is not published."""
    objections = verify(release, policy, told.tables)
    if objections:
        raise objected(objections)
    return release


def _in_the_way(
    release: ProtectedRelease, against: Sequence[ProtectedRelease], policy: Policy, told: TableSet
) -> UserError:
    """One that is in the way alone, or the last where only several together are."""
    alone = (each for each in against if verify_beside(release, [each], policy, told.tables))
    return release_is_unsafe(next(alone, against[-1]))


def _grouped(told: TableSet, against: Sequence[ProtectedRelease]) -> TableSet:
    """With the groupings of earlier releases too: the same column groups the same way in both."""
    edges = (edge for release in against for edge in release.groupings)
    return replace(told, groupings=tuple(dict.fromkeys((*told.groupings, *edges))))


@dataclass(frozen=True)
class _Search:
    """Patterns of one publication, with more or less asked of them. `under`: cells that no table has are in it."""

    publication: Publication
    policy: Policy
    seconds: float
    seed: int
    under: bool = False

    @cached_property
    def groups(self) -> list[Group]:
        return groups_of(self.publication, self.policy)

    def pattern(self, against: Sequence[ProtectedRelease], forced: Sequence[Forced]) -> Pattern | None:
        """None where none is safe. What was a gap before stays one: hidden as if it were forced, or, where too much
        would be asked of it then, hidden beside what is needed."""
        both = together(self.publication, against, under=self.under).within_reach(self.policy)
        if any(self.policy.small(self.publication.counts.get(name, self.policy.threshold)) for name in both.kept):
            return None
        asked = forced_cells(self.publication, forced, self.policy)
        if asked & both.kept:
            return None
        ways = (asked | both.gaps, asked) if both.gaps else (asked,)
        telling = []
        for way in ways:
            found = self._found(both, way)
            if found and not both.objections(found.hidden, self.policy):
                return found
            telling += [found] if found else []
        return next((wider for found in telling if (wider := self._widened(both, found))), None)

    def _found(self, both: Together, forced: frozenset[Name]) -> Pattern | None:
        guard = guarded(both.told, self.groups, self.policy)
        pattern = self._hidden(guard.told, both, forced | guard.forced)
        telling = told_whole(guard, pattern.hidden, self.policy)
        if telling:
            pattern = self._hidden(guard.told, both, forced | guard.forced | telling)
        safe = not (pattern.withheld or pattern.unmet or pattern.hidden & both.kept)
        if not safe or (telling and told_whole(guard, pattern.hidden, self.policy)):
            return None
        return pattern

    def _widened(self, both: Together, pattern: Pattern) -> Pattern | None:
        """With more gaps around those of the earlier releases that would be told too closely, and further out for as
        long as they are; None where nothing more can be hidden."""
        reached: frozenset[Name] = frozenset()
        while told := both.objections(pattern.hidden, self.policy):
            wider = both.beside(reached.union(told))
            more = {name for name in wider if self._hideable(both, name)} - pattern.hidden
            if wider <= reached and not more:
                return None
            reached |= wider
            cost = pattern.cost + sum(log2(2 + self.publication.counts[name]) for name in more)
            pattern = replace(pattern, hidden=pattern.hidden | more, cost=cost, proven=False)
        return pattern

    def _hideable(self, both: Together, name: Name) -> bool:
        """A cell of the publication that has not been shown; a printed nought is no gap."""
        own = name in self.publication.counts and name not in both.kept
        return own and (self.publication.counts[name] > 0 or not self.policy.zeros_printed)

    def _hidden(self, told: System, both: Together, forced: frozenset[Name]) -> Pattern:
        found = protect_within(told, self.policy, forced=forced, kept=both.kept, seconds=self.seconds, seed=self.seed)
        return replace(found, hidden=found.hidden | both.gaps)

    def refusal(self, against: Sequence[ProtectedRelease], forced: Sequence[Forced]) -> UserError:
        """What it is that nothing is safe for: each is tried alone, and the last is blamed where none is."""
        if not (against or forced) or self.pattern((), ()) is None:
            return nothing_is_safe()
        for release in against:
            if self.pattern([release], ()) is None:
                return release_is_unsafe(release)
        for each in forced:
            if self.pattern(against, [each]) is None:
                return forced_is_unsafe(each)
        return forced_is_unsafe(forced[-1]) if forced else release_is_unsafe(against[-1])


def _release(
    publication: Publication, told: TableSet, policy: Policy, pattern: Pattern, against: tuple[str, ...]
) -> ProtectedRelease:
    hidden = pattern.hidden & publication.counts.keys()
    cost, bound = relative(pattern.cost, pattern.bound)
    primary = sum(policy.small(publication.counts[name]) for name in hidden)
    return ProtectedRelease(
        tables=tuple(_table(publication, place, hidden) for place in range(len(publication.tables))),
        groupings=told.groupings,
        policy=policy.id,
        rules=asdict(policy),
        attacker=policy.reader.value,
        primary=primary,
        secondary=len(hidden) - primary,
        cost=cost,
        bound=bound,
        proven=pattern.proven,
        seconds=pattern.seconds,
        against=against,
    )


def _others(publication: Publication, pattern: Pattern) -> Iterator[Others]:
    """Other tables that the search says agree with all that is shown, as what their inner cells differ by."""
    inner = [
        (table.given.name, row, name)
        for place, table in enumerate(publication.tables)
        for row, name in publication.rows(place)
        if TOTAL not in row
    ]
    for move in pattern.moves:
        yield {(table, row): move[name] for table, row, name in inner if name in move}


def _table(publication: Publication, place: int, hidden: frozenset[Name]) -> ReleasedTable:
    """In an order that the labels alone decide: the file's own may be by count."""
    rows: list[Row] = [
        (row, None if name in hidden else publication.counts.get(name, 0)) for row, name in publication.rows(place)
    ]
    given = publication.tables[place].given
    return ReleasedTable(given.name, given.layout, tuple(sorted(rows, key=_order)))


def _order(row: Row) -> list[tuple[bool, object]]:
    """Sums before what they are sums of, and 9 before 10."""
    return [(value != TOTAL, natural(value)) for value in row[0]]
