"""The front door."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField

from ..blocks import HomeBlocks
from .base import BasePage
from .told import Told, bodies_of


class HomePage(BasePage):
    """The home page, composed from blocks."""

    eyebrow = models.CharField(_("眉题"), max_length=30, blank=True)
    headline = models.CharField(_("大标题"), max_length=40, blank=True)
    lede = models.CharField(_("引语"), max_length=160, blank=True)
    body = StreamField(HomeBlocks(), verbose_name=_("内容"), blank=True)

    content_panels = BasePage.content_panels + [
        FieldPanel("eyebrow"),
        FieldPanel("headline"),
        FieldPanel("lede"),
        FieldPanel("body"),
    ]
    api_fields = [
        *[APIField(name) for name in ("eyebrow", "headline", "lede")],
        APIField("body", serializer=Told(lambda page: bodies_of([page])[page.pk])),
    ]
    template = "cms/home.html"
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("首页")
