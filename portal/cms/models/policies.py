"""Policies: official documents with the elements of GB/T 9704 and their web metadata."""

from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index

from ..blocks import OfficialBlocks
from .base import DatedPage, DatedQuerySet, DocumentedPage, IndexPage

# Characters of an issuer's mark up to which it can be set in a size: the mark keeps to one line of the type area.
MARK_LENGTHS = {"short": 11, "middle": 14, "long": 18}


def anchor_of(block_id: str | None) -> str:
    """Return the anchor of a block of the body; "" for one that has no id yet."""
    return f"p-{block_id[:8]}" if block_id else ""


class Validity(models.TextChoices):
    """Whether a document still holds."""

    VALID = "valid", _("现行有效")
    AMENDED = "amended", _("已修改")
    REPEALED = "repealed", _("已废止")
    LAPSED = "lapsed", _("失效")


class PolicyIndexPage(IndexPage):
    """All policy documents, newest first."""

    template = "cms/policy_index.html"
    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.PolicyPage"]

    class Meta:
        verbose_name = _("政策文件栏目")

    def dated_pages(self) -> "PolicyQuerySet":
        """Return the live documents, newest first."""
        return PolicyPage.objects.child_of(self).live().by_date()

    def list_item(self, page: "PolicyPage", request: HttpRequest) -> dict[str, Any]:
        """Add number and validity, and mark what no longer holds."""
        return {
            **super().list_item(page, request),
            "note": page.note,
            "void": page.validity != Validity.VALID,
        }


class PolicyQuerySet(DatedQuerySet):
    def in_force(self) -> "PolicyQuerySet":
        """Those that hold, amended ones too."""
        return self.exclude(validity__in=[Validity.REPEALED, Validity.LAPSED])


class PolicyPage(DatedPage):
    """One official document. The three issuer names may differ; the date written is not the date published."""

    issuer_mark = models.CharField(_("发文机关标志"), max_length=80, blank=True)
    doc_number = models.CharField(_("发文字号"), max_length=40, blank=True)
    addressees = models.CharField(_("主送机关"), max_length=200, blank=True)
    body = StreamField(OfficialBlocks(), verbose_name=_("正文"))
    attachment_notes = models.TextField(_("附件说明"), blank=True, help_text=_("每行一个附件名"))
    signer = models.CharField(_("发文机关署名"), max_length=80, blank=True)
    written_on = models.DateField(_("成文日期"), null=True, blank=True)
    cc = models.CharField(_("抄送机关"), max_length=200, blank=True)
    print_office = models.CharField(_("印发机关"), max_length=80, blank=True)
    printed_on = models.DateField(_("印发日期"), null=True, blank=True)
    index_no = models.CharField(_("索引号"), max_length=40, blank=True)
    doc_type = models.CharField(_("文种"), max_length=20, blank=True)
    validity = models.CharField(
        _("有效性"), max_length=10, choices=Validity, default=Validity.VALID
    )
    replaced_by = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name=_("替代它的文件"),
    )
    original = models.ForeignKey(
        "cms.Document",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("原件"),
    )

    objects = PageManager.from_queryset(PolicyQuerySet)()

    content_panels = [
        *DocumentedPage.content_panels,
        MultiFieldPanel(
            [FieldRowPanel(["issuer_mark", "doc_number"]), FieldPanel("addressees")],
            heading=_("版头与主送"),
        ),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("attachment_notes"),
                FieldRowPanel(["signer", "written_on"]),
                FieldPanel("cc"),
                FieldRowPanel(["print_office", "printed_on"]),
            ],
            heading=_("署名与版记"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(["index_no", "doc_type"]),
                FieldRowPanel(["validity", "replaced_by"]),
                FieldPanel("original"),
            ],
            heading=_("网上公开信息"),
        ),
        *DocumentedPage.attachment_panels,
    ]
    search_fields = [
        *DocumentedPage.search_fields,
        index.SearchField("doc_number"),
        index.SearchField("body"),
    ]
    api_fields = [
        *[
            APIField(name)
            for name in (
                "issuer_mark",
                "doc_number",
                "addressees",
                "body",
                "attachment_notes",
                "signer",
                "written_on",
                "cc",
                "print_office",
                "printed_on",
                "index_no",
                "doc_type",
                "validity",
                "replaced_by",
                "original",
            )
        ],
        *DocumentedPage.files_told,
    ]
    template = "cms/policy.html"
    in_feed = True
    given_date = "written_on"
    parent_page_types = ["cms.PolicyIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("政策文件")
        verbose_name_plural = _("政策文件")

    @property
    def note(self) -> str:
        """Number and validity in one line, for lists."""
        return " · ".join(filter(None, (self.doc_number, str(self.get_validity_display()))))

    @property
    def addressees_line(self) -> str:
        """The addressees with the colon that opens the text."""
        return f"{self.addressees.rstrip('：: ')}："

    @property
    def paragraphs(self) -> list[tuple[str, Any]]:
        """The body's blocks, each with the anchor that stays its own whatever is written around it."""
        return [(anchor_of(block.id), block) for block in self.body]

    @property
    def contents(self) -> list[tuple[str, str]]:
        """The headings of the first level: (anchor, words)."""
        return [
            (anchor_of(raw.get("id")), f"{raw['value']['number']}{raw['value']['lead']}")
            for raw in self.body.raw_data
            if raw["type"] == "paragraph" and raw["value"].get("level") == "1"
        ]

    @property
    def mark_length(self) -> str:
        """How long the issuer's mark is, for its size: "short", "middle", "long" or "longest"."""
        return next(
            (name for name, most in MARK_LENGTHS.items() if len(self.issuer_mark) <= most),
            "longest",
        )

    @property
    def live_replaces(self) -> QuerySet["PolicyPage"]:
        """The public documents that this one replaces."""
        return self.replaces.live() if self.pk else PolicyPage.objects.none()

    @property
    def attachment_lines(self) -> list[str]:
        """The names of the annexes as the document gives them, one a line."""
        return [line.strip() for line in self.attachment_notes.splitlines() if line.strip()]

    @cached_property
    def annexes(self) -> list[tuple[str, Any]]:
        """The annexes, each with the file to download where the page offers as many as the document names, else with None."""
        lines = self.attachment_lines
        files = [block.value for block in self.attachments] if lines else []
        return list(
            zip(lines, files if len(files) == len(lines) else [None] * len(lines), strict=True)
        )
