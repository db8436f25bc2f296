"""Money paid out to a project: dated rows, not a state."""

from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Disbursement(models.Model):
    """One payment of a grant; opened at establishment, dated when it is paid."""

    project = models.ForeignKey(
        "brands.Project", models.PROTECT, related_name="disbursements", verbose_name=_("项目")
    )
    amount = models.DecimalField(
        _("金额（元）"),
        max_digits=12,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"), message=_("金额要大于 0。"))],
    )
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

    def clean(self) -> None:
        """Refuse to pay more than was granted, or on a day to come.

        Raises:
            ValidationError: at `amount` or `paid_on`.
        """
        super().clean()
        if self.paid_on and self.paid_on > timezone.localdate():
            raise ValidationError({"paid_on": _("下达日期不能晚于今天；还没有下达就留空。")})
        if self.amount is None or self.project_id is None:
            return
        others = self.project.disbursements.exclude(pk=self.pk).aggregate(sum=Sum("amount"))["sum"]
        others = others or Decimal(0)
        if others + self.amount > self.project.granted:
            raise ValidationError(
                {
                    "amount": _(
                        "这个项目批准经费 %(granted)s 元，其余各笔已有 %(others)s 元，这一笔最多 %(most)s 元。"
                    )
                    % {
                        "granted": f"{self.project.granted:,.2f}",
                        "others": f"{others:,.2f}",
                        "most": f"{max(self.project.granted - others, Decimal(0)):,.2f}",
                    }
                }
            )
