"""What is being written of a brand page between two saves; no revision, so nobody reviews or publishes it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkingCopy(models.Model):
    """The unit's work on its page as the open editor keeps it by itself; one row for each page.

    Saving the draft makes a revision of it; the row stays, so that a page whose answer got lost finds that it arrived.
    """

    page = models.OneToOneField(
        "brands.BrandPage", models.CASCADE, related_name="working_copy", verbose_name=_("品牌页")
    )
    content = models.JSONField(
        default=dict
    )  # PageContent.answers(), as typed: also what is too long or unreadable
    base = models.TextField(blank=True)  # merging.fingerprint of the revision it goes by
    writers = models.JSONField(default=dict)  # part → key of who typed it last
    save_count = models.PositiveIntegerField(default=0)
    saved_from = models.JSONField(default=dict)  # {"page", "seen"} of the last save
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("品牌页的工作稿")
        verbose_name_plural = _("品牌页的工作稿")

    def __str__(self) -> str:
        return str(self.page)
