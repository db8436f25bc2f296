"""The stages of 三审三校 as a task type of Wagtail's workflow."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask


class ReviewStage(models.TextChoices):
    """The three stages through which everything public passes."""

    FIRST = "first", _("初审")
    SECOND = "second", _("复审")
    FINAL = "final", _("终审")


class ReviewTask(AbstractGroupApprovalTask):
    """One stage: nobody approves his own edit, nobody takes two stages."""

    stage = models.CharField(_("阶段"), max_length=6, choices=ReviewStage, unique=True)

    admin_form_fields = [*AbstractGroupApprovalTask.admin_form_fields, "stage"]

    class Meta:
        verbose_name = _("审核阶段")
        verbose_name_plural = _("审核阶段")
