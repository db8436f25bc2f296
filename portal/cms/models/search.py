"""What the public search reads: one row of plain text for every live page."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchText(models.Model):
    """A live page's words. Written when it is published, removed when it is taken down."""

    page = models.OneToOneField(
        "wagtailcore.Page", models.CASCADE, related_name="search_text", verbose_name=_("页面")
    )
    title = models.CharField(_("标题"), max_length=255)
    text = models.TextField(_("文字"))

    class Meta:
        verbose_name = _("检索文字")
        verbose_name_plural = _("检索文字")

    def __str__(self) -> str:
        return self.title
