"""The OpenAPI document over HTTP."""

from django.http.response import HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response

from api.openapi.document import document
from api.speech import spoken
from api.view import ApiView


class OpenApi(ApiView):
    """The document, in the language of Accept-Language. No query."""

    authentication_classes = ()

    def get(self, _request: Request) -> HttpResponseBase:
        return Response(document(), headers={"Cache-Control": "public, max-age=3600", "Content-Language": spoken()})
