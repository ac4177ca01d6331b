"""What static imports miss: a package that has no place, and references upwards that are made with strings."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src/skillnad"
IMPORTLINTER = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]


def layers() -> list[set[str]]:
    """The layers from the top, each a set of neighbours."""
    contract = next(contract for contract in IMPORTLINTER["contracts"] if contract["type"] == "layers")
    assert contract["exhaustive"]
    return [{name.strip() for name in line.split("|")} for line in contract["layers"]]


def height(package: str) -> int:
    """0 is the ground."""
    for number, neighbours in enumerate(reversed(layers())):
        if package in neighbours:
            return number
    raise LookupError(package)


def packages() -> set[str]:
    return {path.parent.name for path in PACKAGE.glob("*/__init__.py")}


def test_every_package_has_its_layer() -> None:
    placed = {name.split(".")[0] for neighbours in layers() for name in neighbours}
    assert packages() == placed


def test_order_of_the_house_is_kept() -> None:
    order = ["lib", "codebook", "analysis", "audit", "organisation", "register", "snapshots", "publication", "config"]
    assert [height(name) for name in order] == sorted(height(name) for name in order)


RELATIONS = [
    (model, field)
    for model in apps.get_models()
    if model.__module__.startswith("skillnad.")
    for field in model._meta.get_fields()
    if field.is_relation and field.concrete
]


@pytest.mark.parametrize(("model", "field"), RELATIONS, ids=lambda part: getattr(part, "__name__", str(part)))
def test_no_foreign_key_points_up(model: Any, field: Any) -> None:
    other = field.related_model._meta
    if other.app_config.name.startswith("skillnad."):
        assert height(other.app_label) <= height(model._meta.app_label)


MIGRATIONS = sorted(PACKAGE.glob("*/migrations/0*.py"))


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_no_migration_depends_upwards(path: Path) -> None:
    app = path.parts[-3]
    named = set(re.findall(r"""\(["'](\w+)["'],\s*["']\d{4}_""", path.read_text())) & packages()
    named |= set(re.findall(r"from skillnad\.(\w+)", path.read_text()))
    assert all(height(other) <= height(app) for other in named)


SOURCES = sorted(path for path in PACKAGE.glob("*/**/*.py") if "migrations" not in path.parts)
BY_NAME = re.compile(
    r"""get_model\(\s*["'](\w+)|import_module\(\s*f?["']skillnad\.(\w+)|["']-m["'],\s*["']skillnad\.(\w+)"""
)
DRIVING_LICENCE = {("cli", "config")}
"""`cli.service` names the settings, as every Django program does; they hold no rule of the house."""


def names_in(path: Path) -> set[str]:
    return {name for found in BY_NAME.findall(path.read_text()) for name in found if name in packages()}


def test_no_source_reaches_up_by_name() -> None:
    reaching = {
        (str(path.relative_to(PACKAGE)), name)
        for path in SOURCES
        for name in names_in(path)
        if height(name) > height(_package(path)) and (_package(path), name) not in DRIVING_LICENCE
    }
    assert reaching == set()


def _package(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return ".".join(parts[:2]) if parts[0] == "exchange" and len(parts) > 2 else parts[0]


def test_names_are_found_in_source(tmp_path: Path) -> None:
    """The search itself finds what it is for."""
    source = tmp_path / "x.py"
    source.write_text("apps.get_model('register', 'Client')\nimport_module(f'skillnad.web.{name}')\n")
    assert names_in(source) == {"register", "web"}
