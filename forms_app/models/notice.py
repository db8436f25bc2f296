"""Public notice of the intended decisions, and objections to them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.lifecycle.models import LifecycleEvent

NOTICE_PATH = "public-notice"


class PublicNotice(models.Model):
    """The list shown to everybody for a number of working days before it takes effect."""

    call = models.ForeignKey(
        "forms_app.CallPage",
        models.PROTECT,
        related_name="public_notices",
        verbose_name=_("申报通知"),
    )
    starts_on = models.DateField(_("公示起"))
    ends_on = models.DateField(_("公示止"), help_text=_("当日仍可提出异议"))

    class Meta:
        verbose_name = _("公示")
        verbose_name_plural = _("公示")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="notice_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.call} {self.starts_on:%Y-%m-%d}"

    @property
    def path(self) -> str:
        """Where everybody reads the list: a page below its call's."""
        return f"{self.call.url}{self.place}"

    @property
    def place(self) -> str:
        """Its page's place below its call's address."""
        return f"{NOTICE_PATH}/{self.pk}/"


class ObjectionStatus(models.TextChoices):
    """How far an objection has been handled."""

    RECEIVED = "received", _("已收到")
    ACCEPTED = "accepted", _("已受理")
    INVESTIGATING = "investigating", _("核实中")
    REFUSED = "refused", _("不予受理")
    UPHELD = "upheld", _("异议成立")
    DISMISSED = "dismissed", _("异议不成立")


# While an objection is in one of these states, its item cannot be announced.
OPEN_OBJECTION = (
    ObjectionStatus.RECEIVED,
    ObjectionStatus.ACCEPTED,
    ObjectionStatus.INVESTIGATING,
)


class Objection(models.Model):
    """An objection signed with a real name; the objector is shown to the office only."""

    entry = models.ForeignKey(
        "forms_app.Entry", models.PROTECT, related_name="objections", verbose_name=_("申报")
    )
    name = models.CharField(_("姓名"), max_length=20)
    contact = models.CharField(_("联系方式"), max_length=60)
    text = models.TextField(_("异议内容"), max_length=1000)
    received_at = models.DateTimeField(_("收到时间"), auto_now_add=True)
    status = models.CharField(
        _("处理"), max_length=14, choices=ObjectionStatus, default=ObjectionStatus.RECEIVED
    )
    conclusion = models.TextField(_("处理结论"), blank=True)
    concluded_at = models.DateTimeField(_("办结时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("异议")
        verbose_name_plural = _("异议")
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return f"{self.entry} {self.received_at:%Y-%m-%d}"


class ObjectionEvent(LifecycleEvent):
    """Each step of an objection: who, when, and in which words."""

    subject = models.ForeignKey(
        Objection, models.PROTECT, related_name="events", verbose_name=_("异议")
    )

    class Meta(LifecycleEvent.Meta):
        verbose_name = _("异议记录")
        verbose_name_plural = _("异议记录")
