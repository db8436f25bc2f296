"""The mid-term check (中期检查): the unit says how far its project is, the school union concludes."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.append_only import AppendOnlyModel
from portal.lifecycle.models import LifecycleEvent


class MidtermStatus(models.TextChoices):
    """Whose turn a mid-term check is."""

    ASKED = "asked", _("未交")
    SENT = "sent", _("待阅")
    RETURNED = "returned", _("退回修改")
    CONCLUDED = "concluded", _("已有结论")


# The unit writes in these states.
WITH_THE_UNIT = (MidtermStatus.ASKED, MidtermStatus.RETURNED)


class Conclusion(models.TextChoices):
    """What the school union concludes."""

    NORMAL = "normal", _("正常")
    STRENGTHEN = "strengthen", _("需加强")
    RISK = "risk", _("存在风险")


class MidtermAnswers(models.Model):
    """What the unit says; the lengths are asked for when it is sent, a draft may still be too long."""

    progress = models.TextField(_("进展"), blank=True)
    problems = models.TextField(_("存在问题"), blank=True)
    spent = models.DecimalField(
        _("已用经费（元）"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0, message=_("经费不能是负数。"))],
    )
    spent_remark = models.TextField(_("经费说明"), blank=True)
    next_steps = models.TextField(_("下一步"), blank=True)

    ANSWERS = ("progress", "problems", "spent", "spent_remark", "next_steps")

    class Meta:
        abstract = True

    @property
    def answers(self) -> dict[str, object]:
        """The answers by their names."""
        return {name: getattr(self, name) for name in self.ANSWERS}


class MidtermCheck(MidtermAnswers):
    """One project's mid-term check: the answers are the unit's draft; what it sent stands in the reports.

    Only the lifecycle door changes its status.
    """

    project = models.OneToOneField(
        "brands.Project", models.PROTECT, related_name="midterm", verbose_name=_("项目")
    )
    status = models.CharField(
        _("状态"), max_length=10, choices=MidtermStatus, default=MidtermStatus.ASKED
    )
    looks_at = models.TextField(_("检查什么"))
    due_on = models.DateField(_("交报期限"), help_text=_("当日仍可交"))
    asked_at = models.DateTimeField(_("发起时间"), auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("发起人")
    )
    # Turns with every save of the draft: a page that shows an earlier one overwrites nobody's words.
    turn = models.PositiveIntegerField(default=0, editable=False)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("保存人"),
    )
    sent_at = models.DateTimeField(_("交报时间"), null=True, blank=True)
    return_reason = models.TextField(_("退回意见"), blank=True)
    conclusion = models.CharField(_("结论"), max_length=10, choices=Conclusion, blank=True)
    opinion = models.TextField(_("意见"), blank=True)
    concluded_at = models.DateTimeField(_("结论时间"), null=True, blank=True)
    concluded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("审阅人"),
    )

    # Nobody asks where it refers to; Wagtail would look after every save.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("中期检查")
        verbose_name_plural = _("中期检查")
        ordering = ["project"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=MidtermStatus.ASKED) | Q(sent_at__isnull=False),
                name="midterm_sent_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(status=MidtermStatus.RETURNED) | ~Q(return_reason=""),
                name="midterm_returned_says_why",
            ),
            models.CheckConstraint(
                condition=Q(
                    status=MidtermStatus.CONCLUDED,
                    concluded_at__isnull=False,
                    concluded_by__isnull=False,
                    conclusion__in=Conclusion.values,
                )
                | (
                    ~Q(status=MidtermStatus.CONCLUDED)
                    & Q(concluded_at__isnull=True, concluded_by__isnull=True, conclusion="")
                ),
                name="midterm_concluded_says_what",
            ),
            models.CheckConstraint(
                condition=Q(conclusion__in=["", Conclusion.NORMAL]) | ~Q(opinion=""),
                name="midterm_doubts_say_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self._meta.verbose_name}"

    @property
    def standing(self) -> str:
        """Where it stands, in words: the conclusion where there is one."""
        if self.conclusion:
            return str(Conclusion(self.conclusion).label)
        return str(MidtermStatus(self.status).label)

    @property
    def tone(self) -> str:
        """How components/status_badge.html shows where it stands."""
        if self.conclusion:
            return "good" if self.conclusion == Conclusion.NORMAL else "due-now"
        return "waiting" if self.status == MidtermStatus.SENT else "due-now"

    @property
    def my_path(self) -> str:
        """Where the unit fills it in and reads it."""
        return reverse("brands:midterm", args=[self.project.project_no])

    @property
    def office_path(self) -> str:
        """Where the office reads and concludes it."""
        return reverse("office_midterm_check", args=[self.project.project_no])

    @property
    def is_with_unit(self) -> bool:
        """Whether the unit writes."""
        return self.status in WITH_THE_UNIT


class MidtermReport(MidtermAnswers, AppendOnlyModel):
    """What the unit sent, as it was sent: a return keeps it beside what is sent next."""

    midterm = models.ForeignKey(
        MidtermCheck, models.PROTECT, related_name="reports", verbose_name=_("中期检查")
    )
    number = models.PositiveSmallIntegerField(_("第几次"))
    sent_at = models.DateTimeField(_("交报时间"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("交报人")
    )

    class Meta:
        verbose_name = _("中期检查表")
        verbose_name_plural = _("中期检查表")
        ordering = ["midterm", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["midterm", "number"], name="midterm_report_number_once"
            ),
            models.CheckConstraint(
                condition=~Q(progress="") & (Q(spent__isnull=True) | Q(spent__gte=0)),
                name="midterm_reports_tell_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.midterm} {self.number}"


class MidtermEvent(LifecycleEvent):
    """What happened to a mid-term check."""

    subject = models.ForeignKey(
        MidtermCheck, models.PROTECT, related_name="events", verbose_name=_("中期检查")
    )

    class Meta(LifecycleEvent.Meta):
        verbose_name = _("中期检查记录")
        verbose_name_plural = _("中期检查记录")
