"""Tables of anybody's as a release without gaps: rounded, so that everything still adds up."""

from collections.abc import Sequence
from dataclasses import asdict

from skillnad.analysis.disclosure.perturbed.one_way import check_releases
from skillnad.analysis.disclosure.perturbed.rounding import Rounded, rounded
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.release import TOTAL, ProtectedRelease, ReleasedTable, Row
from skillnad.analysis.disclosure.table_set.families import natural
from skillnad.analysis.disclosure.table_set.publication import Publication, publication_of
from skillnad.analysis.disclosure.table_set.tables import TableSet


def rounded_release(
    told: TableSet, policy: Policy, *, seed: int = 0, against: Sequence[ProtectedRelease] = ()
) -> ProtectedRelease:
    """All cells and margins of the tables, rounded together. `rules` also says the `distance` that no number exceeds.

    Raises UserError: DISC-042 … DISC-052 where the tables are no tables, DISC-070 … DISC-073 as `rounded`, DISC-076 and
    DISC-078 where there are earlier releases, as two roundings of one number are narrower than each.
    """
    check_releases([release.rules for release in against], policy)
    publication = publication_of(told)
    shown = rounded(publication.told, policy, seed=seed)
    return ProtectedRelease(
        tables=tuple(_table(publication, place, shown) for place in range(len(publication.tables))),
        groupings=told.groupings,
        policy=policy.id,
        rules={**asdict(policy), "distance": shown.distance},
        attacker=policy.reader.value,
        primary=0,
        secondary=0,
        cost=0.0,
        bound=0.0,
        proven=True,
    )


def _table(publication: Publication, place: int, shown: Rounded) -> ReleasedTable:
    """In an order that labels alone decide."""
    rows: list[Row] = [(row, shown.values.get(name, 0)) for row, name in publication.rows(place)]
    given = publication.tables[place].given
    return ReleasedTable(given.name, given.layout, tuple(sorted(rows, key=_order)))


def _order(row: Row) -> list[tuple[bool, object]]:
    return [(value != TOTAL, natural(value)) for value in row[0]]
