"""What is due with projects: for the people of a unit, and for the office."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from forms_app.entries.deadlines import Deadlines
from forms_app.models import CallPage, EntryStatus, FormKind
from portal.cms.moderation import turns
from portal.dates import end_of_day
from portal.plain_text import named, shortened
from portal.units.models import Post, User
from portal.units.permissions import is_school_union
from portal.workspace.due import DueItem

from .models import (
    BrandPage,
    ChangeRequest,
    ChangeStatus,
    GuidanceNote,
    MidtermCheck,
    MidtermStatus,
    Project,
    ProjectStatus,
)
from .models.midterm import WITH_THE_UNIT
from .models.status import RUNNING

QUIET_DAYS = 45
CULTIVATION = (ProjectStatus.ESTABLISHED, ProjectStatus.CULTIVATING)


def due_for_unit(user: User) -> Iterator[DueItem]:
    """Yield what is due for somebody who carries projects of his unit."""
    carried = [post.unit_id for post in user.posts if post.post in (Post.OFFICER, Post.CHAIR)]
    if not carried:
        return
    projects = Project.objects.filter(unit__in=carried).select_related("programme_year", "unit")
    yield from _guidance(projects)
    yield from _midterms(projects)
    yield from _changes(projects)
    yield from _rectifications(projects)
    yield from _summaries(projects)
    yield from _pages(projects)
    yield from _quiet(projects)


def due_for_office(user: User) -> Iterator[DueItem]:
    """Yield what the office has to do with projects: mid-term checks, verdicts and awards."""
    if not is_school_union(user):
        return
    yield from _changes_for_office()
    yield from _midterms_for_office()
    evaluated = Project.objects.filter(
        status=ProjectStatus.EVALUATING,
        summaries__entry__status=EntryStatus.EVALUATED,
        summaries__acceptance__isnull=True,
    ).distinct()
    for project in evaluated.select_related("unit"):
        yield DueItem(
            title=_("评估验收"),
            subject=f"{project.title}（{project.unit}）",
            why=_("总结表已经完成评审，请给出等次。"),
            path=project.office_path,
            button=_("去验收"),
        )
    without_award = Project.objects.filter(status=ProjectStatus.ACCEPTED).count()
    if without_award:
        yield DueItem(
            title=_("表彰奖励"),
            subject=_("%(count)d 个项目已通过验收，还没有表彰或归档") % {"count": without_award},
            why=_("只有通过验收的项目参加表彰。"),
            path=f"{reverse('brands_project_modeladmin_index')}?status__exact=accepted",
            button=_("看名单"),
        )


def _guidance(projects: QuerySet[Project]) -> Iterator[DueItem]:
    notes = GuidanceNote.objects.filter(project__in=projects, read_at__isnull=True)
    for note in notes.select_related("project"):
        yield DueItem(
            title=_("校工会的指导意见"),
            subject=note.project.title,
            why=shortened(note.text),
            path=f"{note.project.my_path}#guidance",
            button=_("看一看"),
        )


def _midterms(projects: QuerySet[Project]) -> Iterator[DueItem]:
    """Checks to hand in, and those that the school union has not concluded yet."""
    open_checks = MidtermCheck.objects.filter(
        project__in=projects.filter(status__in=RUNNING),
        status__in=[*WITH_THE_UNIT, MidtermStatus.SENT],
    )
    for midterm in open_checks.select_related("project"):
        if midterm.status == MidtermStatus.SENT:
            yield DueItem(
                title=_("中期检查"),
                subject=midterm.project.title,
                why=_("看过后会有结论，届时通知您。"),
                path=midterm.my_path,
                button=_("看一看"),
                waiting_for=_("校工会"),
            )
            continue
        returned = midterm.status == MidtermStatus.RETURNED
        yield DueItem(
            title=_("中期检查退回修改") if returned else _("中期检查"),
            subject=midterm.project.title,
            why=shortened(midterm.return_reason if returned else midterm.looks_at),
            path=midterm.my_path,
            button=_("去修改") if returned else _("去填写"),
            until=end_of_day(midterm.due_on),
        )


def _changes_for_office() -> Iterator[DueItem]:
    """One card for each request that waits for its decision, the oldest first."""
    waiting = ChangeRequest.objects.filter(status=ChangeStatus.REQUESTED).order_by("asked_at")
    for asked in waiting.select_related("project__unit"):
        yield DueItem(
            title=_("%(what)s的申请待决定") % {"what": asked.what},
            subject=f"{asked.project.title}（{asked.project.unit}）",
            why=shortened(asked.reason),
            path=asked.office_path,
            button=_("去决定"),
        )


def _changes(projects: QuerySet[Project]) -> Iterator[DueItem]:
    """Requests that the school union has not decided yet."""
    waiting = ChangeRequest.objects.filter(project__in=projects, status=ChangeStatus.REQUESTED)
    for asked in waiting.select_related("project"):
        yield DueItem(
            title=_("申请%(what)s") % {"what": asked.what},
            subject=asked.project.title,
            why=_("决定以前可以撤回。"),
            path=asked.my_path,
            button=_("看一看"),
            waiting_for=_("校工会"),
        )


def _midterms_for_office() -> Iterator[DueItem]:
    """One card of a year for what is to be read, and one for what is late."""
    running = MidtermCheck.objects.filter(project__status__in=RUNNING)
    waiting = running.filter(status=MidtermStatus.SENT).order_by("sent_at")
    late = running.filter(status__in=WITH_THE_UNIT, due_on__lt=timezone.localdate())
    if count := len(read := list(waiting.select_related("project"))):
        yield DueItem(
            title=_("中期检查待阅：%(count)d 份") % {"count": count},
            subject=named([one.project.title for one in read]),
            why=_("对照批准的计划和活动记录，作出结论。"),
            path=read[
                0
            ].office_path,  # the one that waits longest; the next one follows it on the card
            button=_("去审阅"),
        )
    if count := late.count():
        yield DueItem(
            title=_("中期检查过期未交：%(count)d 份") % {"count": count},
            why=_("可以一次提醒没有交的单位。"),
            path=reverse("office_midterm"),
            button=_("看名单"),
        )


def _rectifications(projects: QuerySet[Project]) -> Iterator[DueItem]:
    for project in projects.filter(status=ProjectStatus.RECTIFYING):
        yield DueItem(
            title=_("限期整改"),
            subject=project.title,
            why=_("改好后重新填写总结表并报送。"),
            path=f"{project.my_path}#summary",
            button=_("去整改"),
            until=end_of_day(project.rectify_until),
        )


def _summaries(projects: QuerySet[Project]) -> Iterator[DueItem]:
    waiting = list(projects.filter(status__in=CULTIVATION))
    if not waiting:
        return
    now, deadlines = timezone.now(), Deadlines(unit__in={project.unit_id for project in waiting})
    calls = {
        call.programme_year_id: call
        for call in CallPage.objects.live()
        .filter(
            kind=FormKind.SUMMARY,
            opens_at__lte=now,
            programme_year__in={project.programme_year_id for project in waiting},
        )
        .order_by("opens_at")
    }
    for project in waiting:
        call = calls.get(project.programme_year_id)
        if call and call.phase(now, until := deadlines.of(call, project.unit)) == "open":
            yield DueItem(
                title=_("%(year)s总结表") % {"year": project.programme_year},
                subject=project.title,
                why=_("活动记录和立项内容会自动带进去。"),
                path=f"{project.my_path}#summary",
                button=_("开始填写"),
                until=until,
            )


def _pages(projects: QuerySet[Project]) -> Iterator[DueItem]:
    pages = BrandPage.objects.filter(
        project__in=projects.exclude(
            status__in=[ProjectStatus.TERMINATED, ProjectStatus.REVOKED, ProjectStatus.ARCHIVED]
        )
    ).select_related("project")
    states = turns.states_of(pages)
    for page in pages:
        state = states[page.pk]
        edit = reverse("brands:edit_page", args=[page.project.project_no])
        if state.stage:
            yield DueItem(
                title=_("品牌页"),
                subject=page.project.title,
                why=_("审核期间不能修改，结果会通知您。"),
                path=f"{page.project.my_path}#page",
                button=_("看一看"),
                waiting_for=_("校工会%(stage)s") % {"stage": state.stage_name},
            )
        elif state.returned_reason:
            yield DueItem(
                title=_("品牌页退回修改"),
                subject=page.project.title,
                why=state.returned_reason,
                path=edit,
                button=_("去修改"),
            )
        elif not page.live or page.has_unpublished_changes:
            yield DueItem(
                title=_("品牌页还没有送审"),
                subject=page.project.title,
                why=_("草稿在这里，写好后送审，通过后公开。"),
                path=edit,
                button=_("编辑品牌页"),
            )


def _quiet(projects: QuerySet[Project]) -> Iterator[DueItem]:
    """Projects in cultivation that have recorded nothing for a long while."""
    since = timezone.localdate() - timedelta(days=QUIET_DAYS)
    running = projects.filter(status__in=CULTIVATION).annotate(last=Max("activities__date"))
    for project in running:
        if (project.last or timezone.localdate(project.established_at)) < since:
            yield DueItem(
                title=_("记一次活动"),
                subject=project.title,
                why=_("已经 %(days)d 天没有记录活动了。") % {"days": QUIET_DAYS},
                path=reverse("brands:add_activity", args=[project.project_no]),
                button=_("记下来"),
            )
