"""What every site of Skillnad has in common, whether it has a register behind it or a snapshot alone."""

from typing import Any

from csp.constants import NONE, SELF

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska")]
TIME_ZONE = "Europe/Stockholm"
USE_I18N = True
USE_TZ = True

AUTH_USER_MODEL = "organisation.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"


def templates(*processors: str) -> list[dict[str, Any]]:
    """Django's TEMPLATES, with the context processors of this site before the frame's."""
    frame = "skillnad.web.shared.menu.page_frame"
    names = ["django.template.context_processors.request", *processors, frame]
    return [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": names},
        }
    ]


def logging_of(**levels: str) -> dict[str, Any]:
    """Django's LOGGING: warnings to standard error, and what each named logger says from its own level on."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "skillnad.config.logs.IdentityFormatter"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            name: {"handlers": [], "level": level, "propagate": True}
            for name, level in ({"django": "WARNING"} | levels).items()
        },
    }
