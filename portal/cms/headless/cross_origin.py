"""Other sites' scripts may read the API where the installation names them (API_ALLOWED_ORIGINS); nobody by default."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

API = "/api/"


def cross_origin(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Say to browsers which other sites may read an answer of the API; the answers hold nothing of a person's session."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not (settings.API_ALLOWED_ORIGINS and request.path_info.startswith(API)):
            return get_response(request)
        asks_first = request.method == "OPTIONS" and (
            "Access-Control-Request-Method" in request.headers
        )
        response = HttpResponse(status=204) if asks_first else get_response(request)
        patch_vary_headers(response, ["Origin"])
        origin = request.headers.get("Origin", "")
        if origin in settings.API_ALLOWED_ORIGINS or "*" in settings.API_ALLOWED_ORIGINS:
            response["Access-Control-Allow-Origin"] = origin or "*"
            response["Access-Control-Expose-Headers"] = "ETag"
            if asks_first:
                response["Access-Control-Allow-Methods"] = "GET, HEAD"
                response["Access-Control-Allow-Headers"] = "If-None-Match"
                response["Access-Control-Max-Age"] = "86400"
        return response

    return middleware
