"""The applicant units: secondary unions of colleges and departments, and staff associations."""

from django.db import models
from django.utils.translation import gettext_lazy as _

LAST = 9999  # among the units, for one whose place nobody has said


class UnitKind(models.TextChoices):
    """What kind of body a unit is (plan, section 1)."""

    COLLEGE = "college", _("学院工会")
    DEPARTMENT = "department", _("部门工会")
    ASSOCIATION = "association", _("教职工文体协会")


class UnitQuerySet(models.QuerySet):
    def active(self) -> "UnitQuerySet":
        """Units that still exist."""
        return self.filter(is_active=True)

    def disciplinary(self) -> "UnitQuerySet":
        """Active disciplinary colleges: the denominator of coverage (plan, section 4 step 1)."""
        return self.active().filter(is_disciplinary=True)


class Unit(models.Model):
    """A secondary union or staff association; sorted by the school's own order."""

    code = models.SlugField(_("代码"), max_length=20, unique=True)
    name = models.CharField(_("名称"), max_length=60, unique=True)
    short_name = models.CharField(_("简称"), max_length=20, blank=True)
    kind = models.CharField(_("类型"), max_length=12, choices=UnitKind)
    is_disciplinary = models.BooleanField(_("学科性学院"), default=False)
    host = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="hosted",
        verbose_name=_("挂靠单位"),
    )
    party_organisation = models.CharField(_("党组织"), max_length=60, blank=True)
    member_count = models.PositiveIntegerField(_("会员人数"), default=0)
    order = models.PositiveIntegerField(
        _("排序"), default=LAST, help_text=_("数字小的排在前面；不填的排在最后")
    )
    is_active = models.BooleanField(_("在用"), default=True)

    objects = UnitQuerySet.as_manager()

    # Nobody asks what refers to a unit; Wagtail would look through every message and record after it is saved.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("申报单位")
        verbose_name_plural = _("申报单位")
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_disciplinary=False) | models.Q(kind=UnitKind.COLLEGE),
                name="only_colleges_are_disciplinary",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_association(self) -> bool:
        """Whether the unit is a staff association (its chair is a 会长, its party opinion the host's)."""
        return self.kind == UnitKind.ASSOCIATION
