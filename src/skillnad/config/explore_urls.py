"""The addresses of the explorer of one snapshot: the same pages as on the site, and no others."""

from django.urls import path
from django.views.generic import RedirectView

from skillnad.web.analyst import explorer
from skillnad.web.public import views as public

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="explorer"), name="start"),
    path("tillganglighet/", public.accessibility, name="accessibility"),
    path("utforska/", explorer.explorer, name="explorer"),
    path("utforska/tabell.<str:kind>", explorer.explorer_file, name="explorer_file"),
]
