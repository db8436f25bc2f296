"""Standing pages: privacy notice, accessibility statement, contact."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from ..blocks import ArticleBlocks
from .base import DocumentedPage


class StandardPage(DocumentedPage):
    """A page of text that stands for years."""

    body = StreamField(ArticleBlocks(), verbose_name=_("正文"))

    content_panels = [
        *DocumentedPage.content_panels,
        FieldPanel("body"),
        *DocumentedPage.attachment_panels,
    ]
    search_fields = [*DocumentedPage.search_fields, index.SearchField("body")]
    api_fields = [
        DocumentedPage.body_told,
        *DocumentedPage.pictures_told,
        *DocumentedPage.files_told,
    ]
    template = "cms/standard.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("专页")
        verbose_name_plural = _("专页")
