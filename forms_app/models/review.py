"""Rubrics, and the experts' reviews by them."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from portal.append_only import AppendOnlyModel
from portal.units.models import Membership
from portal.units.permissions import READS_ALL, people_with

from .formdef import FormKind


class Rubric(ClusterableModel):
    """What experts score, out of 100 points; edited by the office."""

    name = models.CharField(_("名称"), max_length=40)
    kind = models.CharField(_("用于"), max_length=12, choices=FormKind)

    class Meta:
        verbose_name = _("评分标准")
        verbose_name_plural = _("评分标准")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Criterion(models.Model):
    """One line of a rubric."""

    rubric = ParentalKey(
        Rubric, on_delete=models.CASCADE, related_name="criteria", verbose_name=_("评分标准")
    )
    name = models.CharField(_("评分项"), max_length=40)
    points = models.DecimalField(
        _("满分"), max_digits=5, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    guidance = models.TextField(_("评分说明"), blank=True)
    # What each level looks like, so that experts mean the same by the same points.
    excellent = models.CharField(_("优"), max_length=120, blank=True)
    good = models.CharField(_("良"), max_length=120, blank=True)
    fair = models.CharField(_("中"), max_length=120, blank=True)
    poor = models.CharField(_("差"), max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(_("排序"), default=0)

    class Meta:
        verbose_name = _("评分项")
        verbose_name_plural = _("评分项")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


def stays_away() -> Exists:
    """Return whether the expert of an outer assignment stays away from its entry by a recusal on record."""
    return Exists(Recusal.objects.filter(entry=OuterRef("entry"), expert=OuterRef("expert")))


class AssignmentQuerySet(models.QuerySet):
    def with_standing(self) -> "AssignmentQuerySet":
        """Tell of each whether its scores count once handed in (`stands`), and if not, why.

        The one rule: no recusal on record (`recused`), and no same name that waits for the office (`held`).
        """
        return self.annotate(recused=stays_away(), held=~Q(namesake="")).annotate(
            stands=Q(recused=False, held=False)
        )

    def counting(self) -> "AssignmentQuerySet":
        """Return those whose scores count once handed in."""
        return self.with_standing().filter(stands=True)

    def awaiting_the_office(self) -> "AssignmentQuerySet":
        """Return those held back until the office has said whether the same name is the same person."""
        return self.with_standing().filter(held=True, recused=False)

    def to_judge(self) -> "AssignmentQuerySet":
        """Return those of them that the expert may be shown.

        He holds, or held, no post in a unit around the entry, and does not read the others' scores as one of the office.
        """
        post = Membership.objects.filter(user=OuterRef("expert")).filter(
            Q(unit=OuterRef("entry__unit"))
            | Q(unit=OuterRef("entry__unit__host"))
            | Q(unit__partner_entries=OuterRef("entry"))
            | Q(unit__hosted__partner_entries=OuterRef("entry"))
        )
        return self.counting().exclude(Exists(post)).exclude(expert__in=people_with(*READS_ALL))


class Assignment(models.Model):
    """An entry given to an expert. Whoever must stay away is never given one."""

    entry = models.ForeignKey(
        "forms_app.Entry", models.PROTECT, related_name="assignments", verbose_name=_("申报")
    )
    expert = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments", verbose_name=_("专家")
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("分配人")
    )
    assigned_at = models.DateTimeField(_("分配时间"), auto_now_add=True)
    # The name in the form that is also the expert's: withheld from him until the office has said who is meant.
    namesake = models.CharField(_("待认定的同名"), max_length=40, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("评审分配")
        verbose_name_plural = _("评审分配")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["entry", "expert"], name="assigned_once")]

    def __str__(self) -> str:
        return f"{self.expert} · {self.entry}"


class Vote(models.TextChoices):
    """An expert's vote, where a call votes instead of scoring."""

    YES = "yes", _("通过")
    NO = "no", _("不通过")
    ABSTAIN = "abstain", _("弃权")


class FormerAssignment(AppendOnlyModel):
    """An assignment that the office has taken back, why, and what the expert had typed by then: kept, never counted.

    It had not been handed in: whoever has handed in stays, or stays away (`Recusal`).
    """

    entry = models.ForeignKey(
        "forms_app.Entry",
        models.PROTECT,
        related_name="former_assignments",
        verbose_name=_("申报"),
    )
    expert = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("专家")
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("分配人")
    )
    assigned_at = models.DateTimeField(_("分配时间"))
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("办理人")
    )
    taken_back_at = models.DateTimeField(_("收回时间"), auto_now_add=True)
    reason = models.CharField(_("收回的理由"), max_length=200)
    # What was in front of him when he typed; empty where he had not begun.
    version = models.ForeignKey(
        "forms_app.EntryVersion",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("所评版本"),
    )
    # Criterion's name → what he had typed, as text, whether or not it could be given.
    points = models.JSONField(_("得分"), default=dict)
    vote = models.CharField(_("表决"), max_length=8, choices=Vote, blank=True)
    for_office = models.TextField(_("给校工会的意见"), blank=True)
    for_unit = models.TextField(_("给申报单位的意见"), blank=True)

    class Meta:
        verbose_name = _("以前的评审分配")
        verbose_name_plural = _("以前的评审分配")
        ordering = ["taken_back_at", "pk"]

    def __str__(self) -> str:
        return f"{self.expert} · {self.entry}"

    @property
    def has_typed(self) -> bool:
        """Whether the expert had begun."""
        return bool(self.points or self.vote or self.for_office or self.for_unit)


class RecusalGround(models.TextChoices):
    """Why an expert stays away."""

    DECLARED = "declared", _("本人申请回避")
    OFFICE = "office", _("校工会认定")


