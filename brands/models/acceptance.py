"""Acceptance: the only verdict on a summary."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Grade(models.TextChoices):
    """Grades of acceptance (domain, section 5): from 90, 80, 60 points, and below."""

    EXCELLENT = "excellent", _("优秀")
    GOOD = "good", _("良好")
    PASS = "pass", _("合格")
    FAIL = "fail", _("不合格")


class Acceptance(models.Model):
    """The school union's verdict on one summary of a project."""

    summary = models.OneToOneField(
        "brands.ProjectSummary",
        models.PROTECT,
        related_name="acceptance",
        verbose_name=_("项目总结"),
    )
    grade = models.CharField(_("等次"), max_length=10, choices=Grade)
    opinion = models.CharField(_("验收意见"), max_length=300, blank=True)
    score = models.DecimalField(
        _("专家评分"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("验收人")
    )
    accepted_at = models.DateTimeField(_("验收时间"))

    class Meta:
        verbose_name = _("评估验收")
        verbose_name_plural = _("评估验收")

    def __str__(self) -> str:
        return f"{self.summary} {self.get_grade_display()}"
