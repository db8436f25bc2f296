"""What a unit asks to change about its project (延期、变更、终止): asked, decided, taken back."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms_app.engine.reading import length
from forms_app.entries.extending import extend
from forms_app.models import CallPage, FormKind
from portal.dates import day, end_of_day
from portal.lifecycle.door import Refused, carry_out
from portal.units.models import User

from .. import telling
from ..models import ChangeAspect, ChangeKind, ChangeRequest, ChangeStatus, Project, ProjectStatus
from ..models.status import RUNNING
from ..permissions import may_carry, may_oversee
from .cultivating import terminate

# When each kind can be asked for: more time only until the summary has been handed in.
STATES = {
    ChangeKind.EXTENSION: (
        ProjectStatus.ESTABLISHED,
        ProjectStatus.CULTIVATING,
        ProjectStatus.SUMMARISING,
    ),
    ChangeKind.CHANGE: RUNNING,
    ChangeKind.TERMINATION: RUNNING,
}
# A change of these is carried out on the project itself: its field.
FIELDS = {ChangeAspect.TITLE: "title", ChangeAspect.LEADER: "leader_name"}
LONGEST = {ChangeAspect.TITLE: 30, ChangeAspect.LEADER: 20}
LONGEST_VALUE = 500  # of any other aspect
LONGEST_REASON = 500
FURTHEST = 731  # days ahead that a date may lie; more is a slip of the pen
WANTED = ("aspect", "old_value", "new_value", "until", "reason")


def request(
    project: Project, *, kind: str, actor: User, wanted: Mapping[str, Any]
) -> ChangeRequest:
    """Ask the school union for a change; the same request sent twice is one.

    Args:
        kind: a ChangeKind.
        wanted: reason; for an extension until; for a change aspect, old_value and new_value (the old value of title and
            leader is taken from the project).

    Raises:
        Refused: not this person's, not in this state, something is missing, or a request of the kind is open.

    Side effects: a ChangeRequest, messages to the office and the unit's other people.
    """
    with transaction.atomic():
        project = Project.objects.select_for_update().get(pk=project.pk)
        asked = {"aspect": "", "old_value": "", "new_value": "", "until": None, **wanted}
        if field := FIELDS.get(asked["aspect"]):
            asked["old_value"] = getattr(project, field)
        is_open = ChangeRequest.objects.filter(
            project=project, kind=kind, status=ChangeStatus.REQUESTED
        ).first()
        if (
            is_open
            and may_carry(actor, project)
            and all(getattr(is_open, name) == asked[name] for name in WANTED)
        ):
            return is_open
        if refusal := why_not_request(actor, project, kind):
            raise refusal
        if reason := _wrong(project, kind, asked):
            raise Refused(reason, code="guard")
        made = ChangeRequest.objects.create(
            project=project, kind=kind, asked_by=actor, **{name: asked[name] for name in WANTED}
        )
        telling.tell_change_asked(made)
    return made


def why_not_request(actor: User, project: Project, kind: str) -> Refused | None:
    """Return why the person cannot ask for a change of this kind now, or None."""
    if not may_carry(actor, project):
        return Refused(_("只有本单位经办人或工会主席可以提出申请。"), code="forbidden")
    if project.status not in STATES[ChangeKind(kind)]:
        return Refused(
            _("项目现在的状态是“%(state)s”，不能再申请%(kind)s。")
            % {"state": project.get_status_display(), "kind": ChangeKind(kind).label},
            code="wrong_state",
        )
    if project.change_requests.filter(kind=kind, status=ChangeStatus.REQUESTED).exists():
        return Refused(
            _("已有一份%(kind)s的申请在等校工会决定；要改的话，先撤回那一份。")
            % {"kind": ChangeKind(kind).label},
            code="wrong_state",
        )
    return None


def approve(
    asked: ChangeRequest, *, actor: User, answer: str = "", until: date | None = None
) -> ChangeRequest:
    """Agree to a request and carry it out.

    Args:
        answer: told to the unit, at most 200 characters.
        until: for an extension the day that is granted; the day asked for by default.

    Raises:
        Refused: already decided, no call for summaries to extend, a wrong day, the project has ended, or not the office.

    Side effects: by kind the unit's Extension in the summary call, the project's title or leader, or its termination; an
    event, messages to the unit.
    """
    if asked.kind == ChangeKind.EXTENSION:
        until = until or asked.until
    return carry_out(
        asked, "approve", actor=actor, comment=answer, answer=answer.strip(), until=until
    )


def reject(asked: ChangeRequest, *, actor: User, answer: str) -> ChangeRequest:
    """Decline a request; nothing of the project changes.

    Args:
        answer: why; told to the unit, at most 200 characters.

    Raises:
        Refused: no reason, already decided, or not the office.

    Side effects: an event, messages to the unit.
    """
    return carry_out(asked, "reject", actor=actor, comment=answer, answer=answer.strip())


def withdraw(asked: ChangeRequest, *, actor: User) -> ChangeRequest:
    """Take a request back before it is decided.

    Raises:
        Refused: already decided, or not this person's.

    Side effects: an event.
    """
    return carry_out(asked, "withdraw", actor=actor)


def call_to_extend(project: Project) -> CallPage | None:
    """Return the call that collects the summaries of the project's year, also one that has not begun, newest first."""
    calls = CallPage.objects.live().filter(
        kind=FormKind.SUMMARY, programme_year=project.programme_year_id
    )
    return calls.order_by("-opens_at").first()


