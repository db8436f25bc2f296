"""What every public page has in common."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.models import Page


class BasePage(Page):
    """Base of all pages: its template stands under templates/<app>/, its publication belongs to the workflow."""

    show_in_menus_default = False

    class Meta:
        abstract = True


class DocumentedPage(BasePage):
    """A page with files to download."""

    attachments = StreamField(
        [("document", DocumentChooserBlock(label=_("附件")))], verbose_name=_("附件"), blank=True
    )

    attachment_panels = [FieldPanel("attachments")]

    class Meta:
        abstract = True
