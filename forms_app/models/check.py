"""What the office ticked when it passed an entry's formal check (形式审查)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.append_only import AppendOnlyModel


class CheckRecord(AppendOnlyModel):
    """The checklist as it was ticked, by whom, for which version."""

    entry = models.ForeignKey(
        "forms_app.Entry", models.PROTECT, related_name="checks", verbose_name=_("申报")
    )
    version = models.ForeignKey(
        "forms_app.EntryVersion", models.PROTECT, related_name="+", verbose_name=_("所审版本")
    )
    # The lines that were ticked, as they were worded then.
    ticked = models.JSONField(_("已核对"))
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("审查人")
    )
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("形式审查记录")
        verbose_name_plural = _("形式审查记录")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.entry} {self.at:%Y-%m-%d}"
