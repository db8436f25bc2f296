"""The mid-term check (中期检查): asked by the office, filled in and sent by the unit, concluded by the office."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from forms_app.engine.reading import length
from forms_app.models import ProgrammeYear
from portal.lifecycle.door import Refused, carry_out
from portal.lifecycle.office import only_the_office
from portal.units.models import User

from .. import telling
from ..models import Conclusion, MidtermCheck, MidtermReport, MidtermStatus, Project, ProjectStatus
from ..models.midterm import WITH_THE_UNIT
from ..models.status import RUNNING
from ..permissions import may_carry, may_oversee

# Past these a project is looked at by its summary.
ASKABLE = (ProjectStatus.ESTABLISHED, ProjectStatus.CULTIVATING, ProjectStatus.SUMMARISING)
FURTHEST = 366  # days ahead that a date may lie; more is a slip of the pen
LENGTHS = {"progress": 800, "problems": 500, "spent_remark": 200, "next_steps": 500}


class Overtaken(Exception):
    """Somebody saved the draft since it was shown.

    Attributes:
        midterm: the check as it is now.
    """

    def __init__(self, midterm: MidtermCheck) -> None:
        super().__init__(midterm.pk)
        self.midterm = midterm


@dataclass
class Asked:
    """What became of asking many projects.

    Attributes:
        checks: those that were asked.
        left_out: the others, each with the reason.
    """

    checks: list[MidtermCheck] = field(default_factory=list)
    left_out: list[tuple[Project, str]] = field(default_factory=list)


def askable_in(year: ProgrammeYear) -> QuerySet[Project]:
    """Return the running projects of a year that have not been asked yet."""
    return year.projects.filter(status__in=ASKABLE, midterm__isnull=True)


def why_not_ask(actor: User, project: Project) -> Refused | None:
    """Return why the person cannot ask this project for its mid-term check now, or None."""
    if not may_oversee(actor, project):
        return Refused(_("只有校工会办公室（本单位的人回避）可以发起中期检查。"), code="forbidden")
    if MidtermCheck.objects.filter(project=project).exists():
        return Refused(_("这个项目已经发起过中期检查。"), code="wrong_state")
    if project.status not in ASKABLE:
        return Refused(
            _("项目现在的状态是“%(state)s”，不再发起中期检查。")
            % {"state": project.get_status_display()},
            code="wrong_state",
        )
    return None


def ask(projects: Iterable[Project], *, actor: User, due_on: date, looks_at: str) -> Asked:
    """Ask running projects for their mid-term check; who was asked already is left out, and told apart.

    Args:
        due_on: the last day on which the unit hands in.
        looks_at: what is looked at, at most 200 characters; the unit reads it above its form.

    Raises:
        Refused: not the office, a date that has passed or lies more than a year ahead, or not a word of what is looked at.

    Side effects: a MidtermCheck for each, a message to each unit's officer and chair.
    """
    only_the_office(actor)
    if reason := _wrong_date(due_on):
        raise Refused(reason, code="guard")
    if not looks_at.strip():
        raise Refused(_("请写明检查什么。"), code="guard")
    done = Asked()
    with transaction.atomic():
        locked = Project.objects.select_for_update(of=("self",)).select_related("unit")
        for project in locked.filter(pk__in=[one.pk for one in projects]).order_by("serial"):
            if refusal := why_not_ask(actor, project):
                done.left_out.append((project, str(refusal)))
                continue
            midterm = MidtermCheck.objects.create(
                project=project, asked_by=actor, due_on=due_on, looks_at=looks_at.strip()
            )
            telling.tell_midterm_asked(midterm)
            done.checks.append(midterm)
    return done


def ask_one(project: Project, *, actor: User, due_on: date, looks_at: str) -> MidtermCheck:
    """Ask one project, as `ask`; refused where it would be left out.

    Raises:
        Refused: as `ask`, and where it was asked already, is past its cultivation, or belongs to the actor's own unit.
    """
    if refusal := why_not_ask(actor, project):
        raise refusal
    done = ask([project], actor=actor, due_on=due_on, looks_at=looks_at)
    if done.left_out:
        raise Refused(done.left_out[0][1], code="wrong_state")
    return done.checks[0]


def save_draft(
    midterm: MidtermCheck, *, actor: User, answers: Mapping[str, Any], based_on: int
) -> MidtermCheck:
    """Keep what the unit has written so far; nobody else reads it before it is sent.

    Args:
        answers: some or all of `MidtermCheck.ANSWERS`; a text may still be too long.
        based_on: the turn of the draft that the page showed.

    Raises:
        Refused: not this person's, already sent, or the project is over.
        Overtaken: somebody saved other words since; nothing was written.
    """
    with transaction.atomic():
        midterm = _locked(midterm)
        if refusal := why_not_fill(actor, midterm):
            raise refusal
        changed = {name: value for name, value in answers.items() if midterm.answers[name] != value}
        if not changed:
            return midterm
        if midterm.turn != based_on:
            raise Overtaken(midterm)
        for name, value in changed.items():
            setattr(midterm, name, value)
        midterm.turn += 1
        midterm.saved_by = actor
        midterm.save(update_fields=[*changed, "turn", "saved_by"])
    return midterm


def why_not_fill(actor: User, midterm: MidtermCheck) -> Refused | None:
    """Return why the person cannot write in the check now, or None."""
    if not may_carry(actor, midterm.project):
        return Refused(_("只有本单位经办人或工会主席可以填写中期检查。"), code="forbidden")
    if midterm.status not in WITH_THE_UNIT:
        return Refused(
            _("中期检查已经交给校工会，现在的状态是“%(state)s”。") % {"state": midterm.standing},
            code="wrong_state",
        )
    if reason := project_runs(midterm):
        return Refused(reason, code="wrong_state")
    return None


def send(
    midterm: MidtermCheck, *, actor: User, answers: Mapping[str, Any], based_on: int
) -> MidtermCheck:
    """Save the answers and hand them to the school union; sent twice, the same words arrive once.

    Args:
        answers, based_on: as for `save_draft`.

    Raises:
        Refused: something is missing or too long, not this person's, or not now.
        Overtaken: as for `save_draft`.

    Side effects: a MidtermReport, an event, messages to the office and to the unit's other people.
    """
    with transaction.atomic():
        now = _locked(midterm)
        if (
            now.status == MidtermStatus.SENT
            and may_carry(actor, now.project)
            and all(now.answers[name] == value for name, value in answers.items())
        ):
            return now
        save_draft(now, actor=actor, answers=answers, based_on=based_on)
        return carry_out(now, "send", actor=actor)


def send_back(midterm: MidtermCheck, *, actor: User, reason: str, until: date) -> MidtermCheck:
    """Give a check back to its unit, also after a conclusion, which then no longer counts.

    Args:
        reason: what has to change, at most 300 characters.
        until: the last day on which it can be sent again.

    Raises:
        Refused: no reason, a wrong date, not sent yet, or not the office.

    Side effects: an event, messages to the unit.
    """
    return carry_out(
        midterm, "return", actor=actor, comment=reason, reason=reason, due_on=until, dated=True
    )


def conclude(
    midterm: MidtermCheck, *, actor: User, conclusion: str, opinion: str = ""
) -> MidtermCheck:
    """Say what the school union concludes.

    Args:
        conclusion: a Conclusion.
        opinion: at most 300 characters; required unless it is NORMAL.

    Raises:
        Refused: a doubt without an opinion, not sent yet, or not the office.

    Side effects: an event, messages to the unit.
    """
    return carry_out(
        midterm,
        "conclude",
        actor=actor,
        comment=opinion,
        conclusion=conclusion,
        opinion=opinion.strip(),
    )


def redate(midterm: MidtermCheck, *, actor: User, due_on: date) -> MidtermCheck:
    """Set another day on which the unit hands in at the latest.

    Raises:
        Refused: a wrong date, already sent, or not the office.

    Side effects: an event, messages to the unit.
    """
    return carry_out(midterm, "redate", actor=actor, due_on=due_on, dated=True)


def remind(year: ProgrammeYear, *, actor: User) -> int:
    """Remind the units whose mid-term check has not come in, each once a day at most.

    Returns:
        How many units were told by this call.

    Raises:
        Refused: not the office.

    Side effects: messages to their officers and chairs.
    """
    only_the_office(actor)
    missing = MidtermCheck.objects.filter(
        project__programme_year=year, project__status__in=RUNNING, status__in=WITH_THE_UNIT
    ).select_related("project__unit")
    with transaction.atomic():
        return sum(telling.remind_of_midterm(one) for one in missing)


# --- permissions, guards, targets and effects of the lifecycle table --------------------------------


def carries(actor: User, midterm: MidtermCheck) -> bool:
    """Return whether the person writes for the unit."""
    return may_carry(actor, midterm.project)


def oversees(actor: User, midterm: MidtermCheck) -> bool:
    """Return whether the person reads and concludes for the school union; nobody for his own unit."""
    return may_oversee(actor, midterm.project)


def project_runs(midterm: MidtermCheck, **_details: Any) -> str | None:
    """The project has not ended meanwhile."""
    if midterm.project.status in RUNNING:
        return None
    return _("项目现在的状态是“%(state)s”，不再办理中期检查。") % {
        "state": midterm.project.get_status_display()
    }


def is_complete(midterm: MidtermCheck, **_details: Any) -> str | None:
    """What is required stands there, and nothing is too long."""
    if not midterm.progress.strip():
        return _("请写“进展”。")
    for name, most in LENGTHS.items():
        if length(getattr(midterm, name)) > most:
            return _("“%(field)s”最多 %(most)d 字。") % {
                "field": MidtermCheck._meta.get_field(name).verbose_name,
                "most": most,
            }
    if needs_remark(midterm.project, midterm.spent) and not midterm.spent_remark.strip():
        return _("已用经费超过批准的经费，请写“经费说明”。")
    return None


def needs_remark(project: Project, spent: Any) -> bool:
    """Return whether more was spent than granted, so that a remark is asked for."""
    return spent is not None and spent > project.granted


def says_why(_midterm: MidtermCheck, *, reason: str = "", **_details: Any) -> str | None:
    """A return says what has to change."""
    return None if reason.strip() else _("请写明要修改什么。")


def date_ahead(
    _midterm: MidtermCheck, *, due_on: date | None = None, dated: bool = False, **_details: Any
) -> str | None:
    """The day lies ahead; asked without one, whether there could be one."""
    return _wrong_date(due_on) if dated else None


def doubts_say_why(
    _midterm: MidtermCheck, *, conclusion: str = "", opinion: str = "", **_details: Any
) -> str | None:
    """Whatever is not 正常 has its opinion."""
    if conclusion and conclusion not in Conclusion:
        return _("请选择结论。")
    if conclusion in (Conclusion.STRENGTHEN, Conclusion.RISK) and not opinion.strip():
        return _("结论不是“正常”的，须写明意见。")
    return None


def as_it_is(midterm: MidtermCheck, **_details: Any) -> str:
    """Return the state it has: only the date changes."""
    return midterm.status


def on_send(midterm: MidtermCheck, *, actor: User, at: datetime, **_details: Any) -> None:
    """Keep what was sent."""
    last = midterm.reports.last()
    MidtermReport.objects.create(
        midterm=midterm,
        number=last.number + 1 if last else 1,
        sent_at=at,
        sent_by=actor,
        **midterm.answers,
    )
    midterm.sent_at = at
    midterm.return_reason = ""


def on_return(midterm: MidtermCheck, *, reason: str, due_on: date, **_details: Any) -> None:
    """Keep why and until when; a conclusion no longer counts."""
    midterm.return_reason = reason
    midterm.due_on = due_on
    midterm.conclusion = midterm.opinion = ""
    midterm.concluded_at = midterm.concluded_by = None


def on_conclude(
    midterm: MidtermCheck,
    *,
    actor: User,
    at: datetime,
    conclusion: str,
    opinion: str,
    **_details: Any,
) -> None:
    """Keep the conclusion."""
    midterm.conclusion, midterm.opinion = conclusion, opinion
    midterm.concluded_at, midterm.concluded_by = at, actor


def on_redate(midterm: MidtermCheck, *, due_on: date, **_details: Any) -> None:
    """Keep the day."""
    midterm.due_on = due_on


def _wrong_date(due_on: date | None) -> str | None:
    if due_on is None:
        return _("请写明期限。")
    today = timezone.localdate()
    if due_on < today:
        return _("期限要在今天或以后。")
    if due_on > today + timedelta(days=FURTHEST):
        return _("期限在一年以后，请核对。")
    return None


def _locked(midterm: MidtermCheck) -> MidtermCheck:
    return MidtermCheck.objects.select_for_update().get(pk=midterm.pk)
