"""Django for a command that needs the register: set up by name, because `config` stands above the commands."""

import os
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from skillnad.audit.keys import ensure_key_file

NOT_FOR_OTHERS = 0o027
"""What the system's other users may do with a file that is made here: nothing; the group may read."""


def set_up_django() -> None:
    """Load the settings and the models. Harmless when done already."""
    keep_from_others()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "skillnad.config.settings")
    if not apps.ready:
        django.setup()


def keep_from_others() -> None:
    """From here on the process makes files that only its user and group can read: the database, snapshots, and rejected
    rows, which hold identity numbers as they came. A stricter mask stays.
    """
    os.umask(os.umask(NOT_FOR_OTHERS) | NOT_FOR_OTHERS)


def prepare_database() -> None:
    """Make the home and the keys where there are none, and bring the database to the shape that this version knows."""
    Path(settings.SKILLNAD_HOME).mkdir(mode=0o700, parents=True, exist_ok=True)
    ensure_key_file()
    call_command("migrate", interactive=False, verbosity=0)
