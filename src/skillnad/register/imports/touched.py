"""Whose data a delivery has brought or changed: the list that the log's one event of it has."""

from collections.abc import Iterable, Iterator

from skillnad.register.imports.fields import Record
from skillnad.register.imports.merging import Merged
from skillnad.register.imports.stored import MODELS


def touched_people(run: int, merged: Iterable[Merged]) -> set[int]:
    """Pseudonyms of those of whom `run` stored anything new. Where all of its clients are new, nobody else can be."""
    changes = [each for each in merged if len(each.new) or len(each.changed)]
    first = next((each for each in changes if each.record is Record.CLIENT), None)
    if first is not None and len(first.new) == first.ids.height:
        changes = [first]
    return {pseudonym for each in changes for pseudonym in _of(each.record, run)}


def _of(record: Record, run: int) -> Iterator[int]:
    model = MODELS[record]
    pseudonym = model.protected_path.removesuffix("protected") + "pseudonym"  # type: ignore[attr-defined]
    rows = model._base_manager.filter(import_run_id=run).order_by()
    yield from rows.values_list(pseudonym, flat=True).distinct().iterator()
