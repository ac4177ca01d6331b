"""In which order the rows of a form made elsewhere are asked, and which row waits for the answer of which."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from skillnad.exchange.forms.xlsform_answers import list_of
from skillnad.exchange.forms.xlsform_table import Group, Node, SheetRow, kind_of
from skillnad.exchange.forms.xlsform_words import PLAIN
from skillnad.instruments.rules_conditions import absent_words, later_words, ring_of, ring_words

_NAMED = re.compile(r"\$\{\s*([^}\s]+)\s*\}")


@dataclass(frozen=True)
class _Standing:
    """`waits`: the names in the conditions of the row and of the groups around it, and those groups."""

    number: int
    waits: frozenset[str]
    asks: bool


class Order:
    """The named rows of a survey."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.rows: dict[str, _Standing] = {}
        for row, waits in _standing(nodes, frozenset()):
            asks = bool(list_of(row)) or kind_of(row).casefold() in PLAIN
            self.rows.setdefault(row.get("name"), _Standing(row.number, waits, asks))

    def fault(self, row: SheetRow, other: str) -> tuple[str, str, str] | None:
        """Code, Swedish and English of a condition in `row` on `other`, where that comes later or is not there; None
        where it stands before, and is only no question that a condition can name."""
        own = row.get("name") or f"rad {row.number}"
        found = self.rows.get(other)
        if found is None:
            earlier = [name for name, each in self.rows.items() if each.asks and each.number < row.number]
            return "INSTR-008", *absent_words(own, other, earlier, self.rows)
        if found.number <= row.number:
            return None
        if ring := ring_of(own, other, self._waits()):
            return "INSTR-009", *ring_words(ring)
        return "INSTR-008", *later_words(own, other)

    def _waits(self) -> Mapping[str, frozenset[str]]:
        return {name: each.waits for name, each in self.rows.items()}


def _standing(nodes: Sequence[Node], outer: frozenset[str]) -> Iterator[tuple[SheetRow, frozenset[str]]]:
    for node in nodes:
        row = node.row if isinstance(node, Group) else node
        waits = outer | frozenset(_NAMED.findall(row.get("relevant")))
        if row.get("name"):
            yield row, waits
        if isinstance(node, Group):
            yield from _standing(node.children, waits | {row.get("name")})
