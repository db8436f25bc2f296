"""What an address may hold."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def drop_nul(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Leave NULs out of what is asked behind "?": nobody types one, and PostgreSQL takes none in a text."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace("%00", "")
        return get_response(request)

    return middleware
