"""Which tests to try on a module, and in what order: its own first, then the others that read it.

A test that never imports the module, itself or through what it imports, cannot notice a wrong in it, and is left out.
"""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from benchmarks.proof import ROOT

Tests = tuple[str, ...]
"""Test files, as paths from the project's root."""


def stages(file: Path, tests: Tests) -> list[Tests]:
    """Those of `tests` (files or folders) that read the module `file`: its own, and then the rest. None is empty.

    Its own are named for it: test_medians.py and test_price_bonett_medians.py are those of medians.py.
    """
    readers = [each for each in _files(tests) if file in reads(each)]
    own = tuple(_name(each) for each in readers if _is_own(each, file))
    rest = tuple(_name(each) for each in readers if not _is_own(each, file))
    return [stage for stage in (own, rest) if stage]


def _files(tests: Tests) -> list[Path]:
    """Raises RuntimeError of a test file or a folder that is not there."""
    found = []
    for each in tests:
        path = ROOT / each
        if not path.exists():
            raise RuntimeError(f"there are no tests at {each}")
        found += sorted(path.glob("test_*.py")) if path.is_dir() else [path]
    return found


def _is_own(test: Path, file: Path) -> bool:
    return bool(re.search(rf"_{file.stem}(_|$)", test.stem))


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@lru_cache(maxsize=1024)
def reads(file: Path) -> frozenset[Path]:
    """Every file of the project that importing `file` and calling what it holds may import, itself too."""
    found, waiting = {file}, [file]
    while waiting:
        new = _imports(waiting.pop()) - found
        found |= new
        waiting += new
    return frozenset(found)


@lru_cache(maxsize=2048)
def _imports(file: Path) -> frozenset[Path]:
    """The project's files that a file's import statements name, those inside functions too."""
    tree = ast.parse(file.read_text("utf-8"))
    return frozenset(path for name in _named(tree) for path in _paths(name))


def _named(tree: ast.Module) -> Iterator[str]:
    """What is imported from a package may be a module of it, or a name in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _paths(name: str) -> Iterator[Path]:
    """The files of a dotted name and of each package above it, below src and below tests."""
    parts = name.split(".")
    for root in (ROOT / "src", ROOT / "tests", ROOT):
        for end in range(1, len(parts) + 1):
            place = root.joinpath(*parts[:end])
            yield from (path for path in (place.with_suffix(".py"), place / "__init__.py") if path.is_file())
