"""The stages of 三审三校 as a task type of Wagtail's workflow.

What is asked in `get_actions` (buttons) is asked again in `on_action` (deed), against the row in the database: the address
of an action does not tie a task state to a page, and two tabs may hold the same button.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.locks import WorkflowLock
from wagtail.models import AbstractGroupApprovalTask, Page, Revision, TaskState, WorkflowState
from wagtail.permissions import policy_registry

from portal.units.models import User

COMMENT_LENGTH = 300  # characters of a reviewer's opinion


class ReviewStage(models.TextChoices):
    """The three stages through which everything public passes."""

    FIRST = "first", _("初审")
    SECOND = "second", _("复审")
    FINAL = "final", _("终审")


Bar = Callable[[Revision], str]
_bars: list[Bar] = []


def register_bar(bar: Bar) -> None:
    """Register what keeps a page from being approved, whoever reviews it, and an approved one from going live by the clock.

    Args:
        bar: takes the page's revision, returns the reason in a sentence or "".
    """
    _bars.append(bar)


def bar_to(revision: Revision | None) -> str:
    """Return what keeps a page's revision from becoming public, in a sentence; "" where nothing does."""
    if revision is None:
        return ""
    return next((reason for bar in _bars if (reason := bar(revision))), "")


OwnPeople = Callable[[Collection[int]], Mapping[int, set[int]]]
_own_people: list[OwnPeople] = []


def register_own_people(find: OwnPeople) -> None:
    """Register who is kept from reviewing pages because they are his own unit's, whoever of it pressed the button.

    Args:
        find: takes the keys of pages, returns the keys of people by page; one query however many there are.
    """
    _own_people.append(find)


def own_people_of(pages: Collection[int]) -> Mapping[int, set[int]]:
    """Return for pages, by their keys, the keys of the people whose unit's they are."""
    found: dict[int, set[int]] = defaultdict(set)
    for find in _own_people:
        for page, people in find(pages).items():
            found[page] |= people
    return found


class CommentForm(forms.Form):
    """A reviewer's opinion; may stay empty."""

    comment = forms.CharField(
        label=_("意见"),
        required=False,
        max_length=COMMENT_LENGTH,
        widget=forms.Textarea({"rows": 3}),
    )


class ReasonForm(CommentForm):
    """A reason that somebody else has to act on."""

    comment = forms.CharField(
        label=_("退回原因"),
        max_length=COMMENT_LENGTH,
        help_text=_("写给修改的人看：哪里要改，改成什么样。"),
        widget=forms.Textarea({"rows": 3}),
    )


class ReviewLock(WorkflowLock):
    """What the editor says while a page is under review."""

    def get_message(self, user: User) -> str:
        """Return why the page cannot be edited, or what an edit would set off."""
        if self.for_user(user):
            return gettext("本页正在%(stage)s。审核期间您只能查看，不能修改。") % {
                "stage": self.task.name
            }
        return gettext("本页正在%(stage)s。如果保存修改，审核将从初审重新开始。") % {
            "stage": self.task.name
        }


