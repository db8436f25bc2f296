"""What happened to an object of a lifecycle: written once, never changed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AppendOnly(Exception):
    """Raised when code tries to change or delete a record that is kept for ever."""


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **changes: object) -> int:
        """Refuse: events are facts."""
        raise AppendOnly("events are never changed")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse: events are facts."""
        raise AppendOnly("events are never deleted")


class LifecycleEvent(models.Model):
    """Who did what, when, from which state to which. Concrete subclasses add the subject's foreign key."""

    from_status = models.CharField(_("原状态"), max_length=20)
    to_status = models.CharField(_("新状态"), max_length=20)
    action = models.CharField(_("操作"), max_length=30)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("操作人")
    )
    comment = models.TextField(_("说明"), blank=True)
    at = models.DateTimeField(_("时间"))

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["at", "pk"]

    def save(self, *args: object, **kwargs: object) -> None:
        """Insert the event; refuse to change one that exists.

        Raises:
            AppendOnly: the event is already recorded.
        """
        if not self._state.adding:
            raise AppendOnly("events are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        """Refuse: events are facts.

        Raises:
            AppendOnly: always.
        """
        raise AppendOnly("events are never deleted")
