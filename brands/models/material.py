"""Pictures, videos and press reports that a unit collects during the year; private until chosen."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class MaterialKind(models.TextChoices):
    """What kind of material it is."""

    PICTURE = "picture", _("图片")
    VIDEO = "video", _("视频")
    PRESS = "press", _("报道")


class Material(models.Model):
    """One item of a project's collection: a `cms.Picture`, a film (a `cms.Document`, or an address), the address of a report."""

    project = models.ForeignKey(
        "brands.Project", models.PROTECT, related_name="materials", verbose_name=_("项目")
    )
    activity = models.ForeignKey(
        "brands.Activity",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="materials",
        verbose_name=_("活动"),
    )
    kind = models.CharField(_("类型"), max_length=8, choices=MaterialKind)
    picture = models.ForeignKey(
        "cms.Picture",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="materials",
        verbose_name=_("图片"),
    )
    video = models.ForeignKey(
        "cms.Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="materials",
        verbose_name=_("视频文件"),
    )
    title = models.CharField(_("标题"), max_length=80, blank=True)
    url = models.URLField(_("链接"), blank=True)
    media = models.CharField(_("媒体"), max_length=40, blank=True)
    dated = models.DateField(_("日期"), null=True, blank=True)
    created_at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("上传人")
    )

    class Meta:
        verbose_name = _("素材")
        verbose_name_plural = _("素材")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=MaterialKind.PICTURE, picture__isnull=False)
                | (~models.Q(kind=MaterialKind.PICTURE) & models.Q(picture__isnull=True)),
                name="pictures_have_a_picture",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=MaterialKind.VIDEO) | models.Q(video__isnull=True),
                name="only_videos_have_a_video",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.get_kind_display()
