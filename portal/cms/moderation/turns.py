"""Where a page stands on its way to the public, and whose turn it is."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q
from wagtail.models import Page, Revision, TaskState, WorkflowState, get_default_page_content_type

from portal.units.models import User

from ..models import BasePage, Return, ReviewTask, authors_of
from ..models.workflow import own_people_of


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
