"""Calls: who may hand in which form, from when until when, and through which steps it goes."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.fields import IntegerField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail.url_routing import RouteResult

from portal.cms.blocks import ArticleBlocks
from portal.cms.models import DocumentedPage
from portal.units.models import Unit, UnitKind

from ..engine.schema import fields_of
from .formdef import FormKind
from .notice import NOTICE_PATH

DEFAULT_CHECKLIST = "材料齐全\n签署齐全\n类别相符\n经费相符"
SCAN = "signed_scan"  # the field of the stamped scan, which a call can require


class Method(models.TextChoices):
    """How experts judge."""

    SCORE = "score", _("打分")
    VOTE = "vote", _("表决（通过 / 不通过 / 弃权）")


class OthersShown(models.TextChoices):
    """What an expert learns of the others' judgement once the review of an entry is closed; before, never anything."""

    ANONYMOUS = "anonymous", _("看得到，不署名")
    NAMED = "named", _("看得到，署名")
    HIDDEN = "hidden", _("看不到")


class CallQuerySet(PageQuerySet):
    def not_over(self, now: datetime) -> "CallQuerySet":
        """Return the calls that are open or to come, the nearest deadline first."""
        return (
            self.filter(closes_at__gte=now).select_related("programme_year").order_by("closes_at")
        )


