"""Opinions: the unit's chair, the party organisation; and comments that point at fields."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SignOffLevel(models.TextChoices):
    """Whose opinion it is."""

    CHAIR = "chair", _("二级工会意见")
    PARTY = "party", _("党组织意见")


class Conclusion(models.TextChoices):
    """What the signer concludes."""

    AGREE = "agree", _("同意")
    RETURN = "return", _("退回修改")


class SignOff(models.Model):
    """One signed opinion on one submitted version."""

    entry = models.ForeignKey(
        "forms_app.Entry", models.PROTECT, related_name="signoffs", verbose_name=_("申报")
    )
    version = models.ForeignKey(
        "forms_app.EntryVersion", models.PROTECT, related_name="signoffs", verbose_name=_("版本")
    )
    level = models.CharField(_("意见"), max_length=8, choices=SignOffLevel)
    conclusion = models.CharField(_("结论"), max_length=8, choices=Conclusion)
    text = models.CharField(_("意见内容"), max_length=300, blank=True)
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("签署人")
    )
    signed_at = models.DateTimeField(_("签署时间"))

    class Meta:
        verbose_name = _("签署意见")
        verbose_name_plural = _("签署意见")
        ordering = ["signed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_level_display()} {self.get_conclusion_display()}"


class FieldComment(models.Model):
    """A remark on one field, made when an entry is returned; marked in the unit's form until it is sent again."""

    entry = models.ForeignKey(
        "forms_app.Entry", models.CASCADE, related_name="field_comments", verbose_name=_("申报")
    )
    field_key = models.CharField(_("栏目"), max_length=60)
    text = models.CharField(_("修改意见"), max_length=300)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("提出人")
    )
    created_at = models.DateTimeField(_("时间"), auto_now_add=True)
    resolved_at = models.DateTimeField(_("重新报送时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("修改意见")
        verbose_name_plural = _("修改意见")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text
