"""Do the unit tests notice a small wrong? One process a mutant, forked where everything but the tested code is loaded.

What the tests import of the kernel is forgotten before each, so that the mutant, and not the code as it is, is read.
"""

import ast
import os
import random
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType

from benchmarks.proof.mutations import Mutation, mutated, mutations

ROOT = Path(__file__).parents[2]
KERNEL = ("analysis", "codebook", "instruments", "exchange", "reports", "register.imports", "cli")
BYTES = 4 * 2**30
PASSED, FAILED, NOT_IMPORTED = 0, 1, 2


@dataclass(frozen=True)
class Target:
    """Modules (a pattern below src/skillnad) whose mutants these tests should notice; at most `most` are tried."""

    modules: str
    tests: tuple[str, ...]
    most: int

    def files(self) -> list[Path]:
        return [path for path in sorted((ROOT / "src/skillnad").glob(self.modules)) if path.name != "__init__.py"]


_DISCLOSURE = "tests/unit/analysis/disclosure"
_SLOW = ("test_programme.py", "test_secondary.py", "test_known_answers.py")


def _slow_last(folder: str) -> tuple[str, ...]:
    """The test files of a folder: most wrongs are noticed before the slow ones."""
    files = sorted((ROOT / folder).glob("test_*.py"), key=lambda path: (path.name in _SLOW, path.name))
    return tuple(str(path.relative_to(ROOT)) for path in files)


TARGETS = (
    Target("analysis/formulas/*.py", ("tests/unit/analysis/formulas",), 25),
    Target("codebook/periods.py", ("tests/unit/codebook/test_periods.py",), 25),
    Target("codebook/identity.py", ("tests/unit/codebook/test_identity.py",), 25),
    Target("analysis/relations.py", ("tests/unit/analysis/door/test_relations.py",), 25),
    Target("analysis/disclosure/*.py", _slow_last(_DISCLOSURE), 40),
    Target("register/imports/checks.py", ("tests/unit/register/imports",), 30),
)


@dataclass(frozen=True)
class Tried:
    """One mutant and what became of it. `seconds` is its tests' time."""

    target: Target
    file: Path
    mutation: Mutation
    survived: bool = False
    seconds: float = 0.0

    @property
    def place(self) -> str:
        return f"{self.file.relative_to(ROOT / 'src/skillnad')}:{self.mutation.line}"


def sampled(target: Target, share: float, seed: int) -> tuple[list[Tried], int]:
    """The mutants to try of a target, and how many there are."""
    every = [Tried(target, file, each) for file in target.files() for each in mutations(file.read_text("utf-8"))]
    most = min(len(every), max(1, round(target.most * share)))
    return sorted(random.Random(seed).sample(every, most), key=every.index), len(every)


def try_all(target: Target, chosen: list[Tried]) -> Iterator[Tried]:
    """Each mutant with its outcome. Raises RuntimeError where the tests do not pass on the code as it is."""
    begun = time.perf_counter()
    file = chosen[0].file  # read as a mutant is, with nothing wrong in it
    if _run(target, file, ast.parse(file.read_text("utf-8")), 600) != PASSED:
        raise RuntimeError(f"the tests of {target.modules} do not pass on the code as it is")
    limit = round(10 + 5 * (time.perf_counter() - begun))
    for each in chosen:
        tree, begun = mutated(each.file.read_text("utf-8"), each.mutation.number), time.perf_counter()
        survived = _run(target, each.file, tree, limit) == PASSED
        yield replace(each, survived=survived, seconds=time.perf_counter() - begun)


def load() -> None:
    """What every mutant's tests need, once: Django, the numbers' libraries, pytest."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "skillnad.config.settings")
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]
    import django
    import highspy  # noqa: F401
    import hypothesis  # noqa: F401
    import polars  # noqa: F401
    import pytest  # noqa: F401
    import scipy.optimize  # noqa: F401

    django.setup()


def _run(target: Target, file: Path, tree: ast.Module, limit: int) -> int:
    """The tests' exit status with `file` read as `tree`. Too long, too large or not to be imported is a failure."""
    sys.stdout.flush()
    number = os.fork()
    if number:
        status = os.waitpid(number, 0)[1]
        code = os.waitstatus_to_exitcode(status)
        if code in (PASSED, FAILED, NOT_IMPORTED) or code < 0:
            return code
        raise RuntimeError(f"pytest ended with {code} for {target.tests}")
    signal.alarm(limit)  # whose default is to end the process
    resource.setrlimit(resource.RLIMIT_DATA, (BYTES, BYTES))
    code = 4
    try:
        code = _test(target, file, tree)
    finally:
        os._exit(code)


def _test(target: Target, file: Path, tree: ast.Module) -> int:
    import pytest

    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    sys.meta_path.insert(0, _Finder(file, tree))
    _forget()
    with tempfile.TemporaryDirectory(prefix="skillnad-mutant-") as folder:
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = folder  # what a mutant fails on is nobody else's example
        options = ["-x", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=0", f"--basetemp={folder}/pytest"]
        return int(pytest.main([*options, *(str(ROOT / test) for test in target.tests)]))


def _forget() -> None:
    for name in [name for name in sys.modules if name.startswith(tuple(f"skillnad.{part}" for part in KERNEL))]:
        del sys.modules[name]


class _Finder(MetaPathFinder):
    """Finds one module, as its mutant."""

    def __init__(self, file: Path, tree: ast.Module) -> None:
        self.name = ".".join(file.relative_to(ROOT / "src").with_suffix("").parts)
        self.file, self.tree = file, tree

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if fullname != self.name:
            return None
        loader = _Loader(self.name, str(self.file))
        loader.tree = self.tree
        return spec_from_file_location(self.name, self.file, loader=loader)


class _Loader(SourceFileLoader):
    tree: ast.Module

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.tree, self.path, "exec", dont_inherit=True)
