"""Disciplinary colleges that need not apply in a year, each with the reason (plan, section 4 step 1: "in principle")."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Exemption(models.Model):
    """One college that the year's coverage does not count."""

    programme_year = models.ForeignKey(
        "forms_app.ProgrammeYear",
        models.CASCADE,
        related_name="exemptions",
        verbose_name=_("年度"),
    )
    unit = models.ForeignKey("units.Unit", models.CASCADE, related_name="+", verbose_name=_("单位"))
    reason = models.CharField(_("原因"), max_length=200)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("办理人")
    )
    granted_at = models.DateTimeField(_("办理时间"))

    class Meta:
        verbose_name = _("申报豁免")
        verbose_name_plural = _("申报豁免")
        ordering = ["unit__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme_year", "unit"], name="one_exemption_per_unit_and_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.programme_year} {self.unit}"
