"""The addresses of the site: signing in is allauth's, all else is the web's."""

from django.urls import include, path

urlpatterns = [
    path("konto/", include("allauth.account.urls")),
    path("", include("skillnad.web.urls")),
]
