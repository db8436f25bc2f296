"""How often somebody tried to sign in, for the lock-out."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SignInTries(models.Model):
    """The tries at one account from one known browser, or from all strangers together; gone after a quarter of an hour.

    The audit record keeps for ever what happened; this is the counter alone. A row is one UPDATE away from a try, so that
    of many simultaneous guesses no more are judged than are allowed.
    """

    account = models.CharField(_("账号"), max_length=170)
    device = models.CharField(_("浏览器"), max_length=32, blank=True)
    count = models.PositiveSmallIntegerField(_("次数"), default=0)
    last_at = models.DateTimeField(_("最近一次"), db_index=True)

    class Meta:
        verbose_name = _("登录尝试")
        verbose_name_plural = _("登录尝试")
        constraints = [
            models.UniqueConstraint(fields=["account", "device"], name="tries_once_each")
        ]

    def __str__(self) -> str:
        return f"{self.account} × {self.count}"
