"""Editors of the CMS do not overwrite each other, and what was typed before a session ended comes back, unsaved.

Both are refusals of a form, so that the screen keeps what stands on it.
"""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Revision, RevisionMixin

BROUGHT_BACK = "brought_back"  # the hidden input of a form that comes from before the session ended


class CarefulForm:
    """For the editor's form of something with revisions: stands before Wagtail's form among the bases."""

    def clean(self) -> dict[str, Any]:
        """Refuse what was brought back, for its writer to look at first, and what `refuse_to_overwrite` has marked."""
        cleaned = super().clean()
        if BROUGHT_BACK in self.data:
            self.add_error(
                None, _("登录以前写的内容已经放回下面，还没有保存。看一看，再按一次保存。")
            )
        if newer := getattr(self.instance, "saved_meanwhile", None):
            self.add_error(None, _told(newer, self.for_user))
        return cleaned


def refuse_to_overwrite(request: HttpRequest, edited: RevisionMixin) -> None:
    """Mark what is about to be saved where somebody has saved it since it was opened; a hook before edits.

    The form is refused once: it comes back with what was typed and with the number of the newer revision, so that saving it
    again is a decision.

    Side effects: a message with the way to the other version.
    """
    newer = _saved_meanwhile(request, edited)
    if newer is None:
        return
    edited.saved_meanwhile = newer
    messages.warning(
        request,
        _("请先看那一稿，把需要的并到下面；再按一次保存，就以您这里的内容为准，那一稿留在历史里。"),
        buttons=[
            messages.button(address, label, new_window=True)
            for address, label in _ways_to_look(edited, request.POST.get("loaded_revision_id"))
        ],
    )


def _saved_meanwhile(request: HttpRequest, edited: RevisionMixin) -> Revision | None:
    if request.method != "POST":
        return None
    newest = edited.revisions.select_related("user").order_by("-created_at", "-pk").first()
    if newest is None or request.POST.get("loaded_revision_id") == str(newest.pk):
        return None
    return newest


def _told(newer: Revision, person: Any) -> str:
    at = date_format(timezone.localtime(newer.created_at), _("n月j日 H:i"))
    if newer.user_id == person.pk:
        return _("没有保存：您在另一个窗口 %(at)s 又存过一稿。这个窗口里写的内容都还在下面。") % {
            "at": at
        }
    return _("没有保存：您打开以后，%(name)s %(at)s 又存过一稿。您写的内容都还在下面。") % {
        "name": newer.user or _("系统"),
        "at": at,
    }


def _ways_to_look(edited: RevisionMixin, loaded: str | None) -> list[tuple[str, str]]:
    """Return address and label of the difference, where it is known what was opened, and of the newest version."""
    if viewset := getattr(edited, "snippet_viewset", None):
        compare, edit = (viewset.get_url_name(name) for name in ("revisions_compare", "edit"))
    else:
        compare, edit = "wagtailadmin_pages:revisions_compare", "wagtailadmin_pages:edit"
    ways = [(reverse(edit, args=[edited.pk]), _("打开那一稿"))]
    if loaded and loaded.isdecimal() and edited.revisions.filter(pk=loaded).exists():
        ways.insert(
            0, (reverse(compare, args=[edited.pk, loaded, "latest"]), _("看那一稿改了什么"))
        )
    return ways