class Recusal(models.Model):
    """An expert who stays away from an entry for a reason the records alone do not show."""

    entry = models.ForeignKey(
        "forms_app.Entry", models.PROTECT, related_name="recusals", verbose_name=_("申报")
    )
    expert = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="recusals", verbose_name=_("专家")
    )
    ground = models.CharField(_("依据"), max_length=10, choices=RecusalGround)
    reason = models.CharField(_("理由"), max_length=200)
    # Who of the office found so; empty where the expert declared it himself.
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("认定人"),
    )
    created_at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("回避")
        verbose_name_plural = _("回避")
        constraints = [models.UniqueConstraint(fields=["entry", "expert"], name="recused_once")]

    def __str__(self) -> str:
        return f"{self.expert} · {self.entry}"


class FormerRecusal(AppendOnlyModel):
    """A recusal that the office has lifted, and why: declared of the wrong entry, or found to be another person's."""

    entry = models.ForeignKey(
        "forms_app.Entry",
        models.PROTECT,
        related_name="former_recusals",
        verbose_name=_("申报"),
    )
    expert = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("专家")
    )
    ground = models.CharField(_("依据"), max_length=10, choices=RecusalGround)
    reason = models.CharField(_("理由"), max_length=200)
    recused_at = models.DateTimeField(_("回避时间"))
    lifted_at = models.DateTimeField(_("撤销时间"), auto_now_add=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("办理人")
    )
    lifted_because = models.CharField(_("撤销的理由"), max_length=200)

    class Meta:
        verbose_name = _("以前的回避")
        verbose_name_plural = _("以前的回避")
        ordering = ["lifted_at", "pk"]

    def __str__(self) -> str:
        return f"{self.expert} · {self.entry}"


class NameCleared(AppendOnlyModel):
    """The office's word that a person named in an entry is not the expert of the same name."""

    entry = models.ForeignKey(
        "forms_app.Entry", models.PROTECT, related_name="cleared_names", verbose_name=_("申报")
    )
    expert = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("专家")
    )
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("认定人")
    )
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("同名认定")
        verbose_name_plural = _("同名认定")
        constraints = [models.UniqueConstraint(fields=["entry", "expert"], name="cleared_once")]

    def __str__(self) -> str:
        return f"{self.expert} · {self.entry}"


class Review(models.Model):
    """One expert's scores (or vote) for one entry; locked once handed in."""

    assignment = models.OneToOneField(
        Assignment, models.PROTECT, related_name="review", verbose_name=_("分配")
    )
    # What was in front of the expert when he gave the points; empty until he gives some.
    version = models.ForeignKey(
        "forms_app.EntryVersion",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reviews",
        verbose_name=_("所评版本"),
    )
    vote = models.CharField(_("表决"), max_length=8, choices=Vote, blank=True)
    for_office = models.TextField(_("给校工会的意见"), blank=True, max_length=500)
    for_unit = models.TextField(_("给申报单位的意见"), blank=True, max_length=500)
    # What was typed in the place of points and cannot be given: criterion's key → text. It comes back where it was typed.
    refused = models.JSONField(default=dict)
    saved_at = models.DateTimeField(_("保存时间"), null=True, blank=True)
    # The page it was last saved from: its random name, and what it showed then (`portal.merging.fingerprint`).
    saved_from = models.JSONField(default=dict)
    locked_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    # Who of the office keeps `for_unit` from the unit, and since when.
    held_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("扣下意见的人"),
    )
    held_back_at = models.DateTimeField(_("扣下时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("专家评审")
        verbose_name_plural = _("专家评审")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(held_back_at__isnull=True, held_back_by__isnull=True)
                | Q(
                    held_back_at__isnull=False,
                    held_back_by__isnull=False,
                    locked_at__isnull=False,
                ),
                name="held_back_says_who",
            ),
        ]

    def __str__(self) -> str:
        return str(self.assignment)


class FormerReview(AppendOnlyModel):
    """What an expert had handed in before his review was opened again, and why (domain, section 5).

    Opened by the office with a reason, or by nobody where the unit sent other answers than those that were scored.
    """

    review = models.ForeignKey(
        Review, models.PROTECT, related_name="former", verbose_name=_("专家评审")
    )
    version = models.ForeignKey(
        "forms_app.EntryVersion", models.PROTECT, related_name="+", verbose_name=_("所评版本")
    )
    # Criterion's name → points as text, so that it reads the same after the rubric has been edited.
    points = models.JSONField(_("得分"))
    total = models.DecimalField(_("合计"), max_digits=6, decimal_places=2)
    vote = models.CharField(_("表决"), max_length=8, choices=Vote, blank=True)
    for_office = models.TextField(_("给校工会的意见"), blank=True)
    for_unit = models.TextField(_("给申报单位的意见"), blank=True)
    locked_at = models.DateTimeField(_("提交时间"))
    reopened_at = models.DateTimeField(_("重新打开时间"))
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("办理人"),
    )
    reason = models.CharField(_("原因"), max_length=300)

    class Meta:
        verbose_name = _("以前的评分")
        verbose_name_plural = _("以前的评分")
        ordering = ["reopened_at", "pk"]

    def __str__(self) -> str:
        return f"{self.review} v{self.version.number}"


class Score(models.Model):
    """The points for one criterion."""

    review = models.ForeignKey(
        Review, models.PROTECT, related_name="scores", verbose_name=_("评审")
    )
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, related_name="+", verbose_name=_("评分项")
    )
    points = models.DecimalField(_("得分"), max_digits=5, decimal_places=2)

    class Meta:
        verbose_name = _("得分")
        verbose_name_plural = _("得分")
        ordering = ["criterion__order"]
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="scored_once"),
            models.CheckConstraint(condition=models.Q(points__gte=0), name="points_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"
