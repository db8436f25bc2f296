"""Asking the campus' servers over HTTP: never longer than a person waits, and never led elsewhere."""

from typing import Any

import requests

from .refusals import Unreachable

PATIENCE = 5  # seconds; a thread of the web server waits meanwhile


def ask(method: str, address: str, **more: Any) -> requests.Response:
    """Return a server's answer, whatever its status.

    Args:
        more: as `requests.request` takes it.

    Raises:
        Unreachable: no answer, a redirect, or an error of the server.
    """
    try:
        answer = requests.request(method, address, timeout=PATIENCE, allow_redirects=False, **more)
    except requests.RequestException as error:
        raise Unreachable(f"{address}: {error}") from error
    if answer.is_redirect or answer.status_code >= 500:
        raise Unreachable(f"{address}: answered {answer.status_code}")
    return answer
