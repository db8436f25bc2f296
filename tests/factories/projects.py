"""Projects for tests; they reach their state through the doors of applications, summaries and projects, as in life."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from brands.cultivation import changing, checking, cultivating, recording, summarising
from brands.models import (
    Activity,
    AwardLevel,
    BrandPage,
    ChangeKind,
    ChangeRequest,
    ChangeStatus,
    Grade,
    Material,
    MidtermCheck,
    MidtermStatus,
    Project,
    ProjectStatus,
)
from brands.writing import editing
from brands.writing.content import Block, PageContent, content_of
from forms_app.entries import saving, sending
from forms_app.models import CallPage, Conclusion, Entry, EntryStatus, FormKind, SignOffLevel
from forms_app.models import ProgrammeYear as Year
from portal.cms.moderation import doors
from portal.units.models import Role
from portal.units.permissions import people_with
from tests.factories.forms import CallFactory, Cast, entry_in
from tests.factories.units import person_with

TOLD = {
    "title": "示例太极晨光",
    "category": "culture",
    "slogan": "起势，从清晨开始",
    "summary": "每周两次，在操场边一起练太极。",
    "leader_name": "示例甲",
    "leader_phone": "13800000000",
    "leader_email": "leader@example.com",
    "foundation": "三年前只有四个人，一台旧音箱。",
    "measures": "六个练习点，两支表演队。",
    "innovation": "会员自己编写口袋教程。",
    "indicators": [{"name": "活动场次", "target": 20, "unit_label": "场"}],
    "budget_items": [
        {"category": "activity", "item": "服装", "amount": "3000.00"},
        {"category": "activity", "item": "场地", "amount": "1000.00"},
        {"category": "publicity", "item": "海报", "amount": "500.00"},
    ],
}


def project_in(
    status: str = ProjectStatus.ESTABLISHED, *, call: CallPage | None = None, **details: Any
) -> Project:
    """Return a project that has gone the way to a status.

    Args:
        status: a ProjectStatus.
        call: the application call; a new one by default.
        details: unit, and answers that differ from TOLD.
    """
    answers = {**TOLD, **details.pop("answers", {})}
    call = call or quick_call()
    entry = entry_in(EntryStatus.APPROVED, call=call, answers=answers, **details)
    return carried_to(status, Project.objects.get(entry=entry))


def carried_to(status: str, project: Project) -> Project:
    """Return a newly established project after it has gone the way to a status."""
    for step in _WAYS[ProjectStatus(status)]:
        step(project)
        project = Project.objects.get(pk=project.pk)
    assert project.status == status
    return project


def summed_up(project: Project, *, grade: str = Grade.GOOD, **answers: Any) -> Project:
    """Return a project in cultivation after its summary went all the way to a verdict other than a fail.

    Args:
        answers: what the summary says, beside what was filled in by itself.
    """
    _summarise(project)
    summary = summary_of(project)
    saving.save(summary, answers={**summary.answers, **answers}, actor=Cast(project.unit).officer)
    for step in (_hand_in, _evaluate):
        step(Project.objects.get(pk=project.pk))
    return cultivating.accept(
        Project.objects.get(pk=project.pk), actor=Cast(project.unit).office, grade=grade
    )


def quick_call(**fields: Any) -> CallPage:
    """Return an application call without the steps that brands do not look at."""
    settings = {
        "needs_chair": False,
        "needs_party": False,
        "needs_experts": False,
        "notice_days": 0,
    }
    return CallFactory(**{**settings, **fields})


def summary_call(year: Year, **fields: Any) -> CallPage:
    """Return the year's call for summaries; made when first asked for."""
    existing = CallPage.objects.filter(kind=FormKind.SUMMARY, programme_year=year).first()
    return existing or CallFactory(
        kind=FormKind.SUMMARY, programme_year=year, needs_experts=False, **fields
    )


