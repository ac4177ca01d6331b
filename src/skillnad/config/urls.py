"""The addresses of the site: signing in is allauth's, all else is the web's.

Of allauth's pages only those that a login that is given out needs. Resetting a password and adding addresses by e-mail
are not among them: they would let a stranger make the site send mail, and a login be taken over through a mailbox.
"""

from allauth.account.urls import urlpatterns as account_pages
from django.urls import include, path

OPEN = {"account_login", "account_logout", "account_signup", "account_inactive", "account_change_password"}

urlpatterns = [
    path("konto/", include([page for page in account_pages if page.name in OPEN])),
    path("", include("skillnad.web.urls")),
]
