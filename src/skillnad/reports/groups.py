"""Sentences that set groups beside each other: numbers with their n, and never a word of a difference.

Of more than four groups only the ends are told; the table has the rest.
"""

from collections.abc import Sequence

from skillnad.analysis.headline import listed, rows_of
from skillnad.analysis.results import TOTAL, YES, Level, ProtectedTable
from skillnad.reports.numbers import percent, whole
from skillnad.reports.outline import Say, Tables
from skillnad.reports.reading import Number, added, count, known, named, ranked, share
from skillnad.reports.wording import UNTESTED, in_brackets, nothing, quoted, with_n

FEW = 4


def in_groups(codes: tuple[str, ...], phrase: str) -> Say:
    """The share of one or several values for everyone and in each group of a cross table: `phrase` says what it is.

    Several values are added, so they must exclude each other (a single-select variable). Of more than four groups
    only the highest and the lowest are told.
    """

    def say(tables: Tables) -> tuple[str, ...]:
        (table,) = tables
        groups = named(table, 1)
        found = [(group, _share_of(table, codes, group.code)) for group in groups]
        shown = [(group, part) for group, part in found if part is not None]
        whole_part = _share_of(table, codes, TOTAL)
        told = "talet för alla visas inte" if whole_part is None else f"{percent(whole_part)}{with_n(known(table))}"
        first = (f"{phrase}: {told}.",)
        if len(shown) > FEW:
            return (*first, *_high_and_low(table, shown, len(groups)), UNTESTED)
        parts = [f"{quoted(g)} {percent(part)}{with_n(known(table, TOTAL, g.code))}" for g, part in shown]
        if not parts:
            return (nothing(table),) if whole_part is None else first
        return (*first, f"{among_groups(shown, groups)}: {listed(parts)}.", UNTESTED)

    return say


def _share_of(table: ProtectedTable, codes: tuple[str, ...], group: str) -> Number:
    return added([share(table, code, group, along=0) for code in codes])


def top_in_groups() -> Say:
    """What is most common in each group of a cross table, with its share; groups with the same are told together."""

    def say(tables: Tables) -> tuple[str, ...]:
        (table,) = tables
        tops: dict[tuple[tuple[Level, ...], str], list[str]] = {}
        for group in named(table, 1):
            if found := _top_of_group(table, group):
                tops.setdefault(found, []).append(
                    f"{quoted(group)}{in_brackets(share(table, found[0][0].code, group.code, along=0))}"
                )
        sentences = [f"För {listed(who)} är {_top_words(top)}{among}." for (top, among), who in tops.items()]
        return (*sentences, UNTESTED) if sentences else (nothing(table),)

    return say


def _top_of_group(table: ProtectedTable, group: Level) -> tuple[tuple[Level, ...], str] | None:
    """What is most common, and words for it where something hidden could be more common."""
    return _top([(level, count(table, level.code, group.code)) for level in named(table)])


def _top(found: Sequence[tuple[Level, Number]]) -> tuple[tuple[Level, ...], str] | None:
    """The levels that share the greatest shown number, and words for it where something is hidden."""
    shown = [(level, number) for level, number in found if number]
    if not shown:
        return None
    most = max(number for _, number in shown)
    among = " av det som kan visas" if any(number is None for _, number in found) else ""
    return tuple(level for level, number in shown if number == most), among


def _top_words(top: Sequence[Level]) -> str:
    return f"{listed([quoted(level) for level in top])} vanligast{' (lika många)' if len(top) > 1 else ''}"


def share_by(phrase: str) -> Say:
    """A share with its n: "74 % av 230 omprövningar … gjordes i tid"."""

    def say(tables: Tables) -> tuple[str, ...]:
        table = tables[0]
        part, of = share(table, YES), known(table)
        if part is None:
            return (nothing(table),)
        first = f"{percent(part)} av {whole(of)} {rows_of(table)} {phrase}." if of else f"{percent(part)} {phrase}."
        return (first, *_extremes(table))

    return say


def _extremes(table: ProtectedTable) -> tuple[str, ...]:
    """The shown shares of a Share's groups; of more than four only the highest and the lowest."""
    if len(table.axes) < 2:
        return ()
    groups = named(table, 1)
    shown = [(level, part) for level in groups if (part := share(table, YES, level.code)) is not None]
    if len(shown) < 2:
        return ()
    if len(shown) > FEW:
        return (*_high_and_low(table, shown, len(groups)), UNTESTED)
    told = [f"{quoted(level)} {percent(part)}{with_n(known(table, TOTAL, level.code))}" for level, part in shown]
    return (f"{among_groups(shown, groups)}: {listed(told)}.", UNTESTED)


def among_groups(shown: Sequence[object], groups: Sequence[object]) -> str:
    return "I grupperna" if len(shown) == len(groups) else "I de grupper som kan visas"


def _high_and_low(table: ProtectedTable, shown: Sequence[tuple[Level, int | float]], groups: int) -> tuple[str, ...]:
    high, low = max(part for _, part in shown), min(part for _, part in shown)
    among = "" if len(shown) == groups else " av de grupper som kan visas"
    if high == low:
        return (f"Andelen är densamma{among or ' i alla grupper'}, {percent(high)}.",)
    return (f"Andelen är{among} högst för {_those(table, shown, high)}, och lägst för {_those(table, shown, low)}.",)


def _those(table: ProtectedTable, shown: Sequence[tuple[Level, int | float]], end: float) -> str:
    """The groups that have exactly this share: "”Ett”, 83 % (n = 60)"."""
    groups = [
        f"{quoted(level)}, {percent(part)}{with_n(known(table, TOTAL, level.code))}"
        for level, part in shown
        if part == end
    ]
    return listed(groups)


def best_matches(most: int, phrase: str) -> Say:
    """For the most common rows of a cross table, the most common column and its share of the row."""

    def say(tables: Tables) -> tuple[str, ...]:
        (table,) = tables
        sentences = [s for level, _ in ranked(table, 0)[:most] if (s := _best_match(table, level, phrase))]
        return tuple(sentences) or (nothing(table),)

    return say


def _best_match(table: ProtectedTable, row: Level, phrase: str) -> str:
    found = _top([(level, count(table, row.code, level.code)) for level in named(table, 1)])
    if not found:
        return ""
    top, among = found
    part, number = share(table, row.code, top[0].code, along=1), known(table, row.code, along=1)
    whole_row = f" av {whole(number)} {rows_of(table)}" if number else ""
    of = "" if part is None else f" ({percent(part)}{whole_row})"
    return f"{phrase} {quoted(row)} är {_top_words(top)}{among}{of}."
