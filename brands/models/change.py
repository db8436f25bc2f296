"""What a unit asks to change about its project (延期、变更、终止), and what the school union decides."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.lifecycle.models import LifecycleEvent


class ChangeKind(models.TextChoices):
    """What is asked for; a revocation (撤项) is the office's own act."""

    EXTENSION = "extension", _("延期")
    CHANGE = "change", _("变更")
    TERMINATION = "termination", _("终止")


class ChangeAspect(models.TextChoices):
    """What a change is about."""

    TITLE = "title", _("项目名称")
    LEADER = "leader", _("负责人")
    ACTIVITIES = "activities", _("活动安排")
    MONEY = "money", _("经费用途")
    OTHER = "other", _("其他")


class ChangeStatus(models.TextChoices):
    """How far a request has come."""

    REQUESTED = "requested", _("待决定")
    APPROVED = "approved", _("已同意")
    REJECTED = "rejected", _("未同意")
    WITHDRAWN = "withdrawn", _("已撤回")


class ChangeRequest(models.Model):
    """One request of a unit, and its answer. Only the lifecycle door changes its status."""

    project = models.ForeignKey(
        "brands.Project", models.PROTECT, related_name="change_requests", verbose_name=_("项目")
    )
    kind = models.CharField(_("种类"), max_length=12, choices=ChangeKind)
    aspect = models.CharField(_("变更什么"), max_length=12, choices=ChangeAspect, blank=True)
    old_value = models.TextField(_("原来"), blank=True)
    new_value = models.TextField(_("改为"), blank=True)
    until = models.DateField(_("申请延到"), null=True, blank=True)
    reason = models.TextField(_("理由"))
    status = models.CharField(
        _("状态"), max_length=10, choices=ChangeStatus, default=ChangeStatus.REQUESTED
    )
    asked_at = models.DateTimeField(_("申请时间"), auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("申请人")
    )
    # The date that was decided may be another than the one that was asked for; both stay.
    granted_until = models.DateField(_("同意延到"), null=True, blank=True)
    answer = models.TextField(_("答复"), blank=True)
    closed_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("办结人"),
    )

    # Nobody asks where it refers to; Wagtail would look after every save.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("变更申请")
        verbose_name_plural = _("变更申请")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "kind"],
                condition=Q(status=ChangeStatus.REQUESTED),
                name="one_open_request_of_a_kind",
            ),
            models.CheckConstraint(
                condition=(
                    Q(kind=ChangeKind.CHANGE, aspect__in=ChangeAspect.values, until__isnull=True)
                    & ~Q(new_value="")
                )
                | Q(kind=ChangeKind.EXTENSION, aspect="", new_value="", until__isnull=False)
                | Q(kind=ChangeKind.TERMINATION, aspect="", new_value="", until__isnull=True),
                name="requests_ask_for_what_their_kind_is",
            ),
            models.CheckConstraint(
                condition=Q(
                    status=ChangeStatus.REQUESTED, closed_at__isnull=True, closed_by__isnull=True
                )
                | (
                    ~Q(status=ChangeStatus.REQUESTED)
                    & Q(closed_at__isnull=False, closed_by__isnull=False)
                ),
                name="closed_requests_say_when",
            ),
            models.CheckConstraint(
                condition=~Q(status=ChangeStatus.REJECTED) | ~Q(answer=""),
                name="rejected_requests_say_why",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind=ChangeKind.EXTENSION,
                    status=ChangeStatus.APPROVED,
                    granted_until__isnull=False,
                )
                | (
                    ~Q(kind=ChangeKind.EXTENSION, status=ChangeStatus.APPROVED)
                    & Q(granted_until__isnull=True)
                ),
                name="extensions_name_their_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.what}"

    @property
    def what(self) -> str:
        """What is asked for, in words: 延期, 变更（负责人）, 终止."""
        kind = str(ChangeKind(self.kind).label)
        return f"{kind}（{ChangeAspect(self.aspect).label}）" if self.aspect else kind

    @property
    def tone(self) -> str:
        """How components/status_badge.html shows where it stands."""
        tones = {
            ChangeStatus.REQUESTED: "waiting",
            ChangeStatus.APPROVED: "good",
            ChangeStatus.REJECTED: "stopped",
        }
        return tones.get(ChangeStatus(self.status), "")

    @property
    def is_open(self) -> bool:
        """Whether it waits for its answer."""
        return self.status == ChangeStatus.REQUESTED

    @property
    def my_path(self) -> str:
        """Where the unit reads it."""
        return f"{reverse('brands:project', args=[self.project.project_no])}#changes"

    @property
    def office_path(self) -> str:
        """Where the office decides it."""
        return f"{reverse('office_project', args=[self.project.project_no])}#change-{self.pk}"


class ChangeEvent(LifecycleEvent):
    """What happened to a request."""

    subject = models.ForeignKey(
        ChangeRequest, models.PROTECT, related_name="events", verbose_name=_("变更申请")
    )

    class Meta(LifecycleEvent.Meta):
        verbose_name = _("变更申请记录")
        verbose_name_plural = _("变更申请记录")
