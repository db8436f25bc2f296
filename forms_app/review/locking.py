"""The lock under which everything of an entry's review changes."""

from forms_app.models import Entry


def lock_entry(key: int) -> Entry:
    """Lock an entry before anything of its review is touched, so that closing the review waits, or is waited for.

    Every verb of a review locks in this order: the entry, then the review.

    Args:
        key: the entry's.

    Returns:
        The entry as it is now, with its unit and call. To be called within a transaction.
    """
    return Entry.objects.select_for_update(of=("self",)).select_related("unit", "call").get(pk=key)
