"""Brands through the years, and the project of each year."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.lifecycle.models import LifecycleEvent

from .status import ENDED, ProjectStatus


class Brand(models.Model):
    """A unit's culture brand: the line that runs through its yearly projects."""

    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="brands", verbose_name=_("单位")
    )
    name = models.CharField(_("品牌名称"), max_length=30)

    class Meta:
        verbose_name = _("品牌")
        verbose_name_plural = _("品牌")
        ordering = ["unit__order", "name"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], name="brand_name_once_per_unit")
        ]

    def __str__(self) -> str:
        return self.name


class ProjectQuerySet(models.QuerySet):
    def with_parties(self) -> "ProjectQuerySet":
        """Join what every list shows."""
        return self.select_related("programme_year", "unit", "category", "brand")


class Project(models.Model):
    """One established application in its year. Only the lifecycle door changes its status."""

    brand = models.ForeignKey(
        Brand, models.PROTECT, related_name="projects", verbose_name=_("品牌")
    )
    entry = models.OneToOneField(
        "forms_app.Entry", models.PROTECT, related_name="project", verbose_name=_("申报")
    )
    previous = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="continued_by",
        verbose_name=_("延续自"),
    )
    programme_year = models.ForeignKey(
        "forms_app.ProgrammeYear", models.PROTECT, related_name="projects", verbose_name=_("年度")
    )
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="projects", verbose_name=_("申报单位")
    )
    category = models.ForeignKey(
        "forms_app.Category", models.PROTECT, related_name="projects", verbose_name=_("类别")
    )
    # The running number within the year; together with the year it makes project_no.
    serial = models.PositiveIntegerField(_("序号"))
    project_no = models.CharField(_("立项编号"), max_length=20, unique=True)
    title = models.CharField(_("项目名称"), max_length=30)
    leader_name = models.CharField(_("负责人"), max_length=20)
    granted = models.DecimalField(_("批准经费（元）"), max_digits=12, decimal_places=2)
    status = models.CharField(
        _("状态"), max_length=12, choices=ProjectStatus, default=ProjectStatus.ESTABLISHED
    )
    established_at = models.DateTimeField(_("立项时间"))
    rectify_until = models.DateField(_("整改期限"), null=True, blank=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    objects = ProjectQuerySet.as_manager()

    # Nobody asks where it refers to; Wagtail would look after every save.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("项目")
        verbose_name_plural = _("项目")
        ordering = ["-programme_year__year", "serial"]
        indexes = [models.Index(fields=["programme_year", "status"], name="project_of_year")]
        constraints = [
            models.UniqueConstraint(
                fields=["programme_year", "serial"], name="project_serial_once_per_year"
            ),
            models.CheckConstraint(condition=Q(granted__gte=0), name="project_grant_not_negative"),
            models.CheckConstraint(
                condition=Q(status__in=ENDED, ended_at__isnull=False)
                | (~Q(status__in=ENDED) & Q(ended_at__isnull=True)),
                name="ended_projects_say_when",
            ),
            models.CheckConstraint(
                condition=~Q(status=ProjectStatus.RECTIFYING) | Q(rectify_until__isnull=False),
                name="rectifying_projects_have_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_no} {self.title}"

    def get_status_display(self) -> str:
        """Return the state in words; Django's own would translate all the states for each row of a list."""
        return str(ProjectStatus(self.status).label)

    @property
    def my_path(self) -> str:
        """Where the unit works on it."""
        return reverse("brands:project", args=[self.project_no])

    @property
    def office_path(self) -> str:
        """Where the office works on it."""
        return reverse("office_project", args=[self.project_no])


class ProjectEvent(LifecycleEvent):
    """What happened to a project."""

    subject = models.ForeignKey(
        Project, models.PROTECT, related_name="events", verbose_name=_("项目")
    )

    class Meta(LifecycleEvent.Meta):
        verbose_name = _("项目记录")
        verbose_name_plural = _("项目记录")


class ProjectSummary(models.Model):
    """A summary entry of a project; round 2 and later are rectifications (整改)."""

    project = models.ForeignKey(
        Project, models.PROTECT, related_name="summaries", verbose_name=_("项目")
    )
    entry = models.OneToOneField(
        "forms_app.Entry", models.PROTECT, related_name="project_summary", verbose_name=_("总结表")
    )
    round = models.PositiveSmallIntegerField(_("轮次"), default=1)

    class Meta:
        verbose_name = _("项目总结")
        verbose_name_plural = _("项目总结")
        ordering = ["project", "round"]
        constraints = [
            models.UniqueConstraint(fields=["project", "round"], name="one_summary_per_round")
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.round}"