def picture_of(
    project: Project,
    *,
    caption: str = "示例晨练",
    consent: bool = True,
    activity: Activity | None = None,
    colour: str = "olive",
    credit: str = "",
    size: tuple[int, int] = (64, 48),
) -> Material:
    """Return an uploaded picture of the project."""
    content = BytesIO()
    Image.new("RGB", size, colour).save(content, "JPEG")
    upload = SimpleUploadedFile("示例.jpg", content.getvalue(), "image/jpeg")
    return recording.keep_picture(
        project,
        upload,
        actor=Cast(project.unit).officer,
        caption=caption,
        consent=consent,
        activity=activity,
        credit=credit,
    )


def activity_of(project: Project, **fields: Any) -> Activity:
    """Return a recorded activity."""
    project = Project.objects.get(pk=project.pk)
    settings = {"date": timezone.localdate(), "name": "示例晨练开班", "participants": 30}
    return recording.record_activity(
        project, actor=Cast(project.unit).officer, fields={**settings, **fields}
    )


def written_page(project: Project, **content: Any) -> BrandPage:
    """Return the project's page with a draft that can be sent."""
    page = BrandPage.objects.get(project=project)
    if "cover" not in content:
        content["cover"] = picture_of(project).picture_id
    told = content_of(page)
    settings = {
        "slogan": told.slogan,
        "intro": told.intro,
        "story": [Block("text", "示例的故事，从一台旧音箱说起。")],
    }
    editing.save_page(
        page,
        actor=Cast(project.unit).officer,
        content=PageContent(**{**settings, **content}),
        based_on=page.latest_revision_id,
    )
    return BrandPage.objects.get(pk=page.pk)


def public_page(project: Project, **content: Any) -> BrandPage:
    """Return the project's page, public without the way through the reviewers, where that way is not the point."""
    page = written_page(project, **content)
    page.latest_revision.publish(skip_permission_checks=True)
    return BrandPage.objects.get(pk=page.pk)


def sent_page(project: Project, **content: Any) -> BrandPage:
    """Return the project's page, sent to the three reviewers."""
    page = written_page(project, **content)
    editing.send_page(page, actor=Cast(project.unit).officer)
    return BrandPage.objects.get(pk=page.pk)


def approve_all(page: BrandPage) -> None:
    """Carry a page that was sent through the three stages."""
    for role in (Role.FIRST_REVIEW, Role.SECOND_REVIEW, Role.FINAL_REVIEW):
        state = BrandPage.objects.get(pk=page.pk).current_workflow_state.current_task_state
        doors.approve(state, actor=people_with(role).first() or person_with(role))


def award_level(year: Year, name: str = "十佳品牌") -> AwardLevel:
    """Return an award level of a year."""
    return AwardLevel.objects.get_or_create(programme_year=year, name=name)[0]


MIDTERM_ANSWERS = {
    "progress": "六个练习点都开了课，\n口袋教程印了两百册。",
    "problems": "夜班同事来得少。",
    "spent": Decimal("1200.50"),
    "spent_remark": "",
    "next_steps": "十月办一次会演。",
}


def midterm_in(
    status: str = MidtermStatus.ASKED, project: Project | None = None, **asked: Any
) -> MidtermCheck:
    """Return a mid-term check that has gone the way to a status."""
    project = project or project_in()
    cast = Cast(project.unit)
    cast.take_up_posts()
    settings = {"due_on": timezone.localdate() + timedelta(days=14), "looks_at": "看进度和经费"}
    midterm = checking.ask_one(project, actor=cast.office, **{**settings, **asked})
    if status != MidtermStatus.ASKED:
        midterm = checking.send(midterm, actor=cast.officer, answers=MIDTERM_ANSWERS, based_on=0)
    if status == MidtermStatus.RETURNED:
        until = timezone.localdate() + timedelta(days=5)
        midterm = checking.send_back(midterm, actor=cast.office, reason="请写明经费", until=until)
    elif status == MidtermStatus.CONCLUDED:
        midterm = checking.conclude(
            midterm, actor=cast.office, conclusion="strengthen", opinion="加快进度"
        )
    assert midterm.status == status
    return midterm


CHANGES = {
    "extension": {"reason": "会演推迟到十一月底"},
    "change": {"aspect": "leader", "new_value": "示例乙", "reason": "原负责人调离"},
    "termination": {"reason": "人员变动，做不下去"},
}


