"""What several parts of one page ask for is asked for once: kept on the request, gone with it."""

from collections.abc import Callable
from typing import Any, TypeVar

Answer = TypeVar("Answer")


def asked_once(context: Any, question: str, ask: Callable[[], Answer]) -> Answer:
    """Return the answer to a question, asked anew only where this request has not yet asked it.

    Args:
        context: a template's context; without a request in it every question is asked anew.
        question: what the answer is kept under.
        ask: a function that finds the answer.
    """
    request = context.get("request")
    if request is None:
        return ask()
    known = request.__dict__.setdefault("_asked_once", {})
    if question not in known:
        known[question] = ask()
    return known[question]
