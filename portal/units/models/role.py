"""Roles on the school union's side. A role is a code; the group behind it carries Wagtail's permissions."""

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Who somebody is to the school union (domain glossary, section 2)."""

    SCHOOL_UNION = "school_union", _("校工会办公室")
    FIRST_REVIEW = "first_review", _("初审")
    SECOND_REVIEW = "second_review", _("复审")
    FINAL_REVIEW = "final_review", _("终审")
    EXPERT = "expert", _("评审专家")
    AUDITOR = "auditor", _("审计")


class RoleGroup(models.Model):
    """Ties a role's code to a group, so that renaming the group in the CMS changes nobody's rights."""

    code = models.CharField(_("角色"), max_length=20, choices=Role, primary_key=True)
    group = models.OneToOneField(
        Group, on_delete=models.PROTECT, related_name="role_group", verbose_name=_("用户组")
    )

    class Meta:
        verbose_name = _("角色")
        verbose_name_plural = _("角色")

    def __str__(self) -> str:
        return self.get_code_display()
