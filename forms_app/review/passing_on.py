"""What experts wrote for the unit (给申报单位的意见), passed on without a name once the school union has spoken."""

from collections.abc import Iterable

from forms_app.models import Assignment, Entry


def comments_for(entry: Entry) -> list[str]:
    """Return what the experts wrote for an entry's unit, without who wrote it (one query).

    When the unit may read it is the caller's: with the decision on an application, with the verdict on a summary.
    """
    return comments_by_entry([entry])[entry.pk]


def comments_by_entry(entries: Iterable[Entry]) -> dict[int, list[str]]:
    """Return the same for several entries, by the entry's key (one query).

    Only of reviews that count, in the order of the words: their places say nothing of who was asked first.
    """
    found: dict[int, set[str]] = {entry.pk: set() for entry in entries}
    given = Assignment.objects.counting().filter(
        entry__in=list(found), review__locked_at__isnull=False
    )
    for entry, said in given.order_by().values_list("entry", "review__for_unit"):
        if said.strip():
            found[entry].add(said)
    return {key: sorted(words) for key, words in found.items()}
