"""Notices: what the school union tells everybody."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from ..blocks import ArticleBlocks
from .base import BasePage, DocumentedPage


class NoticeIndexPage(BasePage):
    """All notices, newest first."""

    template = "cms/notice_index.html"
    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.NoticePage"]

    class Meta:
        verbose_name = _("通知公告栏目")


class NoticePage(DocumentedPage):
    """One notice."""

    summary = models.CharField(_("摘要"), max_length=120, blank=True)
    issued_on = models.DateField(
        _("发布日期"), null=True, blank=True, help_text=_("不填则为首次发布的日期")
    )
    body = StreamField(ArticleBlocks(), verbose_name=_("正文"))

    content_panels = [
        *DocumentedPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("issued_on"),
        FieldPanel("body"),
        *DocumentedPage.attachment_panels,
    ]
    search_fields = [
        *DocumentedPage.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
    ]
    template = "cms/notice.html"
    parent_page_types = ["cms.NoticeIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("通知公告")
        verbose_name_plural = _("通知公告")
