"""The groups of a table that may not be told of as a whole: those along a column that the policy calls sensitive."""

from collections.abc import Iterable, Iterator
from itertools import product

from skillnad.analysis.disclosure.group_disclosure import Group
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.policy_files import check_columns
from skillnad.analysis.formulas.shares import known
from skillnad.analysis.merged import ungrouped
from skillnad.analysis.relations import cell_name
from skillnad.analysis.results import TOTAL, Axis, LevelKind, RawTable
from skillnad.analysis.surely_held import surely_held
from skillnad.codebook.snapshot_schema import Manifest


def sensitive_groups(raw: RawTable, policy: Policy) -> list[Group]:
    """One for each group along each axis of a sensitive column. A value that every row was chosen for having tells
    nothing, and is left out."""
    places = [
        place for place, axis in enumerate(raw.axes) if policy.is_sensitive(column_of(axis), marked=axis.sensitive)
    ]
    return [group for place in places for group in _along(raw, place)]


def check_sensitive(policy: Policy, manifest: Manifest, variables: Iterable[str]) -> None:
    """`variables` are the codebook's, which a snapshot need not have all of.

    Raises UserError (DISC-025) where a sensitive column is in neither."""
    if policy.sensitive:
        columns = {name for table in manifest.tables.values() for name in table.columns}
        check_columns(policy, columns | set(variables))


def column_of(axis: Axis) -> str:
    """The stored column that an axis is of: of a share's outcomes and of changes too."""
    name = ungrouped(axis.id)
    return ungrouped(name.partition(":")[2]) if name.startswith(("share:", "change:")) else name


def _along(raw: RawTable, place: int) -> Iterator[Group]:
    axes, axis = raw.axes, raw.axes[place]
    for line in product(*(_codes(each, at == place) for at, each in enumerate(axes))):
        sure = {code for levels in surely_held(raw.question, axis).of(line) if len(levels) == 1 for code in levels}
        values = [level.code for level in axis.levels if level.kind is LevelKind.VALUE and level.code not in sure]
        names = [cell_name(axes, (*line[:place], code, *line[place + 1 :])) for code in values]
        whole = known(axes, line, (place,))
        yield Group(tuple((cell_name(axes, key), float(sign)) for key, sign in whole), tuple(names))


def _codes(axis: Axis, own: bool) -> tuple[str, ...]:
    return (TOTAL,) if own else (TOTAL, *(level.code for level in axis.levels))
