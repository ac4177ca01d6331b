"""What new tables are protected beside: the snapshot's own answers, and what was published of earlier snapshots."""

from collections.abc import Mapping
from dataclasses import dataclass

from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.system import Name
from skillnad.analysis.joint.earlier import counts_of, groups_of, unsaid
from skillnad.analysis.joint.ledger import Said
from skillnad.analysis.joint.named import NamedTable
from skillnad.analysis.joint.standing import Standing
from skillnad.analysis.joint.union import Union


@dataclass(frozen=True)
class Beside:
    """`shown` is known and cannot be hidden any more, `hidden` must stay so, and `settled` are the tables that have
    been answered."""

    union: Union
    shown: frozenset[Name]
    hidden: frozenset[Name]
    settled: frozenset[str]


def beside(new: Mapping[str, NamedTable], standing: Standing, policy: Policy) -> Beside:
    own = {key: table for key, table in standing.near(new.values()).items() if key not in new}
    held = groups_of([*new.values(), *own.values()])
    earlier = {key: table for key, table in standing.near_earlier(new.values()).items() if groups_of([table]) - held}
    said = standing.said_of(counts_of([*new.values(), *own.values(), *earlier.values()]), policy)
    shown = (standing.shown(own.values()) | said.shown) - standing.hidden
    hidden = ((standing.hidden & (held | groups_of(earlier.values()))) | said.hidden | said.moved.keys()) - shown
    told = {key: unsaid(table, _unsaid(table, said, shown | hidden | held), policy) for key, table in earlier.items()}
    moved = {name: numbers for name, numbers in said.moved.items() if name not in shown}
    zeros_known = policy.zeros_printed and not policy.zeros_protected
    union = Union({**told, **own, **new}, zeros_known=zeros_known, moved=moved)
    known = union.numbers_before | shown
    return Beside(union, frozenset(known), frozenset(hidden), frozenset({*told, *own}))


def _unsaid(table: NamedTable, said: Said, decided: set[Name]) -> set[Name]:
    """What nobody is in is taken to be known for that; of the rest, what has another number than was published."""
    return set(counts_of([table])) - decided - said.shown
