"""The office's own paper: a .docx with placeholders, in the place of the form that the portal draws."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .files import private_storage


def template_path(template: "FormTemplate", filename: str) -> str:
    """Return where a template is kept: under a random name."""
    return f"templates/{uuid.uuid4().hex}.docx"


class FormTemplate(models.Model):
    """The template of one form. Uploading another one takes its place; it was checked when it came."""

    definition = models.OneToOneField(
        "forms_app.FormDefinition",
        models.CASCADE,
        related_name="template",
        verbose_name=_("表单"),
    )
    file = models.FileField(
        _("文件"), upload_to=template_path, storage=private_storage, max_length=160
    )
    name = models.CharField(_("文件名"), max_length=160)
    uploaded_at = models.DateTimeField(_("上传时间"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("上传人")
    )

    class Meta:
        verbose_name = _("表格模板")
        verbose_name_plural = _("表格模板")

    def __str__(self) -> str:
        return self.name
