"""What every page shows: the menu for this reader, and whether this is the demo."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from skillnad.organisation import permissions
from skillnad.web.shared.snapshot_reader import SnapshotReader


@dataclass(frozen=True)
class MenuItem:
    label: str
    href: str
    current: bool


def page_frame(request: HttpRequest) -> dict[str, object]:
    """Context processor: `menu` holds what this account may open, `skillnad_demo` is true in the demo, `reader` is who
    reads a snapshot without an account.
    """
    user = getattr(request, "user", None)
    reader = user if isinstance(user, SnapshotReader) else None
    return {"menu": _menu(request), "skillnad_demo": settings.SKILLNAD_MODE == "demo", "reader": reader}


def _menu(request: HttpRequest) -> list[MenuItem]:
    account = getattr(request, "user", None)
    if account is None or not account.is_authenticated or isinstance(account, SnapshotReader):
        return []
    pages = [
        ("Rapport", "reports", permissions.can_read_report),
        ("Skillnader", "differences", permissions.can_read_report),
        ("Utforska", "explorer", permissions.can_explore_tables),
        ("Instrument", "instruments", permissions.can_preview_instruments),
        ("Fritext", "free_questions", permissions.can_read_free_text),
        ("Min enhet", "own_unit", permissions.can_see_own_unit),
        ("Nödöppningar", "emergencies", permissions.can_see_broken_glass),
        ("Behörigheter", "roles", permissions.can_see_roles),
        ("Organisationen", "organisation", permissions.can_manage_organisation),
        ("Loggkontroll", "log_reviews", permissions.can_review_log),
    ]
    return [_item(request, label, name) for label, name, allowed in pages if allowed(account)]


def _item(request: HttpRequest, label: str, name: str) -> MenuItem:
    href = reverse(name)
    return MenuItem(label=label, href=href, current=request.path.startswith(href))
