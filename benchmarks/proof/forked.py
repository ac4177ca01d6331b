"""Tests in a process of their own, forked where everything but the tested code is loaded, with one module read anew.

What the tests import of the kernel is forgotten before, so that the module is read as the tree that is given. Time is
the processor's, so that a busy machine kills no mutant.
"""

import ast
import gc
import os
import resource
import signal
import sys
import tempfile
from dataclasses import dataclass
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.metadata import entry_points
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType
from typing import Any

from benchmarks.proof import ROOT
from benchmarks.proof.nearest import Tests

KERNEL = ("analysis", "codebook", "instruments", "exchange", "reports", "register.imports", "cli")
_LOADED = ("django.test", "highspy", "hypothesis", "polars", "psycopg", "pytest", "scipy.optimize", "scipy.stats")
BYTES = 4 * 2**30
PATIENCE = 20
"""How much longer than a limit of processor time a process may take by the clock: one that waits uses none."""

PASSED, FAILED, NOT_IMPORTED = 0, 1, 2
_TOO_LONG = (-signal.SIGXCPU, -signal.SIGALRM, -signal.SIGKILL)


@dataclass(frozen=True)
class Ended:
    """How a process of tests ended, and its seconds of the processor."""

    code: int
    seconds: float

    @property
    def passed(self) -> bool:
        return self.code == PASSED

    @property
    def too_long(self) -> bool:
        return self.code in _TOO_LONG


def load() -> None:
    """What every mutant's tests need, once: Django, the numbers' libraries, pytest and its plugins."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "skillnad.config.settings")
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]
    for name in _LOADED:
        import_module(name)
    import_module("django").setup()
    for plugin in entry_points(group="pytest11"):
        plugin.load()
    _hold_hypothesis()
    gc.collect()
    gc.freeze()  # what is here already is none of a forked process's rubbish


def _hold_hypothesis() -> None:
    """No time of the clock fails a test, and a failure is enough, however large its example."""
    from hypothesis import HealthCheck, Phase, settings

    phases, checks = (Phase.explicit, Phase.generate), list(HealthCheck)
    settings.register_profile("mutants", phases=phases, deadline=None, suppress_health_check=checks)
    settings.load_profile("mutants")


def run(tests: Tests, file: Path, tree: ast.Module, limit: int) -> Ended:
    """How `tests` end with `file` read as `tree`. Longer than `limit` seconds, too large or not to be imported is a
    failure. RuntimeError where there are no such tests."""
    sys.stdout.flush()
    number = os.fork()
    if number:
        _, status, used = os.wait4(number, 0)
        code = os.waitstatus_to_exitcode(status)
        if code in (PASSED, FAILED, NOT_IMPORTED) or code < 0:
            return Ended(code, used.ru_utime + used.ru_stime)
        raise RuntimeError(f"pytest ended with {code} for {tests}")
    code = 4
    try:
        _hold(limit)
        code = _test(tests, file, tree)
    finally:
        os._exit(code)


def _hold(limit: int) -> None:
    signal.alarm(PATIENCE * limit)  # whose default is to end the process
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (BYTES, BYTES))


def _test(tests: Tests, file: Path, tree: ast.Module) -> int:
    import pytest

    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    sys.meta_path.insert(0, _Finder(file, tree))
    _forget()
    with tempfile.TemporaryDirectory(prefix="skillnad-mutant-") as folder:
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = folder  # what a mutant fails on is nobody else's example
        options = [
            "-x",
            "-q",
            "--tb=no",
            "--no-summary",
            "-p",
            "no:cacheprovider",
            "--hypothesis-seed=0",
            f"--basetemp={folder}/pytest",
        ]
        return int(pytest.main([*options, *(str(ROOT / test) for test in tests)], plugins=[_QuickFirst()]))


def _forget() -> None:
    for name in [name for name in sys.modules if name.startswith(tuple(f"skillnad.{part}" for part in KERNEL))]:
        del sys.modules[name]


class _QuickFirst:
    """Examples before properties, as pytest's plugin: most wrongs are noticed by one example."""

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        items.sort(key=lambda item: getattr(getattr(item, "obj", None), "is_hypothesis_test", False))


class _Finder(MetaPathFinder):
    """Finds one module, as the tree."""

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
