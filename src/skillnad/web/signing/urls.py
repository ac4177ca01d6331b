"""The addresses of what an account does with its own one-time codes."""

from allauth.account.views import reauthenticate as by_password
from allauth.mfa.base.views import index, reauthenticate
from allauth.mfa.recovery_codes.views import generate_recovery_codes, view_recovery_codes
from django.urls import path

from skillnad.web.signing.second_factor import Activate, Authenticate, Deactivate

urlpatterns = [
    path("engangskod/", Authenticate.as_view(), name="mfa_authenticate"),
    path("engangskoder/", index, name="mfa_index"),
    path("engangskoder/borja/", Activate.as_view(), name="mfa_activate_totp"),
    path("engangskoder/sluta/", Deactivate.as_view(), name="mfa_deactivate_totp"),
    path("reservkoder/", view_recovery_codes, name="mfa_view_recovery_codes"),
    path("reservkoder/nya/", generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("bekrafta/", by_password, name="account_reauthenticate"),
    path("bekrafta/kod/", reauthenticate, name="mfa_reauthenticate"),
]
