"""Django for a command that needs the register: set up by name, because `config` stands above the commands."""

import os

import django
from django.apps import apps
from django.core.management import call_command


def set_up_django() -> None:
    """Load the settings and the models. Harmless when done already."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "skillnad.config.settings")
    if not apps.ready:
        django.setup()


def prepare_database() -> None:
    """Bring the database to the shape that this version of Skillnad knows."""
    call_command("migrate", interactive=False, verbosity=0)
