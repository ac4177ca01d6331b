"""Pages that need no sign-in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render


def start(request: HttpRequest) -> HttpResponse:
    """Who is signed in goes on to the report; anybody else to the sign-in page."""
    return redirect("reports" if request.user.is_authenticated else "account_login")


def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "skillnad/public/accessibility.html")
