"""Everything public passes 初审, 复审 and 终审: submitting, deciding, withdrawing, and taking down what is public."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Page, Revision, TaskState, WorkflowState

from portal.lifecycle.door import Refused
from portal.messaging.posting import post
from portal.units.models import User
from portal.units.permissions import is_school_union

from ..messages import PAGE_HELD
from ..models import BasePage
from ..models.workflow import bar_to


@transaction.atomic
def submit_for_review(page: BasePage, *, actor: User) -> WorkflowState:
    """Submit a page's latest revision; saves nothing. The caller decides who may.

    Args:
        page: the page, possibly stale.
        actor: who submits; he counts as an author and is barred from reviewing.

    Returns:
        The new workflow state, at 初审 — also after a return.

    Raises:
        Refused: it is under review already, or nothing has changed since it was published.

    Side effects: messages to the reviewers of 初审.
    """
    page = page.specific_class.objects.select_for_update().get(pk=page.pk)
    flow = page.current_workflow_state
    if flow is not None and flow.status == WorkflowState.STATUS_IN_PROGRESS:
        raise Refused(_("本页已在审核中，不用再次提交。"), code="wrong_state")
    if page.live and not page.has_unpublished_changes:
        raise Refused(_("发布以后没有新的修改，不用提交审核。"), code="guard")
    if page.latest_revision_id is None:
        raise Refused(_("还没有保存过内容，请先保存再提交。"), code="guard")
    if flow is not None:
        flow.cancel(user=actor)
    return page.get_workflow().start(page, actor)


def approve(task_state: TaskState, *, actor: User, comment: str = "") -> None:
    """Approve a page at its stage; the third approval publishes it.

    Raises:
        Refused: with the reason `ReviewTask.why_not` gives, or because somebody was faster.
    """
    _act(task_state, actor, "approve", comment)


def return_page(task_state: TaskState, *, actor: User, reason: str) -> None:
    """Send a page back for changes, with the reason.

    Raises:
        Refused: as for `approve`, or the reason is missing.
    """
    _act(task_state, actor, "reject", reason)


def _act(task_state: TaskState, actor: User, action: str, comment: str) -> None:
    try:
        task_state.task.specific.on_action(task_state, actor, action, comment=comment)
    except PermissionDenied as denied:
        raise Refused(denied, code="forbidden") from denied


@transaction.atomic
def withdraw(page: BasePage, *, actor: User) -> None:
    """Take a page out of review, as it was before it was submitted.

    Raises:
        Refused: it is not under review, or the actor neither submitted it nor works in the office.
    """
    flow = _locked_review(page)
    if flow is None:
        raise Refused(_("本页不在审核中。"), code="wrong_state")
    if actor.pk != flow.requested_by_id and not is_school_union(actor):
        raise Refused(_("只有提交人和校工会办公室可以撤回。"), code="forbidden")
    flow.cancel(user=actor)


@transaction.atomic
def end_review(page: BasePage, *, actor: User) -> bool:
    """End the review of a page whose subject is no more, such as a revoked project's. The caller decides who may.

    Returns:
        Whether there was one; a review that the last stage has just finished is over, and the page public.
    """
    flow = _locked_review(page)
    if flow is not None:
        flow.cancel(user=actor)
    return flow is not None


def _locked_review(page: BasePage) -> WorkflowState | None:
    """Lock a page, as whoever decides on it does, and return its running review."""
    locked = page.specific_class.objects.select_for_update().get(pk=page.pk)
    flow = locked.current_workflow_state
    return flow if flow and flow.status == WorkflowState.STATUS_IN_PROGRESS else None


def may_take_down(user: User) -> bool:
    """Return whether the person may take public pages down: the office and the administrators."""
    return is_school_union(user) or (user.is_active and user.is_superuser)


def why_not_take_down(page: BasePage, actor: User) -> Refused | None:
    """Return why the person cannot take a page down, or keep it from going live by the clock; None where he can."""
    if not may_take_down(actor):
        return Refused(_("只有校工会办公室可以撤下页面。"), code="forbidden")
    if not (page.live or page.approved_schedule):
        return Refused(_("本页没有公开，不用撤下。"), code="wrong_state")
    if type(page).max_count == 1:
        return Refused(_("这是网站的固定栏目，不能撤下。"), code="guard")
    return None


@transaction.atomic
def take_down(page: BasePage, *, actor: User, reason: str) -> None:
    """Take a public page off the site at once, and whatever of it waits for its date; its text stays as a draft.

    Raises:
        Refused: not the office, nothing public or planned, a page that the site cannot do without, or no reason.

    Side effects: the page's history keeps the reason; its pictures are no longer handed out.
    """
    page = page.specific_class.objects.select_for_update().get(pk=page.pk)
    if refused := why_not_take_down(page, actor):
        raise refused
    if not reason.strip():
        raise Refused(_("请写明撤下的原因。"), code="guard")
    log(instance=page, action="cms.take_down", user=actor, data={"reason": reason.strip()})
    page.revisions.update(approved_go_live_at=None)
    UnpublishPageAction(page, user=actor).execute(skip_permission_checks=True)


def take_off_expired() -> None:
    """Take every public page off the site whose time is over; each once, though several processes ask.

    Side effects: as of `take_down`; the page's history says that it expired.
    """
    due = Page.objects.filter(live=True, expire_at__lte=timezone.now())
    for key in due.values_list("pk", flat=True):
        with transaction.atomic():
            page = due.select_for_update().filter(pk=key).first()
            if page is not None:
                page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def hold_barred() -> None:
    """Keep those approved pages from going live by the clock that are barred by now; to be called before that is done.

    Side effects: what is barred is a draft again without a date of its own; those who wrote it are told why.
    """
    due = Revision.page_revisions.filter(approved_go_live_at__lt=timezone.now())
    for key in due.values_list("pk", flat=True):
        with transaction.atomic():
            revision = Revision.objects.select_for_update().get(pk=key)
            if not revision.approved_go_live_at or not (reason := bar_to(revision)):
                continue
            Revision.objects.filter(pk=key).update(approved_go_live_at=None)
            page = Page.objects.get(pk=revision.object_id).specific
            flow = WorkflowState.objects.filter(current_task_state__revision=revision).latest("pk")
            for user in page.people_to_tell(flow):
                post(
                    PAGE_HELD,
                    to=[user],
                    about=f"revision:{key}",
                    path=page.path_for(user),
                    title=page.draft_title,
                    reason=reason,
                )
