"""The school union's decision on an application: a record of its own, whatever the ranking says."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """What was decided."""

    ESTABLISH = "establish", _("立项")
    REJECT = "reject", _("不予立项")


class Decision(models.Model):
    """Outcome, granted amount in 元, reason and minutes; released when it takes effect."""

    entry = models.OneToOneField(
        "forms_app.Entry", models.PROTECT, related_name="decision", verbose_name=_("申报")
    )
    outcome = models.CharField(_("结论"), max_length=10, choices=Outcome)
    amount_granted = models.DecimalField(
        _("批准经费（元）"), max_digits=12, decimal_places=2, default=0
    )
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    minutes_reference = models.CharField(_("会议纪要"), max_length=60, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("决定人")
    )
    decided_at = models.DateTimeField(_("决定时间"))
    notice = models.ForeignKey(
        "forms_app.PublicNotice",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("公示"),
    )

    class Meta:
        verbose_name = _("评审决定")
        verbose_name_plural = _("评审决定")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_granted__gte=0), name="grant_not_negative"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome=Outcome.ESTABLISH) | models.Q(amount_granted=0),
                name="rejected_gets_no_grant",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry} {self.get_outcome_display()}"
