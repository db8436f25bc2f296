from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Heartbeat(models.Model):
    """When a worker last carried out a scheduled task: one row, rewritten each minute.

    A row and no cache key, because a cache may forget and because it shows that the worker reaches the database.
    """

    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("后台任务心跳")
        verbose_name_plural = _("后台任务心跳")

    def __str__(self):
        return str(self.at)

    @classmethod
    def beat(cls):
        """Write the present moment into the one row."""
        cls.objects.update_or_create(pk=1, defaults={"at": timezone.now()})
