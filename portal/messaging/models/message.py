"""The outbox: one row per event, recipient and channel, written in the transaction of what it tells."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How a message reaches a person."""

    INBOX = "inbox", _("站内")
    EMAIL = "email", _("邮件")


class MessageQuerySet(models.QuerySet):
    def inbox_of(self, user: object) -> "MessageQuerySet":
        """The messages a person reads in the portal, newest first."""
        return self.filter(recipient=user, channel=Channel.INBOX).order_by("-created_at", "-pk")

    def unread(self) -> "MessageQuerySet":
        """Messages not opened yet."""
        return self.filter(read_at__isnull=True)

    def awaiting_delivery(self) -> "MessageQuerySet":
        """E-mails that are due and that no worker holds a lease on."""
        now = timezone.now()
        return self.filter(
            channel=Channel.EMAIL,
            delivered_at__isnull=True,
            gave_up_at__isnull=True,
            due_at__lte=now,
        ).filter(models.Q(leased_until__isnull=True) | models.Q(leased_until__lt=now))


class Message(models.Model):
    """What a person is told. The text comes from the kind's template and the context kept here."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="messages_received",
        verbose_name=_("收件人"),
    )
    kind = models.CharField(_("类型"), max_length=40)
    context = models.JSONField(_("内容"), default=dict)
    path = models.CharField(_("去处"), max_length=200, blank=True)
    channel = models.CharField(_("渠道"), max_length=6, choices=Channel)
    dedupe_key = models.CharField(_("去重键"), max_length=160, unique=True)
    created_at = models.DateTimeField(_("产生时间"), default=timezone.now)
    due_at = models.DateTimeField(_("发送时间"), default=timezone.now)
    leased_until = models.DateTimeField(_("占用至"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    error = models.TextField(_("错误"), blank=True)
    delivered_at = models.DateTimeField(_("送达时间"), null=True, blank=True)
    gave_up_at = models.DateTimeField(_("放弃时间"), null=True, blank=True)
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("消息")
        verbose_name_plural = _("消息")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["recipient", "channel", "-created_at"], name="message_inbox"),
            models.Index(
                fields=["due_at"],
                name="message_outbox",
                condition=models.Q(
                    channel=Channel.EMAIL, delivered_at__isnull=True, gave_up_at__isnull=True
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.recipient}"
