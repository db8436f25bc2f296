"""Guidance along the way (过程指导)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.plain_text import shortened


class GuidanceNote(models.Model):
    """What the school union tells a project's unit during cultivation; the unit confirms that it has read it."""

    project = models.ForeignKey(
        "brands.Project", models.PROTECT, related_name="guidance_notes", verbose_name=_("项目")
    )
    text = models.TextField(_("指导意见"), max_length=500)
    written_at = models.DateTimeField(_("时间"), auto_now_add=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("指导人")
    )
    read_at = models.DateTimeField(_("单位已阅"), null=True, blank=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("已阅人"),
    )

    class Meta:
        verbose_name = _("过程指导")
        verbose_name_plural = _("过程指导")
        ordering = ["-written_at"]

    def __str__(self) -> str:
        return shortened(self.text, 30)
