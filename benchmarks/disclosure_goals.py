"""What protection costs beside its bound, tau-Argus and GaussSuppression, on tables with known answers."""

from collections.abc import Iterator
from time import perf_counter

import numpy as np

from benchmarks import Goal
from benchmarks.disclosure_tables import SHARED, as_system, known
from benchmarks.tauargus import Theirs, installed, suppressed
from skillnad.analysis.disclosure.attackers import Attacker
from skillnad.analysis.disclosure.audit import count_claims, objections
from skillnad.analysis.disclosure.known import known_bounds
from skillnad.analysis.disclosure.needs import count_needs
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.protect import Pattern, protect_within
from skillnad.analysis.disclosure.system import System

READERS = (Attacker.NOT_NEGATIVE, Attacker.ZEROS_PRINTED)
TABLES = ("f2", "h2_s", "f3", "h3_s")
SECONDS = 60.0
EXACT_CELLS = 500
HALF_TIME_CELLS = 400
GAUSS = {"f3": 42, "h3_s": 236}
"""Secondary gaps of GaussSuppression at A0: the data's golden figures."""
LARGE_SEED = 14_000


def goals() -> Iterator[Goal]:
    if not SHARED.exists():
        return
    for name in TABLES:
        told = known(name)
        for reader in READERS:
            yield from _of(name, told, Policy(attacker=reader))
    yield from _large()


def _of(name: str, told: System, policy: Policy) -> Iterator[Goal]:
    title = f"{name} {policy.reader.value}"
    first = protect_within(told, policy, seconds=1.0)
    best = protect_within(told, policy, seconds=SECONDS)
    note = f"{best.secondary} gaps, {'proven' if best.proven else 'bound'}, {best.seconds:.1f} s"
    limit = 1.05 if best.proven else np.inf  # where no optimum is proven the distance is told
    yield Goal(f"cost to bound: {title}", _ratio(best.cost, best.bound), limit, "", note=note)
    if len(told.cells) <= 1000:
        yield Goal(f"cost after a second to best: {title}", _ratio(first.cost, best.cost), 1.2, "")
    if installed():
        yield from _beside_tauargus(title, told, policy, best)
    if name in GAUSS and policy.reader is Attacker.NOT_NEGATIVE:
        note = f"{best.secondary} to {GAUSS[name]}"
        yield Goal(f"gaps to GaussSuppression's: {title}", best.secondary / GAUSS[name], 0.85, "", note=note)
    yield from _audit(title, told, policy, best)


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


def _audit(title: str, told: System, policy: Policy, pattern: Pattern, limit: float = 0.3) -> Iterator[Goal]:
    if len(told.cells) < 1000 or pattern.withheld:
        return
    began = perf_counter()
    claims = count_claims(told, pattern.hidden, policy)
    objected = objections(told, pattern.hidden, claims, known_bounds(told, policy))
    note = f"{len(told.cells)} cells, {len(objected)} objections"
    yield Goal(f"audit of a safe release: {title}", perf_counter() - began, limit, "s", note=note)


def large_table(seed: int = LARGE_SEED) -> System:
    """13,524 cells: 7 regions of 12 places, 8 groups of 5 services, two ages; skewed counts, many small or none."""
    random = np.random.default_rng(seed)
    rows = []
    for place in range(84):
        for service in range(40):
            mean = 40 * random.random() ** 3
            rows.append(
                {
                    "place": f"p{place:03d}",
                    "region": f"r{place // 12}",
                    "service": f"s{service:02d}",
                    "group": f"g{service // 5}",
                    "age": "all",
                    "count": str(random.poisson(mean)),
                }
            )
    wide = [{**row, "age": age, "count": str(int(row["count"]) // part)} for row in rows for age, part in AGES]
    return as_system(wide, "count", {"place": (("region",),), "service": (("group",),), "age": ()})


AGES = (("young", 2), ("old", 3))


def _large() -> Iterator[Goal]:
    told, policy = large_table(), Policy(attacker=Attacker.NOT_NEGATIVE)
    pattern = protect_within(told, policy, seconds=2 * SECONDS)
    note = (
        f"{len(told.cells)} cells, {pattern.primary} primary, {pattern.seconds:.0f} s; no golden figure to compare with"
    )
    yield Goal(
        "gaps a primary gap: hierarchical, large, A0", _ratio(pattern.secondary, pattern.primary), np.inf, "", note=note
    )
    yield from _audit("large A0", told, policy, pattern, 10.0)


def _ratio(ours: float, theirs: float) -> float:
    return ours / theirs if theirs else (1.0 if not ours else np.inf)
