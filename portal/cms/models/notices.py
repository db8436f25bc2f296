"""Notices: what the school union tells everybody."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.search import index

from ..blocks import ArticleBlocks
from .base import DatedPage, DatedQuerySet, DocumentedPage, IndexPage, unrestricted


class NoticeIndexPage(IndexPage):
    """All notices, newest first."""

    template = "cms/notice_index.html"
    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.NoticePage"]

    class Meta:
        verbose_name = _("通知公告栏目")

    def dated_pages(self) -> "NoticeQuerySet":
        """Return the live notices, newest first."""
        return NoticePage.objects.child_of(self).live().by_date()


class NoticeQuerySet(DatedQuerySet):
    def about(self, page: Page) -> "NoticeQuerySet":
        """Return the public notices that tell of a page, newest first."""
        # By the key: a preview shows a page that is not stored yet.
        return unrestricted(self.live().filter(about_id=page.pk)).by_date()


class NoticePage(DatedPage):
    """One notice."""

    summary = models.CharField(_("摘要"), max_length=120, blank=True)
    issued_on = models.DateField(
        _("发布日期"), null=True, blank=True, help_text=_("不填则为首次发布的日期")
    )
    body = StreamField(ArticleBlocks(), verbose_name=_("正文"))
    signer = models.CharField(
        _("落款单位"),
        max_length=80,
        blank=True,
        help_text=_("填了就在文末右侧落款：单位和发布日期；正文里已经写了落款的不用填"),
    )
    about = models.ForeignKey(
        "wagtailcore.Page",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("关于哪一页"),
        help_text=_(
            "公示、公布、延期等通知请选相应的申报通知：通知页上会出现它的公示名单、剩余的工作日和提出异议的入口，申报通知页上也会列出这份通知。"
        ),
    )

    objects = PageManager.from_queryset(NoticeQuerySet)()

    content_panels = [
        *DocumentedPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("issued_on"),
        FieldPanel("about"),
        FieldPanel("body"),
        FieldPanel("signer"),
        *DocumentedPage.attachment_panels,
    ]
    search_fields = [
        *DocumentedPage.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
    ]
    api_fields = [
        *[APIField(name) for name in ("summary", "issued_on", "about")],
        DocumentedPage.body_told,
        APIField("signer"),
        *DocumentedPage.pictures_told,
        *DocumentedPage.files_told,
    ]
    template = "cms/notice.html"
    in_feed = True
    given_date = "issued_on"
    parent_page_types = ["cms.NoticeIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("通知公告")
        verbose_name_plural = _("通知公告")

    @classmethod
    def for_api(cls, pages: NoticeQuerySet) -> NoticeQuerySet:
        """Join what notices are about."""
        return pages.select_related("about")
