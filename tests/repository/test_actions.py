"""Actions are the only writes: each says who and when, and nothing else in an app changes rows."""

import ast
import inspect
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

SRC = Path(__file__).parents[2] / "src"
FILES = sorted(path for path in SRC.rglob("*.py") if path.name == "actions.py" or "actions" in path.parent.parts[-1:])


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(SRC).with_suffix("").parts).removesuffix(".__init__")


def actions() -> list[tuple[str, Callable[..., Any]]]:
    modules = [import_module(module_name(path)) for path in FILES]
    return [
        (f"{module.__name__}.{name}", function)
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    ]


ACTIONS = actions()


def test_there_are_actions() -> None:
    assert {"skillnad.audit.actions.record", "skillnad.organisation.actions.create_account"} <= {
        name for name, _ in ACTIONS
    }


@pytest.mark.parametrize(("name", "action"), ACTIONS, ids=[name for name, _ in ACTIONS])
def test_action_takes_by_and_at_by_name(name: str, action: Callable[..., Any]) -> None:
    parameters = inspect.signature(action).parameters
    assert {"by", "at"} <= set(parameters)
    assert {parameter.kind for parameter in parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}
    assert parameters["by"].default is parameters["at"].default is inspect.Parameter.empty


APPS = ["audit", "organisation", "register", "collection", "contracts", "snapshots", "publication", "stewardship"]
APPS += ["improvement"]
IN_APPS = sorted(path for app in APPS for path in (SRC / "skillnad" / app).rglob("*.py"))


def writers(path: Path) -> list[ast.FunctionDef]:
    """Public functions that are told who does something."""
    functions = [node for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)]
    public = [node for node in functions if not node.name.startswith("_")]
    return [node for node in public if "by" in {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}]


@pytest.mark.parametrize("path", [path for path in IN_APPS if writers(path)], ids=module_name)
def test_who_and_when_are_told_together_and_by_name(path: Path) -> None:
    for function in writers(path):
        assert {"by", "at"} <= {argument.arg for argument in function.args.kwonlyargs}, function.name


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_actions_write_in_the_one_transaction_and_log_it(path: Path) -> None:
    source = path.read_text()
    assert "writing()" in source
    assert re.search(r"\brecord\(", source)


WRITES = re.compile(
    r"\.(save|create|bulk_create|get_or_create|update_or_create)\(|objects\.\w*\(?.*\)\.(update|delete)\("
)
READING = sorted(path for path in SRC.rglob("*.py") if path.name == "queries.py" or "web" in path.parts)


@pytest.mark.parametrize("path", READING, ids=module_name)
def test_queries_and_pages_do_not_write(path: Path) -> None:
    assert not WRITES.search(path.read_text())


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_actions_have_no_clock(path: Path) -> None:
    assert not re.search(r"timezone\.now|datetime\.now|date\.today", path.read_text())
