"""Every request has its area in the database before a page is found for it, and none after."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from skillnad.organisation.row_area import area_of_request


class AreaMiddleware:
    """Stands right after signing in is known."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with area_of_request(request.user):
            return self.get_response(request)
