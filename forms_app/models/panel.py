"""Experts from outside: invited to one call, by a link and a code, for a limited time."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class InvitationQuerySet(models.QuerySet):
    def valid(self) -> "InvitationQuerySet":
        """Invitations that still open the door."""
        return self.filter(
            revoked_at__isnull=True, expires_at__gt=timezone.now(), user__is_active=True
        )


class Invitation(models.Model):
    """One expert's way in. The account behind it has no password and reaches nothing but this call's entries."""

    call = models.ForeignKey(
        "forms_app.CallPage", models.PROTECT, related_name="invitations", verbose_name=_("申报通知")
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="invitation",
        verbose_name=_("专家"),
    )
    institution = models.CharField(_("单位"), max_length=60)
    # A hash; the code itself is shown once.
    code = models.CharField(_("验证码"), max_length=128)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("邀请人")
    )
    invited_at = models.DateTimeField(_("邀请时间"), auto_now_add=True)
    expires_at = models.DateTimeField(_("有效期至"))
    entered_at = models.DateTimeField(_("最近进入"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("专家邀请")
        verbose_name_plural = _("专家邀请")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.user} · {self.institution}"

    @property
    def is_valid(self) -> bool:
        """Whether it still opens the door."""
        return self.revoked_at is None and self.expires_at > timezone.now()