# --- permissions, guards and effects of the lifecycle table -----------------------------------------


def carries(actor: User, asked: ChangeRequest) -> bool:
    """Return whether the person acts for the unit."""
    return may_carry(actor, asked.project)


def oversees(actor: User, asked: ChangeRequest) -> bool:
    """Return whether the person decides for the school union; nobody about his own unit."""
    return may_oversee(actor, asked.project)


def project_runs(asked: ChangeRequest, **_details: Any) -> str | None:
    """The project is still in a state in which this can be carried out."""
    if asked.project.status in STATES[ChangeKind(asked.kind)]:
        return None
    return _("项目现在的状态是“%(state)s”，这份申请已不能照办。") % {
        "state": asked.project.get_status_display()
    }


def can_be_extended(
    asked: ChangeRequest, *, until: date | None = None, **_details: Any
) -> str | None:
    """An extension has a call to extend, and a day that is later than what the unit has already."""
    if asked.kind != ChangeKind.EXTENSION:
        return None
    call = call_to_extend(asked.project)
    if call is None:
        return _(
            "这个年度还没有发布收总结表的通知，没有可以延长的截止时间。请先发布通知，再来同意；也可以写明情况后不同意。"
        )
    return wrong_day(asked.project, until or asked.until)


def says_why(_asked: ChangeRequest, *, answer: str = "", **_details: Any) -> str | None:
    """A rejection says why."""
    return None if answer.strip() else _("不同意的，请写明理由。")


def on_approve(
    asked: ChangeRequest,
    *,
    actor: User,
    at: datetime,
    answer: str,
    until: date | None,
    **_details: Any,
) -> None:
    """Carry out what was asked for."""
    _close(asked, actor=actor, at=at, answer=answer)
    project = Project.objects.select_for_update().get(pk=asked.project_id)
    if asked.kind == ChangeKind.EXTENSION:
        asked.granted_until = until
        extend(
            call_to_extend(project),
            unit=project.unit,
            actor=actor,
            until=end_of_day(until),
            reason=_shortened(answer or asked.reason),
        )
    elif asked.kind == ChangeKind.TERMINATION:
        terminate(project, actor=actor, reason=answer or asked.reason)
    elif field := FIELDS.get(asked.aspect):
        # What it is now, should it have changed since: that is what the new value stands beside.
        asked.old_value = getattr(project, field)
        setattr(project, field, asked.new_value)
        project.save(update_fields=[field])


def on_reject(
    asked: ChangeRequest, *, actor: User, at: datetime, answer: str, **_details: Any
) -> None:
    """Keep why."""
    _close(asked, actor=actor, at=at, answer=answer)


def on_withdraw(asked: ChangeRequest, *, actor: User, at: datetime, **_details: Any) -> None:
    """Stamp it."""
    _close(asked, actor=actor, at=at, answer="")


def _close(asked: ChangeRequest, *, actor: User, at: datetime, answer: str) -> None:
    asked.closed_at, asked.closed_by, asked.answer = at, actor, answer


def _wrong(project: Project, kind: str, asked: Mapping[str, Any]) -> str | None:
    """Return what is wrong with a request, or None."""
    if not asked["reason"].strip():
        return _("请写明理由。")
    if length(asked["reason"]) > LONGEST_REASON:
        return _("理由最多 %(most)d 字。") % {"most": LONGEST_REASON}
    if kind == ChangeKind.EXTENSION:
        return wrong_day(project, asked["until"])
    if kind == ChangeKind.CHANGE:
        return _wrong_change(project, asked)
    return None


def _wrong_change(project: Project, asked: Mapping[str, Any]) -> str | None:
    if asked["aspect"] not in ChangeAspect:
        return _("请选择变更什么。")
    if not asked["new_value"].strip():
        return _("请写明改为什么。")
    most = longest(asked["aspect"])
    # A column counts what people see as one sign as several, where it is one of several parts.
    count = len if asked["aspect"] in FIELDS else length
    if count(asked["new_value"]) > most:
        return _("“改为”最多 %(most)d 字。") % {"most": most}
    if length(asked["old_value"]) > LONGEST_VALUE:
        return _("“原来”最多 %(most)d 字。") % {"most": LONGEST_VALUE}
    if asked["aspect"] in FIELDS and asked["new_value"] == asked["old_value"]:
        return _("与现在的一样，不用变更。")
    return None


def longest(aspect: str) -> int:
    """Return how many characters the new value of an aspect may have."""
    return LONGEST.get(aspect, LONGEST_VALUE)


def wrong_day(project: Project, until: date | None) -> str | None:
    """Return why the summary cannot be put off to a day, or None: it lies ahead, and later than what the unit has already."""
    if until is None:
        return _("请写明延到哪一天。")
    today = timezone.localdate()
    if until < today:
        return _("延到的日子要在今天或以后。")
    if until > today + timedelta(days=FURTHEST):
        return _("延到的日子在两年以后，请核对。")
    call = call_to_extend(project)
    if call and end_of_day(until) <= (deadline := call.deadline_for(project.unit)):
        return _("总结表现在的截止日是%(day)s，延到的日子要更晚。") % {"day": day(deadline)}
    return None


def _shortened(text: str, most: int = 200) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
