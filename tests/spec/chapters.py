"""The specification as data: chapters of sections of cases. Needs no pytest; `skillnad docs` reads it too.

The format is described in README.md beside this file.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from inspect import cleandoc
from pathlib import Path
from types import ModuleType

FOLDER = Path(__file__).parent
GAP = ".."


@dataclass(frozen=True)
class Case:
    """A table, a question, an answer. `expected` has a row a cell; see README.md."""

    title: str
    table: str
    question: object
    expected: str
    text: str = ""
    whole: bool = False
    left_out: Mapping[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Section:
    title: str
    text: str
    cases: tuple[Case, ...]


@dataclass(frozen=True)
class Chapter:
    """`name` is the folder's and the page's."""

    name: str
    title: str
    order: int
    intro: str
    sections: tuple[Section, ...]


def case_id(case: Case) -> str:
    return case.title


def rows(table: str) -> list[dict[str, str]]:
    """The lines of a table as dictionaries from column to text; an empty cell is an empty text."""
    lines = [_cells(line) for line in cleandoc(table).splitlines() if line.strip()]
    header, body = lines[0], lines[1:]
    return [dict(zip(header, cells, strict=True)) for cells in body]


def _cells(line: str) -> list[str]:
    if not (line.startswith("|") and line.rstrip().endswith("|")):
        raise ValueError(f"a line of a table starts and ends with |: {line}")
    return [cell.strip() for cell in line.strip()[1:-1].split("|")]


def chapters(folder: Path = FOLDER) -> tuple[Chapter, ...]:
    """Every folder with a chapter.toml, in order."""
    found = [_chapter(path.parent) for path in folder.glob("*/chapter.toml")]
    return tuple(sorted(found, key=lambda chapter: (chapter.order, chapter.name)))


def _chapter(folder: Path) -> Chapter:
    head = tomllib.loads((folder / "chapter.toml").read_text(encoding="utf-8"))
    modules = [import_module(f"spec.{folder.name}.{path.stem}") for path in sorted(folder.glob("test_*.py"))]
    sections = tuple(_section(module) for module in modules)
    return Chapter(folder.name, head["title"], head["order"], cleandoc(head["intro"]), sections)


def _section(module: ModuleType) -> Section:
    title, _, text = cleandoc(module.__doc__ or module.__name__).partition("\n")
    return Section(title.rstrip("."), text.strip(), tuple(getattr(module, "CASES", ())))