def change_in(
    status: str = ChangeStatus.REQUESTED,
    kind: str = ChangeKind.CHANGE,
    project: Project | None = None,
    **wanted: Any,
) -> ChangeRequest:
    """Return a change request that has gone the way to a status."""
    project = project or project_in()
    cast = Cast(project.unit)
    cast.take_up_posts()
    settings = dict(CHANGES[kind])
    if kind == ChangeKind.EXTENSION:
        settings["until"] = timezone.localdate() + timedelta(days=60)
    asked = changing.request(project, kind=kind, actor=cast.officer, wanted={**settings, **wanted})
    if status == ChangeStatus.APPROVED:
        asked = changing.approve(asked, actor=cast.office, answer="同意")
    elif status == ChangeStatus.REJECTED:
        asked = changing.reject(asked, actor=cast.office, answer="时间还够")
    elif status == ChangeStatus.WITHDRAWN:
        asked = changing.withdraw(asked, actor=cast.officer)
    assert asked.status == status
    return asked


def summary_of(project: Project) -> Entry:
    """Return the project's last summary entry."""
    return project.summaries.last().entry


def _start(project: Project) -> None:
    activity_of(project)


def _summarise(project: Project) -> None:
    summary_call(project.programme_year)
    summarising.start_summary(project, actor=Cast(project.unit).officer)


def _hand_in(project: Project) -> None:
    cast, entry = Cast(project.unit), summary_of(project)
    sending.send(entry, actor=cast.officer)
    for level, signer in ((SignOffLevel.CHAIR, cast.chair), (SignOffLevel.PARTY, cast.party)):
        sending.sign(entry, actor=signer, level=level, conclusion=Conclusion.AGREE, text="同意")


def _evaluate(project: Project) -> None:
    sending.pass_check(summary_of(project), actor=Cast(project.unit).office)


def _accept(project: Project) -> None:
    cultivating.accept(project, actor=Cast(project.unit).office, grade=Grade.GOOD, opinion="扎实")


def _rectify(project: Project) -> None:
    cultivating.accept(
        project,
        actor=Cast(project.unit).office,
        grade=Grade.FAIL,
        opinion="材料不全",
        rectify_until=timezone.localdate() + timedelta(days=10),
    )


def _fail(project: Project) -> None:
    cultivating.accept(
        project, actor=Cast(project.unit).office, grade=Grade.FAIL, opinion="没有开展活动"
    )


def _award(project: Project) -> None:
    cultivating.give_award(
        project, actor=Cast(project.unit).office, level=award_level(project.programme_year)
    )


def _archive(project: Project) -> None:
    cultivating.archive(project, actor=Cast(project.unit).office)


def _terminate(project: Project) -> None:
    cultivating.terminate(project, actor=Cast(project.unit).office, reason="负责人调离")


def _revoke(project: Project) -> None:
    cultivating.revoke(project, actor=Cast(project.unit).office, reason="经费使用不当")


_EVALUATING = (_start, _summarise, _hand_in)
_EVALUATED = (*_EVALUATING, _evaluate)
_WAYS = {
    ProjectStatus.ESTABLISHED: (),
    ProjectStatus.CULTIVATING: (_start,),
    ProjectStatus.SUMMARISING: (_start, _summarise),
    ProjectStatus.EVALUATING: _EVALUATING,
    ProjectStatus.ACCEPTED: (*_EVALUATED, _accept),
    ProjectStatus.RECTIFYING: (*_EVALUATED, _rectify),
    ProjectStatus.FAILED: (*_EVALUATED, _fail),
    ProjectStatus.AWARDED: (*_EVALUATED, _accept, _award),
    ProjectStatus.ARCHIVED: (*_EVALUATED, _accept, _archive),
    ProjectStatus.TERMINATED: (_terminate,),
    ProjectStatus.REVOKED: (_revoke,),
}
GRANTED = Decimal(8000)


def evaluated(project: Project) -> Project:
    """Return the project with its handed-in summary evaluated."""
    _evaluate(project)
    return Project.objects.get(pk=project.pk)
