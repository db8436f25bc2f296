"""The states of a project (design, section 4)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProjectStatus(models.TextChoices):
    """Where a project stands in its year."""

    ESTABLISHED = "established", _("已立项")
    CULTIVATING = "cultivating", _("培育中")
    SUMMARISING = "summarising", _("总结中")
    EVALUATING = "evaluating", _("评估中")
    ACCEPTED = "accepted", _("通过验收")
    RECTIFYING = "rectifying", _("限期整改")
    FAILED = "failed", _("未通过验收")
    AWARDED = "awarded", _("已表彰")
    ARCHIVED = "archived", _("已归档")
    TERMINATED = "terminated", _("已终止")
    REVOKED = "revoked", _("已撤项")


RUNNING = (
    ProjectStatus.ESTABLISHED,
    ProjectStatus.CULTIVATING,
    ProjectStatus.SUMMARISING,
    ProjectStatus.EVALUATING,
    ProjectStatus.RECTIFYING,
)
ENDED = (
    ProjectStatus.FAILED,
    ProjectStatus.ARCHIVED,
    ProjectStatus.TERMINATED,
    ProjectStatus.REVOKED,
)
