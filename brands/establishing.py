"""From an approved application to a project with its number, its brand, its grant and the draft of its brand page."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from forms_app.models import Category, Entry, EntryVersion, ProgrammeYear, VersionReason
from portal.units.models import User

from .models import Brand, BrandIndexPage, BrandPage, Disbursement, Project

# What the page begins its story with: the approved answers that tell most, under their own headings.
STORY_ANSWERS = (
    ("foundation", "工作基础"),
    ("measures", "主要内容"),
    ("innovation", "特色与创新"),
)


def establish(entry: Entry, *, actor: User) -> Project:
    """Open the project of an approved application; called again, return the one that is there.

    Args:
        entry: an application entry in the state "approved".
        actor: who approved it.

    Side effects: a Brand where the unit has none of that name, a Project, an open Disbursement where money was granted,
    a BrandPage that is a draft.

    Raises:
        ValueError: the entry is not an approved application.
    """
    if entry.kind != "application" or entry.status != "approved":
        raise ValueError("only an approved application becomes a project")
    with transaction.atomic():
        # Holders of the lock take the numbers of the year one after the other: no gap, no double.
        year = ProgrammeYear.objects.select_for_update().get(pk=entry.call.programme_year_id)
        existing = Project.objects.filter(entry=entry).first()
        if existing:
            return existing
        answers = entry.versions.filter(reason=VersionReason.APPROVED).latest("number").answers
        project = _open_project(entry, year, answers)
        if project.granted:
            Disbursement.objects.create(project=project, amount=project.granted, recorded_by=actor)
        open_page(project, answers)
    return project


def open_page(project: Project, answers: dict[str, Any]) -> BrandPage:
    """Add the project's brand page as a draft that tells what was approved.

    The first revision has no author: its words are the unit's, and whoever approved the application stays free to review.

    Args:
        answers: the approved answers, by field key.
    """
    page = BrandPage(
        title=project.title,
        slug=project.project_no.lower(),
        project=project,
        slogan=_text(answers, "slogan")[:40],
        intro=_text(answers, "summary")[:300],
        story=[
            block
            for key, heading in STORY_ANSWERS
            if (told := _text(answers, key))
            for block in ({"type": "heading", "value": heading}, {"type": "text", "value": told})
        ],
        live=False,
        has_unpublished_changes=True,
    )
    BrandIndexPage.objects.get().add_child(instance=page)
    page.save_revision()
    return page


def approved_answers(project: Project) -> dict[str, Any]:
    """Return the answers that were approved (one query): what the project is measured by."""
    return approved_version(project).answers


def approved_version(project: Project) -> EntryVersion:
    """Return the version that was approved, with the form it is written in (one query)."""
    versions = project.entry.versions.select_related("form_version")
    return versions.filter(reason=VersionReason.APPROVED).latest("number")


def _open_project(entry: Entry, year: ProgrammeYear, answers: dict[str, Any]) -> Project:
    previous = _previous(entry, answers)
    # A title of 30 characters as people count them may take more room than the column has.
    title = (_text(answers, "title") or entry.title)[:30]
    serial = (year.projects.aggregate(last=Max("serial"))["last"] or 0) + 1
    return Project.objects.create(
        brand=previous.brand if previous else _brand(entry, title),
        entry=entry,
        previous=previous,
        programme_year=year,
        unit=entry.unit,
        # A form without the question for the category counts as the last one, 综合及其他.
        category=entry.category or Category.objects.last(),
        serial=serial,
        project_no=f"YHYP-{year.year}-{serial:03d}",
        title=title,
        leader_name=_text(answers, "leader_name")[:20],
        granted=entry.decision.amount_granted,
        established_at=entry.closed_at or timezone.now(),
    )


def _brand(entry: Entry, title: str) -> Brand:
    brand, _created = Brand.objects.get_or_create(unit=entry.unit, name=title)
    return brand


def _previous(entry: Entry, answers: dict[str, Any]) -> Project | None:
    """Return the unit's own earlier project that the application continues, named by its number."""
    return Project.objects.filter(
        unit=entry.unit, project_no=_text(answers, "previous_project") or None
    ).first()


def _text(answers: dict[str, Any], key: str) -> str:
    """Return an answer as text; anything that is not a text counts as nothing."""
    value = answers.get(key)
    return value.strip() if isinstance(value, str) else ""
