"""Municipalities beside each other: the protected answers of a snapshot each, compared as groups of one table.

No rows leave a municipality: what is compared is what each may show. So a municipality whose numbers are hidden takes
no part, and nothing can be adjusted for background across snapshots.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from skillnad.analysis.comparisons.made import Counts, Made
from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.comparisons.repeats import NONE, Repeats, beside, repeats_of
from skillnad.analysis.comparisons.rows import Rows
from skillnad.analysis.comparisons.shares import compared_shares, shown_codes
from skillnad.analysis.comparisons.unknown_rows import unknown_rows
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.questions import Share
from skillnad.analysis.results import TOTAL, Axis, Key, LeftOut, Level, ProtectedTable
from skillnad.codebook.snapshot_schema import Manifest
from skillnad.lib.errors import Problem, UserError

MUNICIPALITY = "municipality"
"""The column that a comparison of municipalities is by; no snapshot has it."""
LABEL = "Kommun"


def check_municipalities(manifests: Sequence[Manifest], question: Comparison) -> None:
    """Raises a UserError (ASK-060 … ASK-063) where these cannot be compared so."""
    problems = (*_question_problems(question), *_snapshot_problems(manifests))
    if problems:
        raise UserError(*problems)


def own_share(question: Comparison) -> Share:
    """What each municipality is asked."""
    if not isinstance(question.of, Share):
        raise TypeError("only shares are compared between municipalities")
    return replace(question.of, by=())


def set_together(
    question: Comparison,
    tables: Mapping[str, ProtectedTable],
    rows: Mapping[str, Rows] = MappingProxyType({}),
    policy: Policy = DEFAULT,
) -> Made:
    """`tables` are the answers to `own_share`, by the municipality's name, and `rows` are theirs. Of the rows nothing
    is used but how those of one client go together; nobody is looked for in two municipalities."""
    outcome = next(iter(tables.values())).axes[0]
    group = Axis(MUNICIPALITY, LABEL, tuple(Level(name, name) for name in tables))
    counts = _counts(outcome, tables)
    made = compared_shares(question, (outcome, group), counts, _repeats(rows, group, counts, policy))
    return replace(made, left_out=(*_left_out(tables), *unknown_rows((outcome, group), counts, policy)))


def _repeats(rows: Mapping[str, Rows], group: Axis, counts: Counts, policy: Policy) -> Repeats:
    if not rows:
        return NONE
    own = [each.by_client(()) for each in rows.values()]
    return repeats_of(beside(tuple(rows), own), tuple(rows), shown_codes(group, counts), policy)


def _counts(outcome: Axis, tables: Mapping[str, ProtectedTable]) -> dict[Key, int | float | None]:
    """Outcome by municipality; of all together where none of them is hidden."""
    counts: dict[Key, int | float | None] = {}
    for code in (*(level.code for level in outcome.levels), TOTAL):
        own = {name: table.cells["count"][(code,)] for name, table in tables.items()}
        counts |= {(code, name): count for name, count in own.items()}
        counts[code, TOTAL] = _sum(list(own.values()))
    return counts


def _sum(counts: list[int | float | None]) -> int | float | None:
    shown = [count for count in counts if count is not None]
    return sum(shown) if len(shown) == len(counts) else None


def _left_out(tables: Mapping[str, ProtectedTable]) -> tuple[LeftOut, ...]:
    by_reason: dict[str, list[int | float | None]] = {}
    for table in tables.values():
        for one in table.left_out:
            by_reason.setdefault(one.reason, []).append(one.rows)
    summed = {reason: _sum(rows) for reason, rows in by_reason.items()}
    return tuple(LeftOut(reason, None if rows is None else int(rows)) for reason, rows in summed.items())


def _question_problems(question: Comparison) -> tuple[Problem, ...]:
    plain = isinstance(question.of, Share) and not question.adjusted_for and question.drawn is None
    if plain and question.by == (MUNICIPALITY,):
        return ()
    return (
        Problem(
            "ASK-060",
            sv="Mellan kommuner jämförs en andel, efter municipality, utan justering och utan urval: rader ur en "
            "kommun lämnar den inte, och bakgrunden kan därför inte vägas in.",
            en="Between municipalities a share is compared, by municipality, neither adjusted nor of a sample: no rows "
            "leave a municipality, so background cannot be weighed in.",
        ),
    )


def _snapshot_problems(manifests: Sequence[Manifest]) -> tuple[Problem, ...]:
    names = [manifest.municipality for manifest in manifests]
    if len(names) < 2:
        return (
            Problem(
                "ASK-061",
                sv="En jämförelse mellan kommuner behöver minst två ögonblicksbilder, en från varje kommun.",
                en="Comparing municipalities takes two snapshots at least, one of each municipality.",
            ),
        )
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        return (
            Problem(
                "ASK-062",
                sv=f"{twice or 'En kommun utan namn'} är med två gånger, och skulle jämföras med sig själv. Ange en "
                "ögonblicksbild från varje kommun.",
                en=f"{twice or 'A municipality without a name'} is there twice, and would be compared with itself. "
                "Give one snapshot of each municipality.",
            ),
        )
    versions = {manifest.codebook_version for manifest in manifests}
    if len(versions) > 1:
        listed = ", ".join(sorted(versions))
        return (
            Problem(
                "ASK-063",
                sv=f"Ögonblicksbilderna är gjorda med olika kodböcker ({listed}), och samma kod kan betyda olika "
                "saker. Gör nya med samma kodbok.",
                en=f"The snapshots are made with different codebooks ({listed}), and a code may mean different things. "
                "Make new ones with the same codebook.",
            ),
        )
    return ()
