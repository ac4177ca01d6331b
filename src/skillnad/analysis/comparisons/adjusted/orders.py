"""In which order a background column's levels stand, where they have one: then thin ones are put with their neighbours.

Ages have one, in the order of the codebook's bands, and so have scales. Values that a question has put together have
the order of their column, as far as each group is an unbroken run of it.
"""

from collections.abc import Sequence
from itertools import groupby

from skillnad.analysis.comparisons.adjusted.background import Orders
from skillnad.analysis.comparisons.questions import Comparative, Comparison
from skillnad.analysis.made_columns import stored_behind
from skillnad.analysis.merged import merged_of
from skillnad.codebook.snapshot_schema import AT_START, Manifest, SnapshotColumn

AGES = ("age_group", AT_START)


def orders_of(question: Comparative, manifest: Manifest) -> Orders:
    """Of each column that the question is adjusted for."""
    if not isinstance(question, Comparison):
        return ()
    columns = manifest.tables[question.selection.population].columns
    return [order_of(columns[stored_behind(name)[0]], name) for name in question.adjusted_for]


def order_of(stored: SnapshotColumn, name: str) -> Sequence[str]:
    """The codes in their order, of the column itself or of what `name` makes of it; none where it has no order."""
    own = tuple(level.code for level in stored.levels) if stored.id in AGES else stored.order
    made = merged_of(name)
    if made is None:
        return own
    runs = [level for level, _ in groupby(made.level_of(code, stored.unknown) for code in own)]
    return runs if len(set(runs)) == len(runs) else ()
