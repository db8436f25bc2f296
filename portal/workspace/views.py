"""The two pages of the workspace itself: what is due, and the inbox."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from portal.messaging.models import Message
from portal.messaging.rendering import render_or_name

from .due import due_for
from .signed_in import signed_in

MESSAGES_PER_PAGE = 30


@require_safe
@signed_in
def due(request: HttpRequest) -> HttpResponse:
    """Show what is due for the person, and below it what waits for others."""
    items = due_for(request.user)
    return render(
        request,
        "workspace/due.html",
        {
            "turn": [item for item in items if not item.waiting_for],
            "waiting": [item for item in items if item.waiting_for],
            "has_place": bool(request.user.posts or request.user.roles),
        },
    )


@require_safe
@signed_in
def inbox(request: HttpRequest) -> HttpResponse:
    """List the person's messages, newest first."""
    messages = Message.objects.inbox_of(request.user).select_related("recipient")
    page = Paginator(messages, MESSAGES_PER_PAGE).get_page(request.GET.get("page"))
    lines = [(message, *render_or_name(message)) for message in page.object_list]
    unread = Message.objects.inbox_of(request.user).unread().exists()
    return render(
        request, "workspace/inbox.html", {"page": page, "lines": lines, "any_unread": unread}
    )


@require_POST
@signed_in
def open_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a message as read and go where it leads."""
    message = get_object_or_404(Message.objects.inbox_of(request.user), pk=pk)
    Message.objects.filter(pk=pk, read_at__isnull=True).update(read_at=timezone.now())
    return redirect(message.path or "workspace:inbox")


@require_POST
@signed_in
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark every message of the person as read."""
    Message.objects.inbox_of(request.user).unread().update(read_at=timezone.now())
    return redirect("workspace:inbox")
