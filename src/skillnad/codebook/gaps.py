"""What a supplier's extract does not deliver, variable by variable, after an import."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from skillnad.codebook.model import Codebook, Kind, Variable
from skillnad.codebook.wording import heading

MOSTLY = 0.5
"""A variable with fewer rows filled than this share is mostly empty."""
ENOUGH = 100
"""Rows filled before anything is said about which values occur: few rows use few values."""
COLLAPSED = 0.25
"""At most this share of a set's values occurring is a sign that the system has fewer values to choose from."""
STAND_INS = {"age": ("birth_date", "identity_number")}
"""Age is derived: what delivers it is the birth date, or a number that has one."""


@dataclass(frozen=True)
class Delivered:
    """What an import found of one variable: rows read, rows with anything in them, different codes (None where the
    variable has no codes), rows whose value had no code in the mapping."""

    rows: int
    filled: int
    distinct: int | None = None
    unmapped: int = 0

    @property
    def share(self) -> float:
        return self.filled / self.rows if self.rows else 0.0


class Gap(StrEnum):
    NONE = "none"
    NOT_USED = "not_used"
    NOT_DELIVERED = "not_delivered"
    MOSTLY_EMPTY = "mostly_empty"
    COLLAPSED = "collapsed"
    UNMAPPED = "unmapped"


@dataclass(frozen=True)
class GapRow:
    variable: Variable
    gap: Gap
    delivered: Delivered | None
    sv: str


def gaps(codebook: Codebook, delivered: Mapping[str, Delivered]) -> tuple[GapRow, ...]:
    """A row for each of the standard's variables and each local one in use, in the codebook's order."""
    wanted = [variable for variable in codebook.variables.values() if variable.used or not variable.local]
    return tuple(_row(variable, _found(variable, delivered)) for variable in wanted)


def gap_list(codebook: Codebook, delivered: Mapping[str, Delivered]) -> str:
    """The gaps as Markdown in Swedish: what is missing first, then what is delivered, then what is not used."""
    rows = gaps(codebook, delivered)
    missing = [row for row in rows if row.gap not in (Gap.NONE, Gap.NOT_USED)]
    parts = ["# Vad underlaget inte ger\n", f"Kodbok {codebook.version}.\n"]
    parts += _missing(missing) if missing else ["Underlaget ger alla uppgifter som kommunen använder.\n"]
    parts += _named("Levereras", [row for row in rows if row.gap == Gap.NONE])
    parts += _named("Används inte i kommunen", [row for row in rows if row.gap == Gap.NOT_USED])
    return "\n".join(parts)


def _missing(rows: list[GapRow]) -> list[str]:
    table = ["| Uppgift | Vad som saknas |", "|---|---|"]
    return table + [f"| {heading(row.variable)} | {row.sv} |" for row in rows] + [""]


def _named(title: str, rows: list[GapRow]) -> list[str]:
    return [f"## {title}\n", *(f"- {heading(row.variable)}: {row.sv}" for row in rows), ""] if rows else []


def _found(variable: Variable, delivered: Mapping[str, Delivered]) -> Delivered | None:
    names = (variable.id, *STAND_INS.get(variable.id, ()))
    return next((delivered[name] for name in names if name in delivered), None)


def _row(variable: Variable, found: Delivered | None) -> GapRow:
    gap = _gap(variable, found)
    return GapRow(variable, gap, found, _sentence(variable, gap, found))


def _gap(variable: Variable, found: Delivered | None) -> Gap:
    if not variable.used:
        return Gap.NOT_USED
    if found is None or found.filled == 0:
        return Gap.NOT_DELIVERED
    if found.unmapped:
        return Gap.UNMAPPED
    if found.share < MOSTLY and not _ends_later(variable):
        return Gap.MOSTLY_EMPTY
    return Gap.COLLAPSED if _collapsed(variable, found) else Gap.NONE


def _ends_later(variable: Variable) -> bool:
    """What is recorded when something ends is rightly empty while it goes on."""
    return variable.step == "close"


def _collapsed(variable: Variable, found: Delivered) -> bool:
    if not variable.coded or found.distinct is None or found.filled < ENOUGH:
        return False
    return found.distinct <= max(1, int(len(variable.values) * COLLAPSED))


def _sentence(variable: Variable, gap: Gap, found: Delivered | None) -> str:
    if gap == Gap.NOT_USED:
        return "används inte."
    if found is None:
        return "finns inte i underlaget."
    filled = f"{found.filled} av {found.rows} rader har uppgiften"
    if gap == Gap.NOT_DELIVERED:
        return f"kolumnen finns, men alla {found.rows} rader är tomma."
    if gap == Gap.MOSTLY_EMPTY:
        return f"bara {filled}."
    if gap == Gap.UNMAPPED:
        return f"{found.unmapped} rader har värden som saknar kod i mappningen; {filled}."
    if gap == Gap.COLLAPSED:
        return f"bara {found.distinct} av {len(variable.values)} värden förekommer; {filled}."
    several = " (flera värden möjliga)" if variable.kind == Kind.MULTIPLE else ""
    return f"{filled}{several}."
