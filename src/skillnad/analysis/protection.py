"""A raw table made safe: its counts through disclosure, and each other number hidden with the counts it tells of."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from skillnad.analysis.disclosure.group_disclosure import protect_groups
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.protect import Pattern, protect_counts, protect_sums
from skillnad.analysis.disclosure.system import Name
from skillnad.analysis.formulas.shares import cross_fractions, outcome_fractions
from skillnad.analysis.measures import OPEN
from skillnad.analysis.protected_durations import shown_durations
from skillnad.analysis.questions import Change, Count, CrossTable, Duration, Percent, Sequence, Share, Sum
from skillnad.analysis.relations import cell_name, count_system, people_system, sum_system
from skillnad.analysis.results import YES, Axis, Key, LeftOut, Measure, MeasureKind, RawTable
from skillnad.analysis.selection import selection_of
from skillnad.analysis.sensitive_groups import sensitive_groups
from skillnad.analysis.shares_of_all import SHARE_OF_ALL, better_of_all, shares_of_all
from skillnad.analysis.shown_shares import shown_shares
from skillnad.analysis.thin_lines import thin_lines
from skillnad.lib.errors import UserError

Cells = Mapping[Key, int | float | None]
Joint = Mapping[str, Pattern]
NOT_JOINT: Joint = MappingProxyType({})
ROWS, CLIENTS = "rows", "clients"
"""What is counted in a table, beside OPEN."""

MOST_CELLS = 12_000
"""Larger tables are not protected but refused: no one reads them, and showing them safe would take too long. A hundred
units by fourteen committees and four answers is 10,000 cells, nearly all of them printed zeros."""

COUNT = Measure("count", "Antal", MeasureKind.COUNT)
PEOPLE = Measure("count", "Personer", MeasureKind.COUNT)
SHARE = Measure("share", "Andel", MeasureKind.SHARE)
AMOUNT = Measure("sum", "Summa, kronor", MeasureKind.AMOUNT)
CLIENTS_BEHIND = Measure("clients", "Personer", MeasureKind.COUNT)


@dataclass(frozen=True)
class Protected:
    """What may be shown. A key that a measure lacks is a cell where it has no meaning (a share of nothing)."""

    measures: tuple[Measure, ...]
    cells: Mapping[str, Cells]
    left_out: tuple[LeftOut, ...]


def protect_table(raw: RawTable, policy: Policy, *, joint: Joint = NOT_JOINT) -> Protected:
    """`joint`: the gaps of the counts where they were found for several tables together (`analysis.joint`), by what is
    counted: ROWS, OPEN or CLIENTS; each holds all that the table hides alone. What rests on the counts follows them.

    Raises UserError: DISC-003 where the table is too large, DISC-006 where it would name what few have.
    """
    if len(raw.counts) > MOST_CELLS:
        raise _too_large(len(raw.counts))
    if isinstance(raw.question, Sequence) and raw.question.least < policy.threshold:
        raise _rare_paths(raw.question.least, policy.threshold)
    pattern = joint.get(ROWS) or count_pattern(raw, policy)
    counts = _gapped(raw.axes, raw.counts, pattern)
    measures, others = _others(raw, policy, pattern, counts, joint)
    people = selection_of(raw.question).people or isinstance(raw.question, Change)
    first = PEOPLE if people else COUNT
    return Protected((first, *measures), {"count": counts, **others}, _left_out(raw.left_out, policy))


def count_pattern(raw: RawTable, policy: Policy) -> Pattern:
    """The gaps of the counts, as if there were no other table."""
    return protect_groups(count_system(raw), sensitive_groups(raw, policy), policy, thin_lines(raw, policy))


def _others(
    raw: RawTable, policy: Policy, pattern: Pattern, counts: Cells, joint: Joint
) -> tuple[tuple[Measure, ...], dict[str, Cells]]:
    match raw.question:
        case Share():
            made = {(YES, *key): fraction for key, fraction in outcome_fractions(raw.axes).items()}
            return (SHARE,), {"share": shown_shares(raw, counts, made, policy)}
        case Count(shares=True):
            return _cross_shares(raw, policy, counts, Percent.COLUMNS)
        case CrossTable(percent=percent) if percent is not Percent.NONE:
            return _cross_shares(raw, policy, counts, percent)
        case Change():
            made = cross_fractions(raw.axes, Percent.COLUMNS)
            return (SHARE,), {"share": shown_shares(raw, counts, made, policy)}
        case Duration():
            return shown_durations(raw, raw.question, policy, (pattern, joint.get(OPEN)), counts)
        case Sum():
            return (AMOUNT, CLIENTS_BEHIND), _sums(raw, policy, pattern, joint.get(CLIENTS))
    return (), {}


def _cross_shares(
    raw: RawTable, policy: Policy, counts: Cells, percent: Percent
) -> tuple[tuple[Measure, ...], dict[str, Cells]]:
    made = cross_fractions(raw.axes, percent)
    shares = shown_shares(raw, counts, made, policy)
    if better_of_all(counts, made, shares, percent):
        return (SHARE_OF_ALL,), {"share": shares_of_all(counts, made, percent)}
    return (SHARE,), {"share": shares}


def _gapped(axes: tuple[Axis, ...], values: Mapping[Key, float | None], pattern: Pattern) -> Cells:
    """The values without what is hidden; nothing at all of a table that is withheld."""
    return {
        key: None if pattern.withheld or cell_name(axes, key) in pattern.hidden else value
        for key, value in values.items()
    }


def _sums(raw: RawTable, policy: Policy, pattern: Pattern, jointly: Pattern | None) -> dict[str, Cells]:
    """Sums and the clients behind them. What is hidden of one hides the same cell of the next."""
    if policy.own_area:
        return {name: raw.values[name] for name in ("sum", CLIENTS)}
    people = jointly or protect_counts(people_system(raw, CLIENTS), policy, forced=pattern.hidden)
    risky = {cell_name(raw.axes, key) for key in raw.values["sum"] if _dominated(raw, key, policy)}
    sums = _sum_pattern(raw, policy, frozenset(risky | pattern.hidden | people.hidden))
    clients = {key: int(value or 0) for key, value in raw.values["clients"].items()}
    return {
        "sum": _gapped(raw.axes, raw.values["sum"], sums),
        "clients": _gapped(raw.axes, clients, people),
    }


def _sum_pattern(raw: RawTable, policy: Policy, risky: frozenset[Name]) -> Pattern:
    """A sum can be negative where the extract has credits; such sums are beyond what can be shown safe."""
    try:
        return protect_sums(sum_system(raw, "sum"), policy, risky)
    except UserError:
        return Pattern(frozenset(), 0, withheld=True)


def _dominated(raw: RawTable, key: Key, policy: Policy) -> bool:
    """Too few clients behind a sum, or one of them with most of it; not knowing the largest counts as too much."""
    clients, whole = raw.values["clients"][key] or 0, raw.values["sum"][key] or 0
    if not clients:
        return False
    largest = raw.values.get("largest", {}).get(key)
    if clients < policy.sum_clients or largest is None:
        return True
    return largest > policy.largest_share * whole or _estimated(whole, largest, policy)


def _estimated(whole: float, largest: float, policy: Policy) -> bool:
    """Could the second largest come too near the largest (the p-percent rule)? How much the second has is not counted,
    so it is taken to have as much as it can: that hides more sums than the second's own would, and never fewer."""
    second = min(largest, whole - largest)
    return policy.p_percent > 0 and whole - largest - second < policy.p_percent * largest


def _left_out(told: Collection[LeftOut], policy: Policy) -> tuple[LeftOut, ...]:
    return tuple(LeftOut(one.reason, None if policy.small(one.rows or 0) else one.rows) for one in told)


def _rare_paths(least: int, threshold: int) -> UserError:
    return UserError.of(
        "DISC-006",
        sv=f"Frågan namnger vägar som bara {least} rader har tagit; att de finns röjer något. Ange minst {threshold} "
        "(least).",
        en=f"The question names paths that only {least} rows have taken; that there are such tells something. Give at "
        f"least {threshold} (least).",
    )


def _too_large(cells: int) -> UserError:
    return UserError.of(
        "DISC-003",
        sv=f"Tabellen har {cells} celler; högst {MOST_CELLS} kan skyddas på en gång. Ta bort en indelning, eller välj "
        "en kortare period.",
        en=f"The table has {cells} cells; at most {MOST_CELLS} can be protected at once. Remove a column, or choose a "
        "shorter period.",
    )
