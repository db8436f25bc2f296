"""What is said about a page while it is under review."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.units.models import User

REMARK_LENGTH = 300  # characters


class Remark(models.Model):
    """A remark of somebody concerned with a page's review; it decides nothing."""

    page = models.ForeignKey(
        "wagtailcore.Page", models.CASCADE, related_name="remarks", verbose_name=_("页面")
    )
    text = models.CharField(_("留言"), max_length=REMARK_LENGTH)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("留言人"))
    at = models.DateTimeField(_("留言时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("审核留言")
        verbose_name_plural = _("审核留言")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text