class ReviewTask(AbstractGroupApprovalTask):
    """One stage: nobody approves his own edit, nobody takes two stages."""

    stage = models.CharField(_("阶段"), max_length=6, choices=ReviewStage, unique=True)

    admin_form_fields = [*AbstractGroupApprovalTask.admin_form_fields, "stage"]
    lock_class = ReviewLock

    class Meta:
        verbose_name = _("审核阶段")
        verbose_name_plural = _("审核阶段")

    def start(self, workflow_state: WorkflowState, user: User | None = None) -> TaskState:
        """Start the first stage that the latest revision has not passed: an edit after a return begins at 初审 again.

        The state is read again, because the page cached on it may be older than the edit.
        """
        fresh = WorkflowState.objects.get(pk=workflow_state.pk)
        due = fresh.get_next_task()
        if due is not None and due.pk != self.pk:
            return due.specific.start(fresh, user=user)
        return super().start(fresh, user=user)

    def locked_for_user(self, obj: Page, user: User) -> bool:
        """Return whether the person may only look: reviewers read what they approve, editors may still mend it."""
        return not policy_registry.get(obj).user_has_permission_for_instance(user, "change", obj)

    def user_can_access_editor(self, obj: Page, user: User) -> bool:
        """Return whether the person may open the page at this stage: its reviewers."""
        return self._user_in_groups(user)

    def get_actions(self, obj: Page, user: User) -> list[tuple[str, Promise, bool]]:
        """Return what the person may do with the page at this stage: nothing where `why_not` has a reason."""
        task_state = obj.current_workflow_task_state
        if task_state is None or task_state.task_id != self.pk or self.why_not(task_state, user):
            return []
        return [("reject", _("退回修改"), True), ("approve", _("审核通过"), True)]

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        """Return the form that goes with an action: a return needs its reason."""
        return ReasonForm if action == "reject" else CommentForm

    def get_task_states_user_can_moderate(self, user: User, **kwargs: Any) -> models.QuerySet:
        """Return what waits for the person at this stage."""
        running = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        may = [state.pk for state in running if not self.why_not(state, user)]
        return self.task_states.filter(pk__in=may)

    def why_not(self, task_state: TaskState, user: User | AnonymousUser) -> str:
        """Return why the person may not decide at this stage, in a sentence; "" when he may.

        Args:
            task_state: the stage's state for one page.
            user: the person; a superuser needs the stage's group like anybody else.
        """
        if not (user.is_active and self._user_in_groups(user)):
            return gettext("您不是本页%(stage)s的审核人。") % {"stage": self.name}
        if user.pk in authors_of(task_state.workflow_state):
            return gettext("这一稿您参与了编写或提交，须由其他人审核。")
        page = int(task_state.workflow_state.object_id)
        if user.pk in own_people_of([page])[page]:
            return gettext("本页是您所在单位的，须由其他人审核。")
        taken = (
            task_state.workflow_state.task_states.filter(
                status=TaskState.STATUS_APPROVED, finished_by=user
            )
            .exclude(task_id=self.pk)
            .first()
        )
        if taken:
            return gettext("您已完成本页的%(stage)s，同一人不能再审另一个环节。") % {
                "stage": taken.task.name
            }
        return ""

    def on_action(
        self,
        task_state: TaskState,
        user: User,
        action_name: str,
        comment: str = "",
        **ignored: Any,
    ) -> None:
        """Approve or return, after asking everything again under a lock.

        Args:
            task_state: possibly stale; only its key is used.
            user: who acts.
            action_name: "approve" or "reject".
            comment: the opinion; a return needs one.
            ignored: whatever else a browser sent; nothing of it is passed on.

        Raises:
            PermissionDenied: the person may not, the stage is over, or the page was edited meanwhile.

        Side effects: a `Return` row for a return; the last approval publishes (see `publishing`).
        """
        form = self.get_form_for_action(action_name)({"comment": comment})
        if action_name not in ("approve", "reject") or not form.is_valid():
            raise PermissionDenied(gettext("请写明退回原因。"))
        with transaction.atomic():
            # The page first, as everybody locks who starts or ends a review.
            page = Page.objects.select_for_update().get(pk=task_state.workflow_state.object_id)
            state = TaskState.objects.select_for_update().get(pk=task_state.pk)
            if reason := self._why_not_now(state, page, user):
                raise PermissionDenied(reason)
            if action_name == "approve" and (reason := bar_to(state.revision)):
                raise PermissionDenied(reason)
            comment = form.cleaned_data["comment"]
            if action_name == "approve":
                state.approve(user=user, comment=comment)
                return
            Return.objects.create(
                page=page, revision=state.revision, stage=self.stage, reason=comment, by=user
            )
            state.reject(user=user, comment=comment)

    def _why_not_now(self, state: TaskState, page: Page, user: User) -> str:
        flow = state.workflow_state
        if (
            state.task_id != self.pk
            or state.status != TaskState.STATUS_IN_PROGRESS
            or flow.status != WorkflowState.STATUS_IN_PROGRESS
            or flow.current_task_state_id != state.pk
        ):
            return gettext("这个环节已经有人办理，请刷新页面。")
        if page.latest_revision_id != state.revision_id:
            return gettext("页面在审核期间又有修改，须重新从初审开始。")
        return self.why_not(state, user)

    @classmethod
    def is_for(cls, user: User) -> bool:
        """Return whether the person reviews at some stage."""
        return cls.objects.filter(groups__in=user.groups.all()).exists()

    @classmethod
    def get_description(cls) -> str:
        """Return what the CMS says where a stage is added."""
        return gettext("选定用户组的成员审核；本人编写的不能自审，同一人不能审两个环节。")


class Return(models.Model):
    """A page sent back for changes. Kept for itself: Wagtail's cancelling blanks the comment of a stage."""

    page = models.ForeignKey(
        "wagtailcore.Page", models.CASCADE, related_name="returns", verbose_name=_("页面")
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision",
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("退回的稿子"),
    )
    stage = models.CharField(_("环节"), max_length=6, choices=ReviewStage)
    reason = models.CharField(_("原因"), max_length=COMMENT_LENGTH)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("退回人"))
    at = models.DateTimeField(_("退回时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("退回")
        verbose_name_plural = _("退回")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.reason}"


def authors_of(flow: WorkflowState) -> set[int]:
    """Return the keys of everybody who had a hand in what is under review (one or two queries).

    Those are the authors of every revision since the published one, who submitted it, and the owner of a page that was
    never published (whoever copied it has no revision of his own).
    """
    page = flow.content_object
    revisions = page.revisions.all()
    if page.live_revision_id:
        revisions = revisions.filter(pk__gt=page.live_revision_id)
    authors = set(revisions.values_list("user_id", flat=True)) | {flow.requested_by_id}
    if not page.live_revision_id:
        authors.add(page.owner_id)
    return authors - {None}


def restart_review(page: Page, user: User | None) -> None:
    """Begin at 初审 again where a review is running: what was approved is not what is there now.

    Args:
        page: the specific page, whose new revision is saved.
        user: who edited; None keeps who had submitted.
    """
    with transaction.atomic():
        # As whoever decides on it: a review that the last stage has just finished is over.
        Page.objects.select_for_update().get(pk=page.pk)
        running = WorkflowState.objects.for_instance(page).filter(
            status=WorkflowState.STATUS_IN_PROGRESS
        )
        for flow in running:
            flow.cancel(user=user)
            flow.workflow.start(page, user or flow.requested_by)
