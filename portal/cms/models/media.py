"""Pictures and documents with what a union must know about them: whose, when, by whom, with whose consent."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.api import APIField
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.api.fields import ImageRenditionField
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage
from wagtail.search import index

# In the CMS a file is looked for by whose it is, too.
SEARCHED_UNIT = index.RelatedFields(
    "unit", [index.SearchField("name"), index.SearchField("short_name")]
)


class Picture(AbstractImage):
    """A picture. The public can fetch it only while a live page shows it."""

    unit = models.ForeignKey(
        "units.Unit",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="pictures",
        verbose_name=_("单位"),
    )
    caption = models.CharField(_("说明"), max_length=50, blank=True)
    credit = models.CharField(_("拍摄者"), max_length=40, blank=True)
    taken_on = models.DateField(_("拍摄日期"), null=True, blank=True)
    portrait_consent = models.BooleanField(_("已取得肖像授权"), default=False)

    # One field says what the picture shows: the caption, which is its alternative text as well.
    admin_form_fields = tuple(
        name for name in WagtailImage.admin_form_fields if name != "description"
    ) + (
        "unit",
        "caption",
        "credit",
        "taken_on",
        "portrait_consent",
    )

    search_fields = [
        *AbstractImage.search_fields,
        index.SearchField("caption"),
        index.SearchField("credit"),
        SEARCHED_UNIT,
    ]
    api_fields = [
        APIField("caption"),
        APIField("credit"),
        APIField("thumbnail", serializer=ImageRenditionField("fill-480x360", source="*")),
        APIField("large", serializer=ImageRenditionField("max-1600x1200", source="*")),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = _("图片")
        verbose_name_plural = _("图片")
        permissions = [("choose_image", "Can choose image")]

    @property
    def default_alt_text(self) -> str:
        """What is said to people who do not see the picture."""
        return self.caption or super().default_alt_text


class Rendition(AbstractRendition):
    """A scaled copy of a picture."""

    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("图片尺寸")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="rendition_once"
            )
        ]
        indexes = [models.Index(fields=["file"], name="rendition_file")]


class Document(AbstractDocument):
    """A file to download. The public can fetch it only while a live page offers it."""

    unit = models.ForeignKey(
        "units.Unit",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("单位"),
    )
    # Wagtail's own Document stays installed beside this one; without names of their own the reverse accessors clash.
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="uploaded_documents",
        verbose_name=_("上传人"),
    )
    tags = TaggableManager(_("标签"), blank=True, related_name="portal_documents")

    admin_form_fields = WagtailDocument.admin_form_fields + ("unit",)
    search_fields = [*AbstractDocument.search_fields, SEARCHED_UNIT]

    class Meta(AbstractDocument.Meta):
        verbose_name = _("文件")
        verbose_name_plural = _("文件")
        permissions = [("choose_document", "Can choose document")]
