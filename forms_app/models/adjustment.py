"""Negotiated adjustment: what the unit applied for and what the school union proposes, field by field."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from .entry import EntryVersion, VersionReason


class Answer(models.TextChoices):
    """What became of a proposal: the unit's answer, and whether the school union took the unit's own proposal."""

    PENDING = "pending", _("待答复")
    ACCEPTED = "accepted", _("同意")
    OBJECTED = "objected", _("不同意")
    COUNTERED = "countered", _("另提方案")
    COUNTER_TAKEN = "taken", _("采纳单位方案")


class AdjustmentQuerySet(models.QuerySet):
    def current(self) -> "AdjustmentQuerySet":
        """Return those about what the unit sent last; what was said about earlier versions is history."""
        sent = EntryVersion.objects.filter(entry=OuterRef("entry"), reason=VersionReason.SUBMITTED)
        last = Subquery(sent.order_by("-number").values("created_at")[:1])
        return self.filter(proposed_at__gte=last)

    def agreed(self) -> "AdjustmentQuerySet":
        """Return those of them that both sides agreed on, the latest word on a field last."""
        return (
            self.current().filter(answer__in=[Answer.ACCEPTED, Answer.COUNTER_TAKEN]).order_by("pk")
        )

    def open_counters(self) -> "AdjustmentQuerySet":
        """Return what the unit proposed instead and nothing said since has replaced."""
        since = Adjustment.objects.filter(
            entry=OuterRef("entry"), field_key=OuterRef("field_key"), pk__gt=OuterRef("pk")
        ).exclude(answer=Answer.OBJECTED)
        return self.current().filter(~Exists(since), answer=Answer.COUNTERED)


class Adjustment(models.Model):
    """One proposed change of one field in one round; every text stays (plan, section 4 step 2).

    `proposed` is the school union's, `counter` what the unit proposes instead.
    """

    entry = models.ForeignKey(
        "forms_app.Entry", models.PROTECT, related_name="adjustments", verbose_name=_("申报")
    )
    field_key = models.CharField(_("栏目"), max_length=60)
    round = models.PositiveSmallIntegerField(_("轮次"), default=1)
    applied = models.JSONField(_("申报内容"), null=True)
    proposed = models.JSONField(_("建议内容"), null=True)
    reason = models.CharField(_("理由"), max_length=300)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("提出人")
    )
    proposed_at = models.DateTimeField(_("提出时间"))
    answer = models.CharField(_("答复"), max_length=10, choices=Answer, default=Answer.PENDING)
    counter = models.JSONField(_("单位另提的内容"), null=True, blank=True)
    answer_text = models.CharField(_("答复说明"), max_length=300, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("答复人"),
    )
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    objects = AdjustmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("协商调整")
        verbose_name_plural = _("协商调整")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.entry} {self.field_key}"

    @property
    def agreed_text(self) -> Any:
        """The text both sides agreed on; only where they did."""
        return self.counter if self.answer == Answer.COUNTER_TAKEN else self.proposed
