"""What new tables are protected beside: the snapshot's own answers, and what was published of earlier snapshots."""

from collections.abc import Mapping
from dataclasses import dataclass

from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.system import Name
from skillnad.analysis.joint.copies import copies
from skillnad.analysis.joint.earlier import counts_of, unsaid
from skillnad.analysis.joint.named import NamedTable
from skillnad.analysis.joint.said import said_of
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
    """Of groups of this snapshot that were published of another, those with the same number are as they were there;
    those that were shown with one near it are hidden. The rest is nobody's to know, where no answer of this snapshot
    tells it."""
    own = {key: table for key, table in standing.near(new.values()).items() if key not in new}
    earlier = standing.near_earlier(new.values())
    held = counts_of([*new.values(), *own.values()])
    all_of = held | counts_of(earlier.values())
    heard = standing.heard(all_of)
    said = said_of(all_of, heard, policy.threshold)
    told = copies(earlier, standing.earlier.releases, heard, all_of, policy)
    shown = (standing.shown(own.values()) | said.shown) - standing.hidden
    hidden = ((standing.hidden & all_of.keys()) | said.hidden | said.moved) - shown
    open_ones = {name for name, count in all_of.items() if count} - shown - hidden - held.keys()
    tables = {**{key: unsaid(table, open_ones, policy) for key, table in earlier.items()}, **own, **new}
    zeros_known = policy.zeros_printed and not policy.zeros_protected
    union = Union(tables, zeros_known=zeros_known, copies=told, memory=standing.memory, guard=policy)
    return Beside(
        union, frozenset(shown | told.shown), frozenset(hidden | told.hidden), frozenset({*earlier, *own} - new.keys())
    )
