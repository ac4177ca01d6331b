"""Do the unit tests notice a small wrong? Each mutant meets its module's own tests, and where it survives them, the
others that read the module."""

import ast
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks.proof import ROOT
from benchmarks.proof.forked import Ended, run
from benchmarks.proof.mutations import Mutation, mutated, mutations
from benchmarks.proof.nearest import Tests, stages

UNTRIED_LIMIT = 600
"""Seconds that tests may take on the code as it is, which is not known before."""


@dataclass(frozen=True)
class Target:
    """Modules (patterns below src/skillnad, a space between) whose mutants these tests (files, folders) should notice;
    at most `most` are tried."""

    modules: str
    tests: Tests
    most: int

    def files(self) -> list[Path]:
        found = (path for pattern in self.modules.split() for path in sorted((ROOT / "src/skillnad").glob(pattern)))
        return [path for path in found if path.name != "__init__.py"]


SCORED_BY = " ".join(
    f"instruments/{name}.py" for name in ("answer_kinds", "answers", "asked", "conditions", "counted", "exact", "model")
)
"""What the scoring reads answers, conditions and numbers by."""
ANSWERED = tuple(
    f"tests/unit/instruments/test_{name}.py"
    for name in (
        "answers_checked",
        "changing",
        "conditions",
        "exact",
        "instrument_content",
        "instrument_parsing",
        "scoring",
    )
)
TARGETS = (
    Target("analysis/formulas/*.py", ("tests/unit/analysis/formulas",), 240),
    Target("codebook/periods.py", ("tests/unit/codebook/test_periods.py",), 60),
    Target("codebook/identity.py", ("tests/unit/codebook/test_identity.py",), 60),
    Target("analysis/relations.py", ("tests/unit/analysis/door/test_relations.py",), 60),
    Target("analysis/disclosure/*.py", ("tests/unit/analysis/disclosure",), 100),
    Target("analysis/disclosure/attack/*.py", ("tests/unit/analysis/disclosure/attack",), 100),
    Target("analysis/disclosure/verify/*.py", ("tests/unit/analysis/disclosure/verify",), 100),
    Target("analysis/disclosure/table_set/*.py", ("tests/unit/analysis/disclosure/table_set",), 100),
    Target("analysis/disclosure/perturbed/*.py", ("tests/unit/analysis/disclosure/perturbed",), 60),
    Target("analysis/joint/*.py", ("tests/unit/analysis/joint",), 100),
    Target("instruments/scoring.py", ("tests/unit/instruments/test_scoring.py",), 132),
    Target(SCORED_BY, ANSWERED, 100),
    Target("instruments/changing.py", ("tests/unit/instruments/test_changing.py",), 51),
    Target("register/imports/checks.py", ("tests/unit/register/imports",), 60),
)


@dataclass(frozen=True)
class Tried:
    """One mutant and what became of it. `seconds` is its tests' time."""

    target: Target
    file: Path
    mutation: Mutation
    survived: bool = False
    too_long: bool = False
    seconds: float = 0.0

    @property
    def module(self) -> str:
        return str(self.file.relative_to(ROOT / "src/skillnad"))

    @property
    def place(self) -> str:
        return f"{self.module}:{self.mutation.line}"


def sampled(target: Target, share: float, seed: int) -> tuple[list[Tried], int]:
    """The mutants to try of a target, in the modules' order, and how many there are."""
    every = [Tried(target, file, each) for file in target.files() for each in mutations(file.read_text("utf-8"))]
    most = min(len(every), max(1, round(target.most * share)))
    places = sorted(random.Random(seed).sample(range(len(every)), most))
    return [every[place] for place in places], len(every)


def try_all(target: Target, chosen: list[Tried]) -> Iterator[Tried]:
    """Each mutant with its outcome. Raises RuntimeError where the tests do not pass on the code as it is."""
    bench = _Bench(target)
    for each in chosen:
        begun = time.perf_counter()
        ended = bench.meet(each)
        seconds = time.perf_counter() - begun
        yield replace(each, survived=ended is None, too_long=ended is not None and ended.too_long, seconds=seconds)


@dataclass
class _Bench:
    """What mutants meet, and how many seconds each file of tests takes: it has passed on the code as it is first."""

    target: Target
    taken: dict[str, float] = field(default_factory=dict)

    def meet(self, mutant: Tried) -> Ended | None:
        """How the first stage that notices the mutant ended; None where none does."""
        tree = mutated(mutant.file.read_text("utf-8"), mutant.mutation.number)
        for tests in stages(mutant.file, self.target.tests):
            limit = round(10 + 5 * sum(self._seconds(test, mutant.file) for test in tests))
            ended = run(tests, mutant.file, tree, limit)
            if not ended.passed:
                return ended
        return None

    def _seconds(self, test: str, file: Path) -> float:
        if test not in self.taken:  # the module read as a mutant is, with nothing wrong in it
            ended = run((test,), file, ast.parse(file.read_text("utf-8")), UNTRIED_LIMIT)
            if not ended.passed:
                raise RuntimeError(f"{test} does not pass on the code as it is")
            self.taken[test] = ended.seconds
        return self.taken[test]
