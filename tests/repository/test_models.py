"""Models hold fields and constraints: no logic in save(), no signals, and moments that say whose they are."""

import ast
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models

SRC = Path(__file__).parents[2] / "src/skillnad"
OURS = sorted(
    (model for model in apps.get_models() if model.__module__.startswith("skillnad.")), key=lambda model: model.__name__
)
MAY_REFUSE_TO_SAVE = {"AuditEvent", "AuditSubject"}
ABOUT_LOGINS = {"Account"}  # Django's own model gives it `date_joined` and `last_login`


def names(model: type[models.Model], kind: "type[models.Field[Any, Any]]") -> set[str]:
    return {field.name for field in model._meta.fields if type(field) is kind}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_model_has_no_logic_in_save(model: type[models.Model]) -> None:
    if model.__name__ not in MAY_REFUSE_TO_SAVE:
        assert "save" not in vars(model)
        assert "delete" not in vars(model)


def test_no_signals() -> None:
    found = [
        path.name
        for path in SRC.rglob("*.py")
        if "django.db.models.signals" in path.read_text() or "@receiver" in path.read_text()
    ]
    assert found == []


def says_a_day(name: str) -> bool:
    return name.endswith("_date") or name in {"valid_from", "valid_to", "as_of"}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_days_and_moments_are_named_for_what_they_are(model: type[models.Model]) -> None:
    assert all(says_a_day(name) for name in names(model, models.DateField))
    if model.__name__ not in ABOUT_LOGINS:
        assert all(name == "at" or name.endswith("_at") for name in names(model, models.DateTimeField))


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_moment_has_its_person(model: type[models.Model]) -> None:
    fields = {field.name for field in model._meta.fields}
    moments = {name for name in fields if name == "at" or name.endswith("_at")}
    assert {name[:-2] + "by" for name in moments} <= fields


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_day_of_the_register_is_held_to_a_believable_year(model: type[models.Model]) -> None:
    if model._meta.app_label in {"register", "collection"}:
        held = " ".join(constraint.name for constraint in model._meta.constraints)
        assert all(f"_{name}_believable" in held for name in names(model, models.DateField))


def test_no_default_manager_shows_the_protected() -> None:
    of_clients = [model for model in OURS if hasattr(model, "protected_path") or hasattr(model, "protected_paths")]
    assert len(of_clients) == 8
    for model in of_clients:
        where = str(model._default_manager.all().query)
        assert '"protected"' in where, model.__name__


MAY_HOLD_FREE_TEXT = [  # the page asks to point out nobody, and the second refuses what it finds that does
    "organisation.BreakGlass.explanation",
    "improvement.Explanation.text",
]


def test_no_other_field_holds_free_text() -> None:
    texts = [str(field) for model in OURS for field in model._meta.fields if isinstance(field, models.TextField)]
    assert texts == MAY_HOLD_FREE_TEXT


def test_models_ask_no_clock() -> None:
    for path in SRC.glob("*/models.py"):
        called = {node.attr for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)}
        assert not called & {"now", "today", "auto_now", "auto_now_add"}
