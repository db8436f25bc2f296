"""What the office draws, and the immutable versions that entries are written in."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin


class FormKind(models.TextChoices):
    """The two forms of the programme (附件1 and 附件2 of the plan)."""

    APPLICATION = "application", _("申报表")
    SUMMARY = "summary", _("总结表")


class FormDefinition(DraftStateMixin, PreviewableMixin, RevisionMixin, models.Model):
    """A form as the office designs it. Publishing freezes it into a FormVersion."""

    name = models.CharField(_("名称"), max_length=60)
    kind = models.CharField(_("类型"), max_length=12, choices=FormKind)

    class Meta:
        verbose_name = _("表单")
        verbose_name_plural = _("表单")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class FormVersion(models.Model):
    """A frozen form: a neutral schema with its labels. An entry renders for ever with the version it was written in."""

    definition = models.ForeignKey(
        FormDefinition, models.PROTECT, related_name="versions", verbose_name=_("表单")
    )
    number = models.PositiveIntegerField(_("版本号"))
    schema = models.JSONField(_("结构"))
    digest = models.CharField(_("摘要"), max_length=64)
    created_at = models.DateTimeField(_("发布时间"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("发布人"),
    )

    class Meta:
        verbose_name = _("表单版本")
        verbose_name_plural = _("表单版本")
        ordering = ["definition", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["definition", "number"], name="form_version_number_once"
            ),
            models.UniqueConstraint(
                fields=["definition", "digest"], name="form_version_content_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.definition} 第{self.number}版"
