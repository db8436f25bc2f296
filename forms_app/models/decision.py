"""The school union's decision on an application: a record of its own, whatever the ranking says."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """What was decided."""

    ESTABLISH = "establish", _("立项")
    REJECT = "reject", _("不予立项")


class Decision(models.Model):
    """Outcome, granted amount in 元 and reason: pending, and the office's own, until it is released to the unit.

    Released with it: the reference to the minutes and the letter the unit was sent, word for word.
    """

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
    released_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("发布人"),
    )
    letter = models.TextField(_("通知书"), blank=True)
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
            models.CheckConstraint(
                condition=models.Q(released_at__isnull=True, released_by__isnull=True)
                | models.Q(released_at__isnull=False, released_by__isnull=False),
                name="released_decisions_say_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry} {self.get_outcome_display()}"

    @property
    def is_released(self) -> bool:
        """Whether the decision is in force and known to the unit."""
        return self.released_at is not None
