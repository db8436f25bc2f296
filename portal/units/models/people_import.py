"""An uploaded workbook between the dry run and the confirmation."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PeopleImport(models.Model):
    """What somebody uploaded, what he was shown, and whether it was carried out.

    The file itself is kept only until then: it holds phone numbers.
    """

    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("上传人")
    )
    uploaded_at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    file_name = models.CharField(_("文件名"), max_length=150)
    content = models.BinaryField(_("文件"))
    digest = models.CharField(_("核对内容的摘要"), max_length=64)
    applied_at = models.DateTimeField(_("导入时间"), null=True, blank=True)
    summary = models.CharField(_("结果"), max_length=200, blank=True)
    created_people = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", blank=True, verbose_name=_("新增人员")
    )

    class Meta:
        verbose_name = _("单位与人员的导入")
        verbose_name_plural = _("单位与人员的导入")
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.file_name
