"""A raw table with noise in place of gaps: counts by the cell key method, and shares of them.

Nothing is hidden, so no question is refused for what was asked before; but the counts do not add up, and who asks
enough questions about nearly the same people takes the noise away (docs/andra-satt.md). Other numbers than counts and
their shares have no noise that would do for them, and are not shown in this way.
"""

from collections.abc import Mapping

from skillnad.analysis.disclosure.attackers import Way
from skillnad.analysis.disclosure.perturbed.cell_keys import check_secret, told_too_closely, with_noise
from skillnad.analysis.disclosure.perturbed.noise_table import NoiseTable, noise_table
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.formulas.shares import Fraction, cross_fractions, outcome_fractions, total
from skillnad.analysis.protection import SHARE, Cells, Protected
from skillnad.analysis.questions import Count, CrossTable, Percent, Question, Share
from skillnad.analysis.relations import cell_name, count_system
from skillnad.analysis.results import YES, Key, LeftOut, Measure, MeasureKind, RawTable
from skillnad.lib.errors import UserError

NOISY = Measure("count", "Antal, med brus", MeasureKind.COUNT)
NOISY_PEOPLE = Measure("count", "Personer, med brus", MeasureKind.COUNT)
TIMES = 5
"""A share is shown of no less than so many times the noise's greatest: of fewer it would be noise itself."""
MOST_TRIED = 2_000
"""Cells of a table that is tried against its reader by programmes; of a larger one none is shown."""


def noisy_question(question: object, policy: Policy) -> Count | CrossTable | Share:
    """The question, where noise will do for it. Raises UserError: DISC-079 where it asks for other numbers than counts
    and shares; and TypeError where the policy is of another way."""
    if policy.way is not Way.CELL_KEYS:
        raise TypeError("noise is for a policy of cell keys")
    if not isinstance(question, Count | CrossTable | Share):
        raise _only_counts()
    return question


def check_way(question: object, policy: Policy, secret: bytes) -> None:
    """Can the policy's way answer the question at all? Raises UserError: DISC-079, DISC-075 without a secret for noise,
    DISC-076 where the way is none for answers out of a snapshot."""
    if policy.way is Way.CELL_KEYS:
        noisy_question(question, policy)
        check_secret(secret)
    else:
        check_gaps(policy)


def check_gaps(policy: Policy) -> None:
    """Raises UserError (DISC-076) for a policy of another way, where an answer with gaps is asked for."""
    if policy.way is not Way.SUPPRESS:
        raise UserError.of(
            "DISC-076",
            where=f"policy {policy.name}",
            sv=f"Det här svaret visas med luckor, men policyn säger att {policy.way.sv}. Ta bort way ur policyn, eller "
            "fråga efter antal och andelar där brus är kopplat. Avrundning är för egna tabeller, med `skillnad "
            "protect`.",
            en=f"This answer has gaps, but the policy says way = {policy.way.value}. Remove way from the policy, or "
            "ask for counts and shares where noise is set up. Rounding is for tables of your own, with `skillnad "
            "protect`.",
        )


def with_noise_in(raw: RawTable, keys: Mapping[Key, int], policy: Policy) -> Protected:
    """`keys` are the keys of the table's cells. Raises UserError: DISC-079 where the question asks for other numbers
    than counts and shares, DISC-003 where the table is too large to be tried, DISC-073 where a reader would know a
    small count by the table's own sums."""
    asked = noisy_question(raw.question, policy)
    if len(raw.counts) > MOST_TRIED:
        raise _too_large(len(raw.counts))
    table = noise_table(policy.threshold)
    shown = with_noise(raw.counts, keys, table)
    named = {cell_name(raw.axes, key): value for key, value in shown.items()}
    if told_too_closely(count_system(raw), named, table):
        raise _told()
    counts: Cells = dict(shown)
    people = asked.selection.people
    made = _fractions(raw)
    left_out = tuple(LeftOut(one.reason, one.rows if one.rows == 0 else None) for one in raw.left_out)
    measures = (NOISY_PEOPLE if people else NOISY, *((SHARE,) if made else ()))
    shares = {"share": _shares(shown, made, table)} if made else {}
    return Protected(measures, {"count": counts, **shares}, left_out)


def _fractions(raw: RawTable) -> Mapping[Key, Fraction]:
    """What the question's shares are made of; nothing where it has none."""
    question: Question = raw.question
    match question:
        case Share():
            return {(YES, *key): fraction for key, fraction in outcome_fractions(raw.axes).items()}
        case Count(shares=True):
            return cross_fractions(raw.axes, Percent.COLUMNS)
        case CrossTable(percent=percent) if percent is not Percent.NONE:
            return cross_fractions(raw.axes, percent)
    return {}


def _shares(shown: Mapping[Key, int], made: Mapping[Key, Fraction], table: NoiseTable) -> Cells:
    """Of the shown counts alone, in whole per cent; of what is shown as nothing there is no share."""
    return {key: _share(shown, each, table) for key, each in made.items() if (total(shown, each.whole) or 0) > 0}


def _share(shown: Mapping[Key, int], made: Fraction, table: NoiseTable) -> float | None:
    part, whole = total(shown, made.part) or 0, total(shown, made.whole) or 0
    if whole < TIMES * table.maximum:
        return None
    return round(100 * min(1.0, max(0.0, part / whole))) / 100


def _only_counts() -> UserError:
    return UserError.of(
        "DISC-079",
        sv="Med brus visas bara antal och andelar. Tider, summor, flöden och jämförelser kräver en policy med luckor "
        "(way = ”suppress”), i en ögonblicksbild som inte har visats med brus.",
        en="With noise, counts and shares alone are shown. Times, sums, flows and comparisons need a policy of gaps "
        "(way = 'suppress'), in a snapshot that has not been shown with noise.",
    )


def _too_large(cells: int) -> UserError:
    return UserError.of(
        "DISC-003",
        sv=f"Tabellen har {cells} celler; högst {MOST_TRIED} kan granskas med brus på en gång. Ta bort en indelning, "
        "eller välj en kortare period.",
        en=f"The table has {cells} cells; at most {MOST_TRIED} can be tried with noise at once. Remove a column, or "
        "choose a shorter period.",
    )


def _told() -> UserError:
    return UserError.of(
        "DISC-073",
        sv="Bruset räcker inte för den här tabellen: ett litet tal följer av de andra. Inget visas. Ta bort en "
        "indelning, eller slå ihop små grupper.",
        en="The noise is not enough for this table: a small count follows from the others. Nothing is shown. Remove a "
        "column, or put small groups together.",
    )