class CallPage(DocumentedPage):
    """A call for applications, or the notice that collects the summary forms."""

    kind = models.CharField(
        _("收什么表"), max_length=12, choices=FormKind, default=FormKind.APPLICATION
    )
    programme_year = models.ForeignKey(
        "forms_app.ProgrammeYear", models.PROTECT, related_name="calls", verbose_name=_("年度")
    )
    form = models.ForeignKey(
        "forms_app.FormDefinition", models.PROTECT, related_name="calls", verbose_name=_("表单")
    )
    opens_at = models.DateTimeField(_("开始时间"))
    closes_at = models.DateTimeField(_("截止时间"))
    for_colleges = models.BooleanField(_("学院工会"), default=True)
    for_departments = models.BooleanField(_("部门工会"), default=True)
    for_associations = models.BooleanField(_("教职工文体协会"), default=True)
    limit_per_unit = models.PositiveSmallIntegerField(_("每单位限报项数"), default=1)
    needs_chair = models.BooleanField(_("工会主席签署"), default=True)
    needs_party = models.BooleanField(_("党组织签署意见"), default=True)
    needs_scan = models.BooleanField(_("须上传盖章扫描件"), default=False)
    scan_instead = models.BooleanField(_("上传了盖章扫描件的，不再线上签署"), default=False)
    needs_experts = models.BooleanField(_("专家评审"), default=True)
    rubric = models.ForeignKey(
        "forms_app.Rubric",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="calls",
        verbose_name=_("评分标准"),
    )
    experts_per_entry = models.PositiveSmallIntegerField(_("每项专家人数"), default=5)
    method = models.CharField(_("评审方式"), max_length=8, choices=Method, default=Method.SCORE)
    others_shown = models.CharField(
        _("评审结束后，专家看其他专家的评分"),
        max_length=10,
        choices=OthersShown,
        default=OthersShown.ANONYMOUS,
        help_text=_("评审结束以前，谁都看不到别人的评分。"),
    )
    is_blind = models.BooleanField(
        _("匿名评审"),
        default=False,
        help_text=_(
            "专家看不到单位、联合申报单位、负责人、成员和联系人。项目名称、正文和附件照原样显示，其中可能透露单位，请提醒单位填写时注意。"
        ),
    )
    trim_from = models.PositiveSmallIntegerField(
        _("有效评分达到几个时去掉最高、最低分"), default=5, validators=[MinValueValidator(3)]
    )
    least_scores = models.PositiveSmallIntegerField(
        _("有效评分至少几个"), default=3, help_text=_("不足的在排名里标出")
    )
    disagreement_from = models.PositiveSmallIntegerField(
        _("最高分与最低分相差几分算分歧大"), default=20
    )
    defence_minutes = models.PositiveSmallIntegerField(
        _("现场答辩每项几分钟"), default=0, help_text=_("0 表示没有现场答辩")
    )
    checklist = models.TextField(
        _("形式审查核对清单"), blank=True, default=DEFAULT_CHECKLIST, help_text=_("一行一项")
    )
    notice_days = models.PositiveSmallIntegerField(
        _("公示工作日"), default=5, help_text=_("0 表示不公示")
    )
    summary = models.CharField(_("摘要"), max_length=120, blank=True)
    body = StreamField(ArticleBlocks(), verbose_name=_("正文"), blank=True)

    objects = PageManager.from_queryset(CallQuerySet)()

    content_panels = [
        *DocumentedPage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel(["kind", "programme_year", "form"]),
                FieldRowPanel(["opens_at", "closes_at"]),
                FieldRowPanel(
                    ["for_colleges", "for_departments", "for_associations", "limit_per_unit"]
                ),
            ],
            heading=_("谁在什么时候交什么"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(["needs_chair", "needs_party", "needs_scan"]),
                FieldRowPanel(["needs_experts", "rubric", "experts_per_entry"]),
                FieldPanel(
                    "notice_days",
                    help_text=_("0 表示不公示。发布决定的当天不算，从下一个工作日数起。"),
                ),
            ],
            heading=_("经过哪些步骤"),
        ),
        MultiFieldPanel(
            [
                "checklist",
                FieldRowPanel(["method", "is_blind", "others_shown"]),
                FieldRowPanel(["trim_from", "least_scores", "disagreement_from"]),
                "defence_minutes",
            ],
            heading=_("怎样审查和评审"),
        ),
        MultiFieldPanel([FieldPanel("scan_instead")], heading=_("签署与盖章")),
        FieldPanel("summary"),
        FieldPanel("body"),
        *DocumentedPage.attachment_panels,
    ]
    search_fields = [
        *DocumentedPage.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
    ]
    api_fields = [
        APIField("kind"),
        APIField("year", serializer=IntegerField(source="programme_year.year")),
        *[
            APIField(name)
            for name in (
                "opens_at",
                "closes_at",
                "who_may_apply",
                "limit_per_unit",
                "summary",
            )
        ],
        DocumentedPage.body_told,
        *DocumentedPage.pictures_told,
        *DocumentedPage.files_told,
    ]
    api_filters = {"year": "programme_year__year", "kind": "kind"}
    template = "forms_app/call.html"
    in_feed = True
    dated_by = "programme_year__year"
    parent_page_types = ["forms_app.CallIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("申报通知")
        verbose_name_plural = _("申报通知")

    @classmethod
    def for_api(cls, pages: models.QuerySet) -> models.QuerySet:
        """Join what the API says of a call."""
        return pages.select_related("programme_year")

    def clean(self) -> None:
        """Refuse a call that closes before it opens, asks with a form or rubric of the other kind, or wants what its form lacks.

        What experts have begun to judge by stays: totals by two rubrics cannot be compared.

        Raises:
            ValidationError: at `closes_at`, `form`, `method`, `rubric` or `needs_scan`.
        """
        super().clean()
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            raise ValidationError({"closes_at": _("截止时间要晚于开始时间。")})
        for name in ("form", "rubric"):
            chosen = getattr(self, name) if getattr(self, f"{name}_id") else None
            if chosen and chosen.kind != self.kind:
                raise ValidationError(
                    {
                        name: _("“%(chosen)s”是用于%(its)s的，这份通知收的是%(kind)s。")
                        % {
                            "chosen": chosen,
                            "its": chosen.get_kind_display(),
                            "kind": self.get_kind_display(),
                        }
                    }
                )
        if changed := self.changed_under_scores():
            raise ValidationError(
                {
                    name: _("已经有专家按原来的打分，不能再换；要换请另发一份通知。")
                    for name in changed
                }
            )
        if self.needs_experts and self.method == Method.SCORE and not self.rubric_id:
            raise ValidationError(
                {"rubric": _("专家打分要有评分标准，请选一份；或者改为表决，或者不经专家评审。")}
            )
        version = self.form.latest_version if self.needs_scan and self.form_id else None
        if version and SCAN not in {field["key"] for field in fields_of(version.schema)}:
            raise ValidationError(
                {
                    "needs_scan": _(
                        "所选的表单里没有“盖章扫描件”（代码 %(code)s）这一栏，请先在表单设计里加上。"
                    )
                    % {"code": SCAN}
                }
            )

    def changed_under_scores(self) -> dict[str, Any]:
        """Return what differs from the public call of what experts have begun to judge by: field → what it is there."""
        before = type(self).objects.filter(id=self.pk).first() if self.pk else None
        if not before:
            return {}
        changed = {
            name: getattr(before, name)
            for name in ("method", "rubric")
            if getattr(self, name) != getattr(before, name)
        }
        judged = self.entries.filter(assignments__review__version__isnull=False)
        return changed if changed and judged.exists() else {}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add where the call stands, and whether its empty form can be taken away."""
        now = timezone.now()
        phase = self.phase(now)
        return {
            **super().get_context(request, *args, **kwargs),
            "phase": phase,
            "days_left": self.days_left(now),
            "form_to_take": self.pk and phase != "over" and self.form.versions.exists(),
        }

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the page of one of the call's public notices below the call's own."""
        if self.live and len(path_components) == 2 and path_components[0] == NOTICE_PATH:
            number = path_components[1]
            if not number.isdecimal():
                raise Http404
            notice = get_object_or_404(self.public_notices, id=int(number))
            return RouteResult(self, kwargs={"notice": notice})
        return super().route(request, path_components)

    def serve(
        self, request: HttpRequest, *args: Any, notice: Any = None, **kwargs: Any
    ) -> HttpResponse:
        """Show the call, or the page of one of its public notices."""
        if notice is None:
            return super().serve(request, *args, **kwargs)
        context = {
            **self.get_context(request),
            "notice": notice,
            "address": request.build_absolute_uri(),
            "crumbs": [*self.crumbs(request), {"title": self.title, "url": self.get_url(request)}],
        }
        return TemplateResponse(request, "forms_app/notice_page.html", context)

    def phase(self, now: datetime, until: datetime | None = None) -> str:
        """Return "coming", "open" or "over".

        Args:
            now: the moment.
            until: when it closes for the unit that asks; None: for units without an extension.
        """
        if now < self.opens_at:
            return "coming"
        return "open" if now <= (until or self.closes_at) else "over"

    def card(self, now: datetime, request: HttpRequest | None) -> dict[str, Any]:
        """Return the call as forms_app/call_card.html takes it."""
        return {
            "title": self.title,
            "url": self.get_url(request),
            "year": self.programme_year.year,
            "phase": self.phase(now),
            "opens_at": self.opens_at,
            "closes_at": self.closes_at,
            "days_left": self.days_left(now),
            "summary": self.summary,
        }

    def days_left(self, now: datetime) -> int:
        """Return how many days from now the call closes; 0 on its last day."""
        return (timezone.localdate(self.closes_at) - timezone.localdate(now)).days

    @property
    def votes(self) -> bool:
        """Whether experts vote instead of scoring."""
        return self.method == Method.VOTE

    @property
    def checklist_lines(self) -> list[str]:
        """What the formal check looks at, line by line."""
        return [line.strip() for line in self.checklist.splitlines() if line.strip()]

    @property
    def who_may_apply(self) -> list[str]:
        """The kinds of units the call admits, in words."""
        return [
            str(kind.label)
            for kind, admitted in (
                (UnitKind.COLLEGE, self.for_colleges),
                (UnitKind.DEPARTMENT, self.for_departments),
                (UnitKind.ASSOCIATION, self.for_associations),
            )
            if admitted
        ]

    def admits(self, unit: Unit) -> bool:
        """Return whether units of this kind may hand in."""
        return (
            unit.is_active
            and {
                UnitKind.COLLEGE: self.for_colleges,
                UnitKind.DEPARTMENT: self.for_departments,
                UnitKind.ASSOCIATION: self.for_associations,
            }[UnitKind(unit.kind)]
        )

    def deadline_for(self, unit: Unit) -> datetime:
        """Return when the call closes for a unit: its extension if it has one (one query), else the call's date."""
        extension = self.extensions.filter(unit=unit).order_by("-until").first()
        return max(self.closes_at, extension.until) if extension else self.closes_at

    def is_open_for(self, unit: Unit) -> bool:
        """Return whether a unit can hand in now."""
        return self.live and self.phase(timezone.now(), self.deadline_for(unit)) == "open"

    @property
    def is_open(self) -> bool:
        """Whether the call is open now, extensions aside."""
        return self.live and self.phase(timezone.now()) == "open"


class Extension(models.Model):
    """More time for one unit, with the reason."""

    call = models.ForeignKey(
        CallPage, models.CASCADE, related_name="extensions", verbose_name=_("申报通知")
    )
    unit = models.ForeignKey("units.Unit", models.CASCADE, related_name="+", verbose_name=_("单位"))
    until = models.DateTimeField(_("延长至"))
    reason = models.CharField(_("原因"), max_length=200)

    class Meta:
        verbose_name = _("延期")
        verbose_name_plural = _("延期")
        constraints = [
            models.UniqueConstraint(fields=["call", "unit"], name="one_extension_per_unit")
        ]

    def __str__(self) -> str:
        return f"{self.unit} → {self.until:%Y-%m-%d %H:%M}"
