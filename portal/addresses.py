"""What an address may hold."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse


def drop_nul(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Let no NUL of an address reach the database: PostgreSQL takes none in a text, and nobody types one.

    Behind "?" it is left out; an address that holds one leads nowhere (404).
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path:
            raise Http404
        request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace("%00", "")
        return get_response(request)

    return middleware
