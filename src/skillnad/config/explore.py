"""The explorer of one snapshot, on this machine: no register, no accounts, no database, nothing of an installation.

What is set here is all there is: the environment is not read, so that a machine whose installation is set up otherwise,
or not at all, opens a snapshot just the same.
"""

import secrets
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application

from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.config import site

APPS = [
    "skillnad.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "csp",
    "skillnad.audit",
    "skillnad.organisation",
    "skillnad.snapshots",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "skillnad.web.analyst.gate.Gate",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
NO_DATABASE: dict[str, Any] = {}
"""Django refuses every query then: a page that asked for one would be a bug, and says so."""


def explorer_application(folder: Path, key: str, host: str, policy: Policy = DEFAULT) -> Any:
    """The WSGI application that shows the snapshot in `folder` to whoever comes first with `key`, protected by
    `policy`.

    Configures Django for the whole process: once, and where nothing else has.
    """
    settings.configure(**explorer_settings(folder, key, host, policy))
    django.setup()
    return get_wsgi_application()


def explorer_settings(folder: Path, key: str, host: str, policy: Policy = DEFAULT) -> dict[str, Any]:
    """Django's settings. `host` is the address that is listened to, as a browser writes it."""
    shared = {name: value for name, value in vars(site).items() if name.isupper() and name not in ("NONE", "SELF")}
    return {
        **shared,
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]", host],
        "INSTALLED_APPS": APPS,
        "MIDDLEWARE": MIDDLEWARE,
        "TEMPLATES": site.templates("django.contrib.auth.context_processors.auth"),
        "ROOT_URLCONF": "skillnad.config.explore_urls",
        "DATABASES": NO_DATABASE,
        "STATIC_URL": "static/",
        "WHITENOISE_USE_FINDERS": True,
        "LOGGING": site.logging_of(**{"skillnad.audit": "INFO"}),
        "SKILLNAD_MODE": "explore",
        "SKILLNAD_SNAPSHOT": folder,
        "SKILLNAD_EXPLORE_KEY": key,
        "SKILLNAD_POLICY": policy,
    }
