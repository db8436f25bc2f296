"""Money paid out to a project: dated rows, not a state."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Disbursement(models.Model):
    """One payment of a grant; opened at establishment, dated when it is paid."""

    project = models.ForeignKey(
        "brands.Project", models.PROTECT, related_name="disbursements", verbose_name=_("项目")
    )
    amount = models.DecimalField(_("金额（元）"), max_digits=12, decimal_places=2)
    paid_on = models.DateField(_("下达日期"), null=True, blank=True)
    note = models.CharField(_("备注"), max_length=100, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经办人")
    )

    # Nobody asks where it refers to; Wagtail would look after every save.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("经费下达")
        verbose_name_plural = _("经费下达")
        ordering = ["project", "paid_on"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="payments_are_positive")
        ]

    def __str__(self) -> str:
        return f"{self.project.project_no} {self.amount}"
