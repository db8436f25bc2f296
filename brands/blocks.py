"""The story of a brand: a few flat block kinds that the unit's editor and the CMS both write."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from portal.cms.files.media import VIDEOS


class StoryPictureBlock(blocks.StructBlock):
    """A picture in the story."""

    picture = ImageChooserBlock(label=_("图片"))
    caption = blocks.CharBlock(label=_("说明"), max_length=50, required=False)

    class Meta:
        icon = "image"
        label = _("图片")


class StoryVideoBlock(blocks.StructBlock):
    """A film: an MP4 of our own with its poster, one on Bilibili by BV number, or an address to open."""

    title = blocks.CharBlock(label=_("标题"), max_length=50)
    bv = blocks.RegexBlock(
        regex=r"^BV[0-9A-Za-z]{10}$",
        label=_("B 站 BV 号"),
        required=False,
        error_messages={"invalid": _("BV 号以 BV 开头，共 12 位")},
    )
    url = blocks.URLBlock(label=_("视频链接"), required=False)
    file = DocumentChooserBlock(label=_("上传的视频（MP4）"), required=False)
    poster = ImageChooserBlock(label=_("视频封面"), required=False)

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse a document that is no film.

        Raises:
            StructBlockValidationError: at `file`.
        """
        cleaned = super().clean(value)
        if cleaned["file"] and cleaned["file"].file_extension.lower() not in VIDEOS:
            wrong = ValidationError(gettext("这个文件不是 MP4 视频。"))
            raise StructBlockValidationError({"file": wrong})
        return cleaned

    class Meta:
        icon = "media"
        label = _("视频")


class StoryBlocks(blocks.StreamBlock):
    """The story of a brand page."""

    heading = blocks.CharBlock(label=_("小标题"), max_length=40, icon="title")
    text = blocks.TextBlock(label=_("文字"), max_length=3000, icon="pilcrow")
    quote = blocks.TextBlock(label=_("引语"), max_length=200, icon="openquote")
    picture = StoryPictureBlock()
    video = StoryVideoBlock()
