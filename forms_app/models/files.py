"""Files that belong to an entry: private, checked, bound to the field they answer."""

import uuid

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _


def private_storage() -> object:
    """Return the storage of private files (a callable, so that migrations name no path)."""
    return storages["private"]


def attachment_path(attachment: "Attachment", filename: str) -> str:
    """Return where a file is kept: the entry's folder, under a random name with the original's ending."""
    ending = filename.rpartition(".")[2].lower()[:8]
    return f"entries/{attachment.entry_id}/{uuid.uuid4().hex}.{ending}"


class Attachment(models.Model):
    """One uploaded file. Removing it keeps the row, so that an older version still shows what was sent."""

    entry = models.ForeignKey(
        "forms_app.Entry", models.CASCADE, related_name="attachments", verbose_name=_("申报")
    )
    field_key = models.CharField(_("栏目"), max_length=60)
    file = models.FileField(
        _("文件"), upload_to=attachment_path, storage=private_storage, max_length=160
    )
    # A picture's copy for screens; the original stays as it is.
    web = models.FileField(
        upload_to=attachment_path, storage=private_storage, max_length=160, blank=True
    )
    name = models.CharField(_("文件名"), max_length=160)
    size = models.PositiveBigIntegerField(_("大小（字节）"))
    content_type = models.CharField(_("类型"), max_length=100)
    sha256 = models.CharField(max_length=64)
    details = models.JSONField(default=dict)  # caption, credit, taken_on, consent of a picture
    uploaded_at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("上传人")
    )
    removed_at = models.DateTimeField(_("移除时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("申报附件")
        verbose_name_plural = _("申报附件")
        ordering = ["field_key", "pk"]

    def __str__(self) -> str:
        return self.name
