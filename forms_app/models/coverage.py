"""Coverage of the disciplinary colleges (plan, section 4 step 1): who is exempt from it, and who was reminded when."""

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


class CallReminder(models.Model):
    """A unit was reminded of a call on a day; once a day at most."""

    call = models.ForeignKey(
        "forms_app.CallPage", models.CASCADE, related_name="reminders", verbose_name=_("申报通知")
    )
    unit = models.ForeignKey("units.Unit", models.CASCADE, related_name="+", verbose_name=_("单位"))
    sent_on = models.DateField(_("提醒日期"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("办理人")
    )

    class Meta:
        verbose_name = _("申报提醒")
        verbose_name_plural = _("申报提醒")
        ordering = ["-sent_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "unit", "sent_on"], name="one_reminder_per_unit_and_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.sent_on:%Y-%m-%d}"
