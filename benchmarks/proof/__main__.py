"""Run the proofs, write their pages; exit status 1 where any failed."""

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from benchmarks.proof import PAGES, Circumstances, Line, Outcome, commit, page
from benchmarks.proof.tests_run import run_tests

Run = Callable[[float, int], Outcome]


@dataclass(frozen=True)
class Proof:
    """What is promised, and the run that tries it: share and seed to outcome."""

    promise: str
    run: Run


def tests(path: str, minutes: float) -> Run:
    return lambda share, seed: run_tests(path, minutes, share, seed)


def mutants(share: float, seed: int) -> Outcome:
    from benchmarks.proof.forked import load
    from benchmarks.proof.mutants import TARGETS, Tried, sampled, try_all
    from benchmarks.proof.survivors import GOAL, remarks, share_killed, told

    begun, lines = time.perf_counter(), []
    tried: list[Tried] = []
    load()
    for target in TARGETS:
        chosen, every = sampled(target, share, seed)
        began, own = time.perf_counter(), list(try_all(target, chosen))
        lines.append(Line(target.modules, told(own, every), time.perf_counter() - began, share_killed(own) >= GOAL))
        tried += own
        print(f"{target.modules}: {told(own, every)}", flush=True)
    seconds = time.perf_counter() - begun
    whole = Line("all", f"{told(tried)}; the goal is {GOAL:.0%} in each", seconds, share_killed(tried) >= GOAL)
    return Outcome([*lines, whole], seconds, remarks([each for each in tried if each.survived]))


def few_useful(share: float, seed: int) -> Outcome:
    from benchmarks.proof.useful import useful

    return useful(share, seed)


PROOFS = {
    "disclosure": Proof(
        "Random tables are protected, and readers who share no code with what protects them try to fill the gaps: no "
        "gap follows from what is shown.",
        tests("tests/generative/test_disclosure.py", 90),
    ),
    "attacks": Proof(
        "Random tables (two to four columns, groupings that may overlap, up to four fifths of the cells zero) are "
        "released under every kind of reader, alone, in pairs and in threes: nothing that was promised is unmet, by a "
        "verifier that shares no code with what protects, nor does a reader without the truth find anything of few.",
        tests("tests/generative/test_attacks.py", 120),
    ),
    "releases": Proof(
        "Ten thousand random publications, and pairs and triples of releases on top: one to four columns, groupings "
        "that overlap or are chained, linked tables, a column that is sensitive, someone who is alone in a cell, sums "
        "of few, and every reader of the policies. Nothing that was promised is unmet, by a verifier with a model of "
        "its own, a reader without the truth, and an integer programme. What nothing safe was found for was refused.",
        tests("tests/generative/test_random_releases.py", 180),
    ),
    "engines": Proof(
        "Random questions on random data: every engine gives the same counts, and what adds up adds up.",
        tests("tests/generative/test_engines_agree.py", 30),
    ),
    "intervals": Proof(
        "Simulated registers: intervals cover what they say, and with no true difference hardly a page shows one.",
        tests("tests/generative/test_intervals_cover.py", 30),
    ),
    "clients": Proof(
        "Simulated registers in which a client has several rows that go together: intervals cover what they say, and "
        "with no true difference hardly a page shows one.",
        tests("tests/generative/test_clients_cover.py", 60),
    ),
    "times": Proof(
        "Simulated registers of times in which a client has several rows that go together: intervals of medians cover "
        "what they say, and with no true difference hardly a page shows one.",
        tests("tests/generative/test_times_together.py", 120),
    ),
    "import-kills": Proof(
        "An import is killed (SIGKILL) at random moments: anywhere, where it writes, and as soon as anything of its "
        "transaction is on disk. The register then has all of the delivery or nothing of it, and the import again "
        "makes it whole. On SQLite.",
        tests("tests/integration/imports/test_import_kills.py", 30),
    ),
    "snapshot-kills": Proof(
        "The snapshot writer is killed (SIGKILL) at random moments: there is then a whole snapshot or none, and the "
        "next writer makes it, byte for byte.",
        tests("tests/integration/snapshots/test_snapshot_kills.py", 30),
    ),
    "useful": Proof(
        "Made-up municipalities whose units have some twenty answers a year on five options: nearly every unit has a "
        "figure that can be both shown and used, when the report goes down its steps to it (docs/report.md).",
        few_useful,
    ),
    "mutants": Proof(
        "Small wrongs are put into modules of the kernel, one at a time (another comparison, operator or number, or "
        "nothing returned); the unit tests beside the modules should notice nine of ten of each room's. Which are "
        "tried, the seed draws. One that changes nothing that can be seen is named with its reason, and not counted.",
        mutants,
    ),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.proof", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"all of these where none is named: {', '.join(PROOFS)}"
    )
    parser.add_argument("--share", type=float, default=1.0, help="how much of each, such as 0.1")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    unknown = [name for name in asked.names if name not in PROOFS]
    if unknown:
        parser.error(f"no proof is called {', '.join(unknown)}. There are: {', '.join(PROOFS)}")
    held = [prove(name, asked.share, asked.seed) for name in asked.names or PROOFS]
    sys.exit(0 if all(held) else 1)


def prove(name: str, share: float, seed: int) -> bool:
    """Run one proof and write its page."""
    proof, run = PROOFS[name], Circumstances(date.today(), commit(), share, seed)
    outcome = proof.run(share, seed)
    PAGES.mkdir(parents=True, exist_ok=True)
    (PAGES / f"{name}.md").write_text(page(name, proof.promise, outcome, run), encoding="utf-8")
    print(f"{name:<16} {'held' if outcome.held else 'failed'} in {outcome.seconds:.0f} s", flush=True)
    return outcome.held


if __name__ == "__main__":
    main()
