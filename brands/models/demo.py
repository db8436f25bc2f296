"""What marks a database as the demo's."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DemoStep(models.Model):
    """A step of the demo that has been loaded. A database with units but without any step holds real data."""

    name = models.CharField(_("步骤"), max_length=20, unique=True)
    loaded_at = models.DateTimeField(_("载入时间"))

    class Meta:
        verbose_name = _("演示数据")
        verbose_name_plural = _("演示数据")

    def __str__(self) -> str:
        return self.name
