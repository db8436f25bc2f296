"""The story of a brand: a few flat block kinds that the unit's editor and the CMS both write."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock


class StoryPictureBlock(blocks.StructBlock):
    """A picture in the story."""

    picture = ImageChooserBlock(label=_("图片"))
    caption = blocks.CharBlock(label=_("说明"), max_length=50, required=False)

    class Meta:
        icon = "image"
        label = _("图片")


class StoryVideoBlock(blocks.StructBlock):
    """A video on a platform: Bilibili by BV number, or an address to open."""

    title = blocks.CharBlock(label=_("标题"), max_length=50)
    bv = blocks.RegexBlock(
        regex=r"^BV[0-9A-Za-z]{10}$",
        label=_("B 站 BV 号"),
        required=False,
        error_messages={"invalid": _("BV 号以 BV 开头，共 12 位")},
    )
    url = blocks.URLBlock(label=_("视频链接"), required=False)

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
