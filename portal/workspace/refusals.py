"""A refused act, told on a page: why, and the way back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.lifecycle.door import Refused

# What a refusal answers, by its code.
STATUS = {"forbidden": 403, "wrong_state": 409, "guard": 422}


def refusal_page(
    request: HttpRequest,
    refusal: Refused,
    *,
    subject: str,
    back: str,
    back_label: str,
    template: str = "workspace/refused.html",
    **more: Any,
) -> HttpResponse:
    """Show why an act was not carried out.

    Args:
        subject: what it was about.
        back, back_label: the way back and its words.
        template: extends `workspace/refused.html`.
        more: what the template needs besides.
    """
    context = {
        "reason": str(refusal),
        "subject": subject,
        "back": back,
        "back_label": back_label,
        **more,
    }
    return render(request, template, context, status=STATUS[refusal.code])
