"""A full house beside the demo: sixty units, calls with many entries and their reviews, years of public brands."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from bench.bulk import pages_below
from brands.models import (
    Activity,
    Brand,
    BrandIndexPage,
    BrandPage,
    BrandPageActivity,
    Project,
)
from forms_app.models import (
    Assignment,
    CallIndexPage,
    CallPage,
    Category,
    Entry,
    EntryEvent,
    EntryVersion,
    FormVersion,
    ProgrammeYear,
    Review,
    Rubric,
    Score,
)
from portal.units.models import Role, RoleGroup, Unit, User
from portal.units.permissions import people_with

UNITS = EXPERTS = 60
STATES = ("deciding", "submitted", "in_review")
DATES = (
    "apply_from",
    "apply_until",
    "establish_until",
    "cultivate_until",
    "evaluate_until",
    "award_until",
)


def earlier_year():
    """Return a new programme year before all that there are."""
    first = ProgrammeYear.objects.order_by("year").first()
    dates = {name: getattr(first, name).replace(year=first.year - 1, day=1) for name in DATES}
    return ProgrammeYear.objects.create(year=first.year - 1, budget=Decimal(300_000), **dates)


def units():
    """Return sixty units: the demo's, filled up with departments."""
    lacking = UNITS - Unit.objects.count()
    Unit.objects.bulk_create(
        Unit(code=f"bench-{number}", name=f"示例部门{number}", kind="department", order=900)
        for number in range(lacking)
    )
    return list(Unit.objects.all())


def experts():
    """Return sixty experts: the demo's, filled up."""
    lacking = EXPERTS - people_with(Role.EXPERT).count()
    people = User.objects.bulk_create(
        User(username=f"bench-expert-{number}", name=f"示例专家{number}", password="!")
        for number in range(lacking)
    )
    RoleGroup.objects.get(code=Role.EXPERT).group.user_set.add(*people)
    return list(people_with(Role.EXPERT).order_by("pk"))


def call_of(year, *, entries, reviewed=False):
    """Return a new call of a year that is over, its entries in three states, their answers those of a real form.

    Args:
        entries: how many.
        reviewed: whether versions, events and five experts' scores belong to them; those still under review lack one.
    """
    version = FormVersion.objects.filter(definition__kind="application").latest("pk")
    now = timezone.now()
    call = CallIndexPage.objects.get().add_child(
        instance=CallPage(
            title=f"{year.year}年度申报",
            slug=f"bench-{year.year}",
            programme_year=year,
            form=version.definition,
            rubric=Rubric.objects.filter(kind="application").first(),
            opens_at=now - timedelta(days=30),
            closes_at=now - timedelta(days=1),
        )
    )
    found = _entries(call, version, entries)
    if reviewed:
        _histories(found)
        _reviews(call, found)
    return call


def brands(count, *, years=20, activities=3):
    """Write projects of many years with their public brand pages and the activities these tell."""
    clerk, houses = User.objects.get(username="office"), units()
    categories, model = list(Category.objects.all()), BrandPage.objects.live().first()
    for _number in range(years):
        year = earlier_year()
        call = call_of(year, entries=0)
        entries = _entries(
            call,
            FormVersion.objects.filter(definition__kind="application").latest("pk"),
            count // years,
            status="approved",
            houses=houses,
        )
        lines = Brand.objects.bulk_create(
            Brand(unit=entry.unit, name=f"示例品牌{entry.pk}") for entry in entries
        )
        projects = Project.objects.bulk_create(
            Project(
                brand=lines[place],
                entry=entry,
                programme_year=year,
                unit=entry.unit,
                category=categories[place % len(categories)],
                serial=place + 1,
                project_no=f"YHYP-{year.year}-{place + 1:03d}",
                title=lines[place].name,
                leader_name="示例",
                granted=Decimal(8000),
                status="accepted",
                established_at=entry.submitted_at,
            )
            for place, entry in enumerate(entries)
        )
        rows = [
            {
                "title": project.title,
                "slug": project.project_no.lower(),
                "project": project,
                "slogan": "一笔一画写春秋",
                "intro": model.intro,
                "cover_id": model.cover_id,
                "story": model.story,
            }
            for project in projects
        ]
        pages = pages_below(BrandIndexPage.objects.get(), BrandPage, rows)
        told = Activity.objects.bulk_create(
            Activity(
                project=project,
                date=year.cultivate_until - timedelta(days=number),
                name=f"示例活动{number}",
                participants=30,
                created_by=clerk,
            )
            for project in projects
            for number in range(activities)
        )
        of_project = {page.project_id: page for page in pages}
        BrandPageActivity.objects.bulk_create(
            BrandPageActivity(
                page=of_project[one.project_id],
                activity=one,
                date=one.date,
                name=one.name,
                participants=30,
                picture_id=model.cover_id,
                sort_order=0,
            )
            for one in told
        )


def _entries(call, version, count, *, status=None, houses=None):
    houses, categories = houses or units(), list(Category.objects.all())
    clerk, now = User.objects.get(username="office"), timezone.now()
    model = Entry.objects.filter(kind="application", status="approved").first()
    return Entry.objects.bulk_create(
        [
            Entry(
                call=call,
                kind="application",
                unit=houses[place % len(houses)],
                category=categories[place % len(categories)],
                title=f"示例项目{call.programme_year.year}-{place}",
                status=status or STATES[place % len(STATES)],
                form_version=version,
                answers=model.answers,
                created_by=clerk,
                submitted_at=now - timedelta(minutes=place),
                closed_at=now if status else None,
            )
            for place in range(count)
        ]
    )


def _histories(entries):
    clerk = User.objects.get(username="office")
    EntryVersion.objects.bulk_create(
        EntryVersion(
            entry=entry,
            number=1,
            reason="submitted",
            form_version=entry.form_version,
            answers=entry.answers,
            digest="0" * 64,
            created_at=entry.submitted_at,
            created_by=clerk,
        )
        for entry in entries
    )
    EntryEvent.objects.bulk_create(
        EntryEvent(
            subject=entry,
            from_status="draft",
            to_status="submitted",
            action="send",
            actor=clerk,
            at=entry.submitted_at,
        )
        for entry in entries
    )


def _reviews(call, entries):
    clerk, now = User.objects.get(username="office"), timezone.now()
    people = experts()
    given = Assignment.objects.bulk_create(
        Assignment(entry=entry, expert=people[(place + number) % len(people)], assigned_by=clerk)
        for place, entry in enumerate(entries)
        if entry.status != "submitted"
        for number in range(call.experts_per_entry)
    )
    reviews = Review.objects.bulk_create(
        Review(
            assignment=one,
            locked_at=None if one.entry.status == "in_review" and not place % 5 else now,
        )
        for place, one in enumerate(given)
    )
    Score.objects.bulk_create(
        Score(
            review=review,
            criterion=line,
            points=line.points * (60 + (review.pk * 7 + line.pk * 3) % 40) / 100,
        )
        for review in reviews
        for line in call.rubric.criteria.all()
    )
