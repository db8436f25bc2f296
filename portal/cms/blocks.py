"""The blocks that editors compose pages from. Few and flat; each has a template under templates/cms/blocks/."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from .tables import table_of

TEXT_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "document-link", "hr"]


class Table(TableBlock):
    """A table that fits a phone; where two versions are compared it is told row by row, not as the database holds it."""

    # A table like any other: the migrations need not know of the way it is compared.
    canonical_module_path = "wagtail.contrib.table_block.blocks.TableBlock"

    def render(self, value: Any, context: Any = None) -> str:
        """Return the table with its rows' numbers linked to the pages of what they name."""
        if not value:
            return super().render(value, context)
        table = table_of(value, (context or {}).get("request"))
        return render_to_string(self.meta.template, {"table": table})

    def render_basic(self, value: Any, context: Any = None) -> str:
        """Return the rows in one line, their cells and themselves kept apart."""
        rows = (value or {}).get("data") or []
        return escape("；".join(" | ".join(str(cell or "") for cell in row) for row in rows))


class PictureBlock(blocks.StructBlock):
    """A picture with its caption."""

    picture = ImageChooserBlock(label=_("图片"))
    caption = blocks.CharBlock(label=_("说明"), max_length=50, required=False)

    class Meta:
        icon = "image"
        label = _("图片")
        template = "cms/blocks/picture.html"


class ArticleBlocks(blocks.StreamBlock):
    """The body of a notice or a standing page."""

    heading = blocks.CharBlock(
        label=_("小标题"), max_length=60, icon="title", template="cms/blocks/heading.html"
    )
    text = blocks.RichTextBlock(
        label=_("正文"), features=TEXT_FEATURES, template="cms/blocks/text.html"
    )
    picture = PictureBlock()
    document = DocumentChooserBlock(label=_("附件"), template="cms/blocks/document.html")
    table = Table(label=_("表格"), template="cms/blocks/table.html")


class Choice(blocks.ChoiceBlock):
    """A choice, told by its label where two versions of it are compared; Wagtail would show the code."""

    def render_basic(self, value: Any, context: Any = None) -> str:
        """Return the label."""
        return escape(str(dict(self.field.choices).get(value, value)))


class OfficialParagraphBlock(blocks.StructBlock):
    """A paragraph of an official document: plain, or numbered at one of five levels 一、（一）1.（1）①."""

    level = Choice(
        label=_("层次"),
        choices=[
            ("0", _("正文")),
            ("1", _("一、")),
            ("2", _("（一）")),
            ("3", _("1.")),
            ("4", _("（1）")),
            ("5", _("①")),
        ],
        default="0",
        search_index=False,
    )
    number = blocks.CharBlock(label=_("序号"), required=False, max_length=12)
    lead = blocks.CharBlock(label=_("段首标题"), required=False, max_length=80)
    text = blocks.TextBlock(label=_("文字"), required=False)

    class Meta:
        icon = "pilcrow"
        label = _("段落")
        template = "cms/blocks/official_paragraph.html"


class OfficialBlocks(blocks.StreamBlock):
    """The body of an official document."""

    paragraph = OfficialParagraphBlock()
    table = Table(label=_("表格"), template="cms/blocks/table.html")


class HomeBlocks(blocks.StreamBlock):
    """What the home page shows, in the order the editor chooses; the lists fill themselves."""

    year_steps = blocks.StaticBlock(
        label=_("这一年走到哪一步"), template="cms/blocks/year_steps.html"
    )
    open_calls = blocks.StaticBlock(label=_("正在申报"), template="cms/blocks/open_calls.html")
    news = blocks.StaticBlock(label=_("通知公告与政策文件"), template="cms/blocks/news.html")
    brand_wall = blocks.StaticBlock(label=_("品牌风采"), template="cms/blocks/brand_wall.html")
    year_figures = blocks.StaticBlock(
        label=_("年度成绩单"), template="cms/blocks/year_figures.html"
    )
    text = blocks.RichTextBlock(
        label=_("正文"), features=TEXT_FEATURES, template="cms/blocks/band_text.html"
    )
