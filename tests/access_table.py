"""Every address of the application: how it is asked for in a test, and the right that it takes. One that is not here
fails `integration/web/test_every_address.py`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLResolver, get_resolver

from skillnad.organisation.rights import Right

OPEN = None
"""Of an address that needs no right: what it shows is nothing of the register."""


@dataclass(frozen=True)
class Address:
    """`path` is one that leads somewhere for whoever may. `data` is what a form sends. `posts` is False of a form that
    is not sent here: it would end the test's own session, or is another test's."""

    path: str
    right: Right | None
    data: Mapping[str, str] | None = None
    posts: bool = True


PERIOD = {"period": "2025"}
WORDS = "/fritext/trygghet/why_not/"
SIGNING = (
    "sign_in",
    "sign_in_done",
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_change_password",
    "account_reauthenticate",
    "mfa_authenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_reauthenticate",
)

ADDRESSES: Mapping[str, Address] = {
    "start": Address("/", OPEN),
    "accessibility": Address("/tillganglighet/", OPEN),
    "account_login": Address("/logga-in/", OPEN, posts=False),
    "sign_in": Address("/logga-in/kommunen/", OPEN, posts=False),
    "sign_in_done": Address("/logga-in/kommunen/klar/", OPEN, posts=False),
    "account_reauthenticate": Address("/konto/bekrafta/", OPEN, posts=False),
    "mfa_authenticate": Address("/konto/engangskod/", OPEN, posts=False),
    "mfa_index": Address("/konto/engangskoder/", OPEN, posts=False),
    "mfa_activate_totp": Address("/konto/engangskoder/borja/", OPEN, posts=False),
    "mfa_deactivate_totp": Address("/konto/engangskoder/sluta/", OPEN, posts=False),
    "mfa_view_recovery_codes": Address("/konto/reservkoder/", OPEN, posts=False),
    "mfa_generate_recovery_codes": Address("/konto/reservkoder/nya/", OPEN, posts=False),
    "mfa_reauthenticate": Address("/konto/bekrafta/kod/", OPEN, posts=False),
    "account_logout": Address("/logga-ut/", OPEN, posts=False),
    "account_inactive": Address("/konto/inactive/", OPEN, posts=False),
    "account_signup": Address("/konto/nytt/", OPEN, posts=False),
    "account_change_password": Address("/konto/password/change/", OPEN, posts=False),
    "reports": Address("/rapport/", Right.READ_REPORT),
    "report_style": Address("/rapport/stil.css", OPEN),
    "report": Address("/rapport/2025/", Right.READ_REPORT),
    "report_file": Address("/rapport/2025/report.pdf", Right.READ_REPORT),
    "prepare_report": Address("/rapport/forbered/", Right.EXPLORE_TABLES, PERIOD),
    "review_report": Address("/rapport/granska/2025/", Right.EXPLORE_TABLES),
    "make_report": Address("/rapport/gor/", Right.EXPLORE_TABLES, PERIOD),
    "differences": Address("/skillnader/", Right.READ_REPORT),
    "differences_file": Address("/skillnader/2025/skillnader.pdf", Right.READ_REPORT),
    "make_differences": Address("/skillnader/gor/", Right.EXPLORE_TABLES, PERIOD),
    "explain_difference": Address("/skillnader/forklara/", Right.EXPLAIN_DIFFERENCES, PERIOD),
    "withdraw_explanation": Address("/skillnader/ta-bort/", Right.EXPLAIN_DIFFERENCES, PERIOD),
    "instruments": Address("/instrument/", Right.PREVIEW_INSTRUMENTS),
    "instrument": Address("/instrument/skr6/", Right.PREVIEW_INSTRUMENTS),
    "free_questions": Address("/fritext/", Right.READ_FREE_TEXT),
    "free_answers": Address(WORDS, Right.READ_FREE_TEXT),
    "theme_free_answer": Address(f"{WORDS}teman/", Right.READ_FREE_TEXT, {"answer": "1", "themes": "larm"}),
    "own_unit": Address("/min-enhet/", Right.SEE_OWN_UNIT),
    "emergencies": Address("/nodoppningar/", Right.SEE_BROKEN_GLASS),
    "open_emergency": Address(
        "/nodoppningar/oppna/",
        Right.BREAK_GLASS,
        {"place": "unit:BU", "reason": "danger", "hours": "1", "explanation": "Larm om en händelse"},
    ),
    "close_emergency": Address("/nodoppningar/avsluta/", Right.BREAK_GLASS, {"opening": "1"}),
    "roles": Address("/behorigheter/", Right.SEE_ROLES),
    "give_role": Address(
        "/behorigheter/ge/", Right.MANAGE_ROLES, {"account": "cesar", "role": "analyst", "place": "committee:SN"}
    ),
    "take_back_role": Address("/behorigheter/ta-tillbaka/", Right.MANAGE_ROLES, {"assignment": "1"}),
    "organisation": Address("/organisationen/", Right.MANAGE_ORGANISATION),
    "change_organisation": Address(
        "/organisationen/andra/", Right.MANAGE_ORGANISATION, {"vad": "stang", "enhet": "BU", "dag": "2025-12-31"}
    ),
    "log_reviews": Address("/loggkontroll/", Right.REVIEW_LOG),
    "log_review": Address("/loggkontroll/fro/", Right.REVIEW_LOG),
    "settle_log_finding": Address(
        "/loggkontroll/fro/bedom/", Right.REVIEW_LOG, {"finding": "1", "outcome": "expected"}
    ),
    "explorer": Address("/utforska/", Right.EXPLORE_TABLES),
    "explorer_file": Address("/utforska/tabell.csv?rader=unit", Right.EXPLORE_TABLES),
}


def all_addresses() -> Iterator[tuple[str, str]]:
    """The name and pattern of each address that the application answers, those without a name too."""
    return _within(get_resolver().url_patterns, "/")


def _within(patterns: list[Any], before: str) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        path = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from _within(pattern.url_patterns, path)
        else:
            yield pattern.name or path, path
