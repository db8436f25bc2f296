"""Everything public passes 初审, 复审 and 终审: submitting, deciding, withdrawing, taking down, and where a page stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Page, Revision, TaskState, WorkflowState, get_default_page_content_type

from portal.lifecycle.door import Refused
from portal.messaging.posting import post
from portal.units.models import User
from portal.units.permissions import is_school_union

from .messages import PAGE_HELD
from .models import BasePage, Return, ReviewTask, authors_of
from .models.workflow import bar_to, own_people_of


@dataclass(frozen=True)
class ModerationState:
    """Where a page stands.

    Attributes:
        stage: "first", "second" or "final" while it is under review, else "".
        stage_name: 初审, 复审 or 终审, else "".
        returned_reason: why it was sent back, until it is submitted again.
        returned_by: who sent it back, with the stage.
        editable: whether `/my/` may save it now.
        public: whether some revision of it is public.
        has_changes: whether there is something to submit.
    """

    stage: str
    stage_name: str
    returned_reason: str
    returned_by: str
    editable: bool
    public: bool
    has_changes: bool


def state_of(page: BasePage) -> ModerationState:
    """Return where a page stands (two queries)."""
    return states_of([page])[page.pk]


def states_of(pages: Iterable[BasePage]) -> dict[int, ModerationState]:
    """Return where pages stand, by their keys (two queries however many there are)."""
    pages = {page.pk: page for page in pages}
    flows = {
        int(flow.object_id): flow
        for flow in WorkflowState.objects.active()
        .filter(
            base_content_type=get_default_page_content_type(),
            object_id__in=[str(key) for key in pages],
        )
        .select_related("current_task_state__task__reviewtask")
    }
    returned = [
        key for key, flow in flows.items() if flow.status == WorkflowState.STATUS_NEEDS_CHANGES
    ]
    # Oldest first: the newest of a page is the one that stays.
    returns = Return.objects.filter(page__in=returned).select_related("by").reverse()
    reasons = {back.page_id: back for back in returns}
    return {key: _state(page, flows.get(key), reasons.get(key)) for key, page in pages.items()}


def _state(page: BasePage, flow: WorkflowState | None, back: Return | None) -> ModerationState:
    running = flow is not None and flow.status == WorkflowState.STATUS_IN_PROGRESS
    task = flow.current_task_state.task.reviewtask if running and flow.current_task_state else None
    return ModerationState(
        stage=task.stage if task else "",
        stage_name=task.name if task else "",
        returned_reason=back.reason if back else "",
        returned_by=f"{back.by}（{back.get_stage_display()}）" if back else "",
        editable=not running,
        public=page.live,
        has_changes=page.has_unpublished_changes or not page.live,
    )


def reviewers_of(task_state: TaskState) -> list[User]:
    """Return who can decide at a stage; everybody in its groups where each of them is barred."""
    task = task_state.task.specific
    members = list(User.objects.filter(is_active=True, groups__in=task.groups.all()).distinct())
    return [user for user in members if not task.why_not(task_state, user)] or members


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


def waiting_for(user: User) -> list[TaskState]:
    """Return the stages at which the person can decide now, oldest first (five queries however many there are).

    The same rules as `ReviewTask.why_not`, asked for all pages at once.
    """
    running = list(
        TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
            task__reviewtask__groups__in=user.groups.all(),
        )
        .select_related("task", "workflow_state__requested_by", "revision")
        .order_by("started_at", "pk")
        .distinct()
    )
    barred = _barred_people(running, only=user)
    return [state for state in running if user.pk not in barred[state.pk]]


def returned_to(user: User) -> list[Return]:
    """Return why pages came back that the person submitted or wrote last, newest first, each with its page (two queries)."""
    came_back = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_NEEDS_CHANGES,
        base_content_type=get_default_page_content_type(),
    ).filter(Q(requested_by=user) | Q(current_task_state__revision__user=user))
    keys = [int(key) for key in came_back.values_list("object_id", flat=True)]
    # Newest first: the first of a page is why it lies with its author now.
    returns = Return.objects.filter(page__in=keys).select_related("page", "by")
    newest: dict[int, Return] = {}
    for back in returns:
        newest.setdefault(back.page_id, back)
    return list(newest.values())


def whose_turn(most: int = 30) -> list[TaskState]:
    """Return the stages that wait for somebody, oldest first, each with its `page` and its `deciders`.

    Those are the people who can decide now, or all of the stage's where each is barred (eight queries however many there are).
    """
    running = list(
        TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        )
        .select_related("task", "workflow_state__requested_by")
        .order_by("started_at", "pk")[:most]
    )
    tasks = ReviewTask.objects.filter(pk__in={state.task_id for state in running})
    members = {
        task.pk: {one.pk: one for group in task.groups.all() for one in group.user_set.all()}
        for task in tasks.prefetch_related(
            Prefetch("groups__user_set", User.objects.filter(is_active=True))
        )
    }
    barred = _barred_people(running)
    for state in running:
        people = members[state.task_id]
        free = [one for key, one in people.items() if key not in barred[state.pk]]
        state.deciders = free or list(people.values())
    return running


def _barred_people(states: list[TaskState], *, only: User | None = None) -> dict[int, set[int]]:
    """Return for each stage the keys of those whom `ReviewTask.why_not` bars, beside the question who is of the stage.

    Args:
        states: with their workflow states; each gets its `page`.
        only: the person who asks; None for everybody.
    """
    pages = Page.objects.in_bulk({int(state.workflow_state.object_id) for state in states})
    revisions = Revision.objects.filter(
        base_content_type=get_default_page_content_type(),
        object_id__in=[state.workflow_state.object_id for state in states],
    )
    approvals = TaskState.objects.filter(
        workflow_state__in=[state.workflow_state_id for state in states],
        status=TaskState.STATUS_APPROVED,
    )
    if only:
        revisions, approvals = revisions.filter(user=only), approvals.filter(finished_by=only)
    written = set(revisions.values_list("object_id", "pk", "user"))
    taken = set(approvals.values_list("workflow_state", "task", "finished_by"))
    own_people = own_people_of(list(pages)) if pages else {}
    barred = {}
    for state in states:
        flow = state.workflow_state
        page = state.page = pages[int(flow.object_id)]
        published = page.live_revision_id or 0
        authors = {who for key, pk, who in written if key == flow.object_id and pk > published}
        owner = set() if page.live_revision_id else {page.owner_id}
        others = {who for key, task, who in taken if key == flow.pk and task != state.task_id}
        own = own_people.get(page.pk, set())
        barred[state.pk] = authors | owner | others | own | {flow.requested_by_id}
    return barred


def may_take_down(user: User) -> bool:
    """Return whether the person may take public pages down: the office and the administrators."""
    return is_school_union(user) or (user.is_active and user.is_superuser)


@transaction.atomic
def take_down(page: BasePage, *, actor: User, reason: str) -> None:
    """Take a public page off the site at once, and whatever of it waits for its date; its text stays as a draft.

    Raises:
        Refused: not the office, nothing public or planned, a page that the site cannot do without, or no reason.

    Side effects: the page's history keeps the reason; its pictures are no longer handed out.
    """
    page = page.specific_class.objects.select_for_update().get(pk=page.pk)
    if not may_take_down(actor):
        raise Refused(_("只有校工会办公室可以撤下页面。"), code="forbidden")
    if not (page.live or page.approved_schedule):
        raise Refused(_("本页没有公开，不用撤下。"), code="wrong_state")
    if type(page).max_count == 1:
        raise Refused(_("这是网站的固定栏目，不能撤下。"), code="guard")
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


def authors_named(flow: WorkflowState) -> list[User]:
    """Return everybody who had a hand in what is under review, and is therefore barred from it."""
    return list(User.objects.filter(pk__in=authors_of(flow)))


def stages_of(flow: WorkflowState) -> list[dict[str, object]]:
    """Return the three stages of a review with who approved what and when, for the reviewers' screen (two queries)."""
    states = {
        state.task_id: state
        for state in flow.task_states.select_related("finished_by").order_by("started_at", "pk")
    }
    return [
        {"name": task.name, "state": states.get(task.pk)}
        for task in ReviewTask.objects.filter(workflow_tasks__workflow=flow.workflow).order_by(
            "workflow_tasks__sort_order"
        )
    ]
