"""What follows when an entry or a project has moved; inside the transaction of the move."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_unpublished

from forms_app.models import Entry, EntryEvent, EntryStatus, FormKind
from forms_app.review.passing_on import register_verdict
from portal.cms.page_cache import register_public
from portal.cms.searching import indexed
from portal.lifecycle.door import carried_out

from .cultivation.summarising import follow_entry
from .establishing import establish
from .models import (
    Acceptance,
    Activity,
    Award,
    AwardLevel,
    Brand,
    BrandPage,
    ChangeAspect,
    ChangeEvent,
    ChangeRequest,
    ChangeStatus,
    MidtermCheck,
    MidtermEvent,
    Project,
    ProjectEvent,
    ProjectStatus,
    ProjectSummary,
)
from .promotion import drop_kept
from .taking_down import take_page_away
from .telling import tell_established, tell_of, tell_of_change, tell_of_midterm, tell_to_accept


@receiver(carried_out, sender=Entry)
def entry_moved(subject: Entry, event: EntryEvent, **_details: Any) -> None:
    """An approved application becomes a project; a summary carries its project along."""
    if subject.kind == FormKind.SUMMARY:
        follow_entry(subject, actor=event.actor)
        summary = ProjectSummary.objects.select_related("project").filter(entry=subject).first()
        if summary and subject.status == EntryStatus.EVALUATED:
            tell_to_accept(summary.project, round_number=summary.round)
    elif subject.status == EntryStatus.APPROVED:
        tell_established(establish(subject, actor=event.actor), at_once=event.action == "release")


def verdict_given(entry: Entry) -> bool:
    """Return whether a summary has its verdict, and what experts wrote for the unit has gone with it."""
    return Acceptance.objects.filter(summary__entry=entry).exists()


register_verdict(verdict_given)


@receiver(page_unpublished, sender=BrandPage)
def forget_drawings(instance: BrandPage, **_details: Any) -> None:
    """What was drawn from a page goes with it."""
    drop_kept(instance)


@receiver(carried_out, sender=Project)
def project_moved(subject: Project, event: ProjectEvent, **_details: Any) -> None:
    """The unit is told; a revoked project is no longer public."""
    if subject.status == ProjectStatus.REVOKED:
        take_page_away(subject, actor=event.actor, reason=event.comment)
    tell_of(event, subject)


@receiver(carried_out, sender=MidtermCheck)
def midterm_moved(subject: MidtermCheck, event: MidtermEvent, **_details: Any) -> None:
    """Unit and office are told."""
    tell_of_midterm(event, subject)


@receiver(carried_out, sender=ChangeRequest)
def change_moved(subject: ChangeRequest, event: ChangeEvent, **_details: Any) -> None:
    """The unit is told; by a new leader's name the page is found from now on, which says it already."""
    tell_of_change(event, subject)
    if subject.status == ChangeStatus.APPROVED and subject.aspect == ChangeAspect.LEADER:
        indexed(BrandPage.objects.get(project=subject.project_id))


register_public(Acceptance, Activity, Award, AwardLevel, Brand, Project)
