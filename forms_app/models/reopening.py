"""Why an expert's locked scores were opened again."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.append_only import AppendOnlyModel

from .review import Review


class Reopening(AppendOnlyModel):
    """One reopening of a locked review, with the total that stood before (domain, section 5)."""

    review = models.ForeignKey(
        Review, models.PROTECT, related_name="reopenings", verbose_name=_("专家评审")
    )
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("办理人")
    )
    at = models.DateTimeField(_("时间"))
    reason = models.CharField(_("理由"), max_length=300)
    total = models.DecimalField(_("原合计"), max_digits=6, decimal_places=2)

    class Meta:
        verbose_name = _("重新打开的评分")
        verbose_name_plural = _("重新打开的评分")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.review} {self.at:%Y-%m-%d}"
