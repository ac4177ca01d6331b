"""To the municipality's own login and back."""

import requests
from allauth.account.internal.decorators import login_not_required
from allauth.account.views import LoginView
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from skillnad.organisation.sign_in.adapter import refuse
from skillnad.organisation.sign_in.files import Provider
from skillnad.organisation.sign_in.oidc import OidcProvider
from skillnad.organisation.sign_in.refusals import Reason, Refused


def offered() -> tuple[Provider, ...]:
    found: tuple[Provider, ...] = settings.SKILLNAD_SIGN_IN.providers
    return found


login = LoginView.as_view(extra_context={"providers": offered})


@login_not_required
@never_cache
@require_GET  # a form's answer may lead to no other site by the content security policy; state, PKCE and nonce protect
def start(request: HttpRequest, provider: str) -> HttpResponse:
    """Lead to the provider; afterwards to `next`, where that is a page of this site."""
    chosen = _chosen(request, provider)
    try:
        answer: HttpResponse = chosen.redirect(request, AuthProcess.LOGIN, next_url=_next(request))
    except Refused as refusal:
        return refuse(request, provider, refusal.reason)
    except requests.RequestException:
        return refuse(request, provider, Reason.SILENT)
    return answer


@login_not_required
@never_cache
@require_GET
def done(request: HttpRequest, provider: str) -> HttpResponse:
    """Back from the provider, with a code or an error."""
    adapter = _chosen(request, provider).get_oauth2_adapter(request)
    answer: HttpResponse = OAuth2CallbackView.adapter_view(adapter)(request)
    return answer


def _chosen(request: HttpRequest, provider: str) -> OidcProvider:
    try:
        found: OidcProvider = get_adapter(request).get_provider(request, provider)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return found


def _next(request: HttpRequest) -> str | None:
    wanted = request.GET.get("next", "")
    here = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if here else None
