"""Projects seen whole: what was asked, granted, paid and spent, what was done, and how it was judged."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Count, Max, QuerySet, Sum

from forms_app.engine.kinds.system import amount
from forms_app.models import Entry
from forms_app.models.status import AFTER_SUBMISSION
from forms_app.office.sheet import requested
from forms_app.review.ranking import CENT

from ..models import Acceptance, Activity, Award, Disbursement, Project, ProjectSummary


@dataclass
class ProjectRecord:
    """One project with all that reports say of it. Sums are in 元.

    Attributes:
        paid: what has been paid out so far.
        summaries: its summaries, round by round.
        activities, participants: how many were recorded, and how many people came.
        last_activity: the day of the last one.
    """

    project: Project
    paid: Decimal = Decimal(0)
    summaries: list[ProjectSummary] = field(default_factory=list)
    activities: int = 0
    participants: int = 0
    last_activity: date | None = None

    @property
    def requested(self) -> Decimal | None:
        """What the unit applied for."""
        return requested(self.project.entry)

    @property
    def unpaid(self) -> Decimal:
        """What is left of the grant to be paid."""
        return self.project.granted - self.paid

    @property
    def spent(self) -> Decimal | None:
        """What was spent, by the last summary that has reached the school union; None before."""
        arrived = [one.entry for one in self.summaries if one.entry.status in AFTER_SUBMISSION]
        return spent_in(arrived[-1]) if arrived else None

    @property
    def balance(self) -> Decimal | None:
        """The grant less what was spent, as the summary form reckons it."""
        return None if self.spent is None else self.project.granted - self.spent

    @property
    def acceptance(self) -> Acceptance | None:
        """The last verdict; None before the first."""
        given = [one.acceptance for one in self.summaries if hasattr(one, "acceptance")]
        return given[-1] if given else None

    @property
    def award(self) -> Award | None:
        """The award, or None."""
        return getattr(self.project, "award", None)


def spent_in(summary: Entry) -> Decimal | None:
    """Return what a summary form says was spent, in 元; None where the form has no such table or it is empty."""
    if not summary.answers.get("expenses"):
        return None
    return amount(summary.answers, "expenses", "spent")


def records_of(projects: QuerySet[Project]) -> list[ProjectRecord]:
    """Return the records of some projects, in their order (four queries)."""
    joined = projects.with_parties().select_related("entry", "award__level")
    records = {project.pk: ProjectRecord(project) for project in joined}
    keys = list(records)
    paid = Disbursement.objects.filter(project__in=keys, paid_on__isnull=False).order_by()
    for key, sum_paid in paid.values_list("project").annotate(sum=Sum("amount")):
        # SQLite adds up in floating point.
        records[key].paid = Decimal(sum_paid).quantize(CENT)
    rounds = ProjectSummary.objects.filter(project__in=keys).select_related("entry", "acceptance")
    for summary in rounds.order_by("round"):
        records[summary.project_id].summaries.append(summary)
    done = Activity.objects.filter(project__in=keys).order_by().values_list("project")
    for key, times, people, last in done.annotate(
        times=Count("pk"), people=Sum("participants"), last=Max("date")
    ):
        record = records[key]
        record.activities, record.participants, record.last_activity = times, people or 0, last
    return list(records.values())
