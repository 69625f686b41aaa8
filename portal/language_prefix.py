"""The language in a page's address."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.urls import Resolver404, resolve
from django.utils.translation import get_language


class LanguagePrefix(LocaleMiddleware):
    """Sends an address without a language to the one with it, where a page is known to be there.

    Django's own would send every "not found", also the API's and the admin's: pages of people's own making match any
    address.
    """

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        if response.status_code == 404 and not _is_a_page(request.path_info):
            response.headers.setdefault("Content-Language", get_language() or settings.LANGUAGE_CODE)
            return response
        return super().process_response(request, response)


def _is_a_page(path: str) -> bool:
    if path == "/":
        return True
    try:
        return resolve(f"/{get_language()}{path}").url_name != "wagtail_serve"
    except Resolver404:
        return False
