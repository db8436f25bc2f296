"""Records that are facts: written once, never changed, never deleted. Every floor may build on this."""

from django.db import models


class AppendOnly(Exception):
    """Raised when code tries to change or delete a record that is kept for ever."""


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **changes: object) -> int:
        """Refuse: records are facts."""
        raise AppendOnly("records are never changed")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse: records are facts."""
        raise AppendOnly("records are never deleted")


class AppendOnlyModel(models.Model):
    """A model whose rows are inserted and then only read."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: object, **kwargs: object) -> None:
        """Insert the record; refuse to change one that exists.

        Raises:
            AppendOnly: the record is already written.
        """
        if not self._state.adding:
            raise AppendOnly("records are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        """Refuse: records are facts.

        Raises:
            AppendOnly: always.
        """
        raise AppendOnly("records are never deleted")
