"""Remarks on a page under review: authors and reviewers ask and answer without a decision being made.

Wagtail's own comments are off: saving one saves the page, which would begin its review anew, and their mails pass by the outbox.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from portal.lifecycle.door import Refused
from portal.messaging.posting import post
from portal.units.models import User

from ..messages import PAGE_REMARK
from ..models import BasePage, Remark
from ..models.remark import REMARK_LENGTH
from ..permissions import may_see_review
from .turns import reviewers_of


def may_remark(user: User, page: BasePage) -> bool:
    """Return whether the person may speak now: the page is under review or returned, and he is concerned with it."""
    flow = page.current_workflow_state
    return flow is not None and _is_concerned(user, page, flow)


@transaction.atomic
def remark(page: BasePage, *, actor: User, text: str) -> Remark:
    """Say something about a page under review.

    Args:
        page: the specific page.
        text: at most REMARK_LENGTH characters.

    Raises:
        Refused: the page is not under review, the person is not concerned with it, or nothing or too much was written.

    Side effects: messages to everybody else concerned: its authors, who can decide now, who spoke before.
    """
    flow = page.current_workflow_state
    if flow is None:
        raise Refused(_("本页不在审核中，不能留言。"), code="wrong_state")
    if not _is_concerned(actor, page, flow):
        raise Refused(_("只有编写、提交和审核本页的人可以留言。"), code="forbidden")
    text = text.replace("\x00", "").strip()
    if not text or len(text) > REMARK_LENGTH:
        raise Refused(_("请写留言，最多 %(most)d 字。") % {"most": REMARK_LENGTH}, code="guard")
    said = Remark.objects.create(page=page, text=text, by=actor)
    others = {user.pk: user for user in page.people_to_tell(flow)}
    others |= {each.by_id: each.by for each in page.remarks.select_related("by")}
    if flow.status == WorkflowState.STATUS_IN_PROGRESS:
        others |= {user.pk: user for user in reviewers_of(flow.current_task_state)}
    others.pop(actor.pk, None)
    for user in others.values():
        in_cms = user.has_perm("wagtailadmin.access_admin")
        post(
            PAGE_REMARK,
            to=[user],
            about=f"remark:{said.pk}",
            path=reverse("cms_review", args=[page.pk]) if in_cms else page.path_for(user),
            title=page.draft_title,
            who=str(actor),
            text=text,
        )
    return said


def _is_concerned(user: User, page: BasePage, flow: WorkflowState) -> bool:
    return may_see_review(user, page, flow) or user.pk in {
        person.pk for person in page.people_to_tell(flow)
    }
