"""A file that arrives in pieces over a network that comes and goes."""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def new_token() -> str:
    """Return the name of a new upload, which nobody can guess."""
    return secrets.token_urlsafe(18)


class HalfUpload(models.Model):
    """What has arrived so far of one file. Gone once the file is whole, or after some days without a piece."""

    token = models.CharField(max_length=40, unique=True, default=new_token)
    entry = models.ForeignKey("forms_app.Entry", models.CASCADE, related_name="half_uploads")
    field_key = models.CharField(max_length=60)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    # Tells apart two files of one name and size: the browser's date of the file.
    stamp = models.CharField(max_length=40, blank=True)
    received = models.PositiveBigIntegerField(default=0)
    pieces = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(auto_now_add=True)
    heard_at = models.DateTimeField()

    class Meta:
        verbose_name = _("没有传完的文件")
        verbose_name_plural = _("没有传完的文件")
        indexes = [models.Index(fields=["heard_at"], name="half_upload_age")]

    def __str__(self) -> str:
        return self.name
