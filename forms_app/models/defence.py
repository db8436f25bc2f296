"""Live defence (现场评审): the order that was drawn, and each unit's turn."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.append_only import AppendOnlyModel


class Draw(AppendOnlyModel):
    """One drawing of the order; the latest counts, the earlier ones stay on record."""

    call = models.ForeignKey(
        "forms_app.CallPage", models.PROTECT, related_name="draws", verbose_name=_("申报通知")
    )
    number = models.PositiveSmallIntegerField(_("第几次"))
    # Keys of the entries in the order drawn.
    order = models.JSONField(_("次序"))
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("抽签人")
    )
    drawn_at = models.DateTimeField(_("抽签时间"), auto_now_add=True)
    reason = models.CharField(_("重抽的理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("抽签")
        verbose_name_plural = _("抽签")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="draw_number_once"),
            models.CheckConstraint(
                condition=models.Q(number=1) | ~models.Q(reason=""), name="redrawn_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} {self.number}"


class Turn(models.Model):
    """One entry's presentation."""

    entry = models.OneToOneField(
        "forms_app.Entry", models.PROTECT, related_name="turn", verbose_name=_("申报")
    )
    started_at = models.DateTimeField(_("开始时间"))
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("答辩")
        verbose_name_plural = _("答辩")
        ordering = ["started_at"]

    def __str__(self) -> str:
        return str(self.entry)
