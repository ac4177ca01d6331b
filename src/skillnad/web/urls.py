"""The addresses of the pages."""

from allauth.account import views as signing
from django.urls import include, path

from skillnad.web.analyst import differences, explorer, free_answers, previewing, report, reviewing
from skillnad.web.auditor import log_reviews
from skillnad.web.operator import organisation, roles
from skillnad.web.public import views as public
from skillnad.web.signing import providers
from skillnad.web.unit_manager import emergencies, own_unit

urlpatterns = [
    path("", public.start, name="start"),
    path("tillganglighet/", public.accessibility, name="accessibility"),
    path("logga-in/", providers.login, name="account_login"),
    path("logga-in/<slug:provider>/", providers.start, name="sign_in"),
    path("logga-in/<slug:provider>/klar/", providers.done, name="sign_in_done"),
    path("logga-ut/", signing.logout, name="account_logout"),
    path("konto/", include("skillnad.web.signing.urls")),
    path("konto/nytt/", signing.signup, name="account_signup"),
    path("rapport/", report.reports, name="reports"),
    path("rapport/stil.css", report.style, name="report_style"),
    path("rapport/forbered/", reviewing.prepare, name="prepare_report"),
    path("rapport/granska/<str:period>/", reviewing.review, name="review_report"),
    path("rapport/gor/", report.make, name="make_report"),
    path("rapport/<str:period>/", report.report, name="report"),
    path("rapport/<str:period>/<str:name>", report.report_file, name="report_file"),
    path("skillnader/", differences.differences, name="differences"),
    path("skillnader/gor/", differences.make, name="make_differences"),
    path("skillnader/forklara/", differences.explain, name="explain_difference"),
    path("skillnader/ta-bort/", differences.withdraw, name="withdraw_explanation"),
    path("skillnader/<str:period>/skillnader.<str:kind>", differences.differences_file, name="differences_file"),
    path("instrument/", previewing.instruments, name="instruments"),
    path("instrument/<slug:name>/", previewing.instrument, name="instrument"),
    path("fritext/", free_answers.questions, name="free_questions"),
    path("fritext/<slug:instrument>/<str:item>/", free_answers.answers, name="free_answers"),
    path("fritext/<slug:instrument>/<str:item>/teman/", free_answers.theme, name="theme_free_answer"),
    path("min-enhet/", own_unit.own_unit, name="own_unit"),
    path("nodoppningar/", emergencies.emergencies, name="emergencies"),
    path("nodoppningar/oppna/", emergencies.open_place, name="open_emergency"),
    path("nodoppningar/avsluta/", emergencies.close_place, name="close_emergency"),
    path("behorigheter/", roles.roles, name="roles"),
    path("behorigheter/ge/", roles.give, name="give_role"),
    path("behorigheter/ta-tillbaka/", roles.take_back, name="take_back_role"),
    path("organisationen/", organisation.organisation, name="organisation"),
    path("organisationen/andra/", organisation.change, name="change_organisation"),
    path("loggkontroll/", log_reviews.log_reviews, name="log_reviews"),
    path("loggkontroll/<slug:seed>/", log_reviews.log_review, name="log_review"),
    path("loggkontroll/<slug:seed>/bedom/", log_reviews.settle, name="settle_log_finding"),
    path("utforska/", explorer.explorer, name="explorer"),
    path("utforska/tabell.<str:kind>", explorer.explorer_file, name="explorer_file"),
]
