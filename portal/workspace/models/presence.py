"""Who has a form open at this moment."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Presence(models.Model):
    """One person in one form: since when, where in it, and when he was last heard of."""

    about = models.CharField(max_length=60)  # what the form is about, "forms_app.entry:12"
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    screen = models.CharField(max_length=60, blank=True)
    since = models.DateTimeField()
    heard_at = models.DateTimeField()

    class Meta:
        verbose_name = _("正在填写的人")
        verbose_name_plural = _("正在填写的人")
        constraints = [
            models.UniqueConstraint(fields=["about", "user"], name="presence_once_for_each")
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.about}"
