"""What follows for someone who is alone in a cell: the small numbers that no table found moves while theirs stays."""

from collections.abc import Sequence

from skillnad.analysis.disclosure.gap_reader import Reader
from skillnad.analysis.disclosure.system import Name


def followed(reader: Reader, small: Sequence[Name], alone: Sequence[tuple[int, ...]]) -> list[Name]:
    """The small cells that are the same in every table that was found where someone's own are as they are."""
    cells = {reader.column[name] for name in small if name in reader.column}
    found: set[int] = set()
    for places in alone:
        own = [
            reader.column[name] for name in (reader.told.cells[place].name for place in places) if name in reader.column
        ]
        if own:
            found |= _same_for(reader, own, cells.difference(own))
    return [reader.told.cells[reader.unknown[column]].name for column in sorted(found)]


def _same_for(reader: Reader, own: list[int], waiting: set[int]) -> set[int]:
    """Of the waiting columns."""
    waiting = waiting - reader.moved(reader.tables, own)
    if waiting:
        reader.know(own)
        for upward in (True, False):
            _move_together(reader, waiting, upward)
        reader.know(own, known=False)
    return waiting


def _move_together(reader: Reader, waiting: set[int], upward: bool) -> None:
    """Takes those away that some table moves: all at once for as long as it helps, then each alone."""
    batches = [sorted(waiting)]
    while batches:
        batch = [column for column in batches.pop() if column in waiting]
        if not batch:
            continue
        step = 1.0 if upward else -1.0
        names = [reader.told.cells[reader.unknown[column]].name for column in batch]
        before = len(reader.tables)
        reader.reach(dict(zip(names, reader.value[batch] + step, strict=True)), upward)
        moved = waiting & reader.moved(reader.tables[before:])
        waiting -= moved
        if moved:
            batches.append(batch)
        elif len(batch) > 1:
            batches += [batch[: len(batch) // 2], batch[len(batch) // 2 :]]
