"""What protection costs beside its bound, tau-Argus and GaussSuppression, on tables with known answers.

All seconds are of the processor, those that a search may take too, so that a busy machine measures as an idle one.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial
from time import process_time

import numpy as np
from scipy.sparse import csr_array

from benchmarks import Goal
from benchmarks.disclosure_tables import KNOWN, SHARED, Groupings, Rows, known, published, rows_of
from benchmarks.gauss import eliminated
from benchmarks.proof.tests_run import run_tests
from benchmarks.tauargus import Theirs, installed, suppressed
from skillnad.analysis.disclosure.attackers import Attacker
from skillnad.analysis.disclosure.audit import count_claims, objections
from skillnad.analysis.disclosure.known import known_bounds
from skillnad.analysis.disclosure.needs import count_needs
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.protect import Pattern, protect_within
from skillnad.analysis.disclosure.system import System
from skillnad.analysis.disclosure.verify.verifying import verify

searched = partial(protect_within, clock=process_time)
READERS = (Attacker.NOT_NEGATIVE, Attacker.ZEROS_PRINTED)
TABLES = ("f2", "h2_s", "f3", "h3_s")
OTHER_POLICIES = (Policy(attacker=Attacker.PRIMARY_KNOWN), Policy(contributors=True))
SECONDS = 60.0
SHORTER = 10.0
EXACT_CELLS = 500
HALF_TIME_CELLS = 400
RANDOM = "tests/generative/test_attacks.py"
RANDOM_TESTS = {
    "alone": "test_release_is_as_its_policy_promises",
    "in twos": "test_pair_of_releases_is_safe_together",
    "in threes": "test_triple_of_releases_is_safe_together",
}
RANDOM_SHARE = 0.005
"""Of what `make proof only=attacks` tries, which is more than 10,000."""
GAUSS = ("f3", "h3_s")
"""Three-way tables, which GaussSuppression is compared on."""


def goals() -> Iterator[Goal]:
    if not SHARED.exists():
        return
    for name in TABLES:
        told = known(name)
        for reader in READERS:
            yield from _of(name, told, Policy(attacker=reader))
        for policy in OTHER_POLICIES:
            yield _of_another(name, told, policy)
    yield from unmet_at_random()


def _of(name: str, told: System, policy: Policy) -> Iterator[Goal]:
    title = f"{name} {policy.reader.value}"
    first = searched(told, policy, seconds=1.0)
    best = searched(told, policy, seconds=SECONDS)
    note = f"{best.secondary} gaps, {'proven' if best.proven else 'bound'}, {best.seconds:.1f} s"
    limit = 1.05 if best.proven else np.inf  # where no optimum is proven the distance is told
    yield Goal(f"cost to bound: {title}", _ratio(best.cost, best.bound), limit, "", note=note)
    if len(told.cells) <= 1000:
        yield Goal(f"cost after a second to best: {title}", _ratio(first.cost, best.cost), 1.2, "")
    if installed():
        yield from _beside_tauargus(title, told, policy, best)
    if name in GAUSS and policy.reader is Attacker.NOT_NEGATIVE:
        yield beside_gauss(title, told, policy, best, 0.85)
    if len(told.cells) >= 1000:
        yield from audited(title, told, policy, best, 0.3)
    yield verified(title, told, rows_of(KNOWN[name][0]), KNOWN[name][2], policy, best)


def _of_another(name: str, told: System, policy: Policy) -> Goal:
    title = f"{name} {policy.reader.value}{', alone in a cell' if policy.contributors else ''}"
    pattern = searched(told, policy, seconds=SHORTER)
    return verified(title, told, rows_of(KNOWN[name][0]), KNOWN[name][2], policy, pattern)


def unmet_at_random() -> Iterator[Goal]:
    """A part of the proof, of other chances than the last."""
    for how, test in RANDOM_TESTS.items():
        outcome = run_tests(f"{RANDOM}::{test}", 10, RANDOM_SHARE, date.today().toordinal())
        note = f"{', '.join(line.tried for line in outcome.lines)}, {outcome.seconds:.0f} s"
        failed = sum(not line.held for line in outcome.lines)
        yield Goal(f"requirements unmet: random releases {how}", failed, 0, "", note=note)


def _beside_tauargus(title: str, told: System, policy: Policy, best: Pattern) -> Iterator[Goal]:
    theirs = suppressed(told, count_needs(told, policy), int(SECONDS))
    if theirs is None:
        yield Goal(f"cost to tau-Argus': {title}", 0.0, 1.0, "", note="it gave no answer")
        return
    limit = 1.0 if len(told.cells) <= EXACT_CELLS else 1.05
    note = f"{len(theirs.gaps)} gaps, {theirs.seconds:.1f} s{_how_safe(told, policy, theirs)}"
    yield Goal(f"cost to tau-Argus': {title}", round(_ratio(best.cost, theirs.cost(told)), 3), limit, "", note=note)
    if HALF_TIME_CELLS <= len(told.cells) <= EXACT_CELLS:
        yield Goal(f"time to tau-Argus': {title}", best.seconds / theirs.seconds, 0.5, "")


def _how_safe(told: System, policy: Policy, theirs: Theirs) -> str:
    """What our auditor says of their pattern: they promise nothing of secondary gaps."""
    needs = count_needs(told, policy)
    hidden = {told.cells[place].name for place in (*theirs.gaps, *np.flatnonzero(needs.primary))}
    objected = objections(told, hidden, count_claims(told, hidden, policy), known_bounds(told, policy))
    return f", {len(objected)} too narrow" if objected else ""


def beside_gauss(title: str, told: System, policy: Policy, pattern: Pattern, most: float) -> Goal:
    theirs = eliminated(told, count_needs(told, policy).primary)
    note = f"{pattern.secondary} to {theirs.count}, {pattern.seconds:.1f} to {theirs.seconds:.1f} s"
    return Goal(f"gaps to GaussSuppression's: {title}", _ratio(pattern.secondary, theirs.count), most, "", note=note)


def audited(title: str, told: System, policy: Policy, pattern: Pattern, seconds: float) -> Iterator[Goal]:
    """As where it is protected, where the search hands its moves over to be tried; and by an auditor who has none."""
    if pattern.withheld:
        return
    for how, moves in (("", _moves(told, pattern)), (", no moves told", None)):
        began = process_time()
        claims = count_claims(told, pattern.hidden, policy)
        objected = objections(told, pattern.hidden, claims, known_bounds(told, policy), moves=moves)
        note = f"{len(told.cells)} cells, {len(objected)} objections"
        yield Goal(f"audit of a safe release{how}: {title}", process_time() - began, seconds, "s", note=note)


def _moves(told: System, pattern: Pattern) -> csr_array:
    entries = [(row, told.position[name], by) for row, move in enumerate(pattern.moves) for name, by in move.items()]
    rows, places, amounts = zip(*entries, strict=True) if entries else ((), (), ())
    return csr_array((amounts, (rows, places)), shape=(len(pattern.moves), len(told.cells)), dtype=float)


def verified(title: str, told: System, rows: Rows, groupings: Groupings, policy: Policy, pattern: Pattern) -> Goal:
    """By the verifier, which has a model of its own of what is published, and is handed the search's moves to try.
    Where nothing is published, as some cells are open whatever is hidden, nothing is unmet."""
    title = f"requirements unmet: {title}"
    if pattern.withheld:
        note = f"withheld: {len(pattern.unmet)} cells are open whatever is hidden"
        return Goal(title, 0 if pattern.unmet else 1, 0, "", note=note)
    release = published(told, rows, groupings, pattern.hidden)
    (table,) = release.tables
    others = [table.inner(move) for move in pattern.moves]
    began = process_time()
    unmet = verify(release, policy, release.tables, others=others)
    note = f"{len(pattern.hidden)} gaps verified in {process_time() - began:.1f} s"
    return Goal(title, len(unmet), 0, "", note=note)


def _ratio(ours: float, theirs: float) -> float:
    return ours / theirs if theirs else (1.0 if not ours else np.inf)
