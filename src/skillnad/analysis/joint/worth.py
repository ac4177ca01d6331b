"""What a gap takes away beside its number: a share is nothing without its own two, nor a table without its whole."""

from skillnad.analysis.disclosure.system import Name
from skillnad.analysis.joint.union import Union
from skillnad.analysis.results import NO, TOTAL, YES

ASKED = 3.0
"""So much dearer it is to do without what was asked for than without how many there were in a group of it. At less, the
number that is hidden beside the few who lack an answer is the outcome of a share."""


def worth(told: Union) -> dict[Name, float]:
    """How many times dearer than its size says a cell of the system is to do without; 1 for what is not here."""
    parts = [part for table in told.tables.values() for part in table.parts.values()]
    asked = {group for part in parts for name, group in part.names.items() if _is_whole(name) or _is_outcome(name)}
    return dict.fromkeys(told.called(asked), ASKED)


def _is_whole(name: Name) -> bool:
    """The table's own name of all that it counts."""
    return all(_level(word) == TOTAL for word in name)


def _is_outcome(name: Name) -> bool:
    """Its name of the groups whose share it tells, or of those beside them."""
    return any(word.startswith("share:") and _level(word) in (YES, NO) for word in name)


def _level(word: str) -> str:
    return word.rpartition("=")[2]
