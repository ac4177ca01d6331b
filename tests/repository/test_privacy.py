"""Every stored field is classified, so that nobody adds a column about people without saying so."""

from importlib import import_module
from types import ModuleType

import pytest
from django.apps import apps
from django.db.models import BinaryField, Model

from skillnad.audit.privacy import Privacy
from skillnad.register import privacy as register

OURS = sorted(
    (model for model in apps.get_models() if model.__module__.startswith("skillnad.")), key=lambda model: model.__name__
)


def table_of(model: type[Model]) -> ModuleType:
    return import_module(f"{model._meta.app_config.name}.privacy")


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_field_is_classified(model: type[Model]) -> None:
    stored = {field.name for field in (*model._meta.fields, *model._meta.many_to_many)}
    assert set(table_of(model).FIELDS[model.__name__]) == stored


def test_every_table_is_of_a_model() -> None:
    for table in {table_of(model) for model in OURS}:
        app = apps.get_app_config(table.__name__.split(".")[-2])
        assert set(table.FIELDS) == {model.__name__ for model in app.get_models()}


def test_the_register_has_models_to_classify() -> None:
    assert {"Client", "AuditEvent", "Account"} <= {model.__name__ for model in OURS}


def test_identities_are_held_by_the_register_alone() -> None:
    held = {
        model._meta.app_label
        for model in OURS
        for privacy in table_of(model).FIELDS[model.__name__].values()
        if privacy is Privacy.IDENTITY
    }
    assert held == {"register", "stewardship"}  # of a login, to see whether it has read about itself


def test_sealed_and_indexed_fields_are_bytes_and_identities() -> None:
    client = apps.get_model("register", "Client")
    secret = [field.name for field in client._meta.fields if isinstance(field, BinaryField)]
    assert secret == ["identity_sealed", "identity_index"]
    assert {register.FIELDS["Client"][name] for name in secret} == {Privacy.IDENTITY}
