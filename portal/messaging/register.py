"""The register of messages: what was told to whom, what got stuck, and sending it again."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail_modeladmin.helpers import PermissionHelper

from portal.units.permissions import is_school_union
from portal.units.registers import Register, RegisterInspectView

from .delivery import retry
from .models import Channel, Message
from .rendering import render_or_name

PERMISSION = "messaging.view_message"


class ReadOnly(PermissionHelper):
    """Messages are written by what happens, never by hand."""

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return False


class Fate(SimpleListFilter):
    """How far the e-mails are."""

    title = gettext_lazy("邮件")
    parameter_name = "fate"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("delivered", gettext_lazy("已送达")),
            ("waiting", gettext_lazy("待发送")),
            ("stuck", gettext_lazy("重试中")),
            ("given_up", gettext_lazy("已放弃")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Message]) -> QuerySet[Message]:
        emails = queryset.filter(channel=Channel.EMAIL)
        open_ones = emails.filter(delivered_at=None, gave_up_at=None)
        return {
            "delivered": emails.exclude(delivered_at=None),
            "waiting": open_ones.filter(error=""),
            "stuck": open_ones.exclude(error=""),
            "given_up": emails.exclude(gave_up_at=None),
        }.get(self.value() or "", queryset)


class MessageInspectView(RegisterInspectView):
    """One message, named by its subject."""

    def get_page_subtitle(self) -> str:
        """Return the subject as the recipient reads it."""
        return render_or_name(self.instance)[0]

    def text(self) -> str:
        """Return the text as the recipient reads it."""
        return render_or_name(self.instance)[1]


class MessageRegister(Register):
    """E-mails with their fate."""

    model = Message
    menu_label = gettext_lazy("消息台账")
    menu_icon = "mail"
    menu_order = 900
    base_url_path = "register/messages"
    add_to_admin_menu = True
    permission_helper_class = ReadOnly
    inspect_view_class = MessageInspectView
    inspect_template_name = "messaging/inspect.html"
    inspect_view_fields = [
        "recipient",
        "channel",
        "created_at",
        "due_at",
        "attempts",
        "delivered_at",
        "gave_up_at",
        "error",
        "read_at",
    ]
    history_view_enabled = False
    list_display = ("subject", "recipient", "channel", "state", "created_at")
    list_filter = ("channel", Fate)
    list_export = (
        "subject",
        "recipient",
        "channel",
        "state",
        "created_at",
        "attempts",
        "delivered_at",
        "error",
    )
    export_filename = "消息台账"
    list_select_related = ("recipient",)
    # What most subjects name: the project, the unit, the call.
    search_fields = (
        "recipient__name",
        "context__title",
        "context__unit",
        "context__call",
        "error",
    )
    extra_search_kwargs = {"initials_of": "recipient__name"}
    ordering = ("-created_at", "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        """All messages with their recipients."""
        return super().get_queryset(request).select_related("recipient")

    def subject(self, message: Message) -> str:
        """The subject as the recipient reads it."""
        return render_or_name(message)[0]

    subject.short_description = gettext_lazy("标题")

    def state(self, message: Message) -> str:
        """How far the delivery is."""
        return state_of(message)

    state.short_description = gettext_lazy("状态")

    def get_admin_urls_for_registration(self) -> Iterable[Any]:
        """Add the address that sends a message again."""
        return [
            *super().get_admin_urls_for_registration(),
            path("register/messages/retry/<int:pk>/", send_again, name="messaging_send_again"),
        ]


def state_of(message: Message) -> str:
    """Return in words how far a message's delivery is."""
    if message.channel == Channel.INBOX:
        return _("已读") if message.read_at else _("未读")
    if message.delivered_at:
        return _("已送达")
    if message.gave_up_at:
        return _("已放弃")
    if message.error:
        return _("重试中（已试 %(attempts)d 次）") % {"attempts": message.attempts}
    return _("待发送")


@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an e-mail that got stuck back into the outbox."""
    if not request.user.has_perm(PERMISSION):
        raise Http404
    message = get_object_or_404(Message, pk=pk, channel=Channel.EMAIL)
    back = MessageRegister().url_helper.get_action_url("inspect", pk)
    if not is_school_union(request.user):
        messages.error(request, _("您的账号可以查看，不能重新发送。"))
    elif retry(message):
        messages.success(request, _("已放回待发送，稍后就会发出。"))
    else:
        messages.info(request, _("这封邮件已经送达，不用重发。"))
    return redirect(back)
