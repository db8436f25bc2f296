"""Awards: only accepted projects compete (plan, section 4 step 5)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AwardLevel(models.Model):
    """A level of award in a year, named by the office."""

    programme_year = models.ForeignKey(
        "forms_app.ProgrammeYear",
        models.CASCADE,
        related_name="award_levels",
        verbose_name=_("年度"),
    )
    name = models.CharField(_("奖项"), max_length=20)
    order = models.PositiveSmallIntegerField(_("排序"), default=0)

    class Meta:
        verbose_name = _("奖项")
        verbose_name_plural = _("奖项")
        ordering = ["-programme_year__year", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme_year", "name"], name="award_level_once_per_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.programme_year} {self.name}"


class Award(models.Model):
    """An award given to a project."""

    project = models.OneToOneField(
        "brands.Project", models.PROTECT, related_name="award", verbose_name=_("项目")
    )
    level = models.ForeignKey(
        AwardLevel, models.PROTECT, related_name="awards", verbose_name=_("奖项")
    )
    given_at = models.DateTimeField(_("表彰时间"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经办人")
    )

    class Meta:
        verbose_name = _("表彰")
        verbose_name_plural = _("表彰")
        ordering = ["level__order", "project__project_no"]

    def __str__(self) -> str:
        return f"{self.project} {self.level.name}"
