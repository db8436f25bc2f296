"""What the unit did: recorded on the spot from a phone, private until chosen for the brand page."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Activity(models.Model):
    """One activity of a project."""

    project = models.ForeignKey(
        "brands.Project", models.PROTECT, related_name="activities", verbose_name=_("项目")
    )
    date = models.DateField(_("日期"))
    name = models.CharField(_("活动名称"), max_length=50)
    place = models.CharField(_("地点"), max_length=50, blank=True)
    participants = models.PositiveIntegerField(_("参与人次"), default=0)
    sentence = models.CharField(_("一句话"), max_length=200, blank=True)
    url = models.URLField(_("报道链接"), blank=True)
    offered = models.BooleanField(_("推荐到品牌页"), default=False)
    created_at = models.DateTimeField(_("记录时间"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("记录人")
    )

    class Meta:
        verbose_name = _("活动记录")
        verbose_name_plural = _("活动记录")
        ordering = ["date", "pk"]

    def __str__(self) -> str:
        return self.name
