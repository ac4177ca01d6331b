"""GLOSSARY.md against the code: what it says exists does, and what the field's models are called is in it."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "skillnad"
ROW = re.compile(r"^\| (?P<swedish>[^|]+) \| `(?P<code>\w+)` \| (?P<what>[^|]+) \| (?P<exists>ja|nej) \|$")
ROOMS = ("codebook", "instruments", "organisation", "register", "collection", "contracts", "network", "reports")
CONTRACTS = ("codebook/model.py", "analysis/questions.py")


def glossary():
    lines = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines()
    return [match.groupdict() for line in lines if (match := ROW.match(line))]


def classes(path):
    return [node for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.ClassDef)]


@cache
def names_in_source(room="."):
    """Classes, type aliases and modules."""
    names = set()
    for path in (SOURCE / room).rglob("*.py"):
        names |= {path.stem, path.parent.name} | {node.name for node in classes(path)}
        body = ast.parse(path.read_text(encoding="utf-8")).body
        names |= {
            node.targets[0].id for node in body if isinstance(node, ast.Assign) and hasattr(node.targets[0], "id")
        }
    return names


def is_abstract(node):
    metas = [inner for inner in node.body if isinstance(inner, ast.ClassDef) and inner.name == "Meta"]
    return any("abstract = True" in ast.unparse(meta) for meta in metas)


def model_names(path):
    """Concrete Django models of one models.py: by their bases, and by the abstract ones in the same file."""
    found, bases = [], {"models.Model", "AbstractUser"}
    for node in classes(path):
        if any(ast.unparse(base) in bases for base in node.bases):
            if is_abstract(node):
                bases.add(node.name)
            else:
                found.append(node.name)
    return found


NAMED = {row["code"] for row in glossary()}
MODELS = sorted(name for path in SOURCE.rglob("models.py") for name in model_names(path))


def test_glossary_rows_are_all_read():
    lines = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("|") and "`" in line]
    assert len(glossary()) == len(rows) > 50


def test_glossary_has_every_name_and_every_word_once():
    for column in ("code", "swedish"):
        assert [name for name, times in Counter(row[column] for row in glossary()).items() if times > 1] == []


@pytest.mark.parametrize("row", [row for row in glossary() if row["exists"] == "ja"], ids=lambda row: row["code"])
def test_what_exists_is_in_the_source(row):
    assert row["code"] in names_in_source()


@pytest.mark.parametrize("row", [row for row in glossary() if row["exists"] == "nej"], ids=lambda row: row["code"])
def test_what_does_not_exist_yet_is_in_none_of_the_fields_rooms(row):
    assert not any(row["code"] in names_in_source(room) for room in ROOMS), "say ja in GLOSSARY.md"


@pytest.mark.parametrize("file", CONTRACTS)
def test_every_class_of_a_contract_is_in_the_glossary(file):
    assert {node.name for node in classes(SOURCE / file)} <= NAMED


@pytest.mark.parametrize("name", MODELS)
def test_every_model_is_in_the_glossary(name):
    assert name in NAMED


def test_models_are_found_at_all():
    assert {"Client", "Case", "Intervention", "Municipality"} <= set(MODELS)


def words_in_errors():
    sources = (path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    return {word for source in sources for word in re.findall(r'"([A-Z]{2,6})-\d{3}"', source)}


def test_every_word_in_errors_is_told_with_the_architecture():
    told = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").partition("## Words in errors")[2]
    assert set(re.findall(r"`([A-Z]{2,6})` \(", told)) == words_in_errors()
